// SPDX-License-Identifier: Apache-2.0
// What every service about domains needs: finding the domain of a call, telling which of its two states a
// change is for, and writing the definition back. A topic of calls (tuning, devices, the guest agent, …) is a
// class of its own on top of it.
#pragma once

#include "guest/power.h"
#include "protocol/types.h"
#include "service/arguments.h"
#include "service/call.h"

#include <cstdint>
#include <utility>

namespace yado::guest {

namespace p = protocol;
using service::CallContext;
using service::refuse_argument;
using service::require_flags;

/// The handle clients get of a domain.
p::DomainRef ref_to(const Guest& guest);

/// Which states of a domain a change is for.
struct Impact {
    bool live = false;
    bool config = false;
};

class DomainCalls {
  protected:
    /// `power` outlives it.
    DomainCalls(Parts parts, Power& power) : parts_(parts), power_(power) {}
    ~DomainCalls() = default;

    Registry::Pointer require(const p::DomainRef& ref) const {
        return parts_.registry.require(ref.uuid, ref.name);
    }
    /// The states meant by flags of virDomainModificationImpact (bits 1 and 2; 0: the current one). Throws
    /// operation_invalid when that state does not exist.
    static Impact impact(const Guest& guest, std::uint32_t flags);
    /// The state a question is about: a copy of the model.
    model::Domain asked_model(const Guest& guest, std::uint32_t flags) const;
    /// What dominfo and the like speak of: the running guest, else the definition.
    model::Domain current_model(const Guest& guest) const;
    Summary current_summary(const Guest& guest) const;
    /// Makes `domain` the guest's definition; on disk when it resumes.
    Task<void> save_config(Registry::Pointer guest, model::Domain domain);

    Parts parts_;
    Power& power_;
};

} // namespace yado::guest
