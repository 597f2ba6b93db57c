// SPDX-License-Identifier: Apache-2.0
#include "model/domain/domain.h"

#include "model/domain/rules.h"

namespace yado::schema {

template <> struct Text<KiB> {
    static constexpr Kind kind = Kind::size;
    static constexpr std::string_view type = "size in KiB";
    static constexpr std::string_view unit = "KiB";
    static bool present(KiB size) { return size.value != 0; }
    static Problem parse(std::string_view text, KiB& size) { return parse_size(text, 1024, size.value); }
    static void print(KiB size, std::string& out) { print_integer(size.value, out); }
};

} // namespace yado::schema

namespace yado::model {

using schema::Io;

namespace {

constexpr std::string_view qemu_namespace = "http://libvirt.org/schemas/domain/qemu/1.0";

} // namespace

void describe(Io& io, Memory& m) {
    io.attribute("dumpCore", m.dump_core);
    io.text(m.size, abi);
}

void describe(Io& io, MaxMemory& m) {
    io.attribute("slots", m.slots, abi);
    io.text(m.size, abi);
}

void describe(Io& io, Vcpus& v) {
    io.attribute("placement", v.placement);
    io.attribute("cpuset", v.cpuset);
    io.attribute("current", v.current);
    io.text(v.maximum, {.required = true,
                        .guest_abi = true,
                        .missing = "maximum vcpus count must be an integer",
                        .invalid = "maximum vcpus count must be an integer"});
}

void describe(Io& io, PowerManagement& p) {
    io.nested("suspend-to-mem", "enabled", p.suspend_to_mem);
    io.nested("suspend-to-disk", "enabled", p.suspend_to_disk);
}

void describe(Io& io, SecurityLabel& s) {
    io.attribute("type", s.type);
    io.attribute("model", s.model);
    io.attribute("relabel", s.relabel);
    io.value("label", s.label);
    io.value("imagelabel", s.image_label, live_only);
    io.value("baselabel", s.base_label);
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
    io.declare_namespace("qemu", qemu_namespace, d.qemu);
    io.value("name", d.name, {.required = true, .missing_code = Code::no_name});
    io.value("uuid", d.uuid,
             {.guest_abi = true, .code = Code::internal_error, .invalid = "malformed uuid element"});
    io.opaque("genid", d.rest);
    io.value("title", d.title);
    io.value("description", d.description);
    io.verbatim("metadata", d.metadata);
    io.child("maxMemory", d.max_memory);
    io.child("memory", d.memory);
    io.value("currentMemory", d.current_memory);
    io.opaque("blkiotune", d.rest);
    io.opaque("memtune", d.rest);
    io.opaque("memoryBacking", d.rest);
    io.child("vcpu", d.vcpus);
    io.opaque("vcpus", d.rest);
    io.value("iothreads", d.iothreads);
    io.opaque("iothreadids", d.rest);
    io.opaque("defaultiothread", d.rest);
    io.opaque("cputune", d.rest);
    io.opaque("numatune", d.rest);
    io.opaque("resource", d.rest);
    io.opaque("sysinfo", d.rest);
    io.opaque("bootloader", d.rest);
    io.opaque("bootloader_args", d.rest);
    io.child("os", d.os, {.required = true, .missing = "an os <type> must be specified"});
    io.opaque("idmap", d.rest);
    io.child("features", d.features);
    io.child("cpu", d.cpu);
    io.child("clock", d.clock);
    io.value("on_poweroff", d.on_poweroff, unsupported("unknown on_poweroff action: {}"));
    io.value("on_reboot", d.on_reboot, unsupported("unknown on_reboot action: {}"));
    io.value("on_crash", d.on_crash, unsupported("unknown on_crash action: {}"));
    io.value("on_lockfailure", d.on_lockfailure, unsupported("unknown on_lockfailure action: {}"));
    io.child("pm", d.pm);
    io.opaque("perf", d.rest);
    io.child("devices", d.devices, {.keep_empty = true});
    io.child("seclabel", d.security_labels);
    io.opaque("keywrap", d.rest);
    io.opaque("launchSecurity", d.rest);
    io.namespace_children("qemu", qemu_namespace, d.qemu);
}

} // namespace yado::model
