// SPDX-License-Identifier: Apache-2.0
#include "guest/block_service.h"

#include "model/domain/document.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"
#include "schema/read.h"

#include <limits>

namespace yado::guest {
namespace {

constexpr unsigned mib_shift = 20;

/// Bandwidths travel in MiB a second unless a flag says bytes.
std::uint64_t speed_in_bytes(std::uint64_t bandwidth, bool in_bytes) {
    constexpr std::uint64_t most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (in_bytes) {
        if (bandwidth > most) fail(ErrorSource::qemu, Code::overflow, "bandwidth must be less than {}", most);
        return bandwidth;
    }
    if (bandwidth > most >> mib_shift)
        fail(ErrorSource::qemu, Code::overflow, "bandwidth must be less than {}", most >> mib_shift);
    return bandwidth << mib_shift;
}

/// What a client hands over as the place of a copy: a <disk> with source and driver.
model::Mirror target_of(const std::string& xml) {
    schema::ReadOptions options;
    options.document = "(disk_definition)";
    options.source = ErrorSource::domain;
    const auto disk = schema::read_xml<model::Disk>(xml, "disk", options);
    if (disk.is_empty()) fail(ErrorSource::domain, Code::xml_error, "missing source of the copy's <disk>");
    model::Mirror mirror;
    model::DiskChain chain = model::chain_of(disk);
    chain.images.resize(1);
    chain.complete = false;
    model::set_chain(mirror, chain);
    return mirror;
}

} // namespace

Task<p::DomainBlockJobAbortResult> BlockService::abort(CallContext, p::DomainBlockJobAbortArgs args) {
    namespace Flags = p::DomainBlockJobAbortFlags;
    require_flags(ErrorSource::qemu, args.flags, Flags::async | Flags::pivot, "qemuDomainBlockJobAbort");
    const bool pivot = (args.flags & Flags::pivot) != 0;
    const bool wait = (args.flags & Flags::async) == 0;
    co_await work_.end(require(args.dom), args.path, pivot, wait);
    co_return p::DomainBlockJobAbortResult();
}

Task<p::DomainGetBlockJobInfoResult> BlockService::info(CallContext, p::DomainGetBlockJobInfoArgs args) {
    namespace Flags = p::DomainBlockJobInfoFlags;
    require_flags(ErrorSource::qemu, args.flags, Flags::bandwidth_bytes, "qemuDomainGetBlockJobInfo");
    const std::optional<BlockWork::Info> info = co_await work_.info(require(args.dom), args.path);
    p::DomainGetBlockJobInfoResult result;
    if (!info) co_return result;
    result.found = 1;
    result.type = info->type;
    result.cur = info->state.done;
    result.end = info->state.total;
    if (!info->ready && result.cur == result.end) { // clients take equal numbers for an end
        if (result.end == 0) result.end = 1;
        else --result.cur;
    }
    result.bandwidth = info->state.speed;
    if ((args.flags & Flags::bandwidth_bytes) == 0)
        result.bandwidth = (result.bandwidth + (1U << mib_shift) - 1) >> mib_shift;
    co_return result;
}

Task<p::DomainBlockJobSetSpeedResult> BlockService::set_speed(CallContext,
                                                              p::DomainBlockJobSetSpeedArgs args) {
    namespace Flags = p::DomainBlockJobSetSpeedFlags;
    require_flags(ErrorSource::qemu, args.flags, Flags::bandwidth_bytes, "qemuDomainBlockJobSetSpeed");
    const std::uint64_t speed = speed_in_bytes(args.bandwidth, (args.flags & Flags::bandwidth_bytes) != 0);
    co_await work_.set_speed(require(args.dom), args.path, speed);
    co_return p::DomainBlockJobSetSpeedResult();
}

Task<p::DomainBlockPullResult> BlockService::pull(CallContext, p::DomainBlockPullArgs args) {
    namespace Flags = p::DomainBlockPullFlags;
    require_flags(ErrorSource::qemu, args.flags, Flags::bandwidth_bytes, "qemuDomainBlockPull");
    const Registry::Pointer guest = require(args.dom);
    PullOrder order{.disk = args.path};
    order.speed = speed_in_bytes(args.bandwidth, (args.flags & Flags::bandwidth_bytes) != 0);
    const JobQueue::Job job = co_await guest->jobs.begin("block pull");
    co_await work_.pull(guest, std::move(order));
    co_return p::DomainBlockPullResult();
}

Task<p::DomainBlockRebaseResult> BlockService::rebase(CallContext, p::DomainBlockRebaseArgs args) {
    namespace Flags = p::DomainBlockRebaseFlags;
    require_flags(ErrorSource::qemu, args.flags,
                  Flags::shallow | Flags::reuse_ext | Flags::copy_raw | Flags::copy | Flags::relative |
                      Flags::copy_dev | Flags::bandwidth_bytes,
                  "qemuDomainBlockRebase");
    const Registry::Pointer guest = require(args.dom);
    const std::uint64_t speed = speed_in_bytes(args.bandwidth, (args.flags & Flags::bandwidth_bytes) != 0);
    const bool has_base = args.base && !args.base->empty();
    const bool relative = (args.flags & Flags::relative) != 0;
    const JobQueue::Job job = co_await guest->jobs.begin("block rebase");
    if ((args.flags & Flags::copy) == 0) {
        constexpr std::uint32_t of_copies =
            Flags::shallow | Flags::reuse_ext | Flags::copy_raw | Flags::copy_dev;
        if ((args.flags & of_copies) != 0)
            refuse_argument(ErrorSource::domain, "use of flags 0x{:x} requires VIR_DOMAIN_BLOCK_REBASE_COPY",
                            args.flags & of_copies);
        if (relative && !has_base) {
            fail(ErrorSource::qemu, Code::invalid_arg,
                 "flag VIR_DOMAIN_BLOCK_REBASE_RELATIVE is valid only with non-null base");
        }
        PullOrder order{.disk = args.path, .speed = speed, .relative = relative};
        if (has_base) order.base = args.base;
        co_await work_.pull(guest, std::move(order));
        co_return p::DomainBlockRebaseResult();
    }
    if (!has_base) fail(ErrorSource::domain, Code::invalid_arg, "the place to copy to is missing");
    CopyOrder order{.disk = args.path, .speed = speed};
    order.flags = args.flags & (Flags::shallow | Flags::reuse_ext); // the same bits as of the newer call
    if ((args.flags & Flags::copy_dev) != 0) {
        model::BlockSource source;
        source.path = *args.base;
        order.target.source = std::move(source);
    } else {
        model::FileSource source;
        source.path = *args.base;
        order.target.source = std::move(source);
    }
    if ((args.flags & Flags::copy_raw) != 0) order.target.format.type = model::ImageFormat::raw;
    co_await work_.copy(guest, std::move(order));
    co_return p::DomainBlockRebaseResult();
}

Task<p::DomainBlockCopyResult> BlockService::copy(CallContext, p::DomainBlockCopyArgs args) {
    namespace Flags = p::DomainBlockCopyFlags;
    require_flags(ErrorSource::qemu, args.flags,
                  Flags::shallow | Flags::reuse_ext | Flags::transient_job | Flags::synchronous_writes |
                      Flags::target_zeroed,
                  "qemuDomainBlockCopy");
    const Registry::Pointer guest = require(args.dom);
    CopyOrder order{.disk = args.path, .target = target_of(args.destxml), .flags = args.flags};
    for (const p::TypedParam& param : args.params) {
        if (param.field == "bandwidth") {
            order.speed = speed_in_bytes(p::get<std::uint64_t>(args.params, "bandwidth").value_or(0), true);
        } else if (param.field == "granularity") {
            order.granularity = p::get<std::uint32_t>(args.params, "granularity").value_or(0);
            if ((order.granularity & (order.granularity - 1)) != 0)
                fail(ErrorSource::qemu, Code::invalid_arg, "granularity must be power of 2");
        } else if (param.field == "buf-size") {
            order.buffer = speed_in_bytes(p::get<std::uint64_t>(args.params, "buf-size").value_or(0), true);
        } else {
            fail(ErrorSource::qemu, Code::argument_unsupported, "parameter '{}' not supported", param.field);
        }
    }
    const JobQueue::Job job = co_await guest->jobs.begin("block copy");
    co_await work_.copy(guest, std::move(order));
    co_return p::DomainBlockCopyResult();
}

Task<p::DomainBlockCommitResult> BlockService::commit(CallContext, p::DomainBlockCommitArgs args) {
    namespace Flags = p::DomainBlockCommitFlags;
    require_flags(ErrorSource::qemu, args.flags,
                  Flags::shallow | Flags::delete_ | Flags::active | Flags::relative | Flags::bandwidth_bytes,
                  "qemuDomainBlockCommit");
    const Registry::Pointer guest = require(args.dom);
    CommitOrder order{.disk = args.disk, .base = args.base, .top = args.top, .flags = args.flags};
    order.speed = speed_in_bytes(args.bandwidth, (args.flags & Flags::bandwidth_bytes) != 0);
    const JobQueue::Job job = co_await guest->jobs.begin("block commit");
    co_await work_.commit(guest, std::move(order));
    co_return p::DomainBlockCommitResult();
}

} // namespace yado::guest
