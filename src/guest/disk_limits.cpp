// SPDX-License-Identifier: Apache-2.0
// How fast and how large single disks are: blkdeviotune, blockresize, domblkthreshold, domblkerror.
#include "guest/tuning_service.h"

#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>
#include <array>
#include <limits>

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

constexpr std::uint32_t both = Flags::live | Flags::config;
constexpr std::string_view group_field = "group_name";
constexpr std::uint64_t most = 1'000'000'000'000'000; // QEMU's THROTTLE_VALUE_MAX

using model::IoLimits;
using model::RateLimits;

/// The fields in libvirt's order. Those of one kind are set together: who sets one and not the others clears
/// them.
struct Kind {
    std::string_view name; ///< "bytes_sec" of total_bytes_sec, read_bytes_sec, write_bytes_sec
    RateLimits IoLimits::* rates;
};
constexpr std::array<Kind, 6> kinds{{{"bytes_sec", &IoLimits::bytes},
                                     {"iops_sec", &IoLimits::operations},
                                     {"bytes_sec_max", &IoLimits::bytes_burst},
                                     {"iops_sec_max", &IoLimits::operations_burst},
                                     {"bytes_sec_max_length", &IoLimits::bytes_burst_seconds},
                                     {"iops_sec_max_length", &IoLimits::operations_burst_seconds}}};
constexpr std::size_t length_kinds =
    4; ///< the first of the last two, between which and the others the rest stands
struct Direction {
    std::string_view prefix;
    std::uint64_t RateLimits::* rate;
};
constexpr std::array<Direction, 3> directions{
    {{"total", &RateLimits::total}, {"read", &RateLimits::read}, {"write", &RateLimits::write}}};

std::string field_of(const Direction& direction, const Kind& kind) {
    return fmt::format("{}_{}", direction.prefix, kind.name);
}

void check_params(const p::TypedParams& params) {
    std::vector<std::string> names;
    for (const Kind& kind : kinds)
        for (const Direction& direction : directions) names.push_back(field_of(direction, kind));
    names.emplace_back("size_iops_sec");
    std::vector<p::ParamRule> rules{{group_field, p::ParamType::text}};
    for (const std::string& name : names) rules.push_back({name, p::ParamType::u64});
    p::check(params, rules);
    for (const std::string& name : names) {
        if (p::get<std::uint64_t>(params, name).value_or(0) > most) {
            fail(ErrorSource::qemu, Code::argument_unsupported,
                 "block I/O throttle limit value must be no more than {}", most);
        }
    }
    for (const Kind& kind : std::span(kinds).first(length_kinds)) {
        const auto given = [&](const Direction& direction) {
            return p::get<std::uint64_t>(params, field_of(direction, kind)).value_or(0) != 0;
        };
        if (given(directions[0]) && (given(directions[1]) || given(directions[2]))) {
            fail(ErrorSource::qemu, Code::invalid_arg,
                 "total and read/write of {} cannot be set at the same time", kind.name);
        }
    }
}

model::Disk* find_disk(model::Domain& domain, std::string_view name) {
    for (model::Disk& disk : domain.devices.disks)
        if (disk.target.dev == name || (!name.empty() && disk.path() == name)) return &disk;
    return nullptr;
}
const model::Disk* find_disk(const model::Domain& domain, std::string_view name) {
    for (const model::Disk& disk : domain.devices.disks)
        if (disk.target.dev == name || (!name.empty() && disk.path() == name)) return &disk;
    return nullptr;
}

/// What the disk's limits become.
IoLimits changed(const model::Domain& domain, const model::Disk& disk, const p::TypedParams& params) {
    IoLimits limits = disk.limits ? *disk.limits : IoLimits();
    if (const auto group = p::get<std::string>(params, group_field); group && *group != limits.group) {
        limits.group = *group;
        // Those of the group hold, unless others are given now.
        for (const model::Disk& other : domain.devices.disks)
            if (!group->empty() && other.limits && other.limits->group == *group) limits = *other.limits;
    }
    for (const Kind& kind : kinds) {
        RateLimits rates;
        bool given = false;
        for (const Direction& direction : directions) {
            const auto value = p::get<std::uint64_t>(params, field_of(direction, kind));
            given = given || value;
            rates.*direction.rate = value.value_or(0);
        }
        if (given) limits.*kind.rates = rates;
    }
    if (const auto size = p::get<std::uint64_t>(params, "size_iops_sec")) limits.operation_size = *size;
    return limits;
}

/// What QEMU would refuse in other words.
void require_bursts(const IoLimits& limits) {
    constexpr std::size_t bases = 2;
    for (std::size_t i = 0; i < bases; ++i) {
        const Kind &base = kinds[i], &burst = kinds[i + bases];
        for (const Direction& direction : directions) {
            const std::uint64_t usual = limits.*base.rates.*direction.rate,
                                peak = limits.*burst.rates.*direction.rate;
            if (peak == 0) continue;
            const std::string of_base = field_of(direction, base), of_burst = field_of(direction, burst);
            if (usual == 0) {
                fail(ErrorSource::qemu, Code::config_unsupported, "cannot reset '{}' when '{}' is set",
                     of_base, of_burst);
            }
            if (peak < usual) {
                fail(ErrorSource::qemu, Code::config_unsupported, "value '{}' cannot be smaller than '{}'",
                     of_burst, of_base);
            }
        }
    }
}

/// The disk, and those of its group, which share the limits.
void set_limits(model::Domain& domain, std::string_view name, const IoLimits& limits) {
    model::Disk* disk = find_disk(domain, name);
    if (disk == nullptr) return;
    if (!limits.any()) {
        disk->limits.reset();
        return;
    }
    disk->limits = limits;
    for (model::Disk& other : domain.devices.disks)
        if (!limits.group.empty() && other.limits && other.limits->group == limits.group)
            other.limits = limits;
}

void add_values(p::ParamsBuilder& out, const IoLimits& limits) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (i == length_kinds) {
            out.u64("size_iops_sec", limits.operation_size);
            out.text(std::string(group_field), limits.group);
        }
        for (const Direction& direction : directions)
            out.u64(field_of(direction, kinds[i]), limits.*kinds[i].rates.*direction.rate);
    }
}

} // namespace

p::DomainGetBlockIoTuneResult TuningService::get_disk(CallContext&, const p::DomainGetBlockIoTuneArgs& args) {
    require_flags(ErrorSource::domain, args.flags, both | p::TypedParameterFlags::string_okay,
                  "qemuDomainGetBlockIoTune");
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags & both);
    IoLimits limits;
    if (args.disk) { // without one only the number of values is asked for
        const model::Disk* disk = find_disk(domain, *args.disk);
        const bool live = guest->active() && (args.flags & Flags::config) == 0;
        if (disk == nullptr) {
            fail(ErrorSource::qemu, Code::invalid_arg, "disk '{}' {}", *args.disk,
                 live ? "not found in domain" : "was not found in the domain config");
        }
        if (disk->limits) limits = *disk->limits;
    }
    p::ParamsBuilder out;
    add_values(out, limits);
    p::ParamsAnswer answer =
        p::answer(out.take(), args.nparams, args.flags, p::limits::domain_block_io_tune_parameters);
    return {.params = std::move(answer.params), .nparams = answer.nparams};
}

Task<p::DomainSetBlockIoTuneResult> TuningService::set_disk(CallContext, p::DomainSetBlockIoTuneArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainSetBlockIoTune");
    check_params(args.params);
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("change disk limits");
    const Impact affected = impact(*guest, args.flags);
    const auto limits_for = [&args](const model::Domain& domain, bool live) {
        const model::Disk* disk = find_disk(domain, args.disk);
        if (disk == nullptr && live)
            fail(ErrorSource::qemu, Code::invalid_arg, "disk '{}' not found in domain", args.disk);
        if (disk == nullptr) {
            fail(ErrorSource::qemu, Code::invalid_arg, "missing persistent configuration for disk '{}'",
                 args.disk);
        }
        return changed(domain, *disk, args.params);
    };
    std::optional<model::Domain> config;
    if (affected.config) {
        const IoLimits limits = limits_for(guest->config_model(), false);
        config =
            changed_config(*guest, [&](model::Domain& domain) { set_limits(domain, args.disk, limits); });
    }
    if (affected.live) {
        Machine& machine = guest->require_machine();
        const IoLimits limits = limits_for(guest->live->domain, true);
        require_bursts(limits);
        model::Disk disk = *find_disk(guest->require_active().domain, args.disk);
        const std::string target = disk.target.dev;
        disk.limits.reset();
        if (limits.any()) disk.limits = limits;
        if (!disk.is_empty()) co_await machine.limit_disk(std::move(disk));
        guest->require_machine();
        set_limits(guest->live->domain, target, limits);
        co_await power_.save_status(guest);
        p::ParamsBuilder told;
        told.text("blkdeviotune.disk", target);
        for (const p::TypedParam& each : args.params) {
            if (const auto* number = std::get_if<std::uint64_t>(&each.value))
                told.u64("blkdeviotune." + each.field, *number);
        }
        tell(*guest, told.take());
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainSetBlockIoTuneResult();
}

Task<p::DomainBlockResizeResult> TuningService::resize_disk(CallContext, p::DomainBlockResizeArgs args) {
    namespace Resize = p::DomainBlockResizeFlags;
    constexpr std::uint64_t kib = 1024, sector = 512;
    require_flags(ErrorSource::domain, args.flags, Resize::bytes | Resize::capacity, "qemuDomainBlockResize");
    if (args.disk.empty())
        refuse_argument(ErrorSource::domain, "disk in virDomainBlockResize must not be NULL");
    std::uint64_t size = args.size;
    if ((args.flags & (Resize::bytes | Resize::capacity)) == 0) {
        if (size > std::numeric_limits<std::uint64_t>::max() / kib) {
            fail(ErrorSource::qemu, Code::overflow, "size must be less than {}",
                 std::numeric_limits<std::uint64_t>::max() / kib);
        }
        size *= kib;
    }
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("resize a disk");
    Machine& machine = guest->require_machine();
    const model::Disk* found = find_disk(guest->live->domain, args.disk);
    if (found == nullptr) {
        fail(ErrorSource::qemu, Code::invalid_arg, "disk '{}' was not found in the domain config", args.disk);
    }
    if (found->is_empty() || found->readonly) {
        fail(ErrorSource::qemu, Code::operation_unsupported, "can't resize empty or readonly disk '{}'",
             args.disk);
    }
    if ((args.flags & Resize::capacity) != 0) { // as large as the device has become
        if (!found->is_block() || found->driver.type != model::ImageFormat::raw) {
            fail(ErrorSource::qemu, Code::operation_unsupported,
                 "block resize to full capacity supported only with 'raw' local block-based disks");
        }
        if (size == 0) {
            const std::vector<BlockStats> all = co_await machine.block_stats();
            const auto own = std::ranges::find(all, found->target.dev, &BlockStats::target);
            if (own != all.end()) size = own->size.physical;
        }
    }
    const bool whole_sectors =
        found->driver.type == model::ImageFormat::qcow2 || found->driver.type == model::ImageFormat::qed;
    if (whole_sectors) size = (size + sector - 1) / sector * sector;
    model::Disk disk = *found;
    co_await machine.resize_disk(std::move(disk), size);
    co_return p::DomainBlockResizeResult();
}

Task<p::DomainSetBlockThresholdResult> TuningService::set_threshold(CallContext,
                                                                    p::DomainSetBlockThresholdArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainSetBlockThreshold");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("set a write threshold");
    Machine& machine = guest->require_machine();
    const model::Disk* disk = find_disk(guest->live->domain, args.dev);
    if (disk == nullptr) fail(ErrorSource::qemu, Code::invalid_arg, "failed to find disk '{}'", args.dev);
    if (disk->is_empty()) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "disk '{}' does not currently have a source assigned", args.dev);
    }
    model::Disk copy = *disk;
    co_await machine.set_write_threshold(std::move(copy), args.threshold);
    co_return p::DomainSetBlockThresholdResult();
}

Task<p::DomainGetDiskErrorsResult> TuningService::get_disk_errors(CallContext,
                                                                  p::DomainGetDiskErrorsArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetDiskErrors");
    if (args.maxerrors > p::limits::domain_disk_errors)
        fail(ErrorSource::rpc, Code::rpc, "maxerrors too large");
    const Registry::Pointer guest = require(args.dom);
    p::DomainGetDiskErrorsResult result;
    if (args.maxerrors == 0) {
        result.nerrors = static_cast<std::int32_t>(guest->require_active().domain.devices.disks.size());
        co_return result;
    }
    const JobQueue::Job job = co_await guest->jobs.begin("disk errors");
    const auto errors = co_await guest->require_machine().disk_errors();
    for (const auto& [target, error] : errors) {
        if (result.errors.size() == args.maxerrors) break;
        result.errors.push_back({.disk = target, .error = error});
    }
    result.nerrors = static_cast<std::int32_t>(result.errors.size());
    co_return result;
}

} // namespace yado::guest
