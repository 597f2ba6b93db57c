// SPDX-License-Identifier: Apache-2.0
#include "model/storage/pool.h"

#include "model/domain/rules.h"
#include "model/uuid.h"
#include "schema/compact.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr std::string_view fs_namespace = "http://libvirt.org/schemas/storagepool/fs/1.0";
constexpr std::string_view rbd_namespace = "http://libvirt.org/schemas/storagepool/rbd/1.0";

} // namespace

void describe(Io& io, PoolHost& h) {
    io.attribute("name", h.name,
                 {.required = true, .key = true, .missing = "missing storage pool host name"});
    io.attribute("port", h.port, {.omit_default = true});
}

void describe(Io& io, FreeExtent& e) {
    io.attribute("start", e.start);
    io.attribute("end", e.end);
}

void describe(Io& io, PoolDevice& d) {
    io.attribute("path", d.path,
                 {.required = true, .key = true, .missing = "missing storage pool source device path"});
    io.attribute("part_separator", d.part_separator);
    io.child("freeExtent", d.free_extents, live_only);
}

void describe(Io& io, PoolSource& s) {
    io.child("host", s.hosts);
    io.child("device", s.devices);
    io.nested("dir", "path", s.dir);
    io.child("adapter", s.adapter);
    io.value("name", s.name);
    io.group("initiator", [&] { io.nested("iqn", "name", s.initiator); });
    io.nested("format", "type", s.format);
    io.child("auth", s.auth);
    io.nested("protocol", "ver", s.protocol_version);
    io.child("vendor", s.vendor);
    io.child("product", s.product);
}

void describe(Io& io, PoolTargetPath& t) {
    io.value("path", t.path);
    io.child("permissions", t.permissions);
}

void describe(Io& io, StoragePool& p) {
    io.attribute("type", p.type, required);
    io.declare_namespace("fs", fs_namespace, p.mount_options);
    io.declare_namespace("rbd", rbd_namespace, p.config_options);
    io.value("name", p.name);
    io.value("uuid", p.uuid, {.invalid = "malformed uuid element"});
    io.value<MeasuredBytes>("capacity", p.capacity);
    io.value<MeasuredBytes>("allocation", p.allocation);
    io.value<MeasuredBytes>("available", p.available);
    io.group("features", [&] { io.nested("cow", "state", p.copy_on_write); });
    io.child("source", p.source, {.keep_empty = true, .expand_empty = true});
    io.child("target", p.target);
    io.group("refresh", [&] {
        io.nested("volume", "allocation", p.refresh,
                  unsupported("unknown storage pool volume refresh allocation type {}"));
    });
    io.namespace_children("fs", fs_namespace, p.mount_options);
    io.namespace_children("rbd", rbd_namespace, p.config_options);
}

std::vector<PoolOption> pool_options(const schema::Kept& kept) {
    using Token = schema::CompactScanner::Token;
    std::vector<PoolOption> options;
    for (const std::string& part : kept.parts()) {
        schema::CompactScanner scanner(part);
        for (Token token = scanner.next(); token != Token::end; token = scanner.next()) {
            if (token != Token::open || !scanner.name().ends_with(":option")) { continue; }
            PoolOption& option = options.emplace_back();
            for (const auto& [name, value] : scanner.attributes()) {
                if (name == "name") {
                    option.name = schema::unescape(value);
                } else if (name == "value") {
                    option.value = schema::unescape(value);
                }
            }
        }
    }
    return options;
}

} // namespace yado::model
