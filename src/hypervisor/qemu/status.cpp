// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/status.h"

#include "base/text.h"
#include "schema/write.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

namespace yado::qemu {

namespace json = boost::json;

namespace {

constexpr std::int32_t agent_waits = -2; // a call to the guest's agent waits for its answer

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

using Nodes = std::map<std::string, json::object, std::less<>>;

std::string node_element(std::string_view type, std::string_view name) {
    std::string element = fmt::format("<nodename type='{}' name='", type);
    schema::escape(element, name);
    return element + "'/>";
}

// A disk's image and those below it: a node for the format on one for the file.
void note_chain(const Nodes& nodes, std::string top, const std::string& alias,
                std::vector<model::StatusPrivate>& parts) {
    std::string place = "source";
    for (std::size_t left = nodes.size(); left > 0; --left) { // bounded, whatever the command line says
        const auto format = nodes.find(top);
        if (format == nodes.end()) return;
        parts.push_back({.device = alias,
                         .inside = place,
                         .xml = fmt::format("<privateData><nodenames>{}{}</nodenames></privateData>",
                                            node_element("storage", text_of(format->second, "file")),
                                            node_element("format", top))});
        top = text_of(format->second, "backing");
        place = "backingStore/" + place;
    }
}

/// "libvirt-7-format" → 7.
std::uint64_t number_of(std::string_view node) {
    constexpr std::string_view prefix = "libvirt-";
    if (!node.starts_with(prefix)) return 0;
    node.remove_prefix(prefix.size());
    return parse_number<std::uint64_t>(node.substr(0, node.find('-'))).value_or(0);
}

/// What follows each `option` of the command line, where it is a JSON object.
template <class Each> void for_each_object(const LaunchPlan& plan, std::string_view option, Each each) {
    for (std::size_t i = 1; i < plan.argv.size(); ++i) {
        if (plan.argv[i - 1] != option || !plan.argv[i].starts_with('{')) continue;
        json::error_code problem;
        const json::value value = json::parse(plan.argv[i], problem);
        if (!problem && value.is_object()) each(value.get_object());
    }
}

} // namespace

std::vector<model::StatusPrivate> block_node_parts(const LaunchPlan& plan) {
    Nodes nodes;
    for_each_object(plan, "-blockdev",
                    [&nodes](const json::object& node) { nodes.emplace(text_of(node, "node-name"), node); });
    std::vector<model::StatusPrivate> parts;
    for_each_object(plan, "-device", [&](const json::object& device) {
        const std::string alias = text_of(device, "id");
        std::string top = text_of(device, "drive");
        if (alias.empty() || top.empty()) return;
        const auto filter = nodes.find(top);
        if (filter != nodes.end() && text_of(filter->second, "driver") == "copy-on-read") {
            parts.push_back({.device = alias,
                             .inside = "",
                             .xml = fmt::format("<privateData><nodenames>{}</nodenames></privateData>",
                                                node_element("copyOnRead", top))});
            top = text_of(filter->second, "file");
        }
        note_chain(nodes, std::move(top), alias, parts);
    });
    return parts;
}

model::MachineStatus first_status(const QemuCapabilities& capabilities, const LaunchPlan& plan, bool kvm,
                                  bool remembers_owners) {
    model::MachineStatus status;
    status.capabilities = status_flags(capabilities, kvm);
    status.private_parts = block_node_parts(plan);
    status.remember_owner = remembers_owners;
    std::uint64_t last_node = 0;
    for_each_object(plan, "-blockdev", [&last_node](const json::object& node) {
        last_node = std::max(last_node, number_of(text_of(node, "node-name")));
    });
    status.node_name.emplace(last_node);
    status.fd_set.emplace(0U);
    status.block_jobs = schema::YesNo::no;
    status.agent_timeout = agent_waits;
    return status;
}

} // namespace yado::qemu
