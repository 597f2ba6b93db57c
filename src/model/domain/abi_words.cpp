// SPDX-License-Identifier: Apache-2.0
#include "model/domain/abi_words.h"

#include <algorithm>
#include <array>

#include "schema/guest_abi.h"

namespace yado::model {
namespace {

using schema::Difference;

struct Words {
    std::string_view path;   ///< without what tells elements from their like
    std::string_view text;   ///< {0} is the target's value, {1} the source's
    std::string_view absent; ///< stands for a value that is not there
    ErrorSource source = ErrorSource::domain;
};

constexpr auto cpu = ErrorSource::cpu;

constexpr Words known[] = {
    {"/domain/@type", "Target domain virt type {0} does not match source {1}", ""},
    {"/domain/uuid", "Target domain uuid {0} does not match source {1}", ""},
    {"/domain/genid", "Target domain requested genid does not match source", ""},
    {"/domain/maxMemory", "Target maximum memory size '{0}' doesn't match source '{1}'", "0"},
    {"/domain/maxMemory/@slots", "Target domain memory slots count '{0}' doesn't match source '{1}'", "0"},
    {"/domain/os/type", "Target domain OS type {0} does not match source {1}", ""},
    {"/domain/os/type/@arch", "Target domain architecture {0} does not match source {1}", ""},
    {"/domain/os/type/@machine", "Target domain machine type {0} does not match source {1}", ""},
    {"/domain/cpu/model", "Target CPU model {0} does not match source {1}", "<null>", cpu},
    {"/domain/cpu/topology/@sockets", "Target CPU sockets {0} does not match source {1}", "0", cpu},
    {"/domain/cpu/topology/@dies", "Target CPU dies {0} does not match source {1}", "0", cpu},
    {"/domain/cpu/topology/@cores", "Target CPU cores {0} does not match source {1}", "0", cpu},
    {"/domain/cpu/topology/@threads", "Target CPU threads {0} does not match source {1}", "0", cpu},
    {"/domain/cpu/feature/@name", "Target CPU feature {0} does not match source {1}", "<null>", cpu},
    {"/domain/cpu/feature/@policy", "Target CPU feature policy {0} does not match source {1}", "<null>", cpu},
    {"/domain/clock/timer/@present", "Target timer presence '{0}' does not match source '{1}'", "default"},
    {"/domain/devices/disk/@device", "Target disk device {0} does not match source {1}", ""},
    {"/domain/devices/disk/@model", "Target disk model {0} does not match source {1}", "default"},
    {"/domain/devices/disk/target/@bus", "Target disk bus {0} does not match source {1}", ""},
    {"/domain/devices/disk/target/@dev", "Target disk {0} does not match source {1}", ""},
    {"/domain/devices/disk/serial", "Target disk serial {0} does not match source {1}", "<null>"},
    {"/domain/devices/disk/wwn", "Target disk wwn '{0}' does not match source '{1}'", "<null>"},
    {"/domain/devices/disk/driver/@queues", "Target disk queue count {0} does not match source {1}", "0"},
    {"/domain/devices/controller/@type", "Target controller type {0} does not match source {1}", ""},
    {"/domain/devices/controller/@index", "Target controller index {0} does not match source {1}", ""},
    {"/domain/devices/controller/@model", "Target controller model {0} does not match source {1}", "default"},
    {"/domain/devices/controller/@ports", "Target controller ports {0} does not match source {1}", "-1"},
    {"/domain/devices/controller/driver/@queues", "Target device virtio options don't match the source", ""},
    {"/domain/devices/interface/mac/@address", "Target network card mac {0} does not match source {1}", ""},
    {"/domain/devices/interface/model/@type", "Target network card model {0} does not match source {1}",
     "<null>"},
    {"/domain/devices/interface/mtu/@size", "Target network card MTU {0} does not match source {1}", "0"},
    {"/domain/devices/serial/target/@port", "Target serial port {0} does not match source {1}", ""},
    {"/domain/devices/serial/target/model/@name", "Target serial type {0} does not match source {1}", "none"},
    {"/domain/devices/parallel/target/@port", "Target parallel port {0} does not match source {1}", ""},
    {"/domain/devices/channel/target/@name", "Target channel name {0} does not match source {1}", "<null>"},
    {"/domain/devices/input/@type", "Target input device type {0} does not match source {1}", ""},
    {"/domain/devices/input/@bus", "Target input device bus {0} does not match source {1}", ""},
    {"/domain/devices/sound/@model", "Target sound card model {0} does not match source {1}", ""},
    {"/domain/devices/video/model/@type", "Target video card model {0} does not match source {1}", ""},
    {"/domain/devices/video/model/@ram", "Target video card ram {0} does not match source {1}", "0"},
    {"/domain/devices/video/model/@vram", "Target video card vram {0} does not match source {1}", "0"},
    {"/domain/devices/video/model/@vgamem", "Target video card vgamem {0} does not match source {1}", "0"},
    {"/domain/devices/video/model/@heads", "Target video card heads {0} does not match source {1}", "0"},
    {"/domain/devices/watchdog/@model", "Target watchdog model {0} does not match source {1}", ""},
    {"/domain/devices/memballoon/@model", "Target balloon model {0} does not match source {1}", ""},
    {"/domain/devices/memballoon/@autodeflate",
     "Target balloon autodeflate attribute value '{0}' does not match source '{1}'", "default"},
    {"/domain/devices/rng/@model", "Target RNG model '{0}' does not match source '{1}'", ""},
    {"/domain/devices/panic/@model", "Target panic model '{0}' does not match source '{1}'", ""},
    {"/domain/devices/memory/@model", "Target memory device model '{0}' doesn't match source model '{1}'",
     ""},
};

std::string_view value_or(const std::string& value, std::string_view absent) {
    return value.empty() ? absent : std::string_view(value);
}

/// "State of feature 'apic' differs: source: 'on,eoi=default', destination: 'default,eoi=default'"
std::string feature_message(const Difference& d, std::string_view part) {
    const std::string_view name = part.substr(0, part.find('/'));
    const auto state = [&](const std::string& value, bool there) -> std::string {
        if (name == "apic") { return there ? "on,eoi=default" : "default,eoi=default"; }
        if (name == "ioapic") { return fmt::format("driver={}", value_or(value, "none")); }
        if (value == "yes" || (d.element && there) || name == "hyperv") { return there ? "on" : "default"; }
        return std::string(value_or(value, "default"));
    };
    return fmt::format("State of feature '{}' differs: source: '{}', destination: '{}'", name,
                       state(d.before, d.kind != Difference::Kind::added),
                       state(d.after, d.kind != Difference::Kind::removed));
}

/// The name in ".../bios/entry[@name='vendor']".
std::string_view entry_name(std::string_view path) {
    constexpr std::string_view mark = "entry[@name='";
    const std::size_t at = path.find(mark);
    if (at == std::string_view::npos) { return {}; }
    const std::string_view rest = path.substr(at + mark.size());
    return rest.substr(0, rest.find('\''));
}

bool is_virtio_option(std::string_view path) {
    constexpr std::string_view options[] = {"/driver/@iommu", "/driver/@ats", "/driver/@packed",
                                            "/driver/@page_per_vq"};
    return std::ranges::any_of(options, [path](std::string_view option) { return path.ends_with(option); });
}

} // namespace

AbiMessage libvirt_message(const Difference& difference, std::string_view path) {
    const std::string plain = schema::without_keys(path);
    constexpr std::string_view features = "/domain/features/";
    if (plain.starts_with(features)) {
        return {ErrorSource::domain,
                feature_message(difference, std::string_view(plain).substr(features.size()))};
    }
    for (const auto& [part, shown] :
         {std::pair<std::string_view, std::string_view>{"/domain/sysinfo/bios/entry", "BIOS"},
          {"/domain/sysinfo/system/entry", "system"}}) {
        if (plain == part && !difference.element) {
            return {ErrorSource::sysinfo,
                    fmt::format("Target sysinfo {} {} {} does not match source {}", shown, entry_name(path),
                                value_or(difference.after, "<null>"), value_or(difference.before, "<null>"))};
        }
    }
    if (is_virtio_option(plain)) {
        return {ErrorSource::domain, "Target device virtio options don't match the source"};
    }
    const auto* const row = std::ranges::find(known, std::string_view(plain), &Words::path);
    if (row == std::end(known) || (difference.element && row->text.find("{0}") != std::string_view::npos)) {
        return {ErrorSource::domain, schema::abi_message(difference, path)};
    }
    return {row->source, fmt::format(fmt::runtime(row->text), value_or(difference.after, row->absent),
                                     value_or(difference.before, row->absent))};
}

namespace {

/// How libvirt writes the addresses it compares as a whole.
struct Written {
    std::string operator()(const PciAddress& a) const { return a.text(); }
    std::string operator()(const DriveAddress& a) const {
        return fmt::format("{}:{}:{}", a.controller, a.bus, a.unit);
    }
    std::string operator()(const VirtioSerialAddress& a) const {
        return fmt::format("{}:{}:{}", a.controller, a.bus, a.port);
    }
    std::string operator()(const CcidAddress& a) const { return fmt::format("{}:{}", a.controller, a.slot); }
    template <class Other> std::string operator()(const Other&) const { return {}; }
};

constexpr std::string_view shown_kind(const Address& address) {
    if (std::holds_alternative<PciAddress>(address)) { return "PCI"; }
    if (std::holds_alternative<DriveAddress>(address)) { return "drive"; }
    return std::holds_alternative<CcidAddress>(address) ? "ccid" : "virtio serial";
}

} // namespace

std::string address_difference(const Address& source, const Address& target) {
    if (source.index() != target.index()) {
        const auto word = [](const Address& address) {
            const std::string_view tag = schema::UnionTags<Address>::values[address.index()];
            return tag.empty() ? std::string_view("none") : tag;
        };
        return fmt::format("Target device address type {} does not match source {}", word(target),
                           word(source));
    }
    const std::string before = std::visit(Written(), source), after = std::visit(Written(), target);
    if (before != after) {
        return fmt::format("Target device {} address {} does not match source {}", shown_kind(target), after,
                           before);
    }
    const auto* here = std::get_if<DimmAddress>(&source);
    const auto* there = std::get_if<DimmAddress>(&target);
    if (here == nullptr || there == nullptr) { return {}; }
    if (here->slot != there->slot) {
        return fmt::format("Target device dimm slot {} does not match source {}", there->slot, here->slot);
    }
    if (here->base != there->base) {
        return fmt::format("Target device dimm base address '{:x}' does not match source '{:x}'",
                           there->base.value_or(0), here->base.value_or(0));
    }
    return {};
}

} // namespace yado::model
