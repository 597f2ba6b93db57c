// SPDX-License-Identifier: Apache-2.0
// Network interfaces, by kind and MAC address, and their links.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/device_change.h"
#include "cli/failure.h"
#include "cli/listed_devices.h"
#include "cli/lookup.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "schema/read.h"

#include <array>
#include <strings.h>

namespace yado::cli {
namespace {

using protocol::DomainRef;

/// "average,peak,burst,floor" as attributes.
std::string rate(const std::string& text, bool inbound) {
    constexpr std::array<std::string_view, 4> names{"average", "peak", "burst", "floor"};
    const std::vector<std::string_view> parts = split(text, ',');
    if (parts.size() > names.size()) refuse("Rate string '{}' has too many fields", text);
    std::array<std::uint64_t, 4> numbers{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].empty()) continue;
        const auto number = parse_number<std::uint64_t>(parts[i]);
        if (!number) refuse("field '{}' is malformed", names[i]);
        numbers[i] = *number;
    }
    if (inbound && numbers[0] == 0 && numbers[3] == 0) refuse("either inbound average or floor is mandatory");
    if (!inbound && numbers[0] == 0) refuse("outbound average is mandatory");
    DeviceText attributes;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (numbers[i] != 0) attributes.attribute(names[i], std::to_string(numbers[i]));
    }
    return attributes.take();
}

std::string pci_source(const std::string& address) {
    const std::vector<std::string_view> parts = split(address, ':');
    const std::size_t dot = parts.empty() ? std::string_view::npos : parts.back().find('.');
    if (parts.size() != 3 || dot == std::string_view::npos)
        refuse("cannot parse pci address '{}' for network interface", address);
    const auto hex = [](std::string_view text) { return parse_number<unsigned>(text, 16); };
    const auto domain = hex(parts[0]);
    const auto bus = hex(parts[1]);
    const auto slot = hex(parts[2].substr(0, dot));
    const auto function = hex(parts[2].substr(dot + 1));
    if (!domain || !bus || !slot || !function)
        refuse("cannot parse pci address '{}' for network interface", address);
    return fmt::format("  <source>\n    <address type='pci' domain='0x{:04x}' bus='0x{:02x}' slot='0x{:02x}' "
                       "function='0x{:01x}'/>\n  </source>\n",
                       *domain, *bus, *slot, *function);
}

std::string source_element(const Arguments& arguments, std::string_view type) {
    const std::string& source = arguments.required("source");
    const auto mode = arguments.text("source-mode");
    if (mode && *mode != "server" && *mode != "client") refuse("Invalid source mode: {}", *mode);
    DeviceText text;
    if (type == "network") return text.raw("  <source").attribute("network", source).raw("/>\n").take();
    if (type == "bridge") return text.raw("  <source").attribute("bridge", source).raw("/>\n").take();
    if (type == "direct") return text.raw("  <source").attribute("dev", source).raw("/>\n").take();
    if (type == "hostdev") return pci_source(source);
    if (type == "vhostuser") {
        if (!mode) refuse("source-mode is mandatory");
        text.raw("  <source type='unix'").attribute("path", source).attribute("mode", *mode).raw("/>\n");
        return text.take();
    }
    refuse("No support for {} in command 'attach-interface'", type);
}

std::string interface_text(const Arguments& arguments) {
    const auto given = [&arguments](std::string_view name) { return arguments.text(name).value_or(""); };
    const std::string& type = arguments.required("type");
    const std::string inbound = given("inbound");
    const std::string outbound = given("outbound");
    const std::string in_rate = inbound.empty() ? "" : rate(inbound, true);
    const std::string out_rate = outbound.empty() ? "" : rate(outbound, false);
    DeviceText text;
    text.raw("<interface").attribute("type", type);
    text.attribute("managed", arguments.has("managed") ? "yes" : "").raw(">\n");
    text.raw(source_element(arguments, type));
    const auto element = [&](std::string_view name, std::string_view attribute, std::string_view option) {
        const std::string value = given(option);
        if (!value.empty()) text.raw("  <").raw(name).attribute(attribute, value).raw("/>\n");
    };
    element("target", "dev", "target");
    element("mac", "address", "mac");
    element("script", "path", "script");
    element("model", "type", "model");
    element("alias", "name", "alias");
    if (!in_rate.empty() || !out_rate.empty()) {
        text.raw("  <bandwidth>\n");
        if (!in_rate.empty()) text.raw("    <inbound").raw(in_rate).raw("/>\n");
        if (!out_rate.empty()) text.raw("    <outbound").raw(out_rate).raw("/>\n");
        text.raw("  </bandwidth>\n");
    }
    return text.raw("</interface>\n").take();
}

void attach_interface(Session& session, const Arguments& arguments) {
    arguments.exclusive("persistent", "current");
    arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string xml = interface_text(arguments);
    if (arguments.has("print-xml")) {
        print_document(session, xml);
        return;
    }
    explain("Failed to attach interface", [&] { attach_xml(session, arguments, domain, xml); });
    session.done("Interface attached successfully");
}

bool same_mac(const std::string& one, const std::string& other) {
    return ::strcasecmp(one.c_str(), other.c_str()) == 0;
}

std::size_t meant_interface(const ListedDevices& devices, const std::string& type,
                            const std::optional<std::string>& mac) {
    std::vector<std::size_t> of_type;
    for (std::size_t i = 0; i < devices.nics.size(); ++i) {
        if (devices.nics[i].type == type) of_type.push_back(i);
    }
    if (of_type.empty()) refuse("No interface found whose type is {}", type);
    if (!mac && of_type.size() > 1)
        refuse("Domain has {} interfaces. Please specify which one to detach using --mac", of_type.size());
    if (!mac) return of_type.front();
    std::optional<std::size_t> found;
    for (const std::size_t i : of_type) {
        if (!same_mac(devices.nics[i].mac, *mac)) continue;
        if (found)
            refuse("Domain has multiple interfaces matching MAC address {}. You must use detach-device and "
                   "specify the device pci address to remove it.",
                   *mac);
        found = i;
    }
    if (!found) refuse("No interface with MAC address {} was found", *mac);
    return *found;
}

void detach_interface(Session& session, const Arguments& arguments) {
    arguments.exclusive("persistent", "current");
    arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const bool print = arguments.has("print-xml");
    const auto find = [&] {
        const std::string document = changed_document(session, arguments, domain);
        const std::size_t number =
            meant_interface(listed_devices(document), arguments.required("type"), arguments.text("mac"));
        return device_text(document, "interface", number);
    };
    std::string xml;
    try {
        xml = find();
    } catch (const Failure& failure) { // virsh has a second line here
        if (print) throw;
        throw Failure({failure.what(), "Failed to detach interface"});
    }
    if (print) {
        print_document(session, xml);
        return;
    }
    explain("Failed to detach interface", [&] { detach_xml(session, arguments, domain, xml); });
    session.done("Interface detached successfully");
}

/// Links are not in listings.
struct ReadLink {
    std::string mac, target, state;
};
void describe(schema::Io& io, ReadLink& link) {
    io.nested("mac", "address", link.mac);
    io.nested("target", "dev", link.target);
    io.nested("link", "state", link.state);
}
struct ReadLinks {
    std::vector<ReadLink> all;
};
void describe(schema::Io& io, ReadLinks& domain) {
    io.group("devices", [&] { io.child("interface", domain.all); });
}

std::optional<std::size_t> find_link(const std::vector<ReadLink>& links, const std::string& word) {
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (same_mac(links[i].mac, word) || links[i].target == word) return i;
    }
    return std::nullopt;
}

std::vector<ReadLink> links_of(std::string_view document) {
    schema::Diagnostics notes;
    return schema::read_xml<ReadLinks>(document, "domain", {}, &notes).all;
}

void domif_getlink(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& word = arguments.required("interface");
    const std::vector<ReadLink> links = links_of(changed_document(session, arguments, domain));
    const auto found = find_link(links, word);
    if (!found)
        refuse("Interface ({}: {}) not found.", word.find(':') == std::string::npos ? "dev" : "mac", word);
    const std::string state = links[*found].state.empty() ? "up" : links[*found].state;
    session.print("{} {}", word, state);
    Value json = Value::object();
    json.set("interface", word).set("link", state);
    session.show_json(json);
}

void domif_setlink(Session& session, const Arguments& arguments) {
    const std::string& state = arguments.required("state");
    const std::string& word = arguments.required("interface");
    if (state != "up" && state != "down") refuse("invalid link state '{}'", state);
    const DomainRef domain = find_domain(session, arguments);
    const bool running = session.call(protocol::DomainIsActiveArgs{domain}).active > 0;
    const bool config = arguments.has("config") || !running;
    const std::string document =
        domain_xml(session, domain, config ? std::uint32_t{protocol::DomainXMLFlags::inactive} : 0);
    const auto found = find_link(links_of(document), word);
    if (!found) refuse("interface '{}' not found", word);
    std::string xml = device_text(document, "interface", *found);
    const std::string link = fmt::format("<link state=\"{}\"/>", state);
    const TextRange old = child_range(xml, "link");
    if (old.begin != old.end) xml.replace(old.begin, old.end - old.begin, link);
    else xml.insert(xml.rfind("</"), link);
    if (arguments.has("print-xml")) {
        print_document(session, xml);
        return;
    }
    namespace Impacts = protocol::DomainModificationImpact;
    const std::uint32_t flags = config ? Impacts::config : Impacts::live;
    explain("Failed to update interface link state",
            [&] { session.call(protocol::DomainUpdateDeviceFlagsArgs{domain, xml, flags}); });
    session.done("Device updated successfully");
}

} // namespace

std::vector<Command> nic_commands() {
    const Option any = domain_option();
    std::vector<Option> attach{any,
                               positional("type", "network interface type"),
                               positional("source", "source of network interface"),
                               text("target", "target network name").named_only(),
                               text("mac", "MAC address").named_only(),
                               text("script", "script used to bridge network interface").named_only(),
                               text("model", "model type").named_only(),
                               text("alias", "custom alias name of interface device").named_only(),
                               text("inbound", "control domain's incoming traffics").named_only(),
                               text("outbound", "control domain's outgoing traffics").named_only()};
    std::vector<Option> detach{any, positional("type", "network interface type"),
                               text("mac", "MAC address").named_only()};
    for (const Option& each : change_options()) {
        attach.push_back(each);
        detach.push_back(each);
    }
    attach.push_back(flag("print-xml", "print XML document rather than attach the interface"));
    attach.push_back(flag("managed", "libvirt will automatically detach/attach the device from/to host"));
    attach.push_back(text("source-mode", "mode attribute of <source/> element").named_only());
    detach.push_back(flag("print-xml", "print XML document rather than detach the interface"));
    const Option interface = positional("interface", "interface device (MAC Address)");
    return {
        {"attach-interface", Group::domain, "attach network interface", "Attach new network interface.",
         attach, attach_interface},
        {"detach-interface", Group::domain, "detach network interface", "Detach network interface.", detach,
         detach_interface},
        {"domif-setlink",
         Group::domain,
         "set link state of a virtual interface",
         "Set link state of a domain's virtual interface. This command wraps usage of update-device command.",
         {any, interface, positional("state", "new state of the device"), config_option(),
          flag("print-xml", "print XML document rather than set the interface link state")},
         domif_setlink},
        {"domif-getlink",
         Group::monitor,
         "get link state of a virtual interface",
         "Get link state of a domain's virtual interface.",
         {any, interface, flag("config", "Get persistent interface state")},
         domif_getlink},
    };
}

} // namespace yado::cli
