// SPDX-License-Identifier: Apache-2.0
// All devices of a domain, whatever their kind.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/domain/devices.h"

namespace yado::model {

/// Calls visit(kind, list) for each list of devices, the kind being the element's name.
template <class DevicesType, class Visit> void each_device_list(DevicesType& devices, Visit visit) {
    using namespace std::string_view_literals;
    visit("disk"sv, devices.disks);
    visit("controller"sv, devices.controllers);
    visit("lease"sv, devices.leases);
    visit("filesystem"sv, devices.filesystems);
    visit("interface"sv, devices.interfaces);
    visit("smartcard"sv, devices.smartcards);
    visit("serial"sv, devices.serials);
    visit("parallel"sv, devices.parallels);
    visit("console"sv, devices.consoles);
    visit("channel"sv, devices.channels);
    visit("input"sv, devices.inputs);
    visit("tpm"sv, devices.tpms);
    visit("graphics"sv, devices.graphics);
    visit("sound"sv, devices.sounds);
    visit("audio"sv, devices.audios);
    visit("video"sv, devices.videos);
    visit("hostdev"sv, devices.hostdevs);
    visit("redirdev"sv, devices.redirdevs);
    visit("hub"sv, devices.hubs);
    visit("watchdog"sv, devices.watchdogs);
    visit("rng"sv, devices.rngs);
    visit("panic"sv, devices.panics);
    visit("shmem"sv, devices.shmems);
    visit("memory"sv, devices.memories);
    visit("crypto"sv, devices.cryptos);
}

/// Calls visit(kind, device) for each device that can have an alias.
template <class DevicesType, class Visit> void each_device(DevicesType& devices, Visit visit) {
    each_device_list(devices, [&visit](std::string_view kind, auto& list) {
        if constexpr (requires { list.front().info; }) {
            for (auto& device : list) visit(kind, device);
        }
    });
    const auto single = [&visit](std::string_view kind, auto& device) {
        if (device) visit(kind, *device);
    };
    single("memballoon", devices.balloon);
    single("nvram", devices.nvram);
    single("iommu", devices.iommu);
    single("vsock", devices.vsock);
    single("pstore", devices.pstore);
}

/// One device of a domain: its kind and its place in the list of that kind, 0 for what a domain has one of.
struct DevicePlace {
    std::string_view kind; ///< "disk": a literal
    std::size_t index = 0;
};

/// The device of this alias. A console that is a serial port has the port's alias; the port is found.
std::optional<DevicePlace> find_device(const Devices& devices, std::string_view alias);
/// What all devices have; null for kinds without an alias.
DeviceInfo* info_of(Devices& devices, DevicePlace place);
/// A copy of the device in `from` is put at the end of its list in `to`.
void copy_device(const Devices& from, DevicePlace place, Devices& to);
/// Puts the device over the one in `to`.
void replace_device(const Devices& from, DevicePlace place, Devices& to, DevicePlace over);
void erase_device(Devices& devices, DevicePlace place);

} // namespace yado::model
