// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/filesystem.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

bool VirtiofsBinary::any() const {
    return !path.empty() || xattr != schema::OnOff::unset || cache != VirtiofsCache::unset ||
           sandbox != VirtiofsSandbox::unset || posix_lock != schema::OnOff::unset ||
           flock != schema::OnOff::unset || thread_pool_size || open_files != 0;
}

namespace {

struct NameOfSource {
    const std::string& operator()(const MountSource& s) const {
        return s.directory.empty() ? s.socket : s.directory;
    }
    const std::string& operator()(const TemplateSource& s) const { return s.name; }
    const std::string& operator()(const ImageSource& s) const { return s.file; }
    const std::string& operator()(const DeviceSource& s) const { return s.device; }
    const std::string& operator()(const RamSource&) const {
        static const std::string memory = "ram";
        return memory;
    }
    const std::string& operator()(const BindSource& s) const { return s.directory; }
    const std::string& operator()(const PoolVolumeSource& s) const { return s.volume; }
};

} // namespace

const std::string& Filesystem::source_name() const { return std::visit(NameOfSource(), source); }

void describe(Io& io, MountSource& s) {
    io.attribute("dir", s.directory);
    io.attribute("socket", s.socket);
}
void describe(Io& io, TemplateSource& s) { io.attribute("name", s.name); }
void describe(Io& io, ImageSource& s) { io.attribute("file", s.file); }
void describe(Io& io, DeviceSource& s) { io.attribute("dev", s.device); }
void describe(Io& io, BindSource& s) { io.attribute("dir", s.directory); }
void describe(Io& io, PoolVolumeSource& s) {
    io.attribute("pool", s.pool);
    io.attribute("volume", s.volume);
}

void describe(Io& io, RamSource& s) {
    io.attribute("usage", s.usage,
                 {.required = true,
                  .missing = "missing 'usage' attribute for RAM filesystem",
                  .invalid = "cannot parse usage '{}' for RAM filesystem"});
    io.attribute("units", s.units);
}

void describe(Io& io, FilesystemDriver& d) {
    io.attribute("type", d.type);
    io.attribute("format", d.format, unsupported("unknown driver format value '{}'"));
    io.attribute("wrpolicy", d.write_policy);
    io.attribute(
        "queue", d.queue,
        {.omit_default = true, .guest_abi = true, .invalid = "cannot parse queue size '{}' for virtiofs"});
    describe_virtio(io, d.virtio);
}

void describe(Io& io, VirtiofsBinary& b) {
    io.attribute("path", b.path);
    io.attribute("xattr", b.xattr);
    io.nested("cache", "mode", b.cache);
    io.nested("sandbox", "mode", b.sandbox);
    io.group("lock", [&] {
        io.attribute("posix", b.posix_lock);
        io.attribute("flock", b.flock);
    });
    io.nested("thread_pool", "size", b.thread_pool_size,
              {.invalid = "cannot parse thread pool size '{}' for virtiofs"});
    io.nested("openfiles", "max", b.open_files, {.omit_default = true, .since = "10.6.0"});
}

void describe(Io& io, Filesystem& f) {
    io.choice_tag("type", f.source);
    io.attribute("accessmode", f.access);
    io.attribute("model", f.model, abi);
    io.attribute("multidevs", f.multi_devices, {.omit_default = true});
    io.attribute<schema::Octal>("fmode", f.file_mode);
    io.attribute<schema::Octal>("dmode", f.directory_mode);
    io.child("driver", f.driver);
    io.child("binary", f.binary);
    io.group("idmap",
             [&] {
                 io.child("uid", f.user_ids);
                 io.child("gid", f.group_ids);
             },
             {.since = "10.0.0"});
    io.choice_body("source", f.source);
    io.nested("target", "dir", f.target, abi);
    io.flag("readonly", f.readonly);
    describe_info(io, f.info, {.boot = true});
    constexpr schema::Rule limit{.omit_default = true};
    io.value<schema::SizeInBytes>("space_hard_limit", f.hard_limit, limit);
    io.value<schema::SizeInBytes>("space_soft_limit", f.soft_limit, limit);
}

} // namespace yado::model
