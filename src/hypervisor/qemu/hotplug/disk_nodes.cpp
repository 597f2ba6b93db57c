// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/hotplug/disk_nodes.h"

#include "base/text.h"
#include "hypervisor/qemu/devices/disk_chain.h"
#include "hypervisor/qemu/status.h"

#include <algorithm>
#include <set>

namespace yado::qemu {

namespace json = boost::json;

namespace {

std::string member(const json::value& value, std::string_view key) {
    const json::object* object = value.if_object();
    const json::value* found = object == nullptr ? nullptr : object->if_contains(key);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

struct Owned {
    std::set<unsigned> numbers;    ///< of "libvirt-NUMBER-…"
    std::set<std::string> by_name; ///< the others: a copy-on-read filter
};

// <nodename type='format' name='libvirt-7-format'/>
Owned owned_by(const model::MachineStatus& status, const model::Disk& disk) {
    Owned owned;
    owned.by_name.insert("libvirt-CoR-" + disk.target.dev);
    for (const model::ChainImage& image : model::chain_of(disk).images) {
        if (image.index) owned.numbers.insert(*image.index);
        const auto& data = model::parts_of(image.source).data_store;
        if (data && model::parts_of(data->source).index)
            owned.numbers.insert(*model::parts_of(data->source).index);
    }
    const std::string& alias = disk.info.alias.name;
    for (const model::StatusPrivate& part : status.private_parts) {
        if (part.device != alias) continue;
        constexpr std::string_view element = "<nodename ";
        constexpr std::string_view start = " name='";
        for (std::size_t at = part.xml.find(element); at != std::string::npos;
             at = part.xml.find(element, at + 1)) {
            const std::size_t name = part.xml.find(start, at);
            if (name == std::string::npos) break;
            const std::size_t begin = name + start.size();
            std::string node = part.xml.substr(begin, part.xml.find('\'', begin) - begin);
            if (const unsigned number = node_number(node); number != 0) {
                owned.numbers.insert(number);
            } else {
                owned.by_name.insert(std::move(node));
            }
        }
    }
    return owned;
}

/// Whatever stands on something else goes first.
int layer(std::string_view node) {
    if (node.starts_with("libvirt-CoR-")) return 0;
    if (node.contains("-filter")) return 1;
    if (node.ends_with("-format")) return 2;
    return node.ends_with("-slice-sto") ? 3 : 4;
}

} // namespace

void number_new_images(model::MachineStatus& status, model::Disk& disk) {
    if (!status.node_name) status.node_name.emplace();
    if (!disk.is_empty()) number_images(disk, status.node_name->index);
}

void forget_nodes(model::MachineStatus& status, std::string_view alias) {
    std::erase_if(status.private_parts, [alias](const model::StatusPrivate& part) {
        return part.device == alias && (!part.inside.empty() || part.xml.contains("<nodenames>"));
    });
}

std::vector<QmpCommand> node_removal(const model::MachineStatus& status, const model::Disk& disk,
                                     const json::array& all, const json::array& objects) {
    const Owned owned = owned_by(status, disk);
    std::vector<std::pair<std::pair<int, unsigned>, std::string>> nodes;
    for (const json::value& each : all) {
        std::string name = member(each, "node-name");
        const unsigned number = node_number(name);
        // filters stand on the top image, images on those below, which have higher numbers
        if (owned.by_name.contains(name)) nodes.push_back({{layer(name), 0}, name});
        if (number == 0 || !owned.numbers.contains(number)) continue;
        const int place = layer(name);
        nodes.push_back(
            {{place < 2 ? place : 2, place < 2 ? 0 : number * 8 + static_cast<unsigned>(place)}, name});
    }
    std::ranges::sort(nodes);
    std::vector<QmpCommand> commands;
    for (auto& [place, name] : nodes) commands.push_back({"blockdev-del", {{"node-name", name}}});
    for (const json::value& each : objects) {
        std::string name = member(each, "name");
        std::string_view node = name;
        if (node.starts_with("obj")) node.remove_prefix(3);
        if (const unsigned number = node_number(node); number != 0 && owned.numbers.contains(number))
            commands.push_back({"object-del", {{"id", name}}});
    }
    return commands;
}

bool has_reservations(const model::Disk& disk) {
    return std::ranges::any_of(model::chain_of(disk).images, [](const model::ChainImage& image) {
        const auto& reservations = model::parts_of(image.source).reservations;
        return reservations && reservations->managed == schema::YesNo::yes;
    });
}

bool has_reservations_beside(const model::Domain& domain, std::string_view alias) {
    return std::ranges::any_of(domain.devices.disks, [alias](const model::Disk& disk) {
        return disk.info.alias.name != alias && has_reservations(disk);
    });
}

void drop_reservations(DeviceParts& parts) {
    std::erase_if(parts.credentials,
                  [](const json::object& each) { return member(each, "id") == reservations_name; });
    std::erase_if(parts.helpers, [](const HelperProcess& each) { return each.name == reservations_name; });
}

} // namespace yado::qemu
