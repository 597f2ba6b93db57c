// SPDX-License-Identifier: Apache-2.0
// CPU models: which there are, how one compares with the host's, what several have in common.
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/cpu_documents.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "model/capabilities/domain_capabilities.h"
#include "protocol/connect_calls.h"
#include "schema/write.h"

namespace yado::cli {
namespace {

constexpr std::uint32_t fail_when_incompatible = 1, validate_document = 2; ///< virConnectCompareCPUFlags
constexpr std::uint32_t expand_features = 1, migratable_only = 2;          ///< virConnectBaselineCPUFlags
constexpr std::int32_t incompatible = 0, identical = 1;                    ///< virCPUCompareResult

std::uint32_t compare_flags(const Arguments& arguments) {
    return arguments.flags({{"error", fail_when_incompatible}, {"validate", validate_document}});
}
std::uint32_t baseline_flags(const Arguments& arguments) {
    return arguments.flags({{"features", expand_features}, {"migratable", migratable_only}});
}

std::string only_cpu(const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    return cpu_documents(read_input_file(file), file).front();
}

/// An incompatible one ends the program with its failure code, after the answer.
void show_result(Session& session, std::int32_t result, const std::string& text) {
    if (session.json()) {
        const std::string_view word = result == incompatible ? "incompatible"
                                      : result == identical  ? "identical"
                                                             : "superset";
        session.show_json(Value::object().set("result", word));
    }
    session.print("{}\n", text);
    if (result == incompatible) { throw Failure(); }
}

void cpu_compare(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string cpu = only_cpu(arguments);
    const std::int32_t result = explain(fmt::format("Failed to compare host CPU with {}", file), [&] {
        return session.call(protocol::ConnectCompareCpuArgs{cpu, compare_flags(arguments)}).result;
    });
    std::string text = fmt::format("Host CPU is a superset of CPU described in {}", file);
    if (result == incompatible) {
        text = fmt::format("CPU described in {} is incompatible with host CPU", file);
    } else if (result == identical) {
        text = fmt::format("CPU described in {} is identical to host CPU", file);
    }
    show_result(session, result, text);
}

void hypervisor_cpu_compare(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const std::string cpu = only_cpu(arguments);
    const std::int32_t result = explain(fmt::format("Failed to compare hypervisor CPU with {}", file), [&] {
        return session
            .call(protocol::ConnectCompareHypervisorCpuArgs{
                arguments.text("emulator"), arguments.text("arch"), arguments.text("machine"),
                arguments.text("virttype"), cpu, compare_flags(arguments)})
            .result;
    });
    std::string text =
        fmt::format("The CPU provided by hypervisor on the host is a superset of CPU described in {}", file);
    if (result == incompatible) {
        text = fmt::format(
            "CPU described in {} is incompatible with the CPU provided by hypervisor on the host", file);
    } else if (result == identical) {
        text = fmt::format("CPU described in {} is identical to the CPU provided by hypervisor on the host",
                           file);
    }
    show_result(session, result, text);
}

/// virsh prints it without a blank line of its own.
void show_cpu(Session& session, const std::string& document) {
    session.print("{}", document);
    if (session.json()) { session.show("xml", document); }
}

void cpu_baseline(Session& session, const Arguments& arguments) {
    const std::string& file = arguments.required("file");
    const protocol::ConnectBaselineCpuArgs call{cpu_documents(read_input_file(file), file),
                                                baseline_flags(arguments)};
    show_cpu(session, session.call(call).cpu);
}

void hypervisor_cpu_baseline(Session& session, const Arguments& arguments) {
    arguments.exclusive("file", "model");
    std::vector<std::string> cpus;
    if (const auto file = arguments.text("file")) {
        cpus = cpu_documents(read_input_file(*file), *file);
    } else if (const auto model = arguments.text("model")) {
        std::string escaped;
        schema::escape(escaped, *model);
        cpus.push_back(fmt::format("<cpu><model>{}</model></cpu>", escaped));
    } else {
        refuse("Either --file or --model must be provided");
    }
    const protocol::ConnectBaselineHypervisorCpuArgs call{
        arguments.text("emulator"), arguments.text("arch"), arguments.text("machine"),
        arguments.text("virttype"), std::move(cpus),        baseline_flags(arguments)};
    show_cpu(session, session.call(call).cpu);
}

void show_names(Session& session, const std::vector<std::string>& names) {
    Value json = Value::list();
    for (const std::string& name : names) {
        session.print("{}\n", name);
        json.add(name);
    }
    session.show_json(json);
}

void cpu_models(Session& session, const Arguments& arguments) {
    const auto answer = explain("failed to get CPU model names", [&] {
        return session.call(protocol::ConnectGetCpuModelNamesArgs{arguments.required("arch"), 1, 0});
    });
    if (answer.ret == 0 && !session.json()) {
        session.print("all CPU models are accepted\n");
        return;
    }
    show_names(session, answer.models);
}

void hypervisor_cpu_models(Session& session, const Arguments& arguments) {
    const auto answer = explain("failed to get hypervisor CPU model names", [&] {
        return session.call(protocol::ConnectGetDomainCapabilitiesArgs{
            arguments.text("emulator"), arguments.text("arch"), arguments.text("machine"),
            arguments.text("virttype"), 0});
    });
    std::vector<std::string> names;
    for (const model::CpuModeCapability& mode :
         model::read_domain_capabilities(answer.capabilities).cpu_modes) {
        const auto* custom = std::get_if<model::CustomMode>(&mode.mode);
        if (custom == nullptr) { continue; }
        for (const model::UsableCpuModel& each : custom->models) {
            const bool usable = each.usable == model::CpuModelUsable::yes;
            if (usable || arguments.has("all")) { names.push_back(each.name); }
        }
    }
    show_names(session, names);
}

std::vector<Option> with_emulator(std::vector<Option> options) {
    options.push_back(text("virttype", "virtualization type (/domain/@type)"));
    options.push_back(text("emulator", "path to emulator binary (/domain/devices/emulator)"));
    options.push_back(text("arch", "CPU architecture (/domain/os/type/@arch)"));
    options.push_back(text("machine", "machine type (/domain/os/type/@machine)"));
    return options;
}

std::vector<Option> joined(std::vector<Option> options, std::vector<Option> more) {
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

} // namespace

std::vector<Command> processor_commands() {
    const Option file =
        positional("file", "file containing an XML CPU description").completes(Complete::file);
    const std::vector<Option> compare{flag("error", "report error if CPUs are incompatible"),
                                      flag("validate", "validate the XML document against schema")};
    const std::vector<Option> baseline{flag("features", "Show features that are part of the CPU model type"),
                                       flag("migratable", "Do not include features that block migration")};
    const Option model =
        text("model", "Shortcut for calling the command with a single CPU model and no additional features");
    return {
        {"cpu-baseline", Group::host, "compute baseline CPU", "Compute baseline CPU for a set of given CPUs.",
         joined({positional("file", "file containing XML CPU descriptions").completes(Complete::file)},
                baseline),
         cpu_baseline},
        {"cpu-compare", Group::host, "compare host CPU with a CPU described by an XML file",
         "compare CPU with host CPU", joined({file}, compare), cpu_compare},
        {"cpu-models",
         Group::host,
         "CPU models",
         "Get the CPU models for an arch.",
         {positional("arch", "architecture")},
         cpu_models},
        {"hypervisor-cpu-baseline", Group::host, "compute baseline CPU usable by a specific hypervisor",
         "Compute baseline CPU for a set of given CPUs. The result will be tailored to the specified "
         "hypervisor.",
         joined(with_emulator({text("file", "file containing XML CPU descriptions")}),
                joined(baseline, {model})),
         hypervisor_cpu_baseline},
        {"hypervisor-cpu-compare", Group::host,
         "compare a CPU with the CPU created by a hypervisor on the host", "compare CPU with hypervisor CPU",
         joined(with_emulator({file}), compare), hypervisor_cpu_compare},
        {"hypervisor-cpu-models", Group::host, "Hypervisor reported CPU models",
         "Get the CPU models reported by the hypervisor.",
         joined(with_emulator({}), {flag("all", "include all CPU models known to the hypervisor for the "
                                                "architecture")}),
         hypervisor_cpu_models},
    };
}

} // namespace yado::cli
