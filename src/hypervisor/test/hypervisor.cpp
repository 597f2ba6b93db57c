// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/test/hypervisor.h"

#include "hypervisor/test/machine.h"
#include "model/domain/status.h"

namespace yado::test {
namespace {

// As `virsh -c test:///default dumpxml test` shows it (libvirt 9.0).
constexpr std::string_view default_domain = R"(<domain type='test'>
  <name>test</name>
  <uuid>6695eb01-f6a4-8304-79aa-97f2502e193f</uuid>
  <memory unit='KiB'>8388608</memory>
  <currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static'>2</vcpu>
  <os>
    <type arch='i686'>hvm</type>
    <boot dev='hd'/>
  </os>
  <clock offset='utc'/>
  <devices>
    <disk type='file' device='disk'>
      <source file='/guest/diskimage1'/>
      <target dev='vda' bus='virtio'/>
      <address type='pci' domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
    </disk>
    <interface type='network'>
      <mac address='aa:bb:cc:dd:ee:ff'/>
      <source network='default'/>
      <target dev='testnet0'/>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x01' function='0x0'/>
    </interface>
    <memballoon model='virtio'>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>
    </memballoon>
  </devices>
</domain>
)";

constexpr int most_vcpus = 32;

} // namespace

std::string_view default_domain_xml() { return default_domain; }

TestHypervisor::TestHypervisor(Executor& executor) : executor_(executor) {
    context_.host_arch = "i686";
    context_.new_mac = [this] {
        model::Mac mac;
        mac.bytes = {0x52,
                     0x54,
                     0x00,
                     static_cast<std::uint8_t>(next_mac_ >> 16U),
                     static_cast<std::uint8_t>(next_mac_ >> 8U),
                     static_cast<std::uint8_t>(next_mac_)};
        ++next_mac_;
        return mac;
    };
    context_.tap_prefix = "testnet-";
    context_.add_devices = false;
    context_.assign_addresses = false;
    context_.fill_drivers = false;
}

Task<std::string> TestHypervisor::capabilities_xml() {
    co_return R"(<capabilities>

  <host>
    <cpu>
      <arch>i686</arch>
      <features>
        <pae/>
        <nonpae/>
      </features>
    </cpu>
    <power_management/>
    <iommu support='no'/>
    <secmodel>
      <model>testSecurity</model>
      <doi></doi>
    </secmodel>
  </host>

  <guest>
    <os_type>hvm</os_type>
    <arch name='i686'>
      <wordsize>32</wordsize>
      <emulator>/usr/bin/test-hv</emulator>
      <domain type='test'/>
    </arch>
    <features>
      <pae/>
      <nonpae/>
    </features>
  </guest>

</capabilities>
)";
}

Task<std::string> TestHypervisor::domain_capabilities_xml(std::string, std::string, std::string,
                                                          std::string) {
    fail(ErrorSource::test, Code::no_support, "virConnectGetDomainCapabilities");
    co_return {};
}

int TestHypervisor::max_vcpus(std::string_view domain_type) const {
    if (!domain_type.empty() && domain_type != "test") {
        fail(ErrorSource::test, Code::invalid_arg, "unknown type '{}'", domain_type);
    }
    return most_vcpus;
}

void TestHypervisor::check(const model::Domain& domain) const {
    if (domain.type != model::DomainType::test) {
        fail(ErrorSource::test, Code::config_unsupported, "this connection runs domains of type 'test' only");
    }
    if (domain.vcpus.maximum > most_vcpus) {
        fail(ErrorSource::test, Code::config_unsupported, "more than {} vCPUs", most_vcpus);
    }
}

Task<std::unique_ptr<guest::Machine>>
TestHypervisor::start(model::Domain& domain, guest::StartOptions options, guest::EventSink sink) {
    co_return std::make_unique<TestMachine>(executor_, domain, options.id, std::move(sink));
}

Task<std::unique_ptr<guest::Machine>> TestHypervisor::reconnect(model::DomainStatus&, guest::EventSink) {
    fail(ErrorSource::test, Code::operation_invalid, "domains of the test driver do not outlive the daemon");
    co_return nullptr;
}

Task<std::string> TestHypervisor::native_config(model::Domain) {
    fail(ErrorSource::test, Code::no_support, "virConnectDomainXMLToNative");
    co_return {};
}

} // namespace yado::test
