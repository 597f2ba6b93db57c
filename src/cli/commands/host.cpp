// SPDX-License-Identifier: Apache-2.0
// What the host and its hypervisor are and can do.
#include "base/version.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/host_words.h"
#include "cli/session.h"
#include "cli/table.h"
#include "protocol/connect_calls.h"
#include "protocol/node_calls.h"
#include "schema/read.h"

namespace yado::cli {
namespace {

void capabilities(Session& session, const Arguments&) {
    const auto answer = explain("failed to get capabilities",
                                [&] { return session.call(protocol::ConnectGetCapabilitiesArgs{}); });
    session.show("xml", answer.capabilities);
}

void domcapabilities(Session& session, const Arguments& arguments) {
    const auto answer = explain("failed to get emulator capabilities", [&] {
        return session.call(protocol::ConnectGetDomainCapabilitiesArgs{
            arguments.text("emulatorbin"), arguments.text("arch"), arguments.text("machine"),
            arguments.text("virttype"), 0});
    });
    session.show("xml", answer.capabilities);
}

void nodeinfo(Session& session, const Arguments&) {
    const auto info =
        explain("failed to get node information", [&] { return session.call(protocol::NodeGetInfoArgs{}); });
    Fields fields(21);
    fields.add("cpu_model", "CPU model:", info.model);
    fields.add("cpus", "CPU(s):", info.cpus);
    if (info.mhz != 0)
        fields.add("cpu_mhz", "CPU frequency:", {fmt::format("{} MHz", info.mhz), Value(info.mhz)});
    fields.add("sockets", "CPU socket(s):", info.sockets);
    fields.add("cores_per_socket", "Core(s) per socket:", info.cores);
    fields.add("threads_per_core", "Thread(s) per core:", info.threads);
    fields.add("numa_cells", "NUMA cell(s):", info.nodes);
    fields.add("memory_kib", "Memory size:", {fmt::format("{} KiB", info.memory), Value(info.memory)});
    session.show(fields);
}

void nodecpumap(Session& session, const Arguments& arguments) {
    const auto answer =
        explain("Unable to get cpu map", [&] { return session.call(protocol::NodeGetCpuMapArgs{1, 1, 0}); });
    const unsigned present = answer.ret > 0 ? static_cast<unsigned>(answer.ret) : 0;
    Value list = Value::list();
    for (const unsigned cpu : set_bits(answer.cpumap, present)) list.add(cpu);
    Fields fields(16);
    fields.add("present", "CPUs present:", answer.ret);
    fields.add("online", "CPUs online:", answer.online);
    fields.add(
        "map", "CPU map:",
        {arguments.has("pretty") ? ranges_text(answer.cpumap, present) : marks_text(answer.cpumap, present),
         std::move(list)});
    session.show(fields);
}

/// 9000000 → "9.0.0"
std::string version_text(std::uint64_t number) {
    return fmt::format("{}.{}.{}", number / 1'000'000, number / 1'000 % 1'000, number % 1'000);
}

void version(Session& session, const Arguments& arguments) {
    const auto type = explain("failed to get hypervisor type",
                              [&] { return session.call(protocol::ConnectGetTypeArgs{}).type; });
    session.print("Compiled against library: libvirt {}\n", libvirt_version_text);
    session.print("Using library: libvirt {}\n", libvirt_version_text);
    session.print("Using API: {} {}\n", type, libvirt_version_text);
    Value json = Value::object();
    json.set("library", libvirt_version_text).set("api", type);
    const auto hypervisor = explain("failed to get the hypervisor version",
                                    [&] { return session.call(protocol::ConnectGetVersionArgs{}).hv_ver; });
    if (hypervisor == 0) {
        session.print("Cannot extract running {} hypervisor version\n", type);
        json.set("hypervisor", Value());
    } else {
        session.print("Running hypervisor: {} {}\n", type, version_text(hypervisor));
        json.set("hypervisor", version_text(hypervisor));
    }
    if (arguments.has("daemon")) {
        const auto daemon = explain("failed to get the daemon version", [&] {
            return session.call(protocol::ConnectGetLibVersionArgs{}).lib_ver;
        });
        session.print("Running against daemon: {}\n", version_text(daemon));
        json.set("daemon", version_text(daemon));
    }
    session.show_json(json);
}

void hostname(Session& session, const Arguments&) {
    session.show("hostname", explain("failed to get hostname", [&] {
                     return session.call(protocol::ConnectGetHostnameArgs{}).hostname;
                 }));
}

void uri(Session& session, const Arguments&) { session.show("uri", session.connection().uri()); }

void sysinfo(Session& session, const Arguments&) {
    const auto answer =
        explain("failed to get sysinfo", [&] { return session.call(protocol::ConnectGetSysinfoArgs{0}); });
    if (session.json()) session.show("xml", answer.sysinfo);
    else session.print("{}", answer.sysinfo);
}

/// <domainCapabilities><vcpu max='255'/>
struct VcpuLimit {
    std::int32_t max = 0;
};
void describe(schema::Io& io, VcpuLimit& limit) { io.nested("vcpu", "max", limit.max); }

/// What the emulator itself can do, where the daemon tells; 0 where not.
std::int32_t emulator_limit(Session& session, const std::optional<std::string>& type) {
    try {
        const auto answer = session.call(
            protocol::ConnectGetDomainCapabilitiesArgs{std::nullopt, std::nullopt, std::nullopt, type, 0});
        schema::Diagnostics ignored;
        return schema::read_xml<VcpuLimit>(answer.capabilities, "domainCapabilities", {}, &ignored).max;
    } catch (const Error&) {
        if (!session.connected()) throw;
        return 0;
    }
}

void maxvcpus(Session& session, const Arguments& arguments) {
    const auto type = arguments.text("type");
    std::int32_t limit = emulator_limit(session, type);
    if (limit <= 0) limit = session.call(protocol::ConnectGetMaxVcpusArgs{type}).max_vcpus;
    session.print("{}\n", limit);
    session.show_json(Value::object().set("max_vcpus", limit));
}

} // namespace

std::vector<Command> host_commands() {
    return {
        {"capabilities",
         Group::host,
         "capabilities",
         "Returns capabilities of hypervisor/driver.",
         {},
         capabilities},
        {"domcapabilities",
         Group::host,
         "domain capabilities",
         "Returns capabilities of emulator with respect to host and libvirt.",
         {text("virttype", "virtualization type (/domain/@type)"),
          text("emulatorbin", "path to emulator binary (/domain/devices/emulator)"),
          text("arch", "domain architecture (/domain/os/type/@arch)"),
          text("machine", "machine type (/domain/os/type/@machine)")},
         domcapabilities},
        {"hostname", Group::host, "print the hypervisor hostname", "", {}, hostname},
        {"maxvcpus",
         Group::host,
         "connection vcpu maximum",
         "Show maximum number of virtual CPUs for guests on this connection.",
         {text("type", "domain type")},
         maxvcpus},
        {"nodecpumap",
         Group::host,
         "node cpu map",
         "Displays the node's total number of CPUs, the number of online CPUs and the list of online CPUs.",
         {flag("pretty", "return human readable output")},
         nodecpumap},
        {"nodeinfo",
         Group::host,
         "node information",
         "Returns basic information about the node.",
         {},
         nodeinfo},
        {"sysinfo",
         Group::host,
         "print the hypervisor sysinfo",
         "output an XML string for the hypervisor sysinfo, if available",
         {},
         sysinfo},
        {"uri", Group::host, "print the hypervisor canonical URI", "", {}, uri},
        {"version",
         Group::host,
         "show version",
         "Display the system version information.",
         {flag("daemon", "report daemon version too")},
         version},
    };
}

} // namespace yado::cli
