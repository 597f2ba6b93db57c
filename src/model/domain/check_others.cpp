// SPDX-License-Identifier: Apache-2.0
// Devices that have few rules each.
#include "model/domain/check_devices.h"

#include <algorithm>
#include <set>

#include "model/domain/complete_devices.h"
#include "model/domain/machine.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

template <class T> bool has_address(const DeviceInfo& info) {
    return std::holds_alternative<T>(info.address);
}
bool has_any_address(const DeviceInfo& info) { return !has_address<std::monostate>(info); }

void check_watchdogs(const Domain& domain, Diagnostics& out) {
    const std::vector<Watchdog>& watchdogs = domain.devices.watchdogs;
    if (watchdogs.size() > 1) {
        problem(out, domain_conf, Code::internal_error, at("watchdog", 1),
                "only a single watchdog device is supported");
    }
    if (!is_qemu(domain)) { return; }
    for (std::size_t i = 0; i < watchdogs.size(); ++i) {
        const Watchdog& watchdog = watchdogs[i];
        const auto refuse = [&](std::string_view part, std::string_view text) {
            problem(out, driver, Code::config_unsupported, at("watchdog", i, part), "{}", text);
        };
        switch (watchdog.model) {
        case WatchdogModel::i6300esb:
            if (has_any_address(watchdog.info) && watchdog.info.pci() == nullptr) {
                refuse("/address", "i6300esb model of watchdog can go only on PCI bus");
            }
            break;
        case WatchdogModel::ib700:
            if (has_any_address(watchdog.info)) {
                refuse("/address", "ib700 model of watchdog does not support configuring the address");
            }
            break;
        case WatchdogModel::diag288:
            if (!domain.os.type.arch.starts_with("s390")) {
                refuse("/@model", "diag288 model of watchdog is allowed for s390 and s390x only");
            }
            break;
        case WatchdogModel::itco:
            if (has_any_address(watchdog.info)) {
                refuse("/address", "iTCO model of watchdog does not support configuring the address");
            }
            if (board_of(domain) != Board::q35) {
                refuse("/@model", "iTCO model of watchdog is only part of q35 machine");
            }
            break;
        }
    }
}

void check_emulator(const Tpm& tpm, const TpmEmulator& emulator, std::size_t i, Diagnostics& out) {
    if (emulator.version == TpmVersion::v1_2 && emulator.active_banks.any()) {
        problem(out, domain_conf, Code::xml_error, at("tpm", i, "/backend/active_pcr_banks"),
                "<active_pcr_banks/> requires TPM version '2.0'");
    }
    if (emulator.version == TpmVersion::v1_2 && tpm.model != TpmModel::tis) {
        problem(out, driver, Code::config_unsupported, at("tpm", i, "/backend/@version"),
                "Unsupported interface '{}' for TPM 1.2", schema::word(tpm.model));
    }
    if (emulator.version == TpmVersion::v1_2 && emulator.profile) {
        problem(out, domain_conf, Code::xml_error, at("tpm", i, "/backend/profile"),
                "<profile/> requires TPM version '2.0'");
    }
}

void check_external(const TpmExternal& external, std::size_t i, Diagnostics& out) {
    const auto refuse = [&](std::string_view text) {
        problem(out, domain_conf, Code::xml_error, at("tpm", i, "/backend/source"), "{}", text);
    };
    if (external.source_type.empty()) {
        refuse("missing external TPM backend type");
    } else if (external.source_type != "unix") {
        refuse("only source type 'unix' is supported for external TPM device");
    } else if (!external.mode.empty() && external.mode != "connect") {
        refuse("only 'client' mode is supported for external TPM device");
    } else if (external.path.empty()) {
        refuse("missing socket path for external TPM device");
    }
}

void check_tpms(const Domain& domain, Diagnostics& out) {
    const std::vector<Tpm>& tpms = domain.devices.tpms;
    std::size_t proxies = 0;
    if (tpms.size() > 2) {
        problem(out, domain_conf, Code::xml_error, "/domain/devices/tpm",
                "a maximum of two TPM devices is supported, one of them being a TPM Proxy device");
    }
    for (std::size_t i = 0; i < tpms.size(); ++i) {
        proxies += tpms[i].model == TpmModel::spapr_proxy ? 1 : 0;
        if (const auto* emulator = std::get_if<TpmEmulator>(&tpms[i].backend)) {
            check_emulator(tpms[i], *emulator, i, out);
        }
        if (const auto* external = std::get_if<TpmExternal>(&tpms[i].backend)) {
            check_external(*external, i, out);
        }
    }
    if (!is_qemu(domain)) { return; }
    if (tpms.size() - proxies > 1) {
        problem(out, driver, Code::config_unsupported, at("tpm", 1),
                "only a single TPM non-proxy device is supported");
    }
    if (proxies > 1) {
        problem(out, driver, Code::config_unsupported, at("tpm", 1),
                "only a single TPM Proxy device is supported");
    }
}

void check_smartcards(const Domain& domain, Diagnostics& out) {
    const std::vector<Smartcard>& cards = domain.devices.smartcards;
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const Smartcard& card = cards[i];
        if (has_any_address(card.info) && !has_address<CcidAddress>(card.info)) {
            problem(out, domain_conf, Code::config_unsupported, at("smartcard", i, "/address"),
                    "Controllers must use the 'ccid' address type");
        }
        const auto* place = std::get_if<CcidAddress>(&card.info.address);
        const bool second = i > 0 || (place != nullptr && (place->controller != 0 || place->slot != 0));
        if (second && is_qemu(domain)) {
            problem(out, driver, Code::config_unsupported, at("smartcard", i),
                    "this QEMU binary lacks multiple smartcard support");
        }
        const auto* made = std::get_if<CertificateCard>(&card.mode);
        if (made == nullptr) { continue; }
        if (made->certificates.size() != 3) {
            problem(out, domain_conf, Code::xml_error, at("smartcard", i, "/certificate"),
                    "host-certificates mode needs exactly three certificates");
        }
        if (!made->database.empty() && made->database.front() != '/') {
            problem(out, domain_conf, Code::xml_error, at("smartcard", i, "/database"),
                    "expecting absolute path: {}", made->database);
        }
    }
}

void check_shmem(const Domain& domain, const Shmem& shmem, std::size_t i, Diagnostics& out) {
    const auto refuse = [&](ErrorSource source, std::string_view part, std::string text) {
        problem(out, source, Code::config_unsupported, at("shmem", i, part), "{}", text);
    };
    if (shmem.name.find('/') != std::string::npos) {
        refuse(domain_conf, "/@name", "shmem name cannot include '/' character");
    } else if (shmem.name == "." || shmem.name == "..") {
        refuse(domain_conf, "/@name", fmt::format("shmem name cannot be equal to '{}'", shmem.name));
    }
    if (shmem.interrupts && !shmem.server) {
        const bool implied = shmem.model == ShmemModel::doorbell; // what lacks then is the server
        if (!implied) {
            problem(out, domain_conf, Code::xml_error, at("shmem", i, "/msi"),
                    "msi option is only supported with a server");
        }
    }
    if (!is_qemu(domain)) { return; }
    const std::string_view model = schema::word(shmem.model);
    switch (shmem.model) {
    case ShmemModel::plain:
        if (shmem.server) {
            refuse(driver, "/server",
                   fmt::format("shmem model '{}' is supported only with server option disabled", model));
        }
        break;
    case ShmemModel::doorbell:
        if (!shmem.server) {
            refuse(driver, "/server",
                   fmt::format("shmem model '{}' is supported only with server option enabled", model));
        }
        if (shmem.size != 0) {
            refuse(driver, "/size", fmt::format("shmem model '{}' does not support size setting", model));
        }
        break;
    default: refuse(driver, "/model/@type", "ivshmem device is not supported with this QEMU binary"); break;
    }
}

void check_panics(const Domain& domain, Diagnostics& out) {
    const std::vector<Panic>& panics = domain.devices.panics;
    const std::string_view arch = domain.os.type.arch;
    std::set<PanicModel> seen;
    for (std::size_t i = 0; i < panics.size(); ++i) {
        const Panic& panic = panics[i];
        if (!seen.insert(panic.model).second) {
            problem(out, domain_conf, Code::xml_error, at("panic", i),
                    "Multiple panic devices with model '{}'", schema::word(panic.model));
        }
        if (!is_qemu(domain)) { continue; }
        const auto refuse = [&](std::string_view part, std::string text) {
            problem(out, driver, Code::config_unsupported, at("panic", i, part), "{}", text);
        };
        switch (panic.model) {
        case PanicModel::unset: refuse("", "the QEMU binary does not support the panic device"); break;
        case PanicModel::s390:
            if (!arch.starts_with("s390")) {
                refuse("/@model", "only S390 guests support panic device of model 's390'");
            }
            break;
        case PanicModel::pseries:
            if (!arch.starts_with("ppc64")) {
                refuse("/@model", "only pSeries guests support panic device of model 'pseries'");
            }
            break;
        case PanicModel::hyperv:
            if (!is_x86(arch)) {
                refuse("/@model", "only i686 and x86_64 guests support panic device of model 'hyperv'");
            }
            break;
        case PanicModel::isa:
            if (has_any_address(panic.info) && !has_address<IsaAddress>(panic.info)) {
                refuse("/address", "panic is supported only with ISA address type");
            }
            break;
        case PanicModel::pvpanic:
            if (has_any_address(panic.info) && panic.info.pci() == nullptr) {
                refuse("/address", "pvpanic is supported only with PCI address type");
            }
            break;
        }
        const bool none = panic.model == PanicModel::hyperv || panic.model == PanicModel::s390 ||
                          panic.model == PanicModel::pseries;
        if (none && has_any_address(panic.info)) {
            refuse("/address", fmt::format("setting the panic device address is not supported for model '{}'",
                                           schema::word(panic.model)));
        }
    }
}

void check_iommu(const Domain& domain, const Iommu& iommu, Diagnostics& out) {
    const std::string path = "/domain/devices/iommu";
    const auto refuse = [&](ErrorSource source, Code code, std::string text) {
        problem(out, source, code, path, "{}", text);
    };
    const std::string_view model = schema::word(iommu.model);
    const Board board = board_of(domain);
    const bool x86 = iommu.model == IommuModel::intel || iommu.model == IommuModel::amd;
    const bool has_place = iommu.model == IommuModel::virtio || iommu.model == IommuModel::amd;
    if (is_qemu(domain)) {
        const bool arm_virt = board == Board::virt && is_arm(domain.os.type.arch);
        if (x86 && board != Board::q35) {
            refuse(driver, Code::config_unsupported,
                   fmt::format("IOMMU device: '{}' is only supported with Q35 machines", model));
        } else if (iommu.model == IommuModel::smmuv3 && !arm_virt) {
            refuse(driver, Code::config_unsupported,
                   fmt::format("IOMMU device: '{}' is only supported with ARM Virt machines", model));
        } else if (iommu.model == IommuModel::virtio && board != Board::q35 && !arm_virt) {
            refuse(driver, Code::config_unsupported,
                   fmt::format("IOMMU device: '{}' is only supported with Q35 and ARM Virt machines", model));
        }
    }
    if (!has_place && has_any_address(iommu.info)) {
        refuse(domain_conf, Code::xml_error, fmt::format("iommu model '{}' can't have address", model));
    }
    if (const PciAddress* place = iommu.info.pci(); place != nullptr && place->bus != 0) {
        refuse(domain_conf, Code::xml_error,
               fmt::format("The device at PCI address {} needs to be an integrated device (bus=0)",
                           place->text()));
    }
    if (!iommu.driver) { return; }
    if (!x86) {
        refuse(domain_conf, Code::xml_error,
               fmt::format("iommu model '{}' doesn't support additional attributes", model));
        return;
    }
    const bool remaps = iommu.driver->interrupt_remapping == schema::OnOff::on;
    if (remaps && iommu.model == IommuModel::intel && domain.features.ioapic != IoApic::qemu) {
        refuse(domain_conf, Code::config_unsupported,
               "IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')");
    }
    if (iommu.driver->extended_interrupts == schema::OnOff::on && !remaps) {
        refuse(domain_conf, Code::config_unsupported, "IOMMU eim requires interrupt remapping to be enabled");
    }
}

void check_usb_use(const Domain& domain, Diagnostics& out) {
    const bool disabled = std::ranges::any_of(domain.devices.controllers, [](const Controller& c) {
        return c.type == ControllerType::usb && c.model == ControllerModel::none;
    });
    if (disabled && !domain.devices.hubs.empty()) {
        problem(out, domain_conf, Code::config_unsupported, at("hub", 0),
                "Can't add USB hub: USB is disabled for this domain");
    }
}

} // namespace

void check_others(const Domain& domain, Diagnostics& out) {
    const Devices& d = domain.devices;
    check_watchdogs(domain, out);
    check_tpms(domain, out);
    check_smartcards(domain, out);
    for (std::size_t i = 0; i < d.shmems.size(); ++i) { check_shmem(domain, d.shmems[i], i, out); }
    check_panics(domain, out);
    if (d.iommu) { check_iommu(domain, *d.iommu, out); }
    if (d.nvram && is_qemu(domain) && !domain.os.type.arch.starts_with("ppc64")) {
        problem(out, driver, Code::config_unsupported, "/domain/devices/nvram",
                "nvram device is only supported for PPC64");
    }
    if (d.pstore && d.pstore->path.empty()) {
        problem(out, domain_conf, Code::xml_error, "/domain/devices/pstore/path",
                "missing path of the pstore device");
    }
    check_usb_use(domain, out);
}

} // namespace yado::model
