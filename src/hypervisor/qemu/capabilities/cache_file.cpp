// SPDX-License-Identifier: Apache-2.0
// The form of a cache file: one JSON object. A new format number makes every older file void.
#include "base/error.h"
#include "hypervisor/qemu/capabilities/cache.h"

#include <boost/json.hpp>
#include <stdexcept>

namespace yado::qemu {
namespace {

namespace json = boost::json;

constexpr std::int64_t format = 2;

json::object stamp_object(const BinaryStamp& stamp) {
    return {{"size", stamp.size},
            {"modified", stamp.modified},
            {"changed", stamp.changed},
            {"modules", stamp.modules},
            {"kernel", stamp.kernel}};
}

template <class Names> json::array name_array(const Names& names) {
    json::array array;
    for (const std::string& each : names) array.emplace_back(each);
    return array;
}

json::object machine_object(const MachineType& machine) {
    return {{"name", machine.name},          {"alias", machine.alias},
            {"max_cpus", machine.max_cpus},  {"hotplug_cpus", machine.hotplug_cpus},
            {"default", machine.is_default}, {"deprecated", machine.deprecated},
            {"cpu", machine.default_cpu},    {"acpi", machine.acpi}};
}

json::object cpu_object(const CpuModelInfo& cpu) {
    return {{"name", cpu.name},
            {"usable", cpu.usable},
            {"deprecated", cpu.deprecated},
            {"versioned", cpu.versioned},
            {"features", json::value_from(cpu.features)}};
}

// Reading throws boost::system::system_error or std::exception for whatever is not as written above.

std::string text(const json::object& object, std::string_view key) {
    return json::value_to<std::string>(object.at(key));
}
bool flag(const json::object& object, std::string_view key) { return object.at(key).as_bool(); }

template <class Names> Names names(const json::object& object, std::string_view key) {
    Names result;
    for (const json::value& each : object.at(key).as_array()) {
        result.insert(result.end(), json::value_to<std::string>(each));
    }
    return result;
}

BinaryStamp stamp_from(const json::object& object) {
    return {.size = object.at("size").to_number<std::uint64_t>(),
            .modified = object.at("modified").to_number<std::int64_t>(),
            .changed = object.at("changed").to_number<std::int64_t>(),
            .modules = object.at("modules").to_number<std::int64_t>(),
            .kernel = text(object, "kernel")};
}

MachineType machine_from(const json::object& object) {
    MachineType machine;
    machine.name = text(object, "name");
    machine.alias = text(object, "alias");
    machine.max_cpus = object.at("max_cpus").to_number<std::uint32_t>();
    machine.hotplug_cpus = flag(object, "hotplug_cpus");
    machine.is_default = flag(object, "default");
    machine.deprecated = flag(object, "deprecated");
    machine.default_cpu = text(object, "cpu");
    machine.acpi = flag(object, "acpi");
    return machine;
}

CpuModelInfo cpu_from(const json::object& object, std::size_t features) {
    CpuModelInfo cpu;
    cpu.name = text(object, "name");
    cpu.usable = flag(object, "usable");
    cpu.deprecated = flag(object, "deprecated");
    cpu.versioned = flag(object, "versioned");
    for (const json::value& place : object.at("features").as_array()) {
        cpu.features.push_back(place.to_number<std::uint16_t>());
        if (cpu.features.back() >= features) throw std::out_of_range("no such CPU feature");
    }
    return cpu;
}

QemuCapabilities capabilities_from(const json::object& file) {
    using Set = std::set<std::string, std::less<>>;
    using List = std::vector<std::string>;
    QemuCapabilities result;
    result.binary = text(file, "binary");
    result.arch = text(file, "arch");
    result.version = file.at("version").to_number<std::uint64_t>();
    result.package = text(file, "package");
    result.tcg_built = flag(file, "tcg_built");
    result.kvm_built = flag(file, "kvm_built");
    result.sandbox = flag(file, "sandbox");
    for (const json::value& each : file.at("machines").as_array()) {
        result.machines.push_back(machine_from(each.as_object()));
    }
    result.cpu_features = names<List>(file, "cpu_features");
    for (const json::value& each : file.at("cpus").as_array()) {
        result.cpus.push_back(cpu_from(each.as_object(), result.cpu_features.size()));
    }
    result.devices = names<Set>(file, "devices");
    result.objects = names<Set>(file, "objects");
    result.commands = names<Set>(file, "commands");
    const json::object& host = file.at("host_model").as_object();
    result.host_model.model = text(host, "model");
    result.host_model.vendor = text(host, "vendor");
    result.host_model.added = names<List>(host, "added");
    result.host_model.removed = names<List>(host, "removed");
    return result;
}

} // namespace

std::string write_cache_file(const QemuCapabilities& capabilities, const BinaryStamp& stamp) {
    json::array machines;
    for (const MachineType& each : capabilities.machines) machines.push_back(machine_object(each));
    json::array cpus;
    for (const CpuModelInfo& each : capabilities.cpus) cpus.push_back(cpu_object(each));
    json::object file;
    file["format"] = format;
    file["binary"] = capabilities.binary;
    file["accelerator"] = name(capabilities.accelerator);
    file["stamp"] = stamp_object(stamp);
    file["arch"] = capabilities.arch;
    file["version"] = capabilities.version;
    file["package"] = capabilities.package;
    file["tcg_built"] = capabilities.tcg_built;
    file["kvm_built"] = capabilities.kvm_built;
    file["sandbox"] = capabilities.sandbox;
    file["machines"] = std::move(machines);
    file["cpu_features"] = name_array(capabilities.cpu_features);
    file["cpus"] = std::move(cpus);
    file["devices"] = name_array(capabilities.devices);
    file["objects"] = name_array(capabilities.objects);
    file["commands"] = name_array(capabilities.commands);
    file["host_model"] = {{"model", capabilities.host_model.model},
                          {"vendor", capabilities.host_model.vendor},
                          {"added", name_array(capabilities.host_model.added)},
                          {"removed", name_array(capabilities.host_model.removed)}};
    return json::serialize(file) + "\n";
}

std::optional<QemuCapabilities> read_cache_file(std::string_view content, std::string_view binary,
                                                Accelerator accelerator, const BinaryStamp& stamp) {
    try {
        const json::value parsed = json::parse(content);
        const json::object& file = parsed.as_object();
        if (file.at("format").as_int64() != format || text(file, "binary") != binary ||
            text(file, "accelerator") != name(accelerator) ||
            stamp_from(file.at("stamp").as_object()) != stamp) {
            return std::nullopt;
        }
        QemuCapabilities result = capabilities_from(file);
        result.accelerator = accelerator;
        return result;
    } catch (const std::exception&) { // a half-written or foreign file: as if there were none
        return std::nullopt;
    }
}

} // namespace yado::qemu
