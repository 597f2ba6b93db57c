// SPDX-License-Identifier: Apache-2.0
// Jobs on the images of running domains: copy, commit, pull, and looking after them.
#include "cli/arguments.h"
#include "cli/block_wait.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "protocol/typed_params.h"
#include "schema/write.h"

namespace yado::cli {
namespace {

namespace p = protocol;
using p::DomainRef;

constexpr std::string_view job_words[] = {"Unknown job",  "Block Pull",          "Block Copy",
                                          "Block Commit", "Active Block Commit", "Backup"};

/// A second part of the work begins with --wait, or with what implies it.
bool waits(const Arguments& arguments) {
    for (const char* option : {"wait", "pivot", "finish", "keep-overlay", "timeout"}) {
        for (const Option& known : arguments.command().options) {
            if (known.name == option && arguments.has(option)) return true;
        }
    }
    return false;
}

void require_waiting(const Arguments& arguments) {
    if (waits(arguments)) return;
    for (const char* option : {"verbose", "async"}) {
        if (arguments.has(option))
            refuse("--{} requires at least one of --timeout, --wait, --pivot, or --finish", option);
    }
}

std::uint64_t bandwidth(const Arguments& arguments) {
    const bool bytes = arguments.has("bytes");
    return arguments.scaled("bandwidth", 1, bytes ? UINT64_MAX : UINT64_MAX >> 20U).value_or(0);
}

/// Tells how a job stands after waiting; throws when it did not come to its end.
void tell(Session& session, std::string_view text) {
    session.say("\n{}\n", text);
    session.show_json(Value::object().set("message", text));
}

void end_job(Session& session, const DomainRef& domain, const std::string& disk, const Arguments& arguments,
             std::uint32_t flags, std::string_view what) {
    if (arguments.has("async") && flags == 0) flags |= p::DomainBlockJobAbortFlags::async;
    explain(fmt::format("failed to {} job for disk {}", what, disk),
            [&] { session.call(p::DomainBlockJobAbortArgs{domain, disk, flags}); });
}

std::string copy_document(const Arguments& arguments, const std::string& dest) {
    const std::string format = arguments.text("format").value_or("");
    const bool block = arguments.has("blockdev");
    std::string xml =
        fmt::format("<disk type='{}'>\n  <source {}='", block ? "block" : "file", block ? "dev" : "file");
    schema::escape(xml, dest);
    xml += "'/>\n";
    if (!format.empty()) {
        xml += "  <driver type='";
        schema::escape(xml, format);
        xml += "'/>\n";
    }
    return xml + "</disk>\n";
}

void block_copy(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& disk = arguments.required("path");
    arguments.exclusive("pivot", "finish");
    arguments.exclusive("dest", "xml");
    arguments.exclusive("format", "xml");
    arguments.exclusive("blockdev", "xml");
    if (!arguments.has("dest") && !arguments.has("xml")) refuse("need either --dest or --xml");
    require_waiting(arguments);
    const std::uint32_t flags =
        arguments.flags({{"shallow", p::DomainBlockCopyFlags::shallow},
                         {"reuse-external", p::DomainBlockCopyFlags::reuse_ext},
                         {"transient-job", p::DomainBlockCopyFlags::transient_job},
                         {"synchronous-writes", p::DomainBlockCopyFlags::synchronous_writes}});
    const auto granularity = arguments.number<unsigned>("granularity");
    const auto buffer = arguments.number<std::uint64_t>("buf-size");
    const std::uint64_t speed = bandwidth(arguments);
    const std::string document = arguments.has("xml") ? read_input_file(*arguments.text("xml"))
                                                      : copy_document(arguments, *arguments.text("dest"));
    if (arguments.has("print-xml")) {
        session.show("xml", document);
        return;
    }
    std::optional<BlockWait> waiting;
    if (waits(arguments)) waiting.emplace(session, arguments, domain, disk, "Block Copy");
    p::ParamsBuilder params;
    if (speed != 0) params.u64("bandwidth", arguments.has("bytes") ? speed : speed << 20U);
    if (granularity) params.u32("granularity", *granularity);
    if (buffer) params.u64("buf-size", *buffer);
    session.call(p::DomainBlockCopyArgs{domain, disk, document, params.take(), flags});
    if (!waiting) {
        session.done("Block Copy started");
        return;
    }
    switch (waiting->wait()) {
    case BlockEnd::failed: session.say("\n"); refuse("Copy failed");
    case BlockEnd::aborted: session.say("\nCopy aborted\n"); throw Failure();
    default: break;
    }
    if (arguments.has("pivot")) {
        end_job(session, domain, disk, arguments, p::DomainBlockJobAbortFlags::pivot, "pivot");
        tell(session, "Successfully pivoted");
    } else if (arguments.has("finish")) {
        end_job(session, domain, disk, arguments, 0, "finish");
        tell(session, "Successfully copied");
    } else {
        tell(session, "Now in mirroring phase");
    }
}

void block_commit(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& disk = arguments.required("path");
    arguments.exclusive("pivot", "keep-overlay");
    require_waiting(arguments);
    std::uint32_t flags = arguments.flags({{"shallow", p::DomainBlockCommitFlags::shallow},
                                           {"delete", p::DomainBlockCommitFlags::delete_},
                                           {"active", p::DomainBlockCommitFlags::active},
                                           {"keep-relative", p::DomainBlockCommitFlags::relative},
                                           {"bytes", p::DomainBlockCommitFlags::bandwidth_bytes}});
    const bool active = arguments.has("active") || arguments.has("pivot") || arguments.has("keep-overlay");
    if (active) flags |= p::DomainBlockCommitFlags::active;
    std::optional<BlockWait> waiting;
    if (waits(arguments)) waiting.emplace(session, arguments, domain, disk, "Block commit");
    session.call(p::DomainBlockCommitArgs{domain, disk, arguments.text("base"), arguments.text("top"),
                                          bandwidth(arguments), flags});
    if (!waiting) {
        session.done("{}", active ? "Active Block Commit started" : "Block Commit started");
        return;
    }
    switch (waiting->wait()) {
    case BlockEnd::failed: session.say("\n"); refuse("Commit failed");
    case BlockEnd::aborted: session.say("\nCommit aborted\n"); throw Failure();
    default: break;
    }
    if (!active) {
        tell(session, "Commit complete");
    } else if (arguments.has("pivot")) {
        end_job(session, domain, disk, arguments, p::DomainBlockJobAbortFlags::pivot, "pivot");
        tell(session, "Successfully pivoted");
    } else if (arguments.has("keep-overlay")) {
        end_job(session, domain, disk, arguments, 0, "finish");
        tell(session, "Commit complete, overlay image kept");
    } else {
        tell(session, "Now in synchronized phase");
    }
}

void block_pull(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& disk = arguments.required("path");
    require_waiting(arguments);
    const auto base = arguments.text("base");
    const std::uint64_t speed = bandwidth(arguments);
    const std::uint32_t flags = arguments.flags({{"keep-relative", p::DomainBlockRebaseFlags::relative},
                                                 {"bytes", p::DomainBlockRebaseFlags::bandwidth_bytes}});
    std::optional<BlockWait> waiting;
    if (waits(arguments)) waiting.emplace(session, arguments, domain, disk, "Block Pull");
    if (base || flags != 0) session.call(p::DomainBlockRebaseArgs{domain, disk, base, speed, flags});
    else session.call(p::DomainBlockPullArgs{domain, disk, speed, 0});
    if (!waiting) {
        session.done("Block Pull started");
        return;
    }
    switch (waiting->wait()) {
    case BlockEnd::failed: session.say("\n"); refuse("Pull failed");
    case BlockEnd::aborted: session.say("\nPull aborted\n"); throw Failure();
    default: tell(session, "Pull complete");
    }
}

void show_job(Session& session, const DomainRef& domain, const std::string& disk,
              const Arguments& arguments) {
    const std::uint32_t flags = arguments.has("bytes") ? p::DomainBlockJobInfoFlags::bandwidth_bytes : 0;
    const auto info = session.call(p::DomainGetBlockJobInfoArgs{domain, disk, flags});
    const auto type = static_cast<std::size_t>(info.type);
    const std::string_view word = type < std::size(job_words) ? job_words[type] : job_words[0];
    if (info.found == 0) {
        if (!arguments.has("raw")) session.say("No current block job for {}\n", disk);
        session.show_json(Value());
        return;
    }
    session.show_json(Value::object()
                          .set("type", word)
                          .set(arguments.has("bytes") ? "bandwidth_bytes" : "bandwidth_mib", info.bandwidth)
                          .set("cur", info.cur)
                          .set("end", info.end));
    if (session.json()) return;
    if (arguments.has("raw")) {
        session.print(" type={}\n bandwidth={}\n cur={}\n end={}\n\n", word, info.bandwidth, info.cur,
                      info.end);
        return;
    }
    print_block_progress(word, info.cur, info.end);
    if (info.bandwidth != 0) {
        const double shown = static_cast<double>(info.bandwidth) * (arguments.has("bytes") ? 1.0 : 1048576.0);
        double scaled = shown;
        std::string_view unit = "B";
        for (const std::string_view next : {"KiB", "MiB", "GiB", "TiB"}) {
            if (scaled < 1024) break;
            scaled /= 1024;
            unit = next;
        }
        session.print("    Bandwidth limit: {:.0f} bytes/s ({:.3f} {}/s)", shown, scaled, unit);
    }
    session.print("\n\n");
}

void block_job(Session& session, const Arguments& arguments) {
    const DomainRef domain = find_domain(session, arguments);
    const std::string& disk = arguments.required("path");
    const bool aborts = arguments.has("abort") || arguments.has("pivot") || arguments.has("async");
    const bool asks = arguments.has("info") || arguments.has("raw");
    const bool sets = arguments.has("bandwidth");
    if ((aborts && asks) || (aborts && sets) || (asks && sets))
        refuse("conflict between abort, info, and bandwidth modes");
    if (arguments.has("bytes") && aborts) refuse("--bytes requires info or bandwidth mode");
    if (aborts) {
        const std::uint32_t flags = arguments.flags(
            {{"async", p::DomainBlockJobAbortFlags::async}, {"pivot", p::DomainBlockJobAbortFlags::pivot}});
        session.call(p::DomainBlockJobAbortArgs{domain, disk, flags});
        session.say("\n");
        session.show_json(Value::object());
        return;
    }
    if (sets) {
        const std::uint32_t flags =
            arguments.has("bytes") ? p::DomainBlockJobSetSpeedFlags::bandwidth_bytes : 0;
        session.call(p::DomainBlockJobSetSpeedArgs{domain, disk, bandwidth(arguments), flags});
        session.say("\n");
        session.show_json(Value::object());
        return;
    }
    show_job(session, domain, disk, arguments);
}

} // namespace

std::vector<Command> block_job_commands() {
    const Option domain = domain_option(Complete::running_domain);
    const Option disk = positional("path", "fully-qualified path of disk");
    const Option bandwidth = number("bandwidth", "bandwidth limit in MiB/s");
    const Option async = flag("async", "with --wait, don't wait for cancel to finish");
    const Option bytes = flag("bytes", "the bandwidth limit is in bytes/s rather than MiB/s");
    const Option verbose = flag("verbose", "with --wait, display the progress");
    const Option relative = flag("keep-relative", "keep the backing chain relatively referenced");
    return {
        {"blockcopy",
         Group::domain,
         "Start a block copy operation.",
         "Copy a disk backing image chain to dest.",
         {domain,
          positional("path", "fully-qualified path of source disk"),
          text("dest", "path of the copy to create"),
          bandwidth,
          flag("shallow", "make the copy share a backing chain"),
          flag("reuse-external", "reuse existing destination"),
          flag("blockdev", "copy destination is block device instead of regular file"),
          flag("wait", "wait for job to reach mirroring phase"),
          verbose,
          number("timeout", "implies --wait, abort if copy exceeds timeout (in seconds)"),
          flag("pivot", "implies --wait, pivot when mirroring starts"),
          flag("finish", "implies --wait, quit when mirroring starts"),
          async,
          text("xml", "filename containing XML description of the copy destination")
              .completes(Complete::file),
          text("format", "format of the destination file"),
          number("granularity", "power-of-two granularity to use during the copy"),
          number("buf-size", "maximum amount of in-flight data during the copy"),
          bytes,
          flag("transient-job", "the copy job is not persisted if VM is turned off"),
          flag("synchronous-writes",
               "the copy job forces guest writes to be synchronously written to the destination"),
          flag("print-xml", "print the XML used to start the copy job instead of starting the job"),
          alias("raw", "format=raw")},
         block_copy},
        {"blockcommit",
         Group::domain,
         "Start a block commit operation.",
         "Commit changes from a snapshot down to its backing image.",
         {domain, disk, bandwidth, text("base", "path of base file to commit into (default bottom of chain)"),
          flag("shallow", "use backing file of top as base"),
          text("top", "path of top file to commit from (default top of chain)"),
          flag("active", "trigger two-stage active commit of top file"),
          flag("delete", "delete files that were successfully committed"),
          flag("wait", "wait for job to complete (with --active, wait for job to sync)"), verbose,
          number("timeout", "implies --wait, abort if copy exceeds timeout (in seconds)"),
          flag("pivot", "implies --active --wait, pivot when commit is synced"),
          flag("keep-overlay", "implies --active --wait, quit when commit is synced"), async, relative,
          bytes},
         block_commit},
        {"blockpull",
         Group::domain,
         "Populate a disk from its backing image.",
         "Populate a disk from its backing image.",
         {domain, disk, bandwidth, text("base", "path of backing file in chain for a partial pull"),
          flag("wait", "wait for job to finish"), verbose,
          number("timeout", "with --wait, abort if pull exceeds timeout (in seconds)"), async, relative,
          bytes},
         block_pull},
        {"blockjob",
         Group::domain,
         "Manage active block operations",
         "Query, adjust speed, or cancel active block operations.",
         {domain, disk, flag("abort", "abort the active job on the specified disk"),
          flag("async", "implies --abort; request but don't wait for job end"),
          flag("pivot", "implies --abort; conclude and pivot a copy or commit job"),
          flag("info", "get active job information for the specified disk"),
          flag("bytes", "get/set bandwidth in bytes rather than MiB/s"),
          flag("raw", "implies --info; output details rather than human summary"), bandwidth},
         block_job},
    };
}

} // namespace yado::cli
