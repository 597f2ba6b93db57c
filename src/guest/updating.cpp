// SPDX-License-Identifier: Apache-2.0
// What can change about a device while the guest runs: the difference of two descriptions decides. The words
// are libvirt's.
#include "guest/changing_service.h"

#include "base/error.h"
#include "schema/compare.h"

#include <algorithm>
#include <array>

namespace yado::guest {
namespace {

/// "/disk/driver/@cache" → "cache".
std::string_view last_part(std::string_view path) {
    path.remove_prefix(path.rfind('/') + 1);
    if (path.starts_with('@')) path.remove_prefix(1);
    return path.substr(0, path.find('['));
}

/// "/interface/mtu/@size" → "mtu".
std::string_view element_part(std::string_view path) {
    path.remove_prefix(std::min(path.find('/', 1), path.size() - 1) + 1);
    if (path.starts_with('@')) path.remove_prefix(1);
    return path.substr(0, path.find_first_of("/["));
}

bool is_or_in(std::string_view path, std::string_view element) {
    return path.starts_with(element) &&
           (path.size() == element.size() || path[element.size()] == '/' || path[element.size()] == '[');
}

/// What a document does not say stays as it is.
bool says_nothing(const schema::Difference& difference) {
    return difference.kind == schema::Difference::Kind::removed || difference.after.empty();
}

template <class Device>
std::vector<schema::Difference> differences(const Device& before, const Device& after,
                                            std::string_view kind) {
    return schema::compare(before, after, kind, {.secure = true});
}

/// The first difference in something else than the elements named; nothing when there is none.
template <std::size_t N>
std::string_view first_other(const std::vector<schema::Difference>& all,
                             const std::array<std::string_view, N>& elements,
                             std::string_view (*name)(std::string_view) = last_part) {
    for (const schema::Difference& each : all) {
        const bool allowed = std::ranges::any_of(
            elements, [&](std::string_view element) { return is_or_in(each.path, element); });
        if (!allowed && !says_nothing(each)) return name(each.path);
    }
    return {};
}

} // namespace

Task<void> ChangingService::update_live(Registry::Pointer guest, model::DeviceDocument given, bool force) {
    const model::DeviceDocument wanted =
        completed(guest->live->domain, given, parts_.hypervisor.complete_context());
    if (wanted.kind == "disk") {
        co_await update_disk(guest, wanted, force);
    } else if (wanted.kind == "interface") {
        co_await update_interface(guest, wanted, given);
    } else if (wanted.kind == "graphics") {
        co_await update_graphics(guest, given);
    } else if (wanted.kind == "memory") {
        co_await update_memory(guest, wanted);
    } else {
        fail(ErrorSource::qemu, Code::config_unsupported, "live update of device '{}' is not supported",
             wanted.kind);
    }
    co_await power_.save_status(guest);
}

Task<void> ChangingService::update_disk(Registry::Pointer guest, model::DeviceDocument wanted, bool force) {
    const std::shared_ptr<Live> live = guest->live;
    const model::Disk& disk = wanted.devices.disks.front();
    const auto find = [&disk](model::Domain& domain) {
        const auto found = std::ranges::find(domain.devices.disks, disk.target.dev,
                                             [](const model::Disk& each) { return each.target.dev; });
        if (found == domain.devices.disks.end())
            fail(ErrorSource::qemu, Code::internal_error, "disk '{}' not found", disk.target.dev);
        return found;
    };
    const auto there = find(live->domain);
    const std::vector<schema::Difference> changes = differences(*there, disk, "disk");
    constexpr std::array<std::string_view, 7> free{
        "/disk/source", "/disk/backingStore", "/disk/alias",       "/disk/address",
        "/disk/@type",  "/disk/driver/@type", "/disk/target/@tray"};
    const std::string_view field = first_other(changes, free);
    if (!field.empty())
        fail(ErrorSource::qemu, Code::operation_unsupported, "cannot modify field '{}' of the disk", field);
    const bool media = std::ranges::any_of(changes, [](const schema::Difference& each) {
        const bool source = is_or_in(each.path, "/disk/source") && !each.path.ends_with("/@startupPolicy") &&
                            !each.path.ends_with("/@index");
        return source || each.path == "/disk/@type" ||
               (each.path == "/disk/driver/@type" && !each.after.empty());
    });
    if (!media) {
        model::parts_of(there->source).startup_policy = model::parts_of(disk.source).startup_policy;
        co_return;
    }
    if (!there->is_removable())
        fail(ErrorSource::qemu, Code::config_unsupported,
             "disk source can be changed only in removable drives");
    const std::string alias = there->info.alias.name;
    model::Domain with = live->domain;
    const auto drive = find(with);
    drive->source = disk.source;
    drive->driver.type = disk.driver.type;
    drive->backing = disk.backing;
    drive->auth = disk.auth;
    drive->encryption = disk.encryption;
    model::parts_of(drive->source).index.reset();
    parts_.hypervisor.check(with);
    co_await guest->require_machine().change_medium(with, live->domain, alias, force);
    if (!live->ended) *find(live->domain) = *find(with);
}

Task<void> ChangingService::update_interface(Registry::Pointer guest, model::DeviceDocument wanted,
                                             model::DeviceDocument given) {
    const std::shared_ptr<Live> live = guest->live;
    const model::DevicePlace place = find_meant(live->domain, wanted, given, Where::live);
    const model::Interface there = live->domain.devices.interfaces.at(place.index);
    model::Interface changed = wanted.devices.interfaces.front();
    if (given.devices.interfaces.front().mac.address == model::Mac()) changed.mac = there.mac;
    if (there.kind.index() != changed.kind.index()) {
        fail(ErrorSource::qemu, Code::operation_unsupported, "unable to change config on '{}' network type",
             changed.actual_word());
    }
    if (!changed.model.empty() && changed.model != there.model) {
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "cannot modify network device model from {} to {}", there.model, changed.model);
    }
    constexpr std::array<std::string_view, 3> free{"/interface/link", "/interface/alias",
                                                   "/interface/target"};
    const std::string_view field = first_other(differences(there, changed, "interface"), free, element_part);
    if (!field.empty()) {
        fail(ErrorSource::qemu, Code::operation_unsupported, "cannot modify network device {}", field);
    }
    if (changed.link == there.link) co_return;
    const bool up = changed.link != model::LinkState::down;
    co_await guest->require_machine().set_link(there.info.alias.name, up);
    for (model::Interface& each : live->domain.devices.interfaces) {
        if (each.info.alias.name == there.info.alias.name) each.link = changed.link;
    }
}

Task<void> ChangingService::update_graphics(Registry::Pointer guest, model::DeviceDocument wanted) {
    const std::shared_ptr<Live> live = guest->live;
    model::Graphics& changed = wanted.devices.graphics.front();
    const auto find = [&]() -> model::Graphics* {
        for (model::Graphics& each : live->domain.devices.graphics) {
            if (each.kind.index() == changed.kind.index()) return &each;
        }
        return nullptr;
    };
    const std::string_view kind = schema::UnionTags<model::GraphicsKind>::values[changed.kind.index()];
    const model::Graphics* there = find();
    if (there == nullptr)
        fail(ErrorSource::qemu, Code::device_missing,
             "cannot find existing graphics device to modify of type '{}'", kind);
    const auto refuse = [kind](std::string_view what) {
        fail(ErrorSource::qemu, Code::operation_unsupported, "cannot change {} setting{} on '{}' graphics",
             what, what == "port" ? "s" : "", kind);
    };
    for (const schema::Difference& each : differences(*there, changed, "graphics")) {
        const std::string_view part = last_part(each.path);
        if (part.starts_with("passwd") || part == "connected" || says_nothing(each)) continue;
        if (part == "autoport" || each.after == "-1") continue; // chosen when the guest was started
        const bool port = part == "websocket" || part == "tlsPort";
        const bool listen = element_part(each.path) == "listen";
        refuse(port ? "port" : listen ? "listen address" : part);
    }
    const auto password_of = [](model::Graphics& graphics) -> model::GraphicsPassword* {
        if (model::Vnc* vnc = graphics.vnc()) return &vnc->password;
        auto* spice = std::get_if<model::Spice>(&graphics.kind);
        return spice == nullptr ? nullptr : &spice->password;
    };
    model::GraphicsPassword* password = password_of(changed);
    if (password == nullptr || password->text.empty()) co_return;
    const model::GraphicsPassword told = *password;
    co_await guest->require_machine().set_screen_password(changed);
    if (model::Graphics* still = find()) *password_of(*still) = told;
}

Task<void> ChangingService::update_memory(Registry::Pointer guest, model::DeviceDocument wanted) {
    const std::shared_ptr<Live> live = guest->live;
    const model::MemoryDevice& changed = wanted.devices.memories.front();
    const auto find = [&]() -> model::MemoryDevice* {
        for (model::MemoryDevice& each : live->domain.devices.memories) {
            const model::PciAddress* asked = changed.info.pci();
            const model::PciAddress* place = each.info.pci();
            const bool by_place = asked != nullptr && place != nullptr && place->same_place(*asked);
            const bool by_alias =
                !changed.info.alias.name.empty() && each.info.alias.name == changed.info.alias.name;
            if (by_alias || by_place) return &each;
        }
        return nullptr;
    };
    const model::MemoryDevice* there = find();
    if (there == nullptr)
        fail(ErrorSource::qemu, Code::config_unsupported, "memory '{}' not found",
             changed.info.alias.name.empty() ? "(null)" : changed.info.alias.name);
    if (changed.model != model::MemoryModel::virtio_mem || there->model != changed.model)
        fail(ErrorSource::qemu, Code::operation_unsupported, "cannot modify memory of model '{}'",
             schema::word(there->model));
    if (changed.target.size_kib != there->target.size_kib)
        fail(ErrorSource::qemu, Code::config_unsupported, "cannot modify memory size from '{}' to '{}'",
             there->target.size_kib, changed.target.size_kib);
    constexpr std::array<std::string_view, 4> free{"/memory/target/requested", "/memory/target/current",
                                                   "/memory/alias", "/memory/address"};
    const std::string_view field = first_other(differences(*there, changed, "memory"), free);
    if (!field.empty())
        fail(ErrorSource::qemu, Code::operation_unsupported, "cannot modify memory {}", field);
    const std::string alias = there->info.alias.name;
    const std::uint64_t requested = changed.target.requested_kib.value_or(0);
    if (requested > there->target.size_kib)
        fail(ErrorSource::domain, Code::xml_detail,
             "requested size must be smaller than or equal to @size ({}KiB)", there->target.size_kib);
    const std::uint64_t block = there->target.block_kib.value_or(2048);
    if (requested % block != 0)
        fail(ErrorSource::domain, Code::xml_detail,
             "requested size must be an integer multiple of block size");
    co_await guest->require_machine().resize_memory(alias, requested);
    if (model::MemoryDevice* still = find()) still->target.requested_kib = requested;
}

} // namespace yado::guest
