// SPDX-License-Identifier: Apache-2.0
// Which calls there are and who answers them: rows of daemon/procedures/ joined with what the protocol's
// tables say.
#pragma once

#include "protocol/procedures.h"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace yado::daemon {

class Call;

/// What must have happened on a connection before a call is looked at.
enum class Needs : std::uint8_t {
    nothing,        ///< authentication itself
    authentication, ///< opening, and what may be asked before
    open,           ///< a driver has been opened
};

/// One row: the call and its handler. Everything else is in the protocol's tables.
struct Procedure {
    protocol::ProcedureId id;
    void (*invoke)(Call&) = nullptr;
    Needs needs = Needs::open;
    bool waits = false; ///< the handler may take long: counts against the client's calls in progress
};

class Registry {
  public:
    struct Entry {
        const protocol::ProcedureInfo* info = nullptr; ///< null: no such call
        const Procedure* procedure = nullptr;          ///< null: nobody answers it (yet)
    };

    /// The rows must outlive the registry. Throws Error(internal_error) for a row given twice, or one that is
    /// no call of `programs`.
    Registry(std::span<const std::uint32_t> programs,
             std::initializer_list<std::span<const Procedure>> tables);

    bool serves(std::uint32_t program, std::uint32_t version) const;
    /// An empty entry for unknown numbers and for events.
    Entry find(std::uint32_t program, std::int32_t number) const;
    /// How many calls have a handler.
    std::size_t answered() const;

  private:
    struct Program {
        std::uint32_t number;
        std::vector<Entry> entries; ///< by procedure number
    };
    Program* program(std::uint32_t number);

    std::vector<Program> programs_;
};

} // namespace yado::daemon
