// SPDX-License-Identifier: Apache-2.0
// What the builders of all devices share: where a device is plugged in, and what QEMU must have for it. A
// builder gives the JSON of -device, -blockdev, -netdev or -object, which is what device_add and its
// relatives take as well.
#pragma once

#include "hypervisor/qemu/plan/plan.h"
#include "model/domain/domain.h"

#include <boost/json.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::qemu {

struct DeviceContext {
    const model::Domain& domain;
    const QemuCapabilities& capabilities;
    const LaunchFacts& facts;
};

/// A byte stream's host side: as an option of the command line, which has no JSON form, and for chardev-add.
struct Chardev {
    std::string option;
    boost::json::object arguments;
};

/// All that makes one device, each list in the order QEMU wants it. The same parts serve the command line and
/// hotplug, but for `options`, which only the command line has.
struct DeviceParts {
    std::vector<boost::json::object> credentials; ///< objects that what follows needs
    std::vector<Chardev> chardevs;                ///< -chardev, chardev-add
    std::vector<boost::json::object> objects;     ///< -object, object-add
    std::vector<boost::json::object> netdevs;     ///< -netdev, netdev_add
    std::vector<boost::json::object> nodes;       ///< -blockdev, blockdev-add
    std::vector<boost::json::object> devices;     ///< -device, device_add
    std::vector<std::pair<std::string, std::string>> options;
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<std::string> paths;     ///< files and devices of the host that QEMU opens
    std::vector<std::string> log_files; ///< made before the start, owned by QEMU's user
    std::vector<HelperProcess> helpers;
};

/// {"driver": …, "id": …} for a device that QEMU has. Throws config_unsupported naming the driver and QEMU's
/// version.
boost::json::object device_object(const DeviceContext& context, std::string_view driver, std::string_view id);

/// Adds where the device sits (bus, addr, port …) and, for PCI devices, <rom> and <acpi index>. Nothing for
/// devices without an address.
void add_address(boost::json::object& device, const DeviceContext& context, const model::DeviceInfo& info);

void add_virtio(boost::json::object& device, const model::VirtioOptions& options);

/// The boot order a device has by <boot order> or, for the first of its kind, by <os><boot dev>; 0 for none.
std::uint32_t boot_index(const DeviceContext& context, const model::DeviceInfo& info, model::BootDevice kind,
                         bool first_of_kind);

/// Sets member `key` when `value` was given.
void add_switch(boost::json::object& device, std::string_view key, schema::OnOff value);

/// "true"/"false" of QEMU's older option syntax.
constexpr std::string_view on_off(bool value) { return value ? "on" : "off"; }

/// A value in QEMU's comma-separated option syntax: commas doubled.
std::string escaped(std::string_view text);

/// Throws config_unsupported "what … is not supported by QEMU 7.2.0"-like texts.
[[noreturn]] void unsupported(const DeviceContext& context, std::string_view what);

/// Throws unsupported() unless QEMU knows the type for -object.
void require_object(const DeviceContext& context, std::string_view type);

/// The driver of a virtio device on PCI: "-transitional" and "-non-transitional" by its model's word.
std::string virtio_driver(std::string_view stem, std::string_view model);

/// Refuses the first carried-along part that is none of `known`, as "<name> of OWNER".
void refuse_kept(const DeviceContext& context, const schema::Kept& kept, std::string_view owner,
                 std::initializer_list<std::string_view> known = {});

/// The controller that stands for a bus, never a USB companion; null when the domain has none.
const model::Controller* find_controller(const model::Domain& domain, model::ControllerType type,
                                         std::uint32_t index);

/// The alias of the controller of this type with this index; `fallback` when the domain has none.
std::string controller_alias(const DeviceContext& context, model::ControllerType type, std::uint32_t index,
                             std::string fallback);

bool is_q35(const model::Domain& domain);

} // namespace yado::qemu
