// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/answers.h"

#include "base/error.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstddef>

namespace yado::qemu {
namespace {

namespace json = boost::json;

// Places in questions().
enum Place : std::size_t {
    version,
    target,
    commands,
    machines,
    devices,
    objects,
    accelerators,
    sandbox,
    cpus,
    all_features,
    model_features,
    count,
};

// A QEMU with everything compiled in has some 700 device types; nothing else comes near.
constexpr std::size_t most_entries = 20'000;
// The model that host-model starts from: QEMU's own default, which every x86 program has.
constexpr std::string_view base_model = "qemu64";

[[noreturn]] void strange(std::string_view what) {
    fail(ErrorSource::qemu, Code::internal_error, "QEMU's answer to a probe has no usable {}", what);
}

const json::object& object_in(const json::value& value, std::string_view what) {
    const json::object* object = value.if_object();
    if (object == nullptr) strange(what);
    return *object;
}

std::string text_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::string* text = value != nullptr ? value->if_string() : nullptr;
    return text != nullptr ? std::string(*text) : std::string();
}

bool flag_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::uint64_t number_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const std::int64_t* number = value != nullptr ? value->if_int64() : nullptr;
    return number != nullptr && *number > 0 ? static_cast<std::uint64_t>(*number) : 0;
}

const json::array& array_in(const json::value& value, std::string_view what) {
    const json::array* array = value.if_array();
    if (array == nullptr || array->size() > most_entries) strange(what);
    return *array;
}

std::set<std::string, std::less<>> names_in(const json::value& value, std::string_view what) {
    std::set<std::string, std::less<>> names;
    for (const json::value& each : array_in(value, what)) {
        std::string name = text_in(object_in(each, what), "name");
        if (!name.empty()) names.insert(std::move(name));
    }
    return names;
}

std::uint64_t version_of(const json::object& answer) {
    const json::value* parts = answer.if_contains("qemu");
    if (parts == nullptr) strange("version");
    const json::object& numbers = object_in(*parts, "version");
    constexpr std::uint64_t limit = 1000; // libvirt's form has three decimal digits for each
    const std::uint64_t major = number_in(numbers, "major");
    if (major == 0 || major >= limit) strange("version");
    return major * 1'000'000 + std::min(number_in(numbers, "minor"), limit - 1) * 1000 +
           std::min(number_in(numbers, "micro"), limit - 1);
}

/// QEMU says so itself from 9.0 on.
bool has_acpi(const json::object& machine, std::string_view arch, std::string_view name) {
    if (machine.contains("acpi")) return flag_in(machine, "acpi");
    if (arch == "x86_64" || arch == "i686") return name.starts_with("pc-") || name.starts_with("microvm");
    if (arch == "aarch64" || arch == "armv7l" || arch == "loongarch64") return name.starts_with("virt");
    return false;
}

MachineType machine_from(const json::object& each, std::string_view arch) {
    MachineType type;
    type.name = text_in(each, "name");
    type.alias = text_in(each, "alias");
    type.max_cpus =
        static_cast<std::uint32_t>(std::min<std::uint64_t>(number_in(each, "cpu-max"), 1U << 20U));
    type.hotplug_cpus = flag_in(each, "hotpluggable-cpus");
    type.is_default = flag_in(each, "is-default");
    type.deprecated = flag_in(each, "deprecated");
    type.default_cpu = text_in(each, "default-cpu-type");
    type.acpi = has_acpi(each, arch, type.name);
    return type;
}

/// "EPYC-v2", but not "EPYC-IBPB", which stands for it.
bool is_versioned(const json::object& each, std::string_view name) {
    const std::size_t dash = name.rfind("-v");
    return dash != std::string_view::npos && dash + 2 < name.size() && !each.contains("alias-of") &&
           name.find_first_not_of("0123456789", dash + 2) == std::string_view::npos;
}

CpuModelInfo cpu_from(const json::object& each) {
    CpuModelInfo model;
    model.name = text_in(each, "name");
    model.deprecated = flag_in(each, "deprecated");
    model.versioned = is_versioned(each, model.name);
    if (const json::value* missing = each.if_contains("unavailable-features")) {
        model.usable = !missing->is_array() || missing->get_array().empty();
    }
    return model;
}

/// "return": {"model": {"name": "base", "props": {"aes": true, …}}}
const json::object* properties_of(const json::value& expansion) {
    const json::object* object = expansion.if_object();
    const json::value* model = object != nullptr ? object->if_contains("model") : nullptr;
    const json::object* described = model != nullptr ? model->if_object() : nullptr;
    const json::value* properties = described != nullptr ? described->if_contains("props") : nullptr;
    return properties != nullptr ? properties->if_object() : nullptr;
}

CpuDifference difference(const json::value& all, const json::value& model) {
    const json::object* can = properties_of(all);
    const json::object* has = properties_of(model);
    if (can == nullptr || has == nullptr || can->size() > most_entries) return {};
    CpuDifference result;
    result.model = base_model;
    result.vendor = text_in(*can, "vendor");
    for (const auto& [key, value] : *can) {
        if (!value.is_bool()) continue;
        const bool wanted = value.get_bool();
        if (wanted == flag_in(*has, key)) continue;
        (wanted ? result.added : result.removed).emplace_back(key);
    }
    std::ranges::sort(result.added);
    std::ranges::sort(result.removed);
    return result;
}

/// The models whose features are asked for: not QEMU's numbered versions of them.
bool is_described(const CpuModelInfo& model) { return !model.versioned && model.name != "base"; }

/// Features of the CPU itself: not what a hypervisor tells its guests, nor how it runs guests of its own.
bool is_cpu_feature(std::string_view name) {
    return !name.starts_with("kvm") && !name.starts_with("hv-") && !name.starts_with("xen-") &&
           !name.starts_with("vmx-") && name != "hypervisor";
}

} // namespace

std::vector<Question> questions() {
    std::vector<Question> list(Place::count);
    list[version] = {"query-version", "", false};
    list[target] = {"query-target", "", false};
    list[commands] = {"query-commands", "", false};
    list[machines] = {"query-machines", "", false};
    list[devices] = {"qom-list-types", R"({"implements":"device","abstract":false})", false};
    list[objects] = {"qom-list-types", R"({"implements":"user-creatable","abstract":false})", false};
    list[accelerators] = {"qom-list-types", R"({"implements":"accel","abstract":false})", false};
    list[sandbox] = {"query-command-line-options", R"({"option":"sandbox"})", true};
    // Some targets have no such command.
    list[cpus] = {"query-cpu-definitions", "", true};
    list[all_features] = {"query-cpu-model-expansion", R"({"type":"static","model":{"name":"max"}})", true};
    list[model_features] = {"query-cpu-model-expansion",
                            fmt::format(R"({{"type":"static","model":{{"name":"{}"}}}})", base_model), true};
    return list;
}

QemuCapabilities read_answers(const std::vector<json::value>& answers) {
    if (answers.size() != Place::count) strange("number of answers");
    QemuCapabilities result;
    result.version = version_of(object_in(answers[version], "version"));
    result.package = text_in(object_in(answers[version], "version"), "package");
    result.arch = arch_of_target(text_in(object_in(answers[target], "target"), "arch"));
    if (result.arch.empty()) strange("target");
    const std::set<std::string, std::less<>> built = names_in(answers[accelerators], "accelerators");
    result.tcg_built = built.contains("tcg-accel");
    result.kvm_built = built.contains("kvm-accel");
    result.commands = names_in(answers[commands], "commands");
    result.devices = names_in(answers[devices], "devices");
    result.objects = names_in(answers[objects], "objects");
    for (const json::value& each : array_in(answers[machines], "machines")) {
        MachineType machine = machine_from(object_in(each, "machine"), result.arch);
        // "none" is what we started it with, and runs nothing.
        if (!machine.name.empty() && machine.name != "none") result.machines.push_back(std::move(machine));
    }
    if (const json::array* options = answers[sandbox].if_array()) result.sandbox = !options->empty();
    if (answers[cpus].is_array()) {
        for (const json::value& each : array_in(answers[cpus], "CPU models")) {
            result.cpus.push_back(cpu_from(object_in(each, "CPU model")));
        }
    }
    result.host_model = difference(answers[all_features], answers[model_features]);
    return result;
}

std::vector<Question> model_questions(const QemuCapabilities& capabilities) {
    std::vector<Question> list;
    if (capabilities.arch != "x86_64" && capabilities.arch != "i686") return list;
    for (const CpuModelInfo& model : capabilities.cpus) {
        if (!is_described(model)) continue;
        const json::object arguments{{"type", "static"}, {"model", {{"name", model.name}}}};
        list.push_back({"query-cpu-model-expansion", json::serialize(arguments), true});
    }
    return list;
}

void read_models(QemuCapabilities& capabilities, const std::vector<json::value>& answers) {
    std::set<std::string, std::less<>> names;
    for (const json::value& answer : answers) {
        const json::object* properties = properties_of(answer);
        if (properties == nullptr || properties->size() > most_entries) continue;
        for (const auto& [name, value] : *properties) {
            if (value.is_bool() && is_cpu_feature(name)) names.emplace(name);
        }
    }
    if (names.size() > most_entries) strange("CPU features");
    capabilities.cpu_features.assign(names.begin(), names.end());
    std::size_t next = 0;
    for (CpuModelInfo& model : capabilities.cpus) {
        if (!is_described(model) || next == answers.size()) continue;
        const json::object* properties = properties_of(answers[next++]);
        if (properties == nullptr) continue;
        for (std::size_t i = 0; i < capabilities.cpu_features.size(); ++i) {
            if (flag_in(*properties, capabilities.cpu_features[i])) {
                model.features.push_back(static_cast<std::uint16_t>(i));
            }
        }
    }
}

} // namespace yado::qemu
