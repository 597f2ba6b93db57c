// SPDX-License-Identifier: Apache-2.0
#include "model/domain/each_device.h"

namespace yado::model {

std::optional<DevicePlace> find_device(const Devices& devices, std::string_view alias) {
    std::optional<DevicePlace> found;
    if (alias.empty()) { return found; }
    std::string_view kind_before;
    std::size_t index = 0;
    each_device(devices, [&](std::string_view kind, const auto& device) {
        index = kind == kind_before ? index + 1 : 0;
        kind_before = kind;
        if (!found && device.info.alias.name == alias) { found = DevicePlace{kind, index}; }
    });
    return found;
}

namespace {

/// Calls on_list(list) or on_single(rare) for the kind.
template <class DevicesType, class OnList, class OnSingle>
void with_kind(DevicesType& devices, std::string_view kind, OnList on_list, OnSingle on_single) {
    each_device_list(devices, [&](std::string_view each, auto& list) {
        if (each == kind) { on_list(list); }
    });
    if (kind == "memballoon") { on_single(devices.balloon); }
    if (kind == "nvram") { on_single(devices.nvram); }
    if (kind == "iommu") { on_single(devices.iommu); }
    if (kind == "vsock") { on_single(devices.vsock); }
    if (kind == "pstore") { on_single(devices.pstore); }
}

/// The list of the same type in other devices.
template <class List> List& same_list(Devices& devices, const List&, std::string_view kind) {
    List* found = nullptr;
    each_device_list(devices, [&](std::string_view each, auto& list) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(list)>, List>) {
            if (each == kind) { found = &list; }
        }
    });
    return *found;
}
template <class Single> Single& same_single(Devices& devices, const Single&) {
    Single* found = nullptr;
    const auto look = [&found](auto& single) {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(single)>, Single>) { found = &single; }
    };
    look(devices.balloon);
    look(devices.nvram);
    look(devices.iommu);
    look(devices.vsock);
    look(devices.pstore);
    return *found;
}

} // namespace

DeviceInfo* info_of(Devices& devices, DevicePlace place) {
    DeviceInfo* info = nullptr;
    with_kind(
        devices, place.kind,
        [&](auto& list) {
            if constexpr (requires { list.front().info; }) { info = &list.at(place.index).info; }
        },
        [&](auto& single) { info = &single->info; });
    return info;
}

void copy_device(const Devices& from, DevicePlace place, Devices& to) {
    with_kind(
        from, place.kind,
        [&](const auto& list) { same_list(to, list, place.kind).push_back(list.at(place.index)); },
        [&](const auto& single) { same_single(to, single) = single; });
}

void replace_device(const Devices& from, DevicePlace place, Devices& to, DevicePlace over) {
    with_kind(
        from, place.kind,
        [&](const auto& list) { same_list(to, list, place.kind).at(over.index) = list.at(place.index); },
        [&](const auto& single) { same_single(to, single) = single; });
}

void erase_device(Devices& devices, DevicePlace place) {
    with_kind(
        devices, place.kind,
        [&](auto& list) { list.erase(list.begin() + static_cast<std::ptrdiff_t>(place.index)); },
        [&](auto& single) { single.reset(); });
}

} // namespace yado::model
