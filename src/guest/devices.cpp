// SPDX-License-Identifier: Apache-2.0
// Consoles, screens, disks and memory of a running guest as clients see them.
#include "guest/domain_service.h"

#include "base/log.h"
#include "host/images/image.h"
#include "model/domain/document.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"
#include "schema/codec.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace yado::guest {
namespace {

UniqueFd connect_unix(const std::string& path) {
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd) fail_errno("cannot make a socket");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path))
        fail(Code::invalid_arg, "socket path '{}' is too long", path);
    path.copy(address.sun_path, path.size());
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        fail_errno("cannot connect to '{}'", path);
    }
    return fd;
}

UniqueFd open_backend(const model::CharDevice& device, std::string_view name) {
    if (const auto* pty = std::get_if<model::PtyChar>(&device.backend)) {
        UniqueFd fd(::open(pty->path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
        if (!fd) fail_errno("unable to open file: '{}'", pty->path);
        return fd;
    }
    if (const auto* socket = std::get_if<model::UnixChar>(&device.backend)) return connect_unix(socket->path);
    fail(ErrorSource::qemu, Code::internal_error, "character device {} is not using a PTY", name);
}

/// The console a client means: by alias, or the first one.
const model::CharDevice* find_console(const model::Domain& domain, const std::optional<std::string>& name) {
    const auto of_kind = [&name]<class Kind>(const std::vector<Kind>& devices) -> const model::CharDevice* {
        for (const Kind& device : devices) {
            if (!name || device.info.alias.name == *name) return &device;
        }
        return nullptr;
    };
    if (const auto* found = of_kind(domain.devices.consoles)) return found;
    if (const auto* found = of_kind(domain.devices.serials)) return found;
    return name ? of_kind(domain.devices.parallels) : nullptr;
}

} // namespace

Task<p::DomainOpenConsoleResult> DomainService::open_console(CallContext call,
                                                             p::DomainOpenConsoleArgs args) {
    namespace Flags = p::DomainConsoleFlags;
    require_flags(ErrorSource::domain, args.flags, Flags::force | Flags::safe, "qemuDomainOpenConsole");
    const Registry::Pointer guest = require(args.dom);
    Live& live = guest->require_active();
    const model::CharDevice* device = find_console(live.domain, args.dev_name);
    if (device == nullptr) {
        fail(ErrorSource::qemu, Code::internal_error, "cannot find console device '{}'",
             args.dev_name.value_or("default"));
    }
    const std::string alias = device->info.alias.name;
    // A console and the serial port behind it are one stream.
    std::string key = alias;
    if (const auto* pty = std::get_if<model::PtyChar>(&device->backend)) key = pty->path;
    auto& present = live.console_streams[key];
    if (const auto handle = present.lock()) {
        if ((args.flags & Flags::force) == 0) {
            fail(ErrorSource::qemu, Code::operation_failed, "Active console session exists for this domain");
        }
        handle->abort(Error(Code::rpc, "stream had I/O failure", ErrorSource::rpc));
    }
    service::StreamPipe pipe;
    pipe.fd = open_backend(*device, alias);
    pipe.to_client = pipe.from_client = true;
    present = call.stream->attach(std::move(pipe));
    co_return p::DomainOpenConsoleResult();
}

Task<p::DomainOpenChannelResult> DomainService::open_channel(CallContext call,
                                                             p::DomainOpenChannelArgs args) {
    constexpr std::uint32_t force = 1;
    require_flags(ErrorSource::domain, args.flags, force, "qemuDomainOpenChannel");
    const Registry::Pointer guest = require(args.dom);
    Live& live = guest->require_active();
    const auto& channels = live.domain.devices.channels;
    const auto channel = std::ranges::find_if(channels, [&args](const model::Channel& one) {
        return !args.name || one.name == *args.name || one.info.alias.name == *args.name;
    });
    if (channel == channels.end()) {
        fail(ErrorSource::qemu, Code::internal_error, "cannot find channel {}", args.name.value_or(""));
    }
    auto& present = live.console_streams[channel->info.alias.name];
    if (const auto handle = present.lock()) {
        if ((args.flags & force) == 0) {
            fail(ErrorSource::qemu, Code::operation_failed, "Active channel stream exists for this domain");
        }
        handle->abort(Error(Code::rpc, "stream had I/O failure", ErrorSource::rpc));
    }
    service::StreamPipe pipe;
    pipe.fd = open_backend(*channel, channel->info.alias.name);
    pipe.to_client = pipe.from_client = true;
    present = call.stream->attach(std::move(pipe));
    co_return p::DomainOpenChannelResult();
}

Task<p::DomainScreenshotResult> DomainService::screenshot(CallContext call, p::DomainScreenshotArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainScreenshot");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("screenshot");
    Machine& machine = guest->require_machine();
    if (guest->live->domain.devices.videos.empty()) {
        fail(ErrorSource::qemu, Code::operation_invalid,
             "currently is not possible to take a screenshot of a domain without a video card");
    }
    Screenshot taken = co_await machine.screenshot(args.screen);
    service::StreamPipe pipe;
    pipe.fd = std::move(taken.file);
    pipe.to_client = true;
    call.stream->attach(std::move(pipe));
    co_return {.mime = taken.mime};
}

namespace {

/// By target ("vda") or source path, as libvirt's calls name disks.
const model::Disk& require_disk(const model::Domain& domain, std::string_view name) {
    for (const model::Disk& disk : domain.devices.disks) {
        if (disk.target.dev == name || (!name.empty() && disk.path() == name)) return disk;
    }
    fail(ErrorSource::qemu, Code::invalid_arg, "invalid path {} not assigned to domain", name);
}

std::string_view format_word(const model::Disk& disk) {
    return schema::EnumNames<model::ImageFormat>::values[static_cast<std::size_t>(disk.driver.type)];
}

} // namespace

Task<p::DomainGetBlockInfoResult> DomainService::get_block_info(CallContext, p::DomainGetBlockInfoArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainGetBlockInfo");
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = current_model(*guest);
    const model::Disk disk = require_disk(domain, args.path);
    if (disk.is_empty()) {
        fail(ErrorSource::qemu, Code::invalid_arg, "disk '{}' does not currently have a source assigned",
             args.path);
    }
    auto read = [path = disk.path(), format = std::string(format_word(disk))] {
        return host::image_sizes(path, format);
    };
    const host::ImageSizes sizes = co_await blocking(parts_.loop, std::move(read));
    p::DomainGetBlockInfoResult result{
        .allocation = sizes.allocation, .capacity = sizes.capacity, .physical = sizes.physical};
    if (guest->active()) { // QEMU knows how far a block device's image reaches; for files both agree
        const JobQueue::Job job = co_await guest->jobs.begin("block info");
        const std::vector<BlockStats> all = co_await guest->require_machine().block_stats();
        const auto own = std::ranges::find(all, disk.target.dev, &BlockStats::target);
        if (own != all.end() && own->size.capacity != 0) {
            result.capacity = own->size.capacity;
            if (disk.is_block()) result.allocation = own->size.allocation;
        }
    }
    co_return result;
}

Task<BlockStats> DomainService::block_stats_of(Registry::Pointer guest, std::string disk) {
    const JobQueue::Job job = co_await guest->jobs.begin("block statistics");
    Machine& machine = guest->require_machine();
    const std::vector<BlockStats> all = co_await machine.block_stats();
    if (disk.empty()) {
        BlockStats sum;
        for (const BlockStats& one : all) {
            sum.read_requests += one.read_requests;
            sum.read_bytes += one.read_bytes;
            sum.read_ns += one.read_ns;
            sum.write_requests += one.write_requests;
            sum.write_bytes += one.write_bytes;
            sum.write_ns += one.write_ns;
            sum.flush_requests += one.flush_requests;
            sum.flush_ns += one.flush_ns;
        }
        co_return sum;
    }
    const std::string target = require_disk(guest->require_active().domain, disk).target.dev;
    const auto own = std::ranges::find(all, target, &BlockStats::target);
    if (own == all.end()) {
        fail(ErrorSource::qemu, Code::invalid_arg, "cannot find statistics for device '{}'", disk);
    }
    co_return *own;
}

Task<p::DomainBlockStatsResult> DomainService::get_block_stats(CallContext, p::DomainBlockStatsArgs args) {
    const BlockStats stats = co_await block_stats_of(require(args.dom), std::move(args.path));
    co_return {.rd_req = static_cast<std::int64_t>(stats.read_requests),
               .rd_bytes = static_cast<std::int64_t>(stats.read_bytes),
               .wr_req = static_cast<std::int64_t>(stats.write_requests),
               .wr_bytes = static_cast<std::int64_t>(stats.write_bytes),
               .errs = -1};
}

Task<p::DomainBlockStatsFlagsResult>
DomainService::get_block_stats_params(CallContext, p::DomainBlockStatsFlagsArgs args) {
    constexpr std::uint32_t string_okay = 4;
    require_flags(ErrorSource::domain, args.flags, string_okay, "qemuDomainBlockStatsFlags");
    const BlockStats stats = co_await block_stats_of(require(args.dom), std::move(args.path));
    const std::pair<std::string_view, std::uint64_t> rows[] = {{"wr_bytes", stats.write_bytes},
                                                               {"wr_operations", stats.write_requests},
                                                               {"rd_bytes", stats.read_bytes},
                                                               {"rd_operations", stats.read_requests},
                                                               {"flush_operations", stats.flush_requests},
                                                               {"wr_total_times", stats.write_ns},
                                                               {"rd_total_times", stats.read_ns},
                                                               {"flush_total_times", stats.flush_ns}};
    p::DomainBlockStatsFlagsResult result;
    if (args.nparams == 0) {
        result.nparams = static_cast<std::int32_t>(std::size(rows));
        co_return result;
    }
    for (const auto& [name, value] : rows) {
        if (std::cmp_greater_equal(result.params.size(), args.nparams)) break;
        result.params.push_back({std::string(name), static_cast<std::int64_t>(value)});
    }
    co_return result;
}

Task<p::DomainMemoryStatsResult> DomainService::get_memory_stats(CallContext, p::DomainMemoryStatsArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainMemoryStats");
    if (args.maxStats > p::limits::domain_memory_stats) {
        fail(ErrorSource::rpc, Code::rpc, "maxStats {} > {}", args.maxStats, p::limits::domain_memory_stats);
    }
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("memory statistics");
    const std::vector<MemoryStat> stats = co_await guest->require_machine().memory_stats();
    p::DomainMemoryStatsResult result;
    for (const MemoryStat& stat : stats) {
        if (result.stats.size() == args.maxStats) break;
        result.stats.push_back({.tag = stat.tag, .val = stat.value});
    }
    co_return result;
}

p::DomainGetCpuStatsResult DomainService::get_cpu_stats(CallContext&, const p::DomainGetCpuStatsArgs& args) {
    constexpr std::uint32_t string_okay = 4;
    require_flags(ErrorSource::domain, args.flags, string_okay, "qemuDomainGetCPUStats");
    const CpuTimes times = require(args.dom)->require_machine().cpu_times();
    if (args.start_cpu != -1) {
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "times per host CPU are not counted; ask for the total");
    }
    p::DomainGetCpuStatsResult result;
    p::ParamsBuilder all;
    all.u64("cpu_time", times.total_ns).u64("user_time", times.user_ns).u64("system_time", times.system_ns);
    result.params = all.take();
    result.nparams = static_cast<std::int32_t>(result.params.size());
    if (args.nparams == 0) result.params.clear();
    if (args.nparams < result.params.size()) result.params.resize(args.nparams);
    return result;
}

} // namespace yado::guest
