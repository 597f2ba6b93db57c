// SPDX-License-Identifier: Apache-2.0
#include "model/domain/status.h"

#include <gtest/gtest.h>

namespace yado::model {
namespace {

// As libvirt 9.0 writes it, with a second image below the first and an empty drive.
constexpr std::string_view devices = R"(    <devices>
      <disk type='file' device='disk'>
        <driver name='qemu' type='qcow2'/>
        <source file='/images/top.qcow2' index='4'>
          <privateData>
            <nodenames>
              <nodename type='storage' name='libvirt-4-storage'/>
              <nodename type='format' name='libvirt-4-format'/>
            </nodenames>
          </privateData>
        </source>
        <backingStore type='file' index='5'>
          <format type='qcow2'/>
          <source file='/images/base.qcow2'>
            <privateData>
              <nodenames>
                <nodename type='storage' name='libvirt-5-storage'/>
              </nodenames>
            </privateData>
          </source>
          <backingStore/>
        </backingStore>
        <target dev='vda' bus='virtio'/>
        <alias name='virtio-disk0'/>
        <privateData>
          <qom name='/machine/peripheral/virtio-disk0/virtio-backend'/>
        </privateData>
      </disk>
    </devices>
)";

std::string document(std::string_view inside) {
    return fmt::format("<domstatus state='running' reason='booted' pid='5'>\n"
                       "  <monitor path='/m' type='unix'/>\n"
                       "  <domain type='qemu' id='1'>\n"
                       "    <name>vm</name>\n"
                       "    <uuid>67073eed-f57d-56d9-8782-704cd33325ea</uuid>\n"
                       "    <memory unit='KiB'>1024</memory>\n"
                       "    <os>\n"
                       "      <type arch='x86_64' machine='q35'>hvm</type>\n"
                       "    </os>\n"
                       "{}  </domain>\n"
                       "  <later attribute='1'>than we know</later>\n"
                       "</domstatus>\n",
                       inside);
}

TEST(StatusPrivate, IsFoundByDeviceAndPlace) {
    std::string text = document(devices);
    const std::vector<StatusPrivate> parts = take_private(text);
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].device, "virtio-disk0");
    EXPECT_EQ(parts[0].inside, "source");
    EXPECT_EQ(parts[1].inside, "backingStore/source");
    EXPECT_EQ(parts[2].inside, "");
    EXPECT_EQ(parts[2].xml,
              "<privateData><qom name='/machine/peripheral/virtio-disk0/virtio-backend'/></privateData>");
    EXPECT_FALSE(text.contains("privateData"));
    EXPECT_TRUE(take_private(text).empty());
}

TEST(StatusPrivate, SurvivesReadingAndWriting) {
    const DomainStatus status = read_status(document(devices));
    const std::string written = write_status(status);
    for (const std::string_view part : {devices.substr(0, devices.find("        <backingStore type")),
                                        std::string_view("libvirt-5-storage"),
                                        std::string_view("  <later attribute='1'>than we know</later>\n")}) {
        EXPECT_TRUE(written.contains(part)) << part << "\n" << written;
    }
    const DomainStatus again = read_status(written);
    EXPECT_EQ(again.private_parts, status.private_parts);
    EXPECT_EQ(write_status(again), written);
}

TEST(StatusPrivate, IsPutIntoElementsThatWereEmpty) {
    std::string text = document("    <devices>\n"
                                "      <disk type='file' device='cdrom'>\n"
                                "        <source file='/a.iso'/>\n"
                                "        <alias name='sata0-0-0'/>\n"
                                "      </disk>\n"
                                "    </devices>\n");
    put_private(text, {{"sata0-0-0", "source", "<privateData><a/></privateData>"},
                       {"sata0-0-0", "", "<privateData><b/></privateData>"},
                       {"sata0-0-0", "mirror/source", "<privateData><c/></privateData>"},
                       {"nobody", "", "<privateData><d/></privateData>"}});
    EXPECT_TRUE(text.contains("        <source file='/a.iso'>\n"
                              "          <privateData>\n"
                              "            <a/>\n"
                              "          </privateData>\n"
                              "        </source>\n"
                              "        <alias name='sata0-0-0'/>\n"
                              "        <privateData>\n"
                              "          <b/>\n"
                              "        </privateData>\n"
                              "      </disk>\n"))
        << text;
    EXPECT_FALSE(text.contains("<c/>"));
    EXPECT_FALSE(text.contains("<d/>"));
}

TEST(StatusPrivate, OfApplicationsIsLeftAlone) {
    const std::string metadata =
        "    <metadata>\n      <app:x xmlns:app=\"urn:x\"><app:privateData/></app:x>\n"
        "    </metadata>\n";
    std::string text = document(metadata + std::string(devices));
    EXPECT_EQ(take_private(text).size(), 3U);
    EXPECT_TRUE(text.contains("app:privateData"));
}

TEST(StatusPrivate, DoesNotSpoilWhatIsNoDocument) {
    EXPECT_THROW(read_status("<domstatus><privateData>"), Error);
    EXPECT_THROW(read_status("<privateData/>"), Error);
    std::string text = "no document";
    put_private(text, {{"a", "", "<privateData/>"}});
    EXPECT_EQ(text, "no document");
}

} // namespace
} // namespace yado::model
