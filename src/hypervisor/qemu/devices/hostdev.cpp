// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/hostdev.h"

#include "base/error.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/devices/network_node.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

/// What both <hostdev> and assigned interfaces have.
struct Frame {
    const model::DeviceInfo& info;
    const model::Teaming* teaming;
    std::uint32_t boot;
};

void finish(json::object& device, const DeviceContext& context, const Frame& frame) {
    device["id"] = frame.info.alias.name;
    if (frame.boot != 0) device["bootindex"] = frame.boot;
    if (frame.teaming != nullptr) device["failover_pair_id"] = frame.teaming->persistent;
    add_address(device, context, frame.info);
}

json::object pci_device(const DeviceContext& context, const model::HostPci& host, const Frame& frame) {
    json::object device = device_object(context, "vfio-pci", {});
    device["host"] = host.text();
    finish(device, context, frame);
    return device;
}

/// By its number: the daemon looks it up when the document names vendor and product.
json::object usb_device(const DeviceContext& context, const std::optional<model::HostUsb>& host,
                        model::GuestReset reset, const Frame& frame) {
    if (!host || !host->bus || !host->device) {
        fail(ErrorSource::qemu, Code::internal_error, "USB host device is missing bus/device information");
    }
    json::object device = device_object(context, "usb-host", {});
    device["hostdevice"] = fmt::format("/dev/bus/usb/{:03}/{:03}", *host->bus, *host->device);
    if (reset != model::GuestReset::unset) device["guest-reset"] = reset != model::GuestReset::off;
    if (reset == model::GuestReset::on) device["guest-resets-all"] = true;
    finish(device, context, frame);
    return device;
}

class Builder {
  public:
    Builder(const DeviceContext& context, const model::Hostdev& hostdev, std::uint32_t boot)
        : context_(context), hostdev_(hostdev),
          frame_{hostdev.info, hostdev.teaming ? &*hostdev.teaming : nullptr, boot} {}

    DeviceParts operator()(const model::UsbHostdev& usb) {
        if (usb.missing == schema::YesNo::yes) return {}; // its start-up policy allows that
        parts_.devices.push_back(usb_device(context_, usb.address, usb.guest_reset, frame_));
        return std::move(parts_);
    }
    DeviceParts operator()(const model::PciHostdev& pci) {
        if (std::holds_alternative<model::UnassignedAddress>(hostdev_.info.address)) return {};
        const auto driver = pci.driver.name;
        if (driver == model::HostdevDriverName::kvm || driver == model::HostdevDriverName::xen) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "host doesn't support passthrough of host PCI devices");
        }
        parts_.devices.push_back(pci_device(context_, pci.address.value_or(model::HostPci()), frame_));
        return std::move(parts_);
    }
    DeviceParts operator()(const model::MdevHostdev& mdev) {
        if (mdev.model != model::MdevModel::vfio_pci)
            unsupported(context_, fmt::format("host device model '{}'", schema::word(mdev.model)));
        const bool ramfb = mdev.ramfb == schema::OnOff::on;
        json::object device = device_object(context_, ramfb ? "vfio-pci-nohotplug" : "vfio-pci", {});
        device["sysfsdev"] = "/sys/bus/mdev/devices/" + mdev.uuid.text();
        if (mdev.display != schema::OnOff::unset) device["display"] = schema::word(mdev.display);
        if (ramfb) device["ramfb"] = true;
        finish(device, context_, frame_);
        parts_.devices.push_back(std::move(device));
        return std::move(parts_);
    }
    DeviceParts operator()(const model::ScsiHostdev& scsi) {
        const std::string node_name = fmt::format("libvirt-{}-backend", alias());
        json::object node =
            scsi.protocol == model::HostScsiProtocol::iscsi ? iscsi_node(scsi) : generic_node();
        node["node-name"] = node_name;
        node["read-only"] = hostdev_.readonly;
        parts_.nodes.push_back(std::move(node));
        json::object device = device_object(context_, "scsi-generic", {});
        device["drive"] = node_name;
        device["id"] = alias();
        if (hostdev_.shareable) device["share-rw"] = true;
        if (frame_.boot != 0) device["bootindex"] = frame_.boot;
        const auto* drive = std::get_if<model::DriveAddress>(&hostdev_.info.address);
        add_scsi_place(device, context_, drive == nullptr ? model::DriveAddress() : *drive, alias());
        parts_.devices.push_back(std::move(device));
        return std::move(parts_);
    }
    DeviceParts operator()(const model::VhostScsiHostdev& vhost) {
        const auto fd = context_.facts.hostdevs.vhost.find(alias());
        if (fd == context_.facts.hostdevs.vhost.end()) unsupported(context_, "host device type 'scsi_host'");
        json::object device =
            device_object(context_, virtio_driver("vhost-scsi", schema::word(vhost.model)), {});
        device["wwpn"] = vhost.wwpn;
        device["vhostfd"] = std::to_string(fd->second);
        finish(device, context_, frame_);
        parts_.devices.push_back(std::move(device));
        return std::move(parts_);
    }
    template <class Capability> DeviceParts operator()(const Capability&) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "hostdev mode 'capabilities' is not supported in qemu");
    }

  private:
    const std::string& alias() const { return hostdev_.info.alias.name; }

    json::object generic_node() {
        const auto path = context_.facts.hostdevs.scsi_generic.find(alias());
        if (path == context_.facts.hostdevs.scsi_generic.end()) {
            unsupported(context_, "host device type 'scsi'");
        }
        parts_.paths.push_back(path->second);
        json::object node;
        node["driver"] = "host_device";
        node["filename"] = path->second;
        return node;
    }

    json::object iscsi_node(const model::ScsiHostdev& scsi) {
        model::NetworkSource source;
        source.storage.protocol = model::StorageProtocol::iscsi;
        source.storage.name = scsi.name;
        source.storage.hosts = scsi.hosts;
        source.storage.initiator = scsi.initiator;
        for (model::StorageHost& host : source.storage.hosts) {
            if (host.port == 0) host.port = model::default_port(model::StorageProtocol::iscsi);
        }
        Image image;
        if (scsi.auth) image.auth = *scsi.auth;
        image.source = source;
        DiskBackend backend;
        json::object node = network_node(context_, source.storage, image, backend);
        parts_.objects = std::move(backend.objects);
        // A disk's would have the number of its node.
        for (json::object& secret : parts_.objects) secret["id"] = alias() + "-secret0";
        if (node.contains("password-secret")) node["password-secret"] = alias() + "-secret0";
        return node;
    }

    const DeviceContext& context_;
    const model::Hostdev& hostdev_;
    Frame frame_;
    DeviceParts parts_;
};

struct CardBuilder {
    const DeviceContext& context;
    Frame frame;

    json::object operator()(const model::HostPci& host) const { return pci_device(context, host, frame); }
    json::object operator()(const model::HostUsb& host) const {
        return usb_device(context, host, model::GuestReset::unset, frame);
    }
    json::object operator()(std::monostate) const {
        fail(ErrorSource::qemu, Code::internal_error, "a host device without an address");
    }
};

} // namespace

DeviceParts hostdev_parts(const DeviceContext& context, const model::Hostdev& hostdev, std::uint32_t boot) {
    return std::visit(Builder(context, hostdev, boot), hostdev.kind);
}

DeviceParts assigned_card_parts(const DeviceContext& context, const model::Interface& interface,
                                std::uint32_t boot) {
    const auto* net = interface.actual ? std::get_if<model::HostdevNet>(&interface.actual->kind)
                                       : std::get_if<model::HostdevNet>(&interface.kind);
    const Frame frame{interface.info, interface.teaming ? &*interface.teaming : nullptr, boot};
    DeviceParts parts;
    parts.devices.push_back(std::visit(CardBuilder{context, frame}, net->address));
    return parts;
}

} // namespace yado::qemu
