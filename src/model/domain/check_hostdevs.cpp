// SPDX-License-Identifier: Apache-2.0
// Devices of the host, redirected USB devices, vsock.
#include "model/domain/check_sources.h"

#include <algorithm>
#include <set>

#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

class HostdevCheck {
  public:
    HostdevCheck(const Domain& domain, const Hostdev& hostdev, std::size_t index, Diagnostics& out)
        : domain_(domain), hostdev_(hostdev), index_(index), out_(out) {}

    void run() {
        const bool capability = hostdev_.kind.index() >= HostdevKind(StorageHostdev()).index();
        if (capability != (hostdev_.mode == HostdevMode::capabilities)) {
            refuse(domain_conf, "/@type", "unknown host device source address type '{}'",
                   schema::UnionTags<HostdevKind>::values[hostdev_.kind.index()]);
            return;
        }
        if (capability && is_qemu(domain_)) {
            refuse(driver, "/@mode", "hostdev mode 'capabilities' is not supported in qemu");
        }
        std::visit(*this, hostdev_.kind);
        teaming();
        const bool pci = std::holds_alternative<PciHostdev>(hostdev_.kind);
        if (hostdev_.info.rom && !pci) {
            refuse(driver, "/rom", "ROM tuning is only supported for PCI devices");
        }
    }

    void operator()(const UsbHostdev& usb) {
        if (usb.startup_policy == StartupPolicy::default_) {
            unread("/source/@startupPolicy",
                   "Invalid value for attribute 'startupPolicy' in element 'source': "
                   "'default'.");
        }
        not_zero(usb.vendor, "vendor");
        not_zero(usb.product, "product");
        if (usb.vendor && !usb.product) { wrong(Code::internal_error, "/source", "missing product"); }
        if (usb.product && !usb.vendor) { wrong(Code::internal_error, "/source", "missing vendor"); }
        if (usb.address && usb.address->port.empty()) {
            const char* missing = !usb.address->bus ? "bus" : "device";
            if (!usb.address->bus || !usb.address->device) {
                unread("/source/address",
                       fmt::format("Missing required attribute '{}' in element 'address'", missing));
            }
        }
        if (!sits_on<UsbAddress>()) {
            refuse(domain_conf, "/address", "USB host device must use 'usb' address type");
        }
    }
    void operator()(const PciHostdev& pci) {
        if (pci.write_filtering != schema::YesNo::unset && is_qemu(domain_)) {
            refuse(driver, "/source/@writeFiltering",
                   "Write filtering of PCI device configuration space is not supported by qemu");
        }
        if (!sits_on<PciAddress>() && !sits_on<UnassignedAddress>()) {
            wrong(Code::internal_error, "/address",
                  "PCI host devices must use 'pci' or 'unassigned' address type");
        }
    }
    void operator()(const ScsiHostdev& scsi) {
        if (scsi.sgio == SgIo::unfiltered) {
            refuse(domain_conf, "/@sgio", "unfiltered sgio is no longer supported");
        }
        if (scsi.protocol == HostScsiProtocol::iscsi) {
            iscsi(scsi);
        } else if (scsi.adapter.empty()) {
            wrong(Code::xml_error, "/source/adapter",
                  "'adapter' name must be specified for scsi hostdev source");
        } else if (!scsi.place) {
            wrong(Code::xml_error, "/source/address", "'address' must be specified for scsi hostdev source");
        }
        if (!sits_on<DriveAddress>()) {
            refuse(domain_conf, "/address", "SCSI host device must use 'drive' address type");
        }
    }
    void operator()(const VhostScsiHostdev& vhost) {
        constexpr std::string_view prefix = "naa.";
        constexpr std::size_t length = 20; // with 16 digits
        const auto is_digit = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        };
        if (vhost.protocol != "vhost") {
            refuse(domain_conf, "/source/@protocol", "Unknown scsi_host subsystem protocol '{}'",
                   vhost.protocol);
        } else if (vhost.wwpn.empty()) {
            wrong(Code::xml_error, "/source/@wwpn", "missing vhost-scsi hostdev source wwpn");
        } else if (!vhost.wwpn.starts_with(prefix) || vhost.wwpn.size() != length ||
                   !std::ranges::all_of(vhost.wwpn.substr(prefix.size()), is_digit)) {
            wrong(Code::xml_error, "/source/@wwpn", "malformed 'wwpn' value");
        }
        if (!sits_on<PciAddress>() && !sits_on<CcwAddress>()) {
            refuse(domain_conf, "/address", "SCSI_host host device must use 'pci' or 'ccw' address type");
        }
        not_bootable("vhost SCSI devices");
    }
    void operator()(const MdevHostdev& mdev) {
        const bool pci = mdev.model == MdevModel::vfio_pci;
        const bool s390 = domain_.os.type.arch.starts_with("s390");
        const bool fits =
            pci ? sits_on<PciAddress>() : mdev.model != MdevModel::vfio_ccw || sits_on<CcwAddress>();
        if (!fits) {
            wrong(
                Code::xml_error, "/address", "Unsupported address type '{}' with mediated device model '{}'",
                schema::UnionTags<Address>::values[hostdev_.info.address.index()], schema::word(mdev.model));
        }
        if (!is_qemu(domain_)) { return; }
        if (!pci && !s390) {
            refuse(driver, "/@model", "VFIO {} device assignment is not supported by this version of QEMU",
                   mdev.model == MdevModel::vfio_ap ? "AP" : "CCW");
        } else if (!pci && (mdev.display == schema::OnOff::on || mdev.ramfb == schema::OnOff::on)) {
            refuse(driver, "/@display",
                   "<hostdev> attribute 'display' is only supported with model='vfio-pci'");
        } else if (mdev.display == schema::OnOff::on && domain_.devices.graphics.empty()) {
            refuse(driver, "/@display",
                   "graphics device is needed for attribute value 'display=on' in <hostdev>");
        }
        not_bootable(fmt::format("mediated devices of model {}", schema::word(mdev.model)));
    }
    void operator()(const StorageHostdev&) {}
    void operator()(const MiscHostdev&) {}
    void operator()(const NetHostdev& net) {
        check(net.guest_ips, at("hostdev", index_), "guest interface", out_);
    }

  private:
    template <class... Args>
    void wrong(Code code, std::string_view part, fmt::format_string<Args...> text, Args&&... args) {
        problem(out_, domain_conf, code, at("hostdev", index_, part), text, std::forward<Args>(args)...);
    }
    template <class... Args>
    void refuse(ErrorSource by, std::string_view part, fmt::format_string<Args...> text, Args&&... args) {
        problem(out_, by, Code::config_unsupported, at("hostdev", index_, part), text,
                std::forward<Args>(args)...);
    }
    /// As while reading.
    void unread(std::string_view part, std::string text) {
        out_.add({Code::xml_error, std::move(text), at("hostdev", index_, part), 0, ErrorSource::xml});
    }
    void not_zero(std::optional<std::uint32_t> id, std::string_view element) {
        if (id != 0U) { return; }
        unread(
            "/source",
            fmt::format("Invalid value for attribute 'id' in element '{}': Zero is not permitted", element));
    }
    /// Or nowhere yet.
    template <class Where> bool sits_on() const {
        return std::holds_alternative<std::monostate>(hostdev_.info.address) ||
               std::holds_alternative<Where>(hostdev_.info.address);
    }
    void not_bootable(std::string_view what) {
        if (!hostdev_.info.boot_order) { return; }
        refuse(driver, "/boot", "booting from assigned devices is not supported by {}", what);
    }

    void iscsi(const ScsiHostdev& scsi) {
        if (scsi.name.empty()) {
            wrong(Code::xml_error, "/source/@name", "missing iSCSI hostdev source path name");
        }
        if (scsi.hosts.empty()) {
            wrong(Code::xml_error, "/source/host", "missing the host address for the iSCSI hostdev");
        } else if (scsi.hosts.size() > 1) {
            wrong(Code::xml_error, "/source/host",
                  "only one source host address may be specified for the iSCSI hostdev");
        }
        if (scsi.auth) { check_auth(*scsi.auth, nullptr, at("hostdev", index_, "/source/auth"), out_); }
    }

    void teaming() {
        if (!hostdev_.teaming) { return; }
        if (!std::holds_alternative<PciHostdev>(hostdev_.kind)) {
            refuse(domain_conf, "/teaming", "teaming is only supported for pci hostdev devices");
        } else if (hostdev_.teaming->type != TeamingType::transient) {
            refuse(domain_conf, "/teaming/@type", "teaming hostdev devices must have type='transient'");
        } else if (hostdev_.teaming->persistent.empty()) {
            refuse(domain_conf, "/teaming/@persistent",
                   "teaming persistent attribute must be set if teaming type is 'transient'");
        }
    }

    const Domain& domain_;
    const Hostdev& hostdev_;
    std::size_t index_;
    Diagnostics& out_;
};

/// What tells a device of the host from others; empty for what may be there twice.
struct Identity {
    std::string operator()(const UsbHostdev& usb) const {
        const HostUsb place = usb.address.value_or(HostUsb());
        if (!usb.vendor && !place.bus) { return {}; }
        return fmt::format("usb {} {} {} {} {}", usb.vendor.value_or(0), usb.product.value_or(0),
                           place.bus.value_or(0), place.device.value_or(0), place.port);
    }
    std::string operator()(const PciHostdev& pci) const {
        return pci.address ? "pci " + pci.address->text() : std::string();
    }
    std::string operator()(const ScsiHostdev& scsi) const {
        const ScsiPlace place = scsi.place.value_or(ScsiPlace());
        return fmt::format("scsi {} {}:{}:{} {} {}", scsi.adapter, place.bus, place.target, place.unit,
                           scsi.name, scsi.hosts.empty() ? std::string() : scsi.hosts.front().name);
    }
    std::string operator()(const VhostScsiHostdev& vhost) const { return "vhost " + vhost.wwpn; }
    std::string operator()(const MdevHostdev& mdev) const { return "mdev " + mdev.uuid.text(); }
    std::string operator()(const StorageHostdev& storage) const { return "storage " + storage.block; }
    std::string operator()(const MiscHostdev& misc) const { return "misc " + misc.character; }
    std::string operator()(const NetHostdev& net) const { return "net " + net.interface; }
};

std::string identity_of(const Interface& interface) {
    const auto* hostdev = std::get_if<HostdevNet>(&interface.kind);
    if (hostdev == nullptr) { return {}; }
    if (const auto* pci = std::get_if<HostPci>(&hostdev->address)) { return "pci " + pci->text(); }
    const auto* usb = std::get_if<HostUsb>(&hostdev->address);
    return usb == nullptr ? std::string() : Identity()(UsbHostdev{.address = *usb});
}

void check_unique(const Domain& domain, Diagnostics& out) {
    std::set<std::string> seen;
    for (const Interface& each : domain.devices.interfaces) { seen.insert(identity_of(each)); }
    for (std::size_t i = 0; i < domain.devices.hostdevs.size(); ++i) {
        std::string identity = std::visit(Identity(), domain.devices.hostdevs[i].kind);
        if (!identity.empty() && !seen.insert(std::move(identity)).second) {
            problem(out, domain_conf, Code::xml_error, at("hostdev", i),
                    "Hostdev already exists in the domain configuration");
        }
    }
}

void check_vsock(const Vsock& vsock, Diagnostics& out) {
    constexpr std::uint32_t first = 3; // those below are the host's
    if (vsock.cid == 0U) {
        problem(out, ErrorSource::xml, Code::xml_error, "/domain/devices/vsock/cid/@address",
                "Invalid value for attribute 'address' in element 'cid': Zero is not permitted");
    } else if (vsock.cid.value_or(first) < first) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/devices/vsock/cid/@address",
                "guest CIDs must be >= {}", first);
    }
}

void check_filter(const RedirFilter& filter, Diagnostics& out) {
    for (std::size_t i = 0; i < filter.rules.size(); ++i) {
        const std::int64_t usb_class = filter.rules[i].usb_class;
        if (usb_class < -1 || usb_class > 0xff) {
            problem(out, domain_conf, Code::internal_error,
                    fmt::format("/domain/devices/redirfilter/usbdev[{}]/@class", i + 1),
                    "Invalid USB Class code {:#x}", static_cast<std::uint32_t>(usb_class));
        }
    }
}

} // namespace

void check_hostdevs(const Domain& domain, Diagnostics& out) {
    const Devices& d = domain.devices;
    for (std::size_t i = 0; i < d.hostdevs.size(); ++i) { HostdevCheck(domain, d.hostdevs[i], i, out).run(); }
    check_unique(domain, out);
    for (std::size_t i = 0; i < d.redirdevs.size(); ++i) {
        const Address& place = d.redirdevs[i].info.address;
        if (!std::holds_alternative<std::monostate>(place) && !std::holds_alternative<UsbAddress>(place)) {
            problem(out, domain_conf, Code::xml_error, at("redirdev", i, "/address"),
                    "Invalid address for a USB device");
        }
    }
    if (d.vsock) { check_vsock(*d.vsock, out); }
    if (d.redir_filter) { check_filter(*d.redir_filter, out); }
}

} // namespace yado::model
