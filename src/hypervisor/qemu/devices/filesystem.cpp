// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/filesystem.h"

namespace yado::qemu {

namespace json = boost::json;
using model::FilesystemAccess;
using model::FilesystemDriverType;
using model::FilesystemModel;

namespace {

std::string_view security_model(FilesystemAccess access) {
    switch (access) {
    case FilesystemAccess::mapped: return "mapped";
    case FilesystemAccess::squash: return "none"; // failures to change the owner are ignored
    case FilesystemAccess::unset:
    case FilesystemAccess::passthrough: break;
    }
    return "passthrough";
}

/// 9p's "local" back end (QEMU 7.2, -fsdev local).
std::string local_directory(const model::Filesystem& filesystem, const std::string& directory) {
    std::string text = fmt::format("local,security_model={}", security_model(filesystem.access));
    if (filesystem.multi_devices != model::MultiDevices::default_)
        text += fmt::format(",multidevs={}", schema::word(filesystem.multi_devices));
    if (filesystem.file_mode) text += fmt::format(",fmode={:04o}", *filesystem.file_mode);
    if (filesystem.directory_mode) text += fmt::format(",dmode={:04o}", *filesystem.directory_mode);
    if (filesystem.driver.write_policy == model::WritePolicy::immediate) text += ",writeout=immediate";
    text += fmt::format(",id=fsdev-{},path={}", filesystem.info.alias.name, escaped(directory));
    if (filesystem.readonly) text += ",readonly=on";
    return text;
}

FilesystemParts plan9(const DeviceContext& context, const model::Filesystem& filesystem,
                      const std::string& directory) {
    std::string_view driver = "virtio-9p-pci";
    if (filesystem.model == FilesystemModel::virtio_transitional) driver = "virtio-9p-pci-transitional";
    if (filesystem.model == FilesystemModel::virtio_non_transitional)
        driver = "virtio-9p-pci-non-transitional";
    FilesystemParts parts{
        .fsdev = local_directory(filesystem, directory), .chardev = {}, .device = {}, .helper = {}};
    parts.device = device_object(context, driver, filesystem.info.alias.name);
    add_virtio(parts.device, filesystem.driver.virtio);
    parts.device["fsdev"] = "fsdev-" + filesystem.info.alias.name;
    parts.device["mount_tag"] = filesystem.target;
    add_address(parts.device, context, filesystem.info);
    return parts;
}

/// virtiofsd's options; those of QEMU 7.2's are understood by its successor too.
HelperProcess virtiofsd(const DeviceContext& context, const model::Filesystem& filesystem,
                        const std::string& directory, const std::string& socket) {
    const model::VirtiofsBinary& binary = filesystem.binary;
    std::string options = "source=" + escaped(directory);
    if (binary.cache != model::VirtiofsCache::unset)
        options += fmt::format(",cache={}", schema::word(binary.cache));
    if (binary.sandbox != model::VirtiofsSandbox::unset)
        options += fmt::format(",sandbox={}", schema::word(binary.sandbox));
    const auto add = [&options](schema::OnOff value, std::string_view name) {
        if (value != schema::OnOff::unset)
            options += fmt::format(",{}{}", value == schema::OnOff::on ? "" : "no_", name);
    };
    add(binary.xattr, "xattr");
    add(binary.flock, "flock");
    add(binary.posix_lock, "posix_lock");
    HelperProcess process{.name = filesystem.info.alias.name + "-virtiofsd",
                          .argv = {binary.path.empty() ? context.facts.disks.virtiofsd : binary.path,
                                   "--socket-path=" + socket, "-o", std::move(options)},
                          .socket = socket,
                          .identity = HelperIdentity::daemon, // files keep their owners
                          .package = "qemu-system-common"};
    if (binary.thread_pool_size)
        process.argv.push_back(fmt::format("--thread-pool-size={}", *binary.thread_pool_size));
    if (binary.open_files != 0) process.argv.push_back(fmt::format("--rlimit-nofile={}", binary.open_files));
    return process;
}

FilesystemParts virtiofs(const DeviceContext& context, const model::Filesystem& filesystem,
                         const model::MountSource& source) {
    const std::string& alias = filesystem.info.alias.name;
    if (!filesystem.user_ids.empty() || !filesystem.group_ids.empty())
        unsupported(context, fmt::format("<idmap> of file system '{}'", filesystem.target));
    FilesystemParts parts;
    std::string socket = source.socket;
    if (socket.empty()) {
        socket = fmt::format("{}/{}-fs.sock", context.facts.domain_dir, alias);
        parts.helper = virtiofsd(context, filesystem, source.directory, socket);
    }
    parts.chardev = fmt::format("socket,id=chr-vu-{},path={}", alias, escaped(socket));
    parts.device = device_object(context, "vhost-user-fs-pci", alias);
    add_virtio(parts.device, filesystem.driver.virtio);
    parts.device["chardev"] = "chr-vu-" + alias;
    if (filesystem.driver.queue != 0) parts.device["queue-size"] = filesystem.driver.queue;
    parts.device["tag"] = filesystem.target;
    if (filesystem.info.boot_order) parts.device["bootindex"] = *filesystem.info.boot_order;
    add_address(parts.device, context, filesystem.info);
    return parts;
}

} // namespace

FilesystemParts filesystem_parts(const DeviceContext& context, const model::Filesystem& filesystem) {
    const std::string owner = fmt::format("file system '{}'", filesystem.target);
    const model::MountSource* source = filesystem.mount();
    if (source == nullptr) {
        unsupported(context,
                    fmt::format("type '{}' of {}",
                                schema::UnionTags<model::FilesystemSource>::values[filesystem.source.index()],
                                owner));
    }
    if (filesystem.hard_limit != 0 || filesystem.soft_limit != 0)
        unsupported(context, fmt::format("a space limit of {}", owner));
    switch (filesystem.driver.type) {
    case FilesystemDriverType::unset:
    case FilesystemDriverType::path:
        if (source->directory.empty())
            unsupported(context, fmt::format("a socket as the source of {}", owner));
        return plan9(context, filesystem, source->directory);
    case FilesystemDriverType::virtiofs: return virtiofs(context, filesystem, *source);
    case FilesystemDriverType::handle: // gone with QEMU 4.0
    case FilesystemDriverType::loop:
    case FilesystemDriverType::nbd:
    case FilesystemDriverType::ploop:
    case FilesystemDriverType::mtp: break;
    }
    unsupported(context, fmt::format("driver type '{}' of {}", schema::word(filesystem.driver.type), owner));
}

} // namespace yado::qemu
