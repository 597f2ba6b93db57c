// SPDX-License-Identifier: Apache-2.0
// What is known about every call and event beside its structures: who may call it, which way streams and
// descriptors travel, its name in the C API. The rows stand in src/protocol/tables/.
#pragma once

#include "protocol/body.h"
#include "protocol/programs.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace yado::protocol {

enum class Kind : std::uint8_t { call, event };

/// Who sends data on the stream a call opens.
enum class StreamDirection : std::uint8_t { none, to_server, to_client, both };

/// When something about a call holds, by one of its arguments.
struct Condition {
    enum class When : std::uint8_t {
        never,
        always,
        any_set,  ///< one of the bits of `value` is set in the argument
        none_set, ///< none of them is
        equals,   ///< the argument is `value`
    };
    When when = When::always;
    std::string_view argument; ///< field name in the Args structure
    std::uint32_t value = 0;
};

/// A permission the caller needs, as in libvirt's polkit actions (org.libvirt.api.OBJECT.PERMISSION, there
/// with '-' for '_').
struct AclRule {
    std::string_view object;
    std::string_view permission;
    Condition condition;
};

struct ProcedureInfo {
    ProcedureId id;
    std::string_view name; ///< "DomainCreate"; with the program before it unless remote: "qemu.DomainAttach"
    Kind kind = Kind::call;
    bool high_priority = false; ///< must not starve behind calls that may block
    bool readonly = false;      ///< read-only connections may call it, except when `readonly_refused` holds
    Condition readonly_refused;
    StreamDirection stream = StreamDirection::none;
    bool call_fds = false;        ///< the call may carry descriptors
    bool reply_fds = false;       ///< the reply may
    std::span<const AclRule> acl; ///< all must be granted
    std::string_view
        filter_object; ///< objects listed are left out unless this permission is granted; else empty
    std::string_view filter_permission;
    std::string_view api;             ///< C function, e.g. "virDomainCreate"; empty when there is none
    std::string_view since;           ///< libvirt version, empty when unknown
    const BodyType* args = nullptr;   ///< of an event: its structure
    const BodyType* result = nullptr; ///< null for events
};

/// Null when there is no such procedure. Events are found too: refuse them as calls.
const ProcedureInfo* find(std::uint32_t program, std::int32_t number);
const ProcedureInfo* find(std::string_view name);
inline const ProcedureInfo* find(ProcedureId id) { return find(id.program, id.number); }
/// Rows of a program in order of number; empty for an unknown program.
std::span<const ProcedureInfo> all(std::uint32_t program);

/// Whether `condition` holds for these arguments. An argument that does not exist counts as 0.
bool holds(const Condition& condition, const BodyType& type, const void* args);

template <class Args> bool holds(const Condition& condition, const Args& args) {
    if (condition.when == Condition::When::always || condition.when == Condition::When::never)
        return condition.when == Condition::When::always;
    return holds(condition, *find(Args::procedure)->args, &args);
}

/// Whether a read-only connection may make this call.
template <class Args> bool allowed_readonly(const ProcedureInfo& info, const Args& args) {
    return info.readonly && !holds(info.readonly_refused, args);
}

} // namespace yado::protocol
