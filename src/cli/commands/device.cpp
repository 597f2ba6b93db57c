// SPDX-License-Identifier: Apache-2.0
// Devices by their documents: attached, detached, updated; memory devices and single vCPUs.
#include "base/units.h"
#include "cli/commands.h"
#include "cli/device_change.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "schema/read.h"

namespace yado::cli {
namespace {

using protocol::DomainRef;

constexpr std::uint32_t force_flag = 4; // VIR_DOMAIN_DEVICE_MODIFY_FORCE

void attach_device(Session& session, const Arguments& arguments) {
    arguments.exclusive("persistent", "current");
    arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    explain(fmt::format("Failed to attach device from {}", file),
            [&] { attach_xml(session, arguments, domain, xml); });
    session.done("Device attached successfully");
}

void detach_device(Session& session, const Arguments& arguments) {
    arguments.exclusive("persistent", "current");
    arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    explain(fmt::format("Failed to detach device from {}", file),
            [&] { detach_xml(session, arguments, domain, xml); });
    session.done("Device detached successfully");
}

void detach_device_alias(Session& session, const Arguments& arguments) {
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string& alias = arguments.required("alias");
    explain(fmt::format("Failed to detach device with alias {}", alias),
            [&] { session.call(protocol::DomainDetachDeviceAliasArgs{domain, alias, flags}); });
    session.done("Device detach request sent successfully");
}

void update_device(Session& session, const Arguments& arguments) {
    arguments.exclusive("persistent", "current");
    arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    std::uint32_t flags = change_impact(session, arguments, domain);
    if (arguments.has("force")) flags |= force_flag;
    explain(fmt::format("Failed to update device from {}", file),
            [&] { session.call(protocol::DomainUpdateDeviceFlagsArgs{domain, xml, flags}); });
    session.done("Device updated successfully");
}

/// What is read of the memory devices of a document.
struct ListedMemory {
    std::string model, alias, node;
};
void describe(schema::Io& io, ListedMemory& memory) {
    io.attribute("model", memory.model);
    io.nested("alias", "name", memory.alias);
    io.group("target", [&] { io.value("node", memory.node); });
}
struct ListedMemories {
    std::vector<ListedMemory> all;
};
void describe(schema::Io& io, ListedMemories& domain) {
    io.group("devices", [&] { io.child("memory", domain.all); });
}

/// The one memory device that is meant, and its place among all of them.
std::size_t meant_memory(const Arguments& arguments, std::string_view document) {
    schema::Diagnostics notes;
    const auto memories = schema::read_xml<ListedMemories>(document, "domain", {}, &notes).all;
    const auto alias = arguments.text("alias");
    const auto node = arguments.number<unsigned>("node");
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < memories.size(); ++i) {
        if (alias && memories[i].alias != *alias) continue;
        if (node && memories[i].node != std::to_string(*node)) continue;
        if (found) {
            if (node) refuse("multiple memory devices found, use --alias to select one");
            refuse("multiple memory devices found, use --alias or --node to select one");
        }
        found = i;
    }
    if (!found) refuse("no memory device found");
    return *found;
}

void update_memory_device(Session& session, const Arguments& arguments) {
    arguments.exclusive("node", "alias");
    const std::uint32_t flags = arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string document = changed_document(session, arguments, domain);
    std::string xml = device_text(document, "memory", meant_memory(arguments, document));
    if (const auto bytes = arguments.scaled("requested-size", 1024)) {
        const TextRange target = child_range(xml, "target");
        const std::string inside = xml.substr(target.begin, target.end - target.begin);
        const TextRange old = child_range(inside, "requested");
        if (old.begin == old.end) refuse("virtio-mem device is missing <requested/>");
        xml.replace(target.begin + old.begin, old.end - old.begin,
                    fmt::format("<requested unit=\"KiB\">{}</requested>", *bytes / 1024));
    }
    if (arguments.has("print-xml")) {
        print_document(session, xml);
        return;
    }
    explain("Failed to update memory device",
            [&] { session.call(protocol::DomainUpdateDeviceFlagsArgs{domain, xml, flags}); });
}

void setvcpu(Session& session, const Arguments& arguments) {
    arguments.exclusive("enable", "disable");
    const std::uint32_t flags = arguments.affect();
    const bool enable = arguments.has("enable");
    if (!enable && !arguments.has("disable")) refuse("one of --enable, --disable is required");
    const DomainRef domain = find_domain(session, arguments);
    session.call(protocol::DomainSetVcpuArgs{domain, arguments.required("vcpulist"), enable ? 1 : 0, flags});
}

std::vector<Option> with_changes(std::vector<Option> options, std::vector<Option> more = {}) {
    for (Option& each : change_options()) options.push_back(each);
    for (Option& each : more) options.push_back(each);
    return options;
}

} // namespace

std::vector<Command> device_commands() {
    const Option any = domain_option();
    const Option file = positional("file", "XML file").completes(Complete::file);
    return {
        {"attach-device", Group::domain, "attach device from an XML file",
         "Attach device from an XML <file>.", with_changes({any, file}), attach_device},
        {"detach-device", Group::domain, "detach device from an XML file", "Detach device from an XML <file>",
         with_changes({any, file}), detach_device},
        {"detach-device-alias",
         Group::domain,
         "detach device from an alias",
         "Detach device identified by the given alias from a domain",
         {any, positional("alias", "device alias"), config_option(), live_option(), current_option()},
         detach_device_alias},
        {"update-device", Group::domain, "update device from an XML file",
         "Update device from an XML <file>.",
         with_changes({any, file}, {flag("force", "force device update")}), update_device},
        {"update-memory-device",
         Group::domain,
         "update memory device of a domain",
         "Update values of a memory device of a domain",
         {any, config_option(), live_option(), current_option(),
          flag("print-xml", "print updated memory device XML instead of executing the change"),
          text("alias", "memory device alias").named_only(),
          number("node", "memory device target node").named_only(),
          number("requested-size", "new value of <requested/> size, as scaled integer (default KiB)")
              .named_only()},
         update_memory_device},
        {"setvcpu",
         Group::domain,
         "attach/detach vcpu or groups of threads",
         "Add or remove vcpus",
         {any, positional("vcpulist", "ids of vcpus to manipulate"),
          flag("enable", "enable cpus specified by cpumap"),
          flag("disable", "disable cpus specified by cpumap"), config_option(), live_option(),
          current_option()},
         setvcpu},
    };
}

} // namespace yado::cli
