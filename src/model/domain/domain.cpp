// SPDX-License-Identifier: Apache-2.0
#include "model/domain/domain.h"

#include "model/domain/rules.h"
#include "model/units.h"

namespace yado::model {

using schema::Io;

namespace {

/// libvirt's namespaces for what only one of its hypervisors understands.
template <class Visit> void each_namespace(Domain& d, Visit visit) {
    visit("qemu", "http://libvirt.org/schemas/domain/qemu/1.0", d.qemu);
    visit("lxc", "http://libvirt.org/schemas/domain/lxc/1.0", d.lxc);
    visit("bhyve", "http://libvirt.org/schemas/domain/bhyve/1.0", d.bhyve);
    visit("xen", "http://libvirt.org/schemas/domain/xen/1.0", d.xen);
    visit("vmware", "http://libvirt.org/schemas/domain/vmware/1.0", d.vmware);
}

/// What happens at the end of a run can be changed until then.
constexpr schema::Rule action(std::string_view invalid) {
    return {.change = schema::Change::live, .code = Code::config_unsupported, .invalid = invalid};
}

} // namespace

void describe(Io& io, Memory& m) {
    io.attribute("dumpCore", m.dump_core);
    io.text(m.size, abi);
}

void describe(Io& io, MaxMemory& m) {
    io.attribute("slots", m.slots, {.guest_abi = true, .invalid = "Failed to parse memory slot count"});
    io.text(m.size, abi);
}

void describe(Io& io, PowerManagement& p) {
    io.nested("suspend-to-mem", "enabled", p.suspend_to_mem);
    io.nested("suspend-to-disk", "enabled", p.suspend_to_disk);
}

void describe(Io& io, GenerationId& g) {
    io.text(g.id, {.guest_abi = true, .code = Code::internal_error, .invalid = "malformed genid element"});
}

void describe(Io& io, Domain& d) {
    io.attribute("type", d.type,
                 {.required = true,
                  .guest_abi = true,
                  .code = Code::config_unsupported,
                  .missing_code = Code::internal_error,
                  .missing = "missing domain type attribute",
                  .invalid = "invalid domain type {}"});
    io.attribute("id", d.id, live_only);
    each_namespace(d, [&io](std::string_view prefix, std::string_view href, schema::Kept& kept) {
        io.declare_namespace(prefix, href, kept);
    });
    io.value("name", d.name,
             {.required = true, .change = schema::Change::never, .missing_code = Code::no_name});
    io.value("uuid", d.uuid,
             {.guest_abi = true,
              .change = schema::Change::never,
              .code = Code::internal_error,
              .invalid = "malformed uuid element"});
    io.child("genid", d.generation_id);
    io.value("title", d.title, live);
    io.value("description", d.description, live);
    io.verbatim("metadata", d.metadata);
    io.child("maxMemory", d.max_memory);
    io.child("memory", d.memory);
    io.value("currentMemory", d.current_memory, live);
    io.child("blkiotune", d.block_tuning, {.drop_empty = true});
    io.child("memtune", d.memory_tuning, {.drop_empty = true});
    io.child("memoryBacking", d.memory_backing, {.drop_empty = true});
    io.child("vcpu", d.vcpus);
    io.group("vcpus", [&] { io.child("vcpu", d.each_vcpu); });
    io.value("iothreads", d.iothreads, {.invalid = "invalid iothreads count '{}'"});
    io.group("iothreadids", [&] { io.child("iothread", d.iothread_ids, live); });
    io.child("defaultiothread", d.default_iothread, {.drop_empty = true, .since = "8.5.0"});
    io.child("cputune", d.cpu_tuning, {.drop_empty = true});
    io.child("numatune", d.numa_tuning, {.drop_empty = true});
    io.child("resource", d.resources,
             {.drop_empty = true, .single = "only one resource element is supported"});
    io.child("sysinfo", d.sysinfo);
    io.value("bootloader", d.bootloader);
    io.value("bootloader_args", d.bootloader_arguments);
    io.child("os", d.os, {.required = true, .missing = "an os <type> must be specified"});
    io.group("idmap", [&] {
        io.child("uid", d.user_ids);
        io.child("gid", d.group_ids);
    });
    io.group("throttlegroups", [&] { io.child("throttlegroup", d.throttle_groups); }, {.since = "11.2.0"});
    io.child("features", d.features);
    io.child("cpu", d.cpu);
    io.child("clock", d.clock);
    io.value("on_poweroff", d.on_poweroff, action("unknown on_poweroff action: {}"));
    io.value("on_reboot", d.on_reboot, action("unknown on_reboot action: {}"));
    io.value("on_crash", d.on_crash, action("unknown on_crash action: {}"));
    io.value("on_lockfailure", d.on_lockfailure, unsupported("unknown on_lockfailure action: {}"));
    io.child("pm", d.pm);
    io.group("perf", [&] { io.child("event", d.perf_events, live); });
    io.child("devices", d.devices, {.keep_empty = true});
    io.child("seclabel", d.security_labels);
    io.group("keywrap", [&] { io.child("cipher", d.key_wraps); });
    io.child("launchSecurity", d.launch_security);
    each_namespace(d, [&io](std::string_view prefix, std::string_view href, schema::Kept& kept) {
        io.namespace_children(prefix, href, kept);
    });
}

} // namespace yado::model
