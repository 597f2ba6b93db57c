// SPDX-License-Identifier: Apache-2.0
#include "model/domain/sysinfo.h"

#include <algorithm>

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

std::string_view SmbiosTable::value_of(std::string_view name) const {
    const auto found = std::ranges::find(entries, name, &SmbiosEntry::name);
    return found == entries.end() ? std::string_view() : std::string_view(found->value);
}

const Smbios* smbios_of(const std::vector<Sysinfo>& all) {
    for (const Sysinfo& each : all) {
        if (const auto* smbios = std::get_if<Smbios>(&each.kind)) { return smbios; }
    }
    return nullptr;
}

void describe(Io& io, SmbiosEntry& e) {
    io.attribute("name", e.name, {.guest_abi = true, .key = true});
    io.text(e.value, abi);
}

void describe(Io& io, SmbiosTable& t) { io.child("entry", t.entries); }

void describe(Io& io, OemString& s) { io.text(s.text, abi); }

void describe(Io& io, Smbios& s) {
    io.child("bios", s.bios, {.drop_empty = true});
    io.child("system", s.system, {.drop_empty = true});
    io.child("baseBoard", s.base_boards, {.drop_empty = true});
    io.child("chassis", s.chassis, {.drop_empty = true, .since = "4.1.0"});
    io.group("oemStrings", [&] { io.child("entry", s.oem_strings); }, {.since = "4.1.0"});
}

void describe(Io& io, FirmwareFile& f) {
    io.attribute("name", f.name, {.required = true, .missing = "Firmware entry is missing 'name' attribute"});
    io.attribute("file", f.file, abi);
    io.text(f.value, abi);
}

void describe(Io& io, FirmwareConfig& c) { io.child("entry", c.files); }

void describe(Io& io, Sysinfo& s) { io.choice("type", s.kind, required); }

} // namespace yado::model
