// SPDX-License-Identifier: Apache-2.0
// <disk>: hard disks, CD-ROMs and floppies, and where their contents come from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "model/domain/device.h"

namespace yado::model {

enum class DiskDevice : std::uint8_t { disk, cdrom, floppy, lun };
enum class DiskBus : std::uint8_t { unset, ide, fdc, scsi, virtio, xen, usb, uml, sata, sd };
enum class DiskModel : std::uint8_t { unset, virtio, virtio_transitional, virtio_non_transitional };
enum class ImageFormat : std::uint8_t {
    unset,
    none,
    raw,
    dir,
    bochs,
    cloop,
    dmg,
    iso,
    vpc,
    vdi,
    fat,
    vhd,
    ploop,
    cow,
    qcow,
    qcow2,
    qed,
    vmdk,
};
enum class DiskCache : std::uint8_t { unset, default_, none, writethrough, writeback, directsync, unsafe };
enum class DiskIo : std::uint8_t { unset, default_, native, threads, io_uring };
enum class DiskErrorPolicy : std::uint8_t { unset, default_, stop, report, ignore, enospace };
enum class DiskDiscard : std::uint8_t { unset, default_, unmap, ignore };
enum class DetectZeroes : std::uint8_t { unset, default_, off, on, unmap };
enum class StartupPolicy : std::uint8_t { unset, default_, mandatory, requisite, optional };
enum class DiskSnapshot : std::uint8_t { unset, default_, no, internal, external, manual };
enum class TrayState : std::uint8_t { unset, closed, open };

/// <source file='…'/>; an empty path is an empty CD-ROM or floppy drive.
struct FileSource {
    std::string path;
    StartupPolicy startup_policy{};
    std::optional<std::uint32_t> index; ///< of the node in a running guest's block graph
    schema::Kept rest;                  ///< seclabel, slices, encryption, reservations …
};
/// <source dev='…'/>
struct BlockSource {
    std::string path;
    StartupPolicy startup_policy{};
    std::optional<std::uint32_t> index;
    schema::Kept rest;
};
/// network, volume, nvme …: <source> kept as it is.
struct OtherSource {
    std::string word;
    schema::Kept rest;
};
using DiskSource = std::variant<FileSource, BlockSource, OtherSource>;

struct DiskDriver {
    std::string name; ///< "qemu"
    ImageFormat type{};
    DiskCache cache{};
    DiskErrorPolicy error_policy{}, rerror_policy{};
    DiskIo io{};
    schema::OnOff ioeventfd{}, event_idx{}, copy_on_read{};
    DiskDiscard discard{};
    DetectZeroes detect_zeroes{};
    std::optional<std::uint32_t> iothread, queues, queue_size;
    VirtioOptions virtio;
    schema::Kept rest; ///< metadata_cache …
};

struct DiskTarget {
    std::string dev; ///< "vda": names the disk in calls; the guest need not use it
    DiskBus bus{};
    TrayState tray{};
    schema::OnOff removable{};
    std::optional<std::uint32_t> rotation_rate;
};

struct DiskGeometry {
    std::uint32_t cylinders = 0, heads = 0, sectors = 0;
    std::string translation;
};
struct DiskBlockIo {
    std::optional<std::uint32_t> logical_block_size, physical_block_size;
};

struct Disk {
    DiskSource source;
    DiskDevice device{};
    DiskModel model{};
    schema::YesNo rawio{};
    std::string sgio;
    DiskSnapshot snapshot{};
    DiskDriver driver;
    DiskTarget target;
    bool readonly = false, shareable = false, transient = false;
    std::string serial, wwn, vendor, product;
    schema::Rare<DiskGeometry> geometry;
    schema::Rare<DiskBlockIo> block_io;
    schema::Kept rest; ///< auth, backingStore, mirror, iotune, encryption
    DeviceInfo info;

    /// The file or device path; empty for an empty drive and for kinds that have none.
    const std::string& path() const;
    bool is_block() const { return std::holds_alternative<BlockSource>(source); }
    bool is_file() const { return std::holds_alternative<FileSource>(source); }
    bool is_empty() const;
};
void describe(schema::Io& io, Disk& disk);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::DiskDevice> {
    static constexpr std::string_view values[] = {"disk", "cdrom", "floppy", "lun"};
};
template <> struct EnumNames<model::DiskBus> {
    static constexpr std::string_view values[] = {"",    "ide", "fdc", "scsi", "virtio",
                                                  "xen", "usb", "uml", "sata", "sd"};
};
template <> struct EnumNames<model::DiskModel> {
    static constexpr std::string_view values[] = {"", "virtio", "virtio-transitional",
                                                  "virtio-non-transitional"};
};
template <> struct EnumNames<model::ImageFormat> {
    static constexpr std::string_view values[] = {"",      "none", "raw",  "dir",   "bochs", "cloop",
                                                  "dmg",   "iso",  "vpc",  "vdi",   "fat",   "vhd",
                                                  "ploop", "cow",  "qcow", "qcow2", "qed",   "vmdk"};
};
template <> struct EnumNames<model::DiskCache> {
    static constexpr std::string_view values[] = {"",          "default",    "none",  "writethrough",
                                                  "writeback", "directsync", "unsafe"};
};
template <> struct EnumNames<model::DiskIo> {
    static constexpr std::string_view values[] = {"", "default", "native", "threads", "io_uring"};
};
template <> struct EnumNames<model::DiskErrorPolicy> {
    static constexpr std::string_view values[] = {"", "default", "stop", "report", "ignore", "enospace"};
};
template <> struct EnumNames<model::DiskDiscard> {
    static constexpr std::string_view values[] = {"", "default", "unmap", "ignore"};
};
template <> struct EnumNames<model::DetectZeroes> {
    static constexpr std::string_view values[] = {"", "default", "off", "on", "unmap"};
};
template <> struct EnumNames<model::StartupPolicy> {
    static constexpr std::string_view values[] = {"", "default", "mandatory", "requisite", "optional"};
};
template <> struct EnumNames<model::DiskSnapshot> {
    static constexpr std::string_view values[] = {"", "default", "no", "internal", "external", "manual"};
};
template <> struct EnumNames<model::TrayState> {
    static constexpr std::string_view values[] = {"", "closed", "open"};
};
template <> struct UnionTags<model::DiskSource> {
    static constexpr std::string_view values[] = {"file", "block"};
    static constexpr std::string_view others[] = {"dir", "network", "volume", "nvme", "vhostuser"};
};
} // namespace yado::schema
