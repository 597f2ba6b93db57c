// SPDX-License-Identifier: Apache-2.0
#include "guest/block_job.h"

#include "base/text.h"
#include "model/domain/named_disk.h"

#include <algorithm>
#include <array>

namespace yado::guest {
namespace {

// libvirt 9.0's words, in the order of the enumerations here
constexpr std::array<std::string_view, 4> kinds{"pull", "copy", "commit", "active-commit"};
constexpr std::array<std::string_view, 5> phases{"new", "running", "ready", "aborting", "pivoting"};

std::optional<model::StatusNode> node_of(std::optional<std::uint32_t> image) {
    if (!image) return std::nullopt;
    return model::StatusNode{fmt::format("libvirt-{}-format", *image)};
}

std::optional<std::uint32_t> image_of(const std::optional<model::StatusNode>& node) {
    constexpr std::string_view prefix = "libvirt-";
    if (!node || !node->node.starts_with(prefix)) return std::nullopt;
    const std::string_view rest = std::string_view(node->node).substr(prefix.size());
    return parse_number<std::uint32_t>(rest.substr(0, rest.find('-')));
}

template <class Words> std::optional<std::size_t> place_of(const Words& words, std::string_view word) {
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return static_cast<std::size_t>(found - words.begin());
}

} // namespace

int public_type(BlockJobKind kind) { return static_cast<int>(kind) + 1; }

model::StatusBlockJobs to_status(const BlockJobs& jobs, const model::Domain& domain) {
    model::StatusBlockJobs status;
    status.active = jobs.empty() ? schema::YesNo::no : schema::YesNo::yes;
    for (const auto& [name, job] : jobs) {
        model::StatusBlockJob& each = status.jobs.emplace_back();
        each.name = name;
        each.type = kinds[static_cast<std::size_t>(job.kind)];
        each.state = phases[static_cast<std::size_t>(job.phase)];
        if (job.phase == BlockJobPhase::ready) each.new_state = each.state;
        each.flags = fmt::format("0x{:x}", job.flags);
        if (job.shallow_new) each.shallow_new = schema::YesNo::yes;
        each.disk.emplace().target = job.target;
        const model::Disk* disk = model::named_disk(domain, job.target);
        if (job.kind == BlockJobKind::copy && disk != nullptr && disk->mirror)
            each.disk->mirror = schema::YesNo::yes;
        each.base = node_of(job.base);
        each.top = node_of(job.top);
        each.above_top = node_of(job.above_top);
        each.delete_committed = job.delete_merged;
    }
    return status;
}

BlockJobs from_status(const model::StatusBlockJobs& status) {
    BlockJobs jobs;
    for (const model::StatusBlockJob& each : status.jobs) {
        const auto kind = place_of(kinds, each.type);
        if (!kind || !each.disk) continue; // of a kind that is not begun here
        BlockJob job;
        job.kind = static_cast<BlockJobKind>(*kind);
        job.phase = static_cast<BlockJobPhase>(place_of(phases, each.state).value_or(1));
        job.target = each.disk->target;
        job.flags = static_cast<std::uint32_t>(
            parse_number<std::uint32_t>(
                std::string_view(each.flags).substr(std::min<std::size_t>(2, each.flags.size())), 16)
                .value_or(0));
        job.base = image_of(each.base);
        job.top = image_of(each.top);
        job.above_top = image_of(each.above_top);
        job.delete_merged = each.delete_committed;
        job.shallow_new = each.shallow_new == schema::YesNo::yes;
        jobs.emplace(each.name, std::move(job));
    }
    return jobs;
}

} // namespace yado::guest
