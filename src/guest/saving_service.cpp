// SPDX-License-Identifier: Apache-2.0
#include "guest/saving_service.h"

#include "protocol/constants.h"
#include "protocol/typed_params.h"

namespace yado::guest {
namespace {

namespace Flags = p::DomainSaveRestoreFlags;

constexpr std::uint32_t save_flags = Flags::bypass_cache | Flags::running | Flags::paused;

void require_one_of_running_and_paused(std::uint32_t flags) {
    if ((flags & Flags::running) != 0 && (flags & Flags::paused) != 0) {
        refuse_argument(
            ErrorSource::domain,
            "Flags 'VIR_DOMAIN_SAVE_RUNNING' and 'VIR_DOMAIN_SAVE_PAUSED' are mutually exclusive");
    }
}

/// What the flags say about the state to come up in.
std::optional<bool> running_in(std::uint32_t flags) {
    require_one_of_running_and_paused(flags);
    if ((flags & Flags::running) != 0) return true;
    if ((flags & Flags::paused) != 0) return false;
    return std::nullopt;
}

std::string required_file(const p::TypedParams& params, std::string_view call) {
    auto file = p::get<std::string>(params, "file");
    if (!file) { fail(ErrorSource::qemu, Code::invalid_arg, "the parameter 'file' of {} is missing", call); }
    return *file;
}

void require_known(const p::TypedParams& params) {
    for (const p::TypedParam& param : params) {
        if (param.field == "file" || param.field == "dxml") continue;
        if (param.field == "image_format") continue;
        fail(ErrorSource::qemu, Code::argument_unsupported, "parameter '{}' not supported", param.field);
    }
}

std::optional<SaveFormat> format_in(const p::TypedParams& params) {
    const auto word = p::get<std::string>(params, "image_format");
    if (!word) return std::nullopt;
    const std::optional<SaveFormat> format = save_format_of(*word);
    if (!format) {
        fail(ErrorSource::qemu, Code::invalid_arg, "Invalid save image format specified: '{}'", *word);
    }
    return format;
}

} // namespace

Task<void> SavingService::save_to(Registry::Pointer guest, SaveOrder order, std::uint32_t flags) {
    require_flags(ErrorSource::domain, flags, save_flags, "qemuDomainSaveFlags");
    order.run_again = running_in(flags);
    order.bypass_cache = (flags & Flags::bypass_cache) != 0;
    guest->require_active();
    const JobQueue::Job job = co_await guest->jobs.begin("save");
    co_await saving_.save(guest, std::move(order));
}

Task<p::DomainSaveResult> SavingService::save(CallContext, p::DomainSaveArgs args) {
    SaveOrder order{.path = args.to};
    co_await save_to(require(args.dom), std::move(order), 0);
    co_return p::DomainSaveResult();
}

Task<p::DomainSaveFlagsResult> SavingService::save_with_flags(CallContext, p::DomainSaveFlagsArgs args) {
    SaveOrder order{.path = args.to, .xml = args.dxml};
    co_await save_to(require(args.dom), std::move(order), args.flags);
    co_return p::DomainSaveFlagsResult();
}

Task<p::DomainSaveParamsResult> SavingService::save_with_params(CallContext, p::DomainSaveParamsArgs args) {
    require_known(args.params);
    const Registry::Pointer guest = require(args.dom);
    if (p::find(args.params, "file") == nullptr) { // the managed place, as libvirt says
        p::DomainManagedSaveArgs managed{.dom = args.dom, .flags = args.flags};
        co_await managed_save(CallContext(), managed);
        co_return p::DomainSaveParamsResult();
    }
    SaveOrder order{.path = required_file(args.params, "save"),
                    .xml = p::get<std::string>(args.params, "dxml"),
                    .format = format_in(args.params)};
    co_await save_to(guest, std::move(order), args.flags);
    co_return p::DomainSaveParamsResult();
}

Task<void> SavingService::restore_from(std::string path, std::optional<std::string> xml,
                                       std::uint32_t flags) {
    require_flags(ErrorSource::domain, flags, save_flags | Flags::reset_nvram, "qemuDomainRestoreInternal");
    RestoreOrder order{.path = std::move(path), .xml = std::move(xml), .run = running_in(flags)};
    order.bypass_cache = (flags & Flags::bypass_cache) != 0;
    order.reset_nvram = (flags & Flags::reset_nvram) != 0;
    co_await saving_.restore(std::move(order));
}

Task<p::DomainRestoreResult> SavingService::restore(CallContext, p::DomainRestoreArgs args) {
    co_await restore_from(args.from, std::nullopt, 0);
    co_return p::DomainRestoreResult();
}

Task<p::DomainRestoreFlagsResult> SavingService::restore_with_flags(CallContext,
                                                                    p::DomainRestoreFlagsArgs args) {
    co_await restore_from(args.from, args.dxml, args.flags);
    co_return p::DomainRestoreFlagsResult();
}

Task<p::DomainRestoreParamsResult> SavingService::restore_with_params(CallContext,
                                                                      p::DomainRestoreParamsArgs args) {
    require_known(args.params);
    co_await restore_from(required_file(args.params, "restore"), p::get<std::string>(args.params, "dxml"),
                          args.flags);
    co_return p::DomainRestoreParamsResult();
}

// --- the managed place ---

Task<p::DomainManagedSaveResult> SavingService::managed_save(CallContext, p::DomainManagedSaveArgs args) {
    require_flags(ErrorSource::domain, args.flags, save_flags, "qemuDomainManagedSave");
    const std::optional<bool> run_again = running_in(args.flags);
    const Registry::Pointer guest = require(args.dom);
    guest->require_active();
    if (!guest->persistent) {
        fail(ErrorSource::qemu, Code::operation_invalid, "cannot do managed save for transient domain");
    }
    const JobQueue::Job job = co_await guest->jobs.begin("managed save");
    SaveOrder order{.path = saving_.managed_path(*guest), .run_again = run_again};
    order.bypass_cache = (args.flags & Flags::bypass_cache) != 0;
    co_await saving_.save(guest, std::move(order));
    guest->has_managed_save = true;
    co_return p::DomainManagedSaveResult();
}

p::DomainHasManagedSaveImageResult
SavingService::has_managed_save(CallContext&, const p::DomainHasManagedSaveImageArgs& args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainHasManagedSaveImage");
    return {.result = require(args.dom)->has_managed_save};
}

std::string SavingService::require_managed(const Guest& guest) const {
    if (!guest.has_managed_save)
        fail(ErrorSource::qemu, Code::operation_invalid, "domain does not have managed save image");
    return saving_.managed_path(guest);
}

Task<p::DomainManagedSaveRemoveResult>
SavingService::managed_save_remove(CallContext, p::DomainManagedSaveRemoveArgs args) {
    require_flags(ErrorSource::domain, args.flags, 0, "qemuDomainManagedSaveRemove");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("managed save");
    co_await saving_.remove_managed(guest);
    co_return p::DomainManagedSaveRemoveResult();
}

Task<p::DomainManagedSaveGetXmlDescResult>
SavingService::managed_save_xml(CallContext, p::DomainManagedSaveGetXmlDescArgs args) {
    namespace Xml = p::DomainSaveImageXMLFlags;
    require_flags(ErrorSource::domain, args.flags, Xml::secure, "qemuDomainManagedSaveGetXMLDesc");
    std::string path = require_managed(*require(args.dom));
    p::DomainManagedSaveGetXmlDescResult result;
    result.xml = co_await saving_.read_document(std::move(path), (args.flags & Xml::secure) != 0);
    co_return result;
}

Task<p::DomainManagedSaveDefineXmlResult>
SavingService::managed_save_define(CallContext, p::DomainManagedSaveDefineXmlArgs args) {
    require_flags(ErrorSource::domain, args.flags, Flags::running | Flags::paused,
                  "qemuDomainManagedSaveDefineXML");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("managed save");
    std::string path = require_managed(*guest);
    const std::optional<bool> run = running_in(args.flags);
    co_await saving_.replace_document(std::move(path), args.dxml.value_or(""), run);
    co_return p::DomainManagedSaveDefineXmlResult();
}

Task<p::DomainSaveImageGetXmlDescResult> SavingService::image_xml(CallContext,
                                                                  p::DomainSaveImageGetXmlDescArgs args) {
    namespace Xml = p::DomainSaveImageXMLFlags;
    require_flags(ErrorSource::domain, args.flags, Xml::secure, "qemuDomainSaveImageGetXMLDesc");
    p::DomainSaveImageGetXmlDescResult result;
    result.xml = co_await saving_.read_document(args.file, (args.flags & Xml::secure) != 0);
    co_return result;
}

Task<p::DomainSaveImageDefineXmlResult> SavingService::image_define(CallContext,
                                                                    p::DomainSaveImageDefineXmlArgs args) {
    require_flags(ErrorSource::domain, args.flags, Flags::running | Flags::paused,
                  "qemuDomainSaveImageDefineXML");
    const std::optional<bool> run = running_in(args.flags);
    co_await saving_.replace_document(args.file, args.dxml, run);
    co_return p::DomainSaveImageDefineXmlResult();
}

// --- dumps ---

Task<void> SavingService::dump_to(Registry::Pointer guest, std::string path, std::uint32_t format,
                                  std::uint32_t flags) {
    namespace Dump = p::DomainCoreDumpFlags;
    require_flags(ErrorSource::domain, flags,
                  Dump::crash | Dump::live | Dump::bypass_cache | Dump::reset | Dump::memory_only,
                  "qemuDomainCoreDumpWithFormat");
    const auto both = [flags](std::uint32_t one, std::uint32_t other) {
        return (flags & one) != 0 && (flags & other) != 0;
    };
    if (both(Dump::crash, Dump::live) || both(Dump::crash, Dump::reset) || both(Dump::live, Dump::reset)) {
        refuse_argument(ErrorSource::domain, "crash, live, and reset flags are mutually exclusive");
    }
    const bool memory_only = (flags & Dump::memory_only) != 0;
    if (format > p::DomainCoreDumpFormat::win_dmp) {
        fail(ErrorSource::qemu, Code::invalid_arg, "unknown core dump format {}", format);
    }
    if (format != p::DomainCoreDumpFormat::raw && !memory_only) {
        fail(ErrorSource::qemu, Code::invalid_arg,
             "kdump-compressed format is only supported with memory-only dump");
    }
    Saving::DumpOrder order{.path = std::move(path)};
    if (memory_only) order.memory_only = static_cast<DumpFormat>(format);
    order.live = (flags & Dump::live) != 0;
    order.bypass_cache = (flags & Dump::bypass_cache) != 0;
    if ((flags & Dump::crash) != 0) order.after = Saving::AfterDump::crash;
    if ((flags & Dump::reset) != 0) order.after = Saving::AfterDump::reset;
    guest->require_active();
    const JobQueue::Job job = co_await guest->jobs.begin("dump");
    co_await saving_.dump(guest, std::move(order));
}

Task<p::DomainCoreDumpResult> SavingService::dump(CallContext, p::DomainCoreDumpArgs args) {
    co_await dump_to(require(args.dom), args.to, 0, args.flags);
    co_return p::DomainCoreDumpResult();
}

Task<p::DomainCoreDumpWithFormatResult>
SavingService::dump_with_format(CallContext, p::DomainCoreDumpWithFormatArgs args) {
    co_await dump_to(require(args.dom), args.to, args.dumpformat, args.flags);
    co_return p::DomainCoreDumpWithFormatResult();
}

// --- the job ---

Task<p::DomainGetJobInfoResult> SavingService::job_info(CallContext, p::DomainGetJobInfoArgs args) {
    const Registry::Pointer guest = require(args.dom);
    const std::shared_ptr<Live> live = guest->live;
    guest->require_active();
    p::DomainGetJobInfoResult result;
    if (!live->async_job) co_return result;
    const bool asks = !live->async_job->memory_only && live->machine;
    const auto elapsed = parts_.loop.now() - live->async_job->since;
    TransferStats stats;
    if (asks) stats = co_await live->machine->transfer_stats();
    result.type = p::DomainJobType::unbounded;
    result.timeElapsed =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count());
    result.dataTotal = result.memTotal = stats.ram_total;
    result.dataProcessed = result.memProcessed = stats.ram_transferred;
    result.dataRemaining = result.memRemaining = stats.ram_remaining;
    co_return result;
}

Task<p::DomainGetJobStatsResult> SavingService::job_stats(CallContext, p::DomainGetJobStatsArgs args) {
    namespace Stats = p::DomainGetJobStatsFlags;
    require_flags(ErrorSource::domain, args.flags, Stats::completed | Stats::keep_completed,
                  "qemuDomainGetJobStats");
    const Registry::Pointer guest = require(args.dom);
    p::DomainGetJobStatsResult result;
    if ((args.flags & Stats::completed) != 0) {
        if (!guest->completed_job) co_return result;
        result.type = p::DomainJobType::completed;
        result.params = *guest->completed_job;
        if ((args.flags & Stats::keep_completed) == 0) guest->completed_job.reset();
        co_return result;
    }
    const std::shared_ptr<Live> live = guest->live;
    guest->require_active();
    if (!live->async_job) co_return result;
    const int operation = live->async_job->operation;
    const bool asks = !live->async_job->memory_only && live->machine;
    TransferStats stats;
    if (asks) stats = co_await live->machine->transfer_stats();
    result.type = p::DomainJobType::unbounded;
    result.params = job_params(operation, stats);
    co_return result;
}

Task<p::DomainAbortJobResult> SavingService::abort_job(CallContext, p::DomainAbortJobArgs args) {
    const Registry::Pointer guest = require(args.dom);
    const Live& live = guest->require_active();
    if (!live.async_job) fail(ErrorSource::qemu, Code::operation_invalid, "no job is active on the domain");
    if (live.async_job->memory_only) {
        fail(ErrorSource::qemu, Code::operation_invalid, "cannot abort memory-only dump");
    }
    co_await guest->require_machine().stop_writing();
    co_return p::DomainAbortJobResult();
}

} // namespace yado::guest
