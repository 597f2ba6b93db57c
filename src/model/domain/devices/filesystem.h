// SPDX-License-Identifier: Apache-2.0
// <filesystem>: a directory, image or memory of the host that the guest mounts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/domain/device.h"
#include "model/domain/id_range.h"
#include "model/image_format.h"

namespace yado::model {

enum class FilesystemAccess : std::uint8_t { unset, passthrough, mapped, squash };
enum class FilesystemModel : std::uint8_t { unset, virtio, virtio_transitional, virtio_non_transitional };
/// What to do where the directory spans several file systems, whose file numbers may collide.
enum class MultiDevices : std::uint8_t { default_, remap, forbid, warn };
enum class FilesystemDriverType : std::uint8_t { unset, path, handle, loop, nbd, ploop, virtiofs, mtp };
enum class WritePolicy : std::uint8_t { unset, immediate };
enum class VirtiofsCache : std::uint8_t { unset, none, always };
enum class VirtiofsSandbox : std::uint8_t { unset, namespace_, chroot };

/// <source dir='…'/>, or the socket of a virtiofsd that somebody else runs.
struct MountSource {
    std::string directory, socket;
};
struct TemplateSource {
    std::string name;
};
struct ImageSource {
    std::string file;
};
struct DeviceSource {
    std::string device;
};
struct RamSource {
    std::uint64_t usage = 0;
    std::string units; ///< "KiB" once completed
};
struct BindSource {
    std::string directory;
};
struct PoolVolumeSource {
    std::string pool, volume;
};
using FilesystemSource = std::variant<MountSource, ImageSource, DeviceSource, TemplateSource, RamSource,
                                      BindSource, PoolVolumeSource>;

struct FilesystemDriver {
    FilesystemDriverType type{};
    ImageFormat format{};
    WritePolicy write_policy{};
    std::uint32_t queue = 0; ///< requests that virtiofs may have under way; 0: not given
    VirtioOptions virtio;
};

/// How virtiofsd runs.
struct VirtiofsBinary {
    std::string path;
    schema::OnOff xattr{};
    VirtiofsCache cache{};
    VirtiofsSandbox sandbox{};
    schema::OnOff posix_lock{}, flock{};
    std::optional<std::uint32_t> thread_pool_size; ///< 0: no pool
    std::uint64_t open_files = 0;                  ///< most at a time; 0: not given

    bool any() const;
};

struct Filesystem {
    FilesystemSource source;
    FilesystemAccess access{};
    FilesystemModel model{};
    MultiDevices multi_devices{};
    std::optional<std::uint32_t> file_mode, directory_mode; ///< of what the guest creates
    FilesystemDriver driver;
    VirtiofsBinary binary;
    std::vector<IdRange> user_ids, group_ids;
    std::string target; ///< the name the guest mounts it by
    bool readonly = false;
    std::uint64_t hard_limit = 0, soft_limit = 0; ///< bytes; 0: none
    DeviceInfo info;

    bool is_virtiofs() const { return driver.type == FilesystemDriverType::virtiofs; }
    const MountSource* mount() const { return std::get_if<MountSource>(&source); }
    /// What it is called in messages: directory, file, name …; empty when nothing is named.
    const std::string& source_name() const;
};
void describe(schema::Io& io, Filesystem& filesystem);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::FilesystemAccess> {
    static constexpr std::string_view values[] = {"", "passthrough", "mapped", "squash"};
};
template <> struct EnumNames<model::FilesystemModel> {
    static constexpr std::string_view values[] = {"", "virtio", "virtio-transitional",
                                                  "virtio-non-transitional"};
};
template <> struct EnumNames<model::MultiDevices> {
    static constexpr std::string_view values[] = {"default", "remap", "forbid", "warn"};
};
template <> struct EnumNames<model::FilesystemDriverType> {
    static constexpr std::string_view values[] = {"",    "path",  "handle",   "loop",
                                                  "nbd", "ploop", "virtiofs", "mtp"};
};
template <> struct EnumNames<model::WritePolicy> {
    static constexpr std::string_view values[] = {"", "immediate"};
};
template <> struct EnumNames<model::VirtiofsCache> {
    static constexpr std::string_view values[] = {"", "none", "always"};
};
template <> struct EnumNames<model::VirtiofsSandbox> {
    static constexpr std::string_view values[] = {"", "namespace", "chroot"};
};
template <> struct UnionTags<model::FilesystemSource> {
    static constexpr std::string_view values[] = {"mount", "file", "block", "template",
                                                  "ram",   "bind", "volume"};
};
} // namespace yado::schema
