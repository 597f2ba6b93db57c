// SPDX-License-Identifier: Apache-2.0
#include "model/domain/os.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, BootEntry& b) { io.attribute("dev", b.device, required); }

void describe(Io& io, Loader& l) {
    io.attribute("readonly", l.readonly);
    io.attribute("secure", l.secure);
    io.attribute("type", l.type);
    io.attribute("stateless", l.stateless, {.since = "8.6.0"});
    io.attribute("format", l.format, {.since = "9.2.0"});
    io.text(l.path, abi);
}

void describe(Io& io, Nvram& n) {
    io.attribute("template", n.template_path);
    io.attribute("templateFormat", n.template_format, {.since = "10.10.0"});
    io.attribute("format", n.format, {.since = "9.2.0"});
    io.choice("type", "source", n.source, {.since = "8.5.0"});
    io.text(n.path);
}

const std::string& Nvram::file() const {
    const auto* source_file = std::get_if<FileSource>(&source);
    return source_file == nullptr ? path : source_file->path;
}

void describe(Io& io, Varstore& v) {
    io.attribute("template", v.template_path);
    io.attribute("path", v.path);
}

void describe(Io& io, FirmwareFeature& f) {
    io.attribute("enabled", f.enabled, required);
    io.attribute("name", f.name, {.required = true, .key = true});
}

void describe(Io& io, InitArgument& a) { io.text(a.text); }
void describe(Io& io, InitVariable& v) {
    io.attribute("name", v.name, {.required = true, .missing = "No name supplied for <initenv> element"});
    io.text(v.value);
}

bool Init::empty() const {
    return path.empty() && arguments.empty() && environment.empty() && directory.empty() && user.empty() &&
           group.empty();
}

void describe(Io& io, AcpiTable& t) {
    io.attribute("type", t.type,
                 {.required = true,
                  .guest_abi = true,
                  .missing = "Missing acpi table type",
                  .invalid = "Unknown acpi table type: {}"});
    io.text(t.path, abi);
}

void describe(Io& io, BootMenu& b) {
    io.attribute("enable", b.enable);
    io.attribute("timeout", b.timeout);
}

void describe(Io& io, Bios& b) {
    io.attribute("useserial", b.use_serial);
    io.attribute("rebootTimeout", b.reboot_timeout);
}

void describe(Io& io, OsType& t) {
    io.attribute("arch", t.arch, abi);
    io.attribute("machine", t.machine, abi);
    io.text(t.type, {.required = true, .guest_abi = true, .missing = "an os <type> must be specified"});
}

void describe(Io& io, Os& os) {
    io.attribute("firmware", os.firmware, {.guest_abi = true, .invalid = "unknown firmware value {}"});
    io.child("type", os.type, {.required = true, .missing = "an os <type> must be specified"});
    io.group("firmware", [&] { io.child("feature", os.firmware_features); }, {.since = "7.2.0"});
    io.value("init", os.init.path);
    io.child("initarg", os.init.arguments);
    io.child("initenv", os.init.environment);
    io.value("initdir", os.init.directory);
    io.value("inituser", os.init.user);
    io.value("initgroup", os.init.group);
    io.child("loader", os.loader, {.drop_empty = true});
    io.child("nvram", os.nvram, {.drop_empty = true});
    io.child("varstore", os.varstore, {.drop_empty = true, .since = "12.1.0"});
    io.value("kernel", os.kernel);
    io.value("initrd", os.initrd);
    io.value("shim", os.shim, {.since = "11.2.0"});
    io.value("cmdline", os.cmdline);
    io.value("dtb", os.dtb);
    io.value("root", os.root);
    io.group("acpi", [&] { io.child("table", os.acpi_tables); });
    io.child("boot", os.boot);
    io.child("bootmenu", os.boot_menu, {.drop_empty = true});
    io.child("bios", os.bios, {.drop_empty = true});
    io.nested("smbios", "mode", os.smbios, unsupported("unknown smbios mode '{}'"));
}

} // namespace yado::model
