// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/registry.h"

#include "base/error.h"

#include <algorithm>

namespace yado::daemon {

Registry::Registry(std::span<const std::uint32_t> programs,
                   std::initializer_list<std::span<const Procedure>> tables) {
    for (const std::uint32_t number : programs) {
        Program& added = programs_.emplace_back(Program{number, {}});
        for (const protocol::ProcedureInfo& info : protocol::all(number)) {
            if (info.kind != protocol::Kind::call || info.id.number < 0) continue;
            const auto index = static_cast<std::size_t>(info.id.number);
            if (added.entries.size() <= index) added.entries.resize(index + 1);
            added.entries[index].info = &info;
        }
    }
    for (const std::span<const Procedure> table : tables) {
        for (const Procedure& row : table) {
            Program* owner = program(row.id.program);
            const auto index = static_cast<std::size_t>(row.id.number);
            if (owner == nullptr || index >= owner->entries.size() || owner->entries[index].info == nullptr) {
                fail(Code::internal_error, "there is no call {} in program {:#x}", row.id.number,
                     row.id.program);
            }
            Entry& entry = owner->entries[index];
            if (entry.procedure != nullptr) {
                fail(Code::internal_error, "two handlers for {}", entry.info->name);
            }
            entry.procedure = &row;
        }
    }
}

Registry::Program* Registry::program(std::uint32_t number) {
    const auto found = std::ranges::find(programs_, number, &Program::number);
    return found == programs_.end() ? nullptr : &*found;
}

bool Registry::serves(std::uint32_t number, std::uint32_t version) const {
    return version == protocol::protocol_version &&
           std::ranges::find(programs_, number, &Program::number) != programs_.end();
}

Registry::Entry Registry::find(std::uint32_t number, std::int32_t procedure) const {
    const auto found = std::ranges::find(programs_, number, &Program::number);
    if (found == programs_.end() || procedure < 0) return {};
    const auto index = static_cast<std::size_t>(procedure);
    return index < found->entries.size() ? found->entries[index] : Entry{};
}

std::size_t Registry::answered() const {
    std::size_t count = 0;
    for (const Program& each : programs_) {
        count += static_cast<std::size_t>(std::ranges::count_if(
            each.entries, [](const Entry& entry) { return entry.procedure != nullptr; }));
    }
    return count;
}

} // namespace yado::daemon
