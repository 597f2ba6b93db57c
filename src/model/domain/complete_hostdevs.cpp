// SPDX-License-Identifier: Apache-2.0
// Devices of the host, vsock: what they get, and the SCSI controllers that host devices sit on.
#include "model/domain/complete_devices.h"

#include <algorithm>
#include <set>

#include "model/domain/placing.h"

namespace yado::model {
namespace {

bool is_scsi(const Hostdev& hostdev) { return std::holds_alternative<ScsiHostdev>(hostdev.kind); }

void complete_kind(Hostdev& h) {
    if (auto* scsi = std::get_if<ScsiHostdev>(&h.kind)) {
        const bool iscsi = scsi->protocol == HostScsiProtocol::iscsi;
        if (iscsi && !scsi->name.empty() && scsi->name.find('/') == std::string::npos) { scsi->name += "/0"; }
    } else {
        h.readonly = h.shareable = false;
    }
    if (auto* mdev = std::get_if<MdevHostdev>(&h.kind);
        mdev != nullptr && mdev->model == MdevModel::vfio_pci && mdev->display == schema::OnOff::unset) {
        mdev->display = schema::OnOff::off;
    }
    if (auto* net = std::get_if<NetHostdev>(&h.kind)) { complete(net->guest_ips); }
}

/// libvirt's rule, whatever the controller's model: seven units each, the next controller when one is full.
void place_unit(Hostdev& hostdev, std::set<DriveAddress>& taken) {
    constexpr std::uint32_t units = 7;
    DriveAddress address;
    while (!taken.insert(address).second) {
        if (++address.unit == units) { address = {address.controller + 1, 0, 0, 0}; }
    }
    hostdev.info.address = address;
}

} // namespace

void complete_hostdevs(Domain& domain) {
    std::set<DriveAddress> taken;
    const auto take = [&taken](const DeviceInfo& info) {
        if (const auto* drive = std::get_if<DriveAddress>(&info.address)) { taken.insert(*drive); }
    };
    for (const Disk& disk : domain.devices.disks) {
        if (disk.target.bus != DiskBus::scsi) { continue; }
        take(disk.info);
        const auto by_name = drive_address(disk);
        if (std::holds_alternative<std::monostate>(disk.info.address) && by_name) { taken.insert(*by_name); }
    }
    for (const Hostdev& h : domain.devices.hostdevs) { take(h.info); }
    for (Hostdev& h : domain.devices.hostdevs) {
        complete_kind(h);
        const bool subsystem = h.mode == HostdevMode::subsystem;
        if (subsystem && h.managed == schema::YesNo::unset) { h.managed = schema::YesNo::no; }
        const bool nowhere = std::holds_alternative<std::monostate>(h.info.address);
        if (is_scsi(h) && nowhere) { place_unit(h, taken); }
    }
    if (auto& vsock = domain.devices.vsock) {
        if (vsock->model == VsockModel::unset && is_qemu(domain)) { vsock->model = VsockModel::virtio; }
        if (vsock->auto_cid == schema::YesNo::unset) { vsock->auto_cid = schema::yes_no(!vsock->cid); }
    }
}

void add_hostdev_controllers(Domain& domain) {
    std::int64_t highest = -1;
    ControllerModel model = ControllerModel::unset;
    for (const Hostdev& h : domain.devices.hostdevs) {
        const auto* drive = std::get_if<DriveAddress>(&h.info.address);
        if (!is_scsi(h) || drive == nullptr || drive->controller <= highest) { continue; }
        highest = drive->controller;
        // All of them like the one whose place ran out.
        const auto found = std::ranges::find_if(domain.devices.controllers, [&](const Controller& c) {
            return c.type == ControllerType::scsi && c.index == drive->controller;
        });
        const bool named = found != domain.devices.controllers.end() &&
                           found->model != ControllerModel::unset && found->model != ControllerModel::auto_;
        if (named) { model = found->model; }
    }
    constexpr std::int64_t most = 255; // a document cannot make us add controllers without end
    for (std::int64_t index = 0; index <= std::min(highest, most); ++index) {
        const auto number = static_cast<std::uint16_t>(index);
        if (!has_controller(domain, ControllerType::scsi, number)) {
            add_controller(domain, ControllerType::scsi, number, model);
        }
    }
}

} // namespace yado::model
