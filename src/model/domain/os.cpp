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
    io.text(l.path, abi);
}

void describe(Io& io, Nvram& n) {
    io.attribute("template", n.template_path);
    io.rest(n.rest);
    io.text(n.path);
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
    io.attribute("firmware", os.firmware);
    io.child("type", os.type, {.required = true, .missing = "an os <type> must be specified"});
    io.opaque("firmware", os.firmware_features);
    io.opaque("init", os.init);
    io.opaque("initarg", os.init);
    io.opaque("initenv", os.init);
    io.opaque("initdir", os.init);
    io.opaque("inituser", os.init);
    io.opaque("initgroup", os.init);
    io.child("loader", os.loader, {.drop_empty = true});
    io.child("nvram", os.nvram, {.drop_empty = true});
    io.value("kernel", os.kernel);
    io.value("initrd", os.initrd);
    io.value("cmdline", os.cmdline);
    io.value("dtb", os.dtb);
    io.opaque("acpi", os.acpi);
    io.child("boot", os.boot);
    io.child("bootmenu", os.boot_menu, {.drop_empty = true});
    io.child("bios", os.bios, {.drop_empty = true});
    io.nested("smbios", "mode", os.smbios, unsupported("unknown smbios mode '{}'"));
}

} // namespace yado::model
