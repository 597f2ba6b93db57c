// SPDX-License-Identifier: Apache-2.0
#include "storage/backends/directory.h"

#include "base/error.h"
#include "base/files.h"
#include "service/arguments.h"
#include "storage/image_files.h"
#include "storage/scan.h"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::storage {

Task<void> DirectoryBackend::start(model::StoragePool pool) {
    auto work = [path = pool.target.path] { remove_unfinished(path); };
    co_await blocking(tools_.loop, work);
}

Task<void> DirectoryBackend::make_target(model::StoragePool pool) {
    auto work = [target = pool.target] {
        constexpr mode_t usual = 0711;
        struct stat status{};
        const bool there = ::stat(target.path.c_str(), &status) == 0;
        if (there && !S_ISDIR(status.st_mode)) {
            fail(ErrorSource::storage, Code::operation_invalid, "'{}' is not a directory", target.path);
        }
        const mode_t mode = target.permissions.mode.value_or(usual);
        if (!there) make_directories(std::filesystem::path(target.path).parent_path().string(), 0755);
        if (!there && ::mkdir(target.path.c_str(), mode) != 0)
            fail_errno("failed to create directory '{}'", target.path);
        const model::Permissions& wanted = target.permissions;
        if ((wanted.owner.given() || wanted.group.given()) &&
            ::chown(target.path.c_str(), wanted.owner.value, wanted.group.value) != 0) {
            fail_errno("cannot chown '{}' to ({}, {})", target.path, wanted.owner.value, wanted.group.value);
        }
        // the umask has taken from a new folder; an old one keeps its mode unless another is asked for
        if ((!there || wanted.mode) && ::chmod(target.path.c_str(), mode) != 0) {
            fail_errno("cannot set mode of '{}' to {:04o}", target.path, mode);
        }
    };
    co_await blocking(tools_.loop, work);
}

Task<void> DirectoryBackend::build(model::StoragePool pool, BuildMode) {
    co_await make_target(std::move(pool));
}

Task<void> DirectoryBackend::remove(model::StoragePool pool) {
    auto work = [path = pool.target.path] {
        if (::rmdir(path.c_str()) != 0) fail_errno("failed to remove pool '{}'", path);
    };
    co_await blocking(tools_.loop, work);
}

Task<Contents> DirectoryBackend::refresh(model::StoragePool pool) {
    auto work = [path = pool.target.path] { return scan_folder(path); };
    Contents contents = co_await blocking(tools_.loop, work);
    co_return contents;
}

Task<std::vector<model::StorageVolume>> DirectoryBackend::look(model::StoragePool pool,
                                                               std::vector<std::string> names) {
    auto work = [path = pool.target.path, names = std::move(names)] {
        std::vector<model::StorageVolume> found;
        for (const std::string& name : names) {
            if (auto volume = scan_volume(path, name)) found.push_back(std::move(*volume));
        }
        return found;
    };
    std::vector<model::StorageVolume> found = co_await blocking(tools_.loop, work);
    co_return found;
}

Task<model::StorageVolume> DirectoryBackend::create(model::StoragePool pool, NewVolume wanted) {
    model::StorageVolume made = co_await create_file_volume(tools_, pool.target.path, std::move(wanted));
    co_return made;
}

Task<void> DirectoryBackend::remove_volume(model::StoragePool, model::StorageVolume volume,
                                           std::uint32_t flags) {
    service::require_flags(ErrorSource::storage, flags, 0, "virStorageBackendVolDeleteLocal");
    auto work = [path = volume.target.path, folder = volume.type == model::VolumeType::dir] {
        if (folder ? ::rmdir(path.c_str()) == 0 : ::unlink(path.c_str()) == 0) {
            sync_directory(std::filesystem::path(path).parent_path().string());
        } else if (errno != ENOENT) { // what is gone already is deleted
            fail_errno("{} '{}'", folder ? "cannot remove directory" : "cannot unlink file", path);
        }
    };
    co_await blocking(tools_.loop, work);
}

Task<void> DirectoryBackend::resize(model::StorageVolume volume, std::uint64_t capacity, bool allocate,
                                    bool shrink) {
    co_await resize_image(tools_, std::move(volume), capacity, allocate, shrink);
}

Task<void> DirectoryBackend::wipe(model::StorageVolume volume, std::uint32_t algorithm) {
    co_await wipe_image(tools_, std::move(volume), algorithm);
}

Task<std::string> DirectoryBackend::find_sources(std::string) {
    unsupported("pool type 'dir' does not support source discovery");
    co_return std::string();
}

std::unique_ptr<Backend> make_directory_backend(Tools& tools) {
    return std::make_unique<DirectoryBackend>(tools);
}

} // namespace yado::storage
