// SPDX-License-Identifier: Apache-2.0
#include "model/backup/backup.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

bool BackupDisk::has_store() const {
    const auto named = source_of(store);
    return named && !is_empty(*named);
}

namespace {

void describe_attributes(Io& io, BackupDisk& d) {
    io.attribute("name", d.name, {.required = true, .key = true});
    io.attribute("backup", d.backup);
    io.choice_tag("type", d.store);
    io.attribute("backupmode", d.mode);
    io.attribute("incremental", d.incremental);
}

void describe_store(Io& io, BackupDisk& d, std::string_view element) {
    io.attribute("index", d.index, running_only);
    io.nested("driver", "type", d.format);
    io.choice_body(element, d.store);
}

} // namespace

void describe(Io& io, PushDisk& d) {
    describe_attributes(io, d);
    describe_store(io, d, "target");
}

void describe(Io& io, PullDisk& d) {
    describe_attributes(io, d);
    io.attribute("exportname", d.export_name);
    io.attribute("exportbitmap", d.export_bitmap);
    describe_store(io, d, "scratch");
}

void describe(Io& io, BackupServer& s) {
    io.attribute("transport", s.transport);
    io.attribute("tls", s.tls);
    io.attribute("name", s.name);
    io.attribute("port", s.port, {.omit_default = true});
    io.attribute("socket", s.socket);
}

void describe(Io& io, PushBackup& b) {
    io.group("disks", [&] { io.child("disk", b.disks); });
}

void describe(Io& io, PullBackup& b) {
    io.child("server", b.server);
    io.group("disks", [&] { io.child("disk", b.disks); });
}

void describe(Io& io, Backup& b) {
    io.choice_tag("mode", b.kind);
    io.value("incremental", b.incremental);
    io.choice_body(b.kind);
}

} // namespace yado::model
