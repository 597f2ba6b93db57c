// SPDX-License-Identifier: Apache-2.0
#include "model/storage/capabilities.h"

#include "support/model/golden_document.h"
#include "support/model/golden_file.h"
#include "support/schema/random.h"

namespace yado::model {
namespace {

// The file is what libvirt 9.0 wrote with Debian's storage drivers.
TEST(StorageCapabilities, AreLibvirts) {
    const auto supported = [](PoolType type) {
        return type < PoolType::iscsi_direct || type == PoolType::scsi || type == PoolType::mpath;
    };
    const std::string text = write_storage_capabilities(storage_capabilities(supported));
    EXPECT_TRUE(test::matches_golden(test::golden_folder("storagepool") / "capabilities/debian.xml", text))
        << text;
    EXPECT_EQ(write_storage_capabilities(read_storage_capabilities(text)), text);
}

TEST(StorageCapabilities, RandomOnesSurviveXmlAndJson) {
    for (unsigned seed = 0; seed < 50; ++seed) {
        ASSERT_TRUE(test::round_trips<StorageCapabilities>("storagepoolCapabilities", seed));
    }
}

} // namespace
} // namespace yado::model
