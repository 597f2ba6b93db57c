// SPDX-License-Identifier: Apache-2.0
#include "model/domain/named_disk.h"

namespace yado::model {

const Disk* named_disk(const Domain& domain, std::string_view name) {
    for (const Disk& disk : domain.devices.disks) {
        if (disk.target.dev == name || (name.starts_with('/') && disk.path() == name)) { return &disk; }
    }
    return nullptr;
}

} // namespace yado::model
