// SPDX-License-Identifier: Apache-2.0
// Disks and the media of drives, by their targets.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/device_change.h"
#include "cli/failure.h"
#include "cli/listed_devices.h"
#include "cli/lookup.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

#include <algorithm>
#include <sys/stat.h>

namespace yado::cli {
namespace {

using protocol::DomainRef;

constexpr std::uint32_t force_flag = 4; // VIR_DOMAIN_DEVICE_MODIFY_FORCE

/// "pci:0000.00.0x11.0" → the numbers behind the colon; nothing when they are not `count` numbers.
std::optional<std::vector<unsigned>> numbers_in(std::string_view text, std::size_t count) {
    std::vector<unsigned> numbers;
    for (const std::string_view part : split(text, '.')) {
        std::string_view digits = part;
        const bool hex = digits.starts_with("0x");
        if (hex) digits.remove_prefix(2);
        const auto number = parse_number<unsigned>(digits, hex ? 16 : 10);
        if (!number) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers.size() == count ? std::optional(numbers) : std::nullopt;
}

std::string address_element(std::string_view address, std::string_view target, bool multifunction) {
    const std::size_t colon = address.find(':');
    const std::string_view kind = address.substr(0, colon);
    const std::string_view rest =
        colon == std::string_view::npos ? std::string_view() : address.substr(colon + 1);
    struct Form {
        std::string_view kind;
        std::size_t numbers;
    };
    static constexpr Form forms[] = {{"pci", 4}, {"ccw", 3}, {"scsi", 3},
                                     {"ide", 3}, {"usb", 2}, {"sata", 3}};
    const auto form = std::ranges::find(forms, kind, &Form::kind);
    const auto numbers = form == std::end(forms) ? std::nullopt : numbers_in(rest, form->numbers);
    if (!numbers) refuse("Invalid address.");
    const std::vector<unsigned>& n = *numbers;
    if (target.starts_with("sd")) {
        if (kind != "scsi" && kind != "usb" && kind != "sata")
            refuse("expecting a scsi:00.00.00 or usb:00.00 or sata:00.00.00 address.");
    } else if (target.starts_with("hd")) {
        if (kind != "ide") refuse("expecting an ide:00.00.00 address.");
    } else if (kind != "pci" && kind != "ccw") {
        refuse("expecting a pci:0000.00.00.00 or ccw:00.0.0000 address.");
    }
    if (kind == "pci")
        return fmt::format("<address type='pci' domain='0x{:04x}' bus='0x{:02x}' slot='0x{:02x}' "
                           "function='0x{:01x}'{}/>",
                           n[0], n[1], n[2], n[3], multifunction ? " multifunction='on'" : "");
    if (kind == "ccw")
        return fmt::format("<address type='ccw' cssid='0x{:02x}' ssid='0x{:01x}' devno='0x{:04x}'/>", n[0],
                           n[1], n[2]);
    if (kind == "usb") return fmt::format("<address type='usb' bus='{}' port='{}'/>", n[0], n[1]);
    return fmt::format("<address type='drive' controller='{}' bus='{}' unit='{}'/>", n[0], n[1], n[2]);
}

bool is_block_device(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISBLK(status.st_mode);
}

std::string source_element(const Arguments& arguments, std::string_view type) {
    const std::string& source = arguments.required("source");
    DeviceText text;
    if (type != "network") {
        // an empty drive has an empty one, as virsh writes it
        if (source.empty()) return "  <source file=''/>\n";
        text.raw("  <source").attribute(type == "block" ? "dev" : "file", source).raw("/>\n");
        return text.take();
    }
    const auto transport = arguments.text("source-host-transport");
    const auto name = arguments.text("source-host-name");
    text.raw("  <source").attribute("protocol", *arguments.text("source-protocol")).attribute("name", source);
    if (!transport && !name) return text.raw("/>\n").take();
    text.raw(">\n    <host").attribute("transport", transport.value_or(""));
    if (name) {
        // the last colon parts the port, unless it belongs to an IPv6 address
        const std::size_t bracket = name->find(']');
        const std::size_t colon = name->rfind(':');
        const bool has_port = colon != std::string::npos &&
                              (name->find(':') == colon || (bracket != std::string::npos && colon > bracket));
        std::string host = has_port ? name->substr(0, colon) : *name;
        if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
        text.attribute("name", host).attribute("port", has_port ? name->substr(colon + 1) : "");
    }
    text.attribute("socket", arguments.text("source-host-socket").value_or(""));
    return text.raw("/>\n  </source>\n").take();
}

std::string disk_text(const Arguments& arguments) {
    const auto given = [&arguments](std::string_view name) { return arguments.text(name).value_or(""); };
    std::string type = given("sourcetype");
    if (!type.empty() && type != "file" && type != "block" && type != "network")
        refuse("Unknown source type: '{}'", type);
    if (type.empty()) type = is_block_device(arguments.required("source")) ? "block" : "file";
    if (type == "network" && !arguments.has("source-protocol"))
        refuse("--source-protocol option requires --sourcetype network");
    const std::string mode = given("mode");
    if (!mode.empty() && mode != "readonly" && mode != "shareable")
        refuse("No support for {} in command 'attach-disk'", mode);
    DeviceText text;
    text.raw("<disk").attribute("type", type).attribute("device", given("type"));
    text.attribute("rawio", arguments.has("rawio") ? "yes" : "").raw(">\n");
    DeviceText driver;
    driver.attribute("name", given("driver")).attribute("type", given("subdriver"));
    driver.attribute("iothread", given("iothread"))
        .attribute("cache", given("cache"))
        .attribute("io", given("io"));
    if (const std::string attributes = driver.take(); !attributes.empty())
        text.raw("  <driver").raw(attributes).raw("/>\n");
    text.raw(source_element(arguments, type));
    const std::string& target = arguments.required("target");
    text.raw("  <target").attribute("dev", target).attribute("bus", given("targetbus")).raw("/>\n");
    if (!mode.empty()) text.raw("  <").raw(mode).raw("/>\n");
    const auto value = [&](std::string_view element, std::string_view option) {
        const std::string said = given(option);
        if (said.empty()) return;
        DeviceText escaped;
        escaped.attribute("x", said); // " x='…'"
        const std::string inside = escaped.take();
        text.raw(fmt::format("  <{0}>{1}</{0}>\n", element, inside.substr(4, inside.size() - 5)));
    };
    value("serial", "serial");
    if (const std::string alias = given("alias"); !alias.empty())
        text.raw("  <alias").attribute("name", alias).raw("/>\n");
    value("wwn", "wwn");
    if (const std::string address = given("address"); !address.empty())
        text.raw("  ").raw(address_element(address, target, arguments.has("multifunction"))).raw("\n");
    return text.raw("</disk>\n").take();
}

void attach_disk(Session& session, const Arguments& arguments) {
    arguments.exclusive("persistent", "current");
    arguments.affect();
    if (arguments.has("source-host-socket"))
        arguments.requires_option("source-host-socket", "source-host-transport");
    const DomainRef domain = find_domain(session, arguments);
    const std::string xml = disk_text(arguments);
    if (arguments.has("print-xml")) {
        print_document(session, xml);
        return;
    }
    explain("Failed to attach disk", [&] { attach_xml(session, arguments, domain, xml); });
    session.done("Disk attached successfully");
}

/// The disk of a target or a source.
std::size_t meant_disk(const ListedDevices& devices, const std::string& word, bool removable) {
    for (std::size_t i = 0; i < devices.disks.size(); ++i) {
        const ListedDisk& disk = devices.disks[i];
        if (removable && disk.device != "cdrom" && disk.device != "floppy") continue;
        if (disk.target == word || (!word.empty() && disk.source == word)) return i;
    }
    refuse("No disk found whose source path or target is {}", word);
}

void detach_disk(Session& session, const Arguments& arguments) {
    arguments.exclusive("persistent", "current");
    arguments.affect();
    const DomainRef domain = find_domain(session, arguments);
    const std::string document = changed_document(session, arguments, domain);
    const std::size_t number = meant_disk(listed_devices(document), arguments.required("target"), false);
    const std::string xml = device_text(document, "disk", number);
    if (arguments.has("print-xml")) {
        print_document(session, xml);
        return;
    }
    explain("Failed to detach disk", [&] { detach_xml(session, arguments, domain, xml); });
    session.done("Disk detached successfully");
}

struct MediaAction {
    std::string_view word, done;
};

MediaAction media_action(const Arguments& arguments) {
    arguments.exclusive("eject", "insert");
    arguments.exclusive("eject", "update");
    arguments.exclusive("insert", "update");
    arguments.exclusive("eject", "block");
    if (arguments.has("eject")) return {"eject", "ejected"};
    if (arguments.has("insert")) return {"insert", "inserted"};
    return {"update", "updated"};
}

/// The drive's document with another medium.
std::string with_medium(std::string xml, const std::string& source, bool block) {
    for (const std::string_view gone : {"backingStore", "source"}) {
        const TextRange old = child_range(xml, gone);
        xml.erase(old.begin, old.end - old.begin);
    }
    if (source.empty()) return xml;
    DeviceText element;
    std::string made = element.raw("<source").attribute(block ? "dev" : "file", source).raw("/>").take();
    std::ranges::replace(made, '\'', '"');
    const TextRange target = child_range(xml, "target");
    const std::size_t line = xml.rfind('\n', target.begin);
    const std::string indent = line == std::string::npos ? "" : xml.substr(line, target.begin - line);
    xml.insert(target.begin, made + indent);
    const std::size_t type = xml.find(" type=");
    const std::size_t end = xml.find('>');
    const std::string wanted = block ? "block" : "file";
    if (type != std::string::npos && type < end) {
        const char quote = xml[type + 6];
        const std::size_t close = xml.find(quote, type + 7);
        xml.replace(type + 7, close - type - 7, wanted);
    }
    return xml;
}

void change_media(Session& session, const Arguments& arguments) {
    MediaAction action = media_action(arguments);
    std::uint32_t flags = arguments.affect();
    const std::string source = arguments.text("source").value_or("");
    const bool eject = arguments.has("eject") || (arguments.has("update") && source.empty());
    if (eject) action = {"eject", "ejected"};
    if (arguments.has("force")) flags |= force_flag;
    const DomainRef domain = find_domain(session, arguments);
    const std::string document = changed_document(session, arguments, domain);
    const ListedDevices devices = listed_devices(document);
    const std::size_t number = meant_disk(devices, arguments.required("path"), true);
    const ListedDisk& disk = devices.disks[number];
    if (eject && disk.source.empty()) refuse("The disk device '{}' doesn't have media", disk.target);
    if (!eject && source.empty()) refuse("New disk media source was not specified");
    if (arguments.has("insert") && !disk.source.empty())
        refuse("The disk device '{}' already has media", disk.target);
    const bool block = arguments.has("block");
    const std::string xml =
        with_medium(device_text(document, "disk", number), eject ? std::string() : source, block);
    if (arguments.has("print-xml")) {
        print_document(session, xml);
        return;
    }
    explain(fmt::format("Failed to complete action {} on media", action.word),
            [&] { session.call(protocol::DomainUpdateDeviceFlagsArgs{domain, xml, flags}); });
    if (session.json()) session.done("Successfully {} media.", action.done);
    else session.print("Successfully {} media.", action.done);
}

} // namespace

std::vector<Command> disk_commands() {
    const Option any = domain_option();
    std::vector<Option> attach{
        any,
        positional("source", "source of disk device or name of network disk")
            .allow_empty()
            .completes(Complete::file),
        positional("target", "target of disk device"),
        text("targetbus", "target bus of disk device").named_only(),
        text("driver", "driver of disk device").named_only(),
        text("subdriver", "subdriver of disk device").named_only(),
        text("iothread", "IOThread to be used by supported device").named_only(),
        text("cache", "cache mode of disk device").named_only(),
        text("io", "io policy of disk device").named_only(),
        text("type", "target device type").named_only(),
        alias("shareable", "mode=shareable"),
        text("mode", "mode of device reading and writing").named_only(),
        text("sourcetype", "type of source (block|file|network)").named_only(),
        text("serial", "serial of disk device").named_only(),
        text("wwn", "wwn of disk device").named_only(),
        text("alias", "custom alias name of disk device").named_only(),
        flag("rawio", "needs rawio capability"),
        text("address", "address of disk device").named_only(),
        flag("multifunction", "use multifunction pci under specified address"),
        flag("print-xml", "print XML document rather than attach the disk"),
        text("source-protocol", "protocol used by disk device source").named_only(),
        text("source-host-name", "host name for source of disk device").named_only(),
        text("source-host-transport", "host transport for source of disk device").named_only(),
        text("source-host-socket", "host socket for source of disk device").named_only()};
    std::vector<Option> detach{any, positional("target", "target of disk device")};
    for (const Option& each : change_options()) {
        attach.push_back(each);
        detach.push_back(each);
    }
    detach.push_back(flag("print-xml", "print XML document rather than detach the disk"));
    return {
        {"attach-disk", Group::domain, "attach disk device", "Attach new disk device.", attach, attach_disk},
        {"detach-disk", Group::domain, "detach disk device", "Detach disk device.", detach, detach_disk},
        {"change-media",
         Group::domain,
         "Change media of CD or floppy drive",
         "Change media of CD or floppy drive.",
         {any, positional("path", "Fully-qualified path or target of disk device"),
          text("source", "source of the media").completes(Complete::file), flag("eject", "Eject the media"),
          flag("insert", "Insert the media"), flag("update", "Update the media"),
          flag("current",
               "can be either or both of --live and --config, depends on implementation hypervisor driver"),
          flag("live", "alter live configuration of running domain"),
          flag("config", "alter persistent configuration, effect observed on next boot"),
          flag("force", "force media changing"),
          flag("print-xml", "print XML document rather than change media"),
          flag("block", "source media is a block device")},
         change_media},
    };
}

} // namespace yado::cli
