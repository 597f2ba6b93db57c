// SPDX-License-Identifier: Apache-2.0
#include "model/domain/changes.h"

#include <algorithm>

#include "schema/read.h"

namespace yado::model {
namespace {

using schema::Change;
using schema::Difference;

bool can_be_plugged(const Disk& disk) {
    return disk.target.bus == DiskBus::virtio || disk.target.bus == DiskBus::scsi ||
           disk.target.bus == DiskBus::usb;
}
bool can_be_plugged(const Controller& controller) { return controller.type == ControllerType::scsi; }
bool can_be_plugged(const Filesystem& filesystem) { return filesystem.is_virtiofs(); }
bool can_be_plugged(const Serial& serial) {
    return serial.target == SerialTarget::usb || serial.target == SerialTarget::pci;
}
bool can_be_plugged(const Console& console) { return console.target == ConsoleTarget::virtio; }
bool can_be_plugged(const Channel& channel) { return channel.target == ChannelTarget::virtio; }
bool can_be_plugged(const Input& input) {
    return input.bus == InputBus::usb || input.bus == InputBus::virtio;
}
bool can_be_plugged(const Watchdog& watchdog) { return watchdog.model == WatchdogModel::i6300esb; }

template <class Device> bool can_be_plugged(std::string_view name, const std::string& xml) {
    return can_be_plugged(schema::read_xml<Device>(xml, name));
}

struct Judge {
    std::string_view name;
    bool (*can_be_plugged)(std::string_view name, const std::string& xml);
};
/// Of the kinds of devices of which some have to be there from the start.
constexpr Judge judges[] = {
    {"disk", can_be_plugged<Disk>},       {"controller", can_be_plugged<Controller>},
    {"console", can_be_plugged<Console>}, {"filesystem", can_be_plugged<Filesystem>},
    {"serial", can_be_plugged<Serial>},   {"channel", can_be_plugged<Channel>},
    {"input", can_be_plugged<Input>},     {"watchdog", can_be_plugged<Watchdog>},
};

constexpr std::string_view devices = "/domain/devices/";

/// A whole device that is only in one of them.
void judge_device(Difference& difference) {
    const std::string plain = schema::without_keys(difference.path);
    const auto* const judge = std::ranges::find_if(
        judges, [&plain](const Judge& each) { return plain == std::string(devices).append(each.name); });
    if (judge == std::end(judges)) { return; }
    const bool added = difference.kind == Difference::Kind::added;
    if (!judge->can_be_plugged(judge->name, added ? difference.after : difference.before)) {
        difference.change = Change::next_boot;
    }
}

/// The disk of a path "/domain/devices/disk[target/@dev='sda']/source/@file".
const Disk* disk_of(const Domain& domain, std::string_view path) {
    const auto has_path = [path](const Disk& disk) {
        return path.starts_with(fmt::format("{}disk[target/@dev='{}']/", devices, disk.target.dev));
    };
    const auto found = std::ranges::find_if(domain.devices.disks, has_path);
    return found == domain.devices.disks.end() ? nullptr : &*found;
}

/// The medium of a drive: what it is, how it is read, and what lies below it.
bool is_medium(std::string_view plain) {
    constexpr std::string_view disk = "/domain/devices/disk/";
    if (!plain.starts_with(disk)) { return false; }
    const std::string_view part = plain.substr(disk.size());
    return part == "@type" || part == "driver/@type" || part.starts_with("source") ||
           part.starts_with("backingStore");
}

void judge(Difference& difference, const Domain& before, const Domain& after) {
    const std::string plain = schema::without_keys(difference.path);
    if (plain == "/domain/metadata") {
        difference.change = Change::live;
    } else if (is_medium(plain)) {
        const Disk* was = disk_of(before, difference.path);
        const Disk* is = disk_of(after, difference.path);
        const bool drive = was != nullptr && is != nullptr && was->is_removable() && is->is_removable();
        difference.change = drive ? Change::live : Change::next_boot;
    } else if (difference.element) {
        judge_device(difference);
    }
}

} // namespace

std::vector<Difference> changes(const Domain& before, const Domain& after) {
    std::vector<Difference> found = schema::compare(before, after, "domain", schema::definition_view);
    std::erase_if(found, [](const Difference& d) { return d.path.ends_with("/alias/@name"); });
    for (Difference& difference : found) { judge(difference, before, after); }
    return found;
}

} // namespace yado::model
