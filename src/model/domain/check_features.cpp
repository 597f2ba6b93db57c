// SPDX-License-Identifier: Apache-2.0
#include <bit>

#include "model/domain/check_devices.h"
#include "model/domain/check_machine.h"
#include "model/domain/complete_devices.h"
#include "model/domain/machine.h"

namespace yado::model {

using schema::Diagnostics;
using schema::OnOff;

namespace {

struct FeaturesCheck {
    const Domain& domain;
    const Features& features;
    Diagnostics& out;

    void refuse(ErrorSource source, Code code, std::string_view part, std::string text) const {
        problem(out, source, code, fmt::format("/domain/features{}", part), "{}", text);
    }
    void missing(std::string_view element, std::string_view attribute, std::string_view part) const {
        refuse(ErrorSource::xml, Code::xml_error, part,
               fmt::format("Missing required attribute '{}' in element '{}'", attribute, element));
    }

    void unknown(const schema::Kept& kept, std::string_view part, std::string_view before,
                 std::string_view after = "") const {
        for (const std::string& each : kept.parts()) {
            if (!schema::Kept::is_attribute(each)) {
                refuse(domain_conf, Code::config_unsupported, part,
                       fmt::format("{}{}{}", before, schema::Kept::name(each), after));
            }
        }
    }

    void of_hyperv(const Hyperv& hyperv) const {
        unknown(hyperv.unknown, "/hyperv", "unsupported HyperV Enlightenment feature: ");
        constexpr std::uint32_t fewest_retries = 4095; // Hyper-V's own minimum
        if (hyperv.spinlocks.state == OnOff::on && !hyperv.spinlocks.retries) {
            missing("spinlocks", "retries", "/hyperv/spinlocks/@retries");
        } else if (hyperv.spinlocks.retries.value_or(fewest_retries) < fewest_retries) {
            refuse(domain_conf, Code::xml_error, "/hyperv/spinlocks/@retries",
                   fmt::format("HyperV spinlock retry count must be at least {}", fewest_retries));
        }
        if (hyperv.vendor_id.state != OnOff::on) { return; }
        constexpr std::size_t vendor_length = 12; // of a CPUID vendor string
        const std::string& vendor = hyperv.vendor_id.value;
        constexpr std::string_view place = "/hyperv/vendor_id/@value";
        if (vendor.empty()) {
            refuse(domain_conf, Code::xml_error, place,
                   "missing 'value' attribute for HyperV feature 'vendor_id'");
        } else if (vendor.size() > vendor_length) {
            refuse(domain_conf, Code::xml_error, place,
                   fmt::format("HyperV vendor_id value must not be more than {} characters.", vendor_length));
        } else if (vendor.find(',') != std::string::npos) {
            refuse(domain_conf, Code::xml_error, place, "HyperV vendor_id value is invalid");
        }
    }

    void of_kvm(const KvmFeatures& kvm) const {
        unknown(kvm.unknown, "/kvm", "unsupported KVM feature: ");
        if (kvm.dirty_ring.state != OnOff::on) { return; }
        constexpr std::uint32_t smallest = 1024, largest = 65536;
        const std::uint32_t size = kvm.dirty_ring.size.value_or(smallest);
        if (!kvm.dirty_ring.size) {
            missing("dirty-ring", "size", "/kvm/dirty-ring/@size");
        } else if (!std::has_single_bit(size) || size < smallest || size > largest) {
            refuse(domain_conf, Code::xml_error, "/kvm/dirty-ring/@size",
                   fmt::format("dirty ring must be power of 2 and ranges [{}, {}]", smallest, largest));
        }
    }

    void of_tcg(const TcgFeatures& tcg) const {
        if (!tcg.tb_cache_kib || !is_qemu(domain)) { return; }
        if (domain.type != DomainType::qemu) {
            refuse(driver, Code::config_unsupported, "/tcg",
                   fmt::format("TCG features are incompatible with domain type '{}'",
                               schema::word(domain.type)));
        } else if (*tcg.tb_cache_kib % 1024 != 0) {
            refuse(driver, Code::config_unsupported, "/tcg/tb-cache",
                   "tb-cache size must be an integer multiple of MiB");
        }
    }

    /// What QEMU has on one kind of machine only.
    void of_machines() const {
        const std::string& arch = domain.os.type.arch;
        const bool pseries = arch.starts_with("ppc64") && domain.os.type.machine.starts_with("pseries");
        const bool arm = is_arm(arch) && board_of(domain) == Board::virt;
        const bool riscv = is_riscv(arch) && board_of(domain) == Board::virt;
        const auto only_on = [&](bool machine, bool wanted, std::string_view name) {
            if (wanted && !machine) {
                refuse(driver, Code::config_unsupported, fmt::format("/{}", name),
                       fmt::format("The '{}' feature is not supported for architecture '{}' or machine type "
                                   "'{}'",
                                   name, arch, domain.os.type.machine));
            }
        };
        only_on(is_x86(arch), features.pvspinlock != OnOff::unset, "pvspinlock");
        only_on(is_x86(arch) || arm, features.hyperv.has_value(), "hyperv");
        only_on(arm, features.gic.has_value(), "gic");
        only_on(pseries,
                features.hpt &&
                    (features.hpt->resizing != HptResizing::unset || features.hpt->max_page_kib.has_value()),
                "hpt");
        only_on(pseries, features.htm != OnOff::unset, "htm");
        only_on(pseries, features.nested_hv != OnOff::unset, "nested-hv");
        only_on(pseries, features.ccf_assist != OnOff::unset, "ccf-assist");
        only_on(pseries, features.cfpc != Mitigation::unset, "cfpc");
        only_on(pseries, features.sbbc != Mitigation::unset, "sbbc");
        only_on(pseries, features.ibs != BranchMitigation::unset, "ibs");
        only_on(arm, features.ras != OnOff::unset, "ras");
        only_on(is_x86(arch), features.ps2 != OnOff::unset, "ps2");
        only_on(riscv, features.aia != InterruptArchitecture::unset, "aia");
    }

    void run() const {
        unknown(features.unknown, "", "unexpected feature '", "'");
        if (features.hyperv) { of_hyperv(*features.hyperv); }
        if (features.kvm) { of_kvm(*features.kvm); }
        if (features.xen) { unknown(features.xen->unknown, "/xen", "unsupported Xen feature: "); }
        if (features.capabilities) {
            unknown(features.capabilities->unknown, "/capabilities", "unexpected capability feature '", "'");
        }
        if (features.tcg) { of_tcg(*features.tcg); }
        if (is_qemu(domain)) { of_machines(); }
    }
};

} // namespace

void check_features(const Domain& domain, Diagnostics& out) {
    FeaturesCheck{domain, domain.features, out}.run();
}

} // namespace yado::model
