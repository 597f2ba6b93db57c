// SPDX-License-Identifier: Apache-2.0
#include "storage/scan.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "host/images/backing_name.h"
#include "host/images/image.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace yado::storage {
namespace {

constexpr std::uint64_t block = 512; ///< unit of st_blocks

model::Timestamp time_of(const timespec& time) {
    return {time.tv_sec, static_cast<std::uint32_t>(time.tv_nsec)};
}

template <class Place> void set_owner_and_times(Place& place, const struct stat& status) {
    place.permissions.mode = status.st_mode & 0777U;
    place.permissions.owner = {status.st_uid};
    place.permissions.group = {status.st_gid};
    model::Timestamps& times = place.timestamps.emplace();
    times.accessed = time_of(status.st_atim);
    times.modified = time_of(status.st_mtim);
    times.changed = time_of(status.st_ctim);
    times.born = model::Timestamp(); // libvirt 9.0 has no time of birth on Linux and shows 0
}

void set_sizes(model::StorageVolume& volume, const struct stat& status, int fd) {
    if (S_ISREG(status.st_mode)) {
        volume.physical = static_cast<std::uint64_t>(status.st_size);
        volume.allocation = static_cast<std::uint64_t>(status.st_blocks) * block;
    } else if (S_ISBLK(status.st_mode)) {
        const off_t end = ::lseek(fd, 0, SEEK_END);
        volume.physical = volume.allocation = end < 0 ? 0 : static_cast<std::uint64_t>(end);
    } else {
        volume.allocation = 0;
        volume.physical.reset();
    }
}

void set_header(model::StorageVolume& volume, const host::ImageHeader& header, const std::string& path) {
    model::VolumeTarget& target = volume.target;
    target.format = host::libvirt_word(header.format);
    volume.capacity = header.capacity;
    if (header.encryption != host::ImageEncryption::none) {
        model::Encryption& encryption = target.encryption.emplace();
        using Format = model::EncryptionFormat;
        encryption.format = header.encryption == host::ImageEncryption::aes     ? Format::qcow
                            : header.encryption == host::ImageEncryption::luks2 ? Format::luks2
                                                                                : Format::luks;
    }
    if (header.format == host::ImageFormat::qcow2) {
        target.cluster_size = header.cluster_size;
        if (header.version >= 3) { // libvirt 9.0 says nothing of the older version
            target.compat = header.compat();
            model::VolumeFeatures& features = target.features.emplace();
            features.lazy_refcounts = header.lazy_refcounts;
            features.extended_l2 = header.extended_l2;
        }
    }
    if (!header.backing || header.backing->empty()) return;
    model::VolumeBacking& backing = volume.backing.emplace();
    backing.path = *header.backing;
    backing.format = header.backing_format.value_or("raw");
    try {
        const host::BackingName name = host::parse_backing_name(*header.backing);
        if (!name.local()) return;
        backing.path = host::backing_path(path, name.path);
    } catch (const Error&) {
        return; // the name as it stands is all there is to say
    }
    struct stat status{}; // only looked at: it is the image's word that this is its backing file
    if (::stat(backing.path.c_str(), &status) == 0 && (S_ISREG(status.st_mode) || S_ISBLK(status.st_mode))) {
        set_owner_and_times(backing, status);
    }
}

} // namespace

std::optional<model::StorageVolume> scan_volume(const std::string& folder, const std::string& name) {
    const std::string path = folder == "/" ? folder + name : folder + "/" + name;
    // nothing is waited for: a FIFO opens at once, and is no volume
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status{};
    if ((fd ? ::fstat(fd.get(), &status) : ::stat(path.c_str(), &status)) != 0) return std::nullopt;
    model::StorageVolume volume;
    volume.name = name;
    volume.key = volume.target.path = path;
    switch (status.st_mode & S_IFMT) {
    case S_IFREG: volume.type = model::VolumeType::file; break;
    case S_IFBLK: volume.type = model::VolumeType::block; break;
    case S_IFDIR: volume.type = model::VolumeType::dir; break;
    default: return std::nullopt;
    }
    set_sizes(volume, status, fd.get());
    set_owner_and_times(volume.target, status);
    volume.capacity = volume.physical.value_or(0);
    volume.target.format = volume.type == model::VolumeType::dir ? "dir" : "raw";
    if (volume.type == model::VolumeType::dir || !fd) return volume;
    try {
        set_header(volume, host::image_header(fd.get(), path), path);
    } catch (const Error& error) { // one damaged image must not hide the others, nor itself
        log_warning("storage.scan", "{}", printable(error.message()));
    }
    return volume;
}

Contents scan_folder(const std::string& folder) {
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) fail_errno("cannot open directory '{}'", folder);
    Contents contents;
    for (const DirectoryEntry& entry : list_directory(folder)) {
        if (entry.name.starts_with(unfinished_prefix) || !is_utf8(entry.name)) continue;
        if (auto volume = scan_volume(folder, entry.name)) contents.volumes.push_back(std::move(*volume));
    }
    struct statvfs space{};
    if (::fstatvfs(fd.get(), &space) != 0) fail_errno("cannot statvfs path '{}'", folder);
    contents.capacity = space.f_frsize * space.f_blocks;
    contents.available = space.f_frsize * space.f_bfree;
    contents.allocation = contents.capacity - contents.available;
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) fail_errno("cannot stat path '{}'", folder);
    contents.permissions.emplace();
    contents.permissions->mode = status.st_mode & 0777U;
    contents.permissions->owner = {status.st_uid};
    contents.permissions->group = {status.st_gid};
    return contents;
}

void measure(model::StorageVolume& volume, const std::string& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!fd) fail_errno("cannot open volume '{}'", path);
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) fail_errno("cannot stat path '{}'", path);
    set_sizes(volume, status, fd.get());
    set_owner_and_times(volume.target, status);
    if (volume.type == model::VolumeType::dir) return;
    const auto format = host::image_format(volume.target.format);
    if (volume.target.format == "raw" && !volume.target.encryption) volume.capacity = volume.physical;
    if (!format || volume.target.format == "raw") return;
    try {
        volume.capacity = host::image_header(fd.get(), path, format).capacity;
    } catch (const Error&) {} // it was wiped: what it was stays until the pool is read again
}

void remove_unfinished(const std::string& folder) {
    for (const DirectoryEntry& entry : list_directory(folder)) {
        if (!entry.name.starts_with(unfinished_prefix)) continue;
        const std::string path = folder + "/" + entry.name;
        // who makes a volume holds its folder's lock for as long as it lives
        const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!fd || ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) continue;
        log_info("storage.scan", "removing '{}': it was never finished", path);
        remove_tree(path);
    }
}

} // namespace yado::storage
