// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/status.h"

#include "base/text.h"
#include "hypervisor/qemu/devices/disk.h"
#include "model/domain/disk_chain.h"
#include "schema/write.h"

#include <algorithm>
#include <iterator>

namespace yado::qemu {

namespace {

constexpr std::int32_t agent_waits = -2; // a call to the guest's agent waits for its answer

std::string node_element(std::string_view type, std::string_view name) {
    std::string element = fmt::format("<nodename type='{}' name='", type);
    schema::escape(element, name);
    return element + "'/>";
}

std::string private_data(std::string_view names) {
    return fmt::format("<privateData><nodenames>{}</nodenames></privateData>", names);
}

// A disk's image and those below it: a node for the format on one for the file.
void note_chain(const model::DiskChain& chain, const std::string& alias, std::string place,
                std::vector<model::StatusPrivate>& parts) {
    for (const model::ChainImage& image : chain.images) {
        if (!image.index) return;
        parts.push_back({.device = alias,
                         .inside = place,
                         .xml = private_data(node_element("storage", image_node(*image.index, "storage")) +
                                             node_element("format", format_node(*image.index)))});
        const std::size_t last = place.rfind("source");
        place.insert(last, "backingStore/");
    }
}

std::vector<model::StatusPrivate> node_parts(const model::Disk& disk) {
    std::vector<model::StatusPrivate> parts;
    note_chain(model::chain_of(disk), disk.info.alias.name, "source", parts);
    if (disk.mirror) note_chain(model::chain_of(*disk.mirror), disk.info.alias.name, "mirror/source", parts);
    return parts;
}

std::string names_in(const std::string& xml) {
    constexpr std::string_view open = "<nodenames>";
    constexpr std::string_view close = "</nodenames>";
    const std::size_t begin = xml.find(open);
    const std::size_t end = xml.find(close);
    if (begin == std::string::npos || end == std::string::npos || end < begin) return {};
    return xml.substr(begin, end - begin);
}

} // namespace

unsigned node_number(std::string_view node) {
    constexpr std::string_view prefix = "libvirt-";
    if (!node.starts_with(prefix)) return 0;
    node.remove_prefix(prefix.size());
    return parse_number<unsigned>(node.substr(0, node.find('-'))).value_or(0);
}

std::vector<model::StatusPrivate> with_block_nodes(std::vector<model::StatusPrivate> known,
                                                   const model::Domain& domain) {
    for (const model::Disk& disk : domain.devices.disks) {
        std::vector<model::StatusPrivate> parts = node_parts(disk);
        const std::string& alias = disk.info.alias.name;
        if (parts.empty() || alias.empty()) continue;
        for (model::StatusPrivate& part : parts) { // what libvirtd noted besides the names stays with them
            const auto same = std::ranges::find_if(known, [&part](const model::StatusPrivate& each) {
                return each.device == part.device && each.inside == part.inside &&
                       names_in(each.xml) == names_in(part.xml);
            });
            if (same != known.end()) part = std::move(*same);
        }
        std::erase_if(known, [&alias](const model::StatusPrivate& each) {
            return each.device.empty() ||
                   (each.device == alias && !each.inside.empty()); // moved from, or replaced
        });
        std::ranges::move(parts, std::back_inserter(known));
    }
    return known;
}

model::MachineStatus first_status(const QemuCapabilities& capabilities, const model::Domain& domain,
                                  std::uint64_t last_image, bool kvm, bool remembers_owners) {
    model::MachineStatus status;
    status.capabilities = status_flags(capabilities, kvm);
    for (const model::Disk& disk : domain.devices.disks) {
        if (!copies_on_read(disk) || disk.is_empty()) continue;
        status.private_parts.push_back(
            {.device = disk.info.alias.name,
             .inside = "",
             .xml = private_data(node_element("copyOnRead", "libvirt-CoR-" + disk.target.dev))});
    }
    status.private_parts = with_block_nodes(std::move(status.private_parts), domain);
    status.remember_owner = remembers_owners;
    status.node_name.emplace(last_image);
    status.fd_set.emplace(0U);
    status.block_jobs.active = schema::YesNo::no;
    status.agent_timeout = agent_waits;
    return status;
}

} // namespace yado::qemu
