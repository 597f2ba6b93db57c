// SPDX-License-Identifier: Apache-2.0
// <disk>: hard disks, CD-ROMs and floppies. Where their contents come from is storage_source.h's business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/domain/device.h"
#include "model/domain/iothread_use.h"
#include "model/io_limits.h"
#include "model/storage_source.h"

namespace yado::model {

enum class DiskDevice : std::uint8_t { disk, cdrom, floppy, lun };
enum class DiskBus : std::uint8_t { unset, ide, fdc, scsi, virtio, xen, usb, uml, sata, sd, nvme };
enum class DiskModel : std::uint8_t {
    unset,
    virtio,
    virtio_transitional,
    virtio_non_transitional,
    usb_storage,
    usb_bot,
};
enum class DiskCache : std::uint8_t { unset, default_, none, writethrough, writeback, directsync, unsafe };
enum class DiskIo : std::uint8_t { unset, default_, native, threads, io_uring };
enum class DiskErrorPolicy : std::uint8_t { unset, default_, stop, report, ignore, enospace };
enum class DiskDiscard : std::uint8_t { unset, default_, unmap, ignore };
enum class DetectZeroes : std::uint8_t { unset, default_, off, on, unmap };
enum class DiskSnapshot : std::uint8_t { unset, default_, no, internal, external, manual };
enum class TrayState : std::uint8_t { unset, closed, open };
enum class ScsiCommands : std::uint8_t { unset, default_, filtered, unfiltered };
enum class ChsTranslation : std::uint8_t { unset, default_, none, auto_, lba };
enum class MirrorJob : std::uint8_t { unset, copy, active_commit };
enum class MirrorReady : std::uint8_t { unset, yes, abort, pivot };

/// An image below another one; without a source: nothing is below.
struct BackingStore {
    OptionalSource source;
    std::optional<std::uint32_t> index; ///< of the image in a running guest's block graph
    StorageFormat format;
    schema::Rare<BackingStore> backing;

    bool ends_chain() const { return std::holds_alternative<std::monostate>(source); }
};

/// Where a running copy or commit writes to.
struct Mirror {
    OptionalSource source;
    std::string file; ///< older documents have these two instead of a source
    ImageFormat file_format{};
    MirrorJob job{};
    MirrorReady ready{};
    StorageFormat format;
    schema::Rare<BackingStore> backing;
};

struct StatisticsInterval {
    std::uint32_t seconds = 0;
};

struct DiskDriver {
    std::string name; ///< "qemu"
    ImageFormat type{};
    DiskCache cache{};
    DiskErrorPolicy error_policy{}, rerror_policy{};
    DiskIo io{};
    schema::OnOff ioeventfd{}, event_idx{}, copy_on_read{};
    DiskDiscard discard{};
    DetectZeroes detect_zeroes{};
    schema::OnOff discard_no_unref{}; ///< qcow2 keeps its clusters when the guest discards
    std::optional<std::uint32_t> iothread;
    std::uint32_t queues = 0, queue_size = 0; ///< 0: not given
    VirtioOptions virtio;
    std::vector<IoThreadUse> iothreads;
    std::vector<StatisticsInterval> statistics;
    std::optional<std::uint64_t> metadata_cache_size; ///< bytes of memory for qcow2's tables
};

struct DiskTarget {
    std::string dev; ///< "vda": names the disk in calls; the guest need not use it
    DiskBus bus{};
    TrayState tray{};
    schema::OnOff removable{};
    std::uint32_t rotation_rate = 0; ///< turns a minute, 1: does not turn, 0: not given
    schema::OnOff dpofua{};          ///< SCSI's per-request cache control
};

struct DiskGeometry {
    std::uint32_t cylinders = 0, heads = 0, sectors = 0;
    ChsTranslation translation{};
};
struct DiskBlockIo {
    std::uint32_t logical_block_size = 0, physical_block_size = 0; ///< bytes, 0: not given
    std::optional<std::uint32_t> discard_granularity;
};
/// Writes are forgotten when the guest ends.
struct Transient {
    schema::YesNo share_backing{}; ///< several guests use the image at the same time
};
struct ThrottleFilter {
    std::string group; ///< of <throttlegroups>
};

struct Disk {
    StorageSource source;
    DiskDevice device{};
    DiskModel model{};
    schema::YesNo rawio{};
    ScsiCommands sgio{};
    DiskSnapshot snapshot{};
    DiskDriver driver;
    schema::Rare<Auth> auth; ///< here or in the source
    schema::Rare<BackingStore> backing;
    bool chain_was_found = false; ///< not part of the document: what lies below was looked up, not declared
    std::string backend_domain;
    schema::Rare<DiskGeometry> geometry;
    schema::Rare<DiskBlockIo> block_io;
    schema::Rare<Mirror> mirror;
    DiskTarget target;
    schema::Rare<IoLimits> limits;
    std::vector<ThrottleFilter> throttle_filters;
    bool readonly = false, shareable = false;
    schema::Rare<Transient> transient;
    std::string serial, wwn, vendor, product;
    schema::Rare<Encryption> encryption; ///< here or in the source
    DeviceInfo info;

    /// The file, device or directory; empty for an empty drive and for kinds that have none.
    const std::string& path() const { return path_of(source); }
    bool is_block() const { return std::holds_alternative<BlockSource>(source); }
    bool is_file() const { return std::holds_alternative<FileSource>(source); }
    bool is_empty() const { return model::is_empty(source); }
    bool is_removable() const { return device == DiskDevice::cdrom || device == DiskDevice::floppy; }
    /// How the source is reached and read, wherever the document says it; null when it does not.
    const Auth* credentials() const;
    const Encryption* encryption_used() const;
    const NetworkStorage* network() const;
};
void describe(schema::Io& io, Disk& disk);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::DiskDevice> {
    static constexpr std::string_view values[] = {"disk", "cdrom", "floppy", "lun"};
};
template <> struct EnumNames<model::DiskBus> {
    static constexpr std::string_view values[] = {"",    "ide", "fdc",  "scsi", "virtio", "xen",
                                                  "usb", "uml", "sata", "sd",   "nvme"};
};
template <> struct EnumNames<model::DiskModel> {
    static constexpr std::string_view values[] = {
        "", "virtio", "virtio-transitional", "virtio-non-transitional", "usb-storage", "usb-bot"};
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
template <> struct EnumNames<model::DiskSnapshot> {
    static constexpr std::string_view values[] = {"", "default", "no", "internal", "external", "manual"};
};
template <> struct EnumNames<model::TrayState> {
    static constexpr std::string_view values[] = {"", "closed", "open"};
};
template <> struct EnumNames<model::ScsiCommands> {
    static constexpr std::string_view values[] = {"", "default", "filtered", "unfiltered"};
};
template <> struct EnumNames<model::ChsTranslation> {
    static constexpr std::string_view values[] = {"", "default", "none", "auto", "lba"};
};
template <> struct EnumNames<model::MirrorJob> {
    static constexpr std::string_view values[] = {"", "copy", "active-commit"};
};
template <> struct EnumNames<model::MirrorReady> {
    static constexpr std::string_view values[] = {"", "yes", "abort", "pivot"};
};
} // namespace yado::schema
