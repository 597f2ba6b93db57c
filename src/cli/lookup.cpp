// SPDX-License-Identifier: Apache-2.0
#include "cli/lookup.h"

#include "base/files.h"
#include "base/text.h"
#include "base/uuid.h"
#include "cli/failure.h"
#include "protocol/domain_calls.h"

#include <array>

namespace yado::cli {
namespace {

constexpr std::size_t input_max = std::size_t{10} * 1024 * 1024; ///< bytes, as virsh
constexpr std::size_t uuid_text = 36;

/// Runs a lookup; "there is none" is no answer, all other errors pass.
template <class Args> std::optional<protocol::DomainRef> look(Session& session, const Args& args) {
    try {
        return session.call(args).dom;
    } catch (const Error& error) {
        if (error.code() == Code::no_domain || error.code() == Code::invalid_arg) return std::nullopt;
        throw;
    }
}

using Words = std::span<const std::string_view>;

Words reasons(std::int32_t state) {
    static constexpr std::array<std::string_view, 1> unknown{"unknown"};
    static constexpr std::array<std::string_view, 12> running{
        "unknown",       "booted",   "migrated",           "restored",
        "from snapshot", "unpaused", "migration canceled", "save canceled",
        "event wakeup",  "crashed",  "post-copy",          "post-copy failed"};
    static constexpr std::array<std::string_view, 15> paused{
        "unknown",   "user",        "migrating",     "saving",           "dumping",
        "I/O error", "watchdog",    "from snapshot", "shutting down",    "creating snapshot",
        "crashed",   "starting up", "post-copy",     "post-copy failed", "api error"};
    static constexpr std::array<std::string_view, 2> shutdown{"unknown", "user"};
    static constexpr std::array<std::string_view, 9> shutoff{"unknown", "shutdown",      "destroyed",
                                                             "crashed", "migrated",      "saved",
                                                             "failed",  "from snapshot", "daemon"};
    static constexpr std::array<std::string_view, 2> crashed{"unknown", "panicked"};
    static constexpr std::array<Words, 8> words{unknown,  running, unknown, paused,
                                                shutdown, shutoff, crashed, unknown};
    return state < 0 || static_cast<std::size_t>(state) >= words.size()
               ? Words(unknown)
               : words[static_cast<std::size_t>(state)];
}

} // namespace

protocol::DomainRef find_domain(Session& session, const Arguments& arguments, unsigned how) {
    return find_domain(session, arguments.required("domain"), how);
}

protocol::DomainRef find_domain(Session& session, std::string_view word, unsigned how) {
    if (const auto id = parse_number<std::int32_t>(word, 10, 0); id && (how & by_id) != 0)
        if (auto domain = look(session, protocol::DomainLookupByIdArgs{*id})) return *domain;
    if (const auto uuid = Uuid::parse(word); uuid && word.size() == uuid_text && (how & by_uuid) != 0)
        if (auto domain = look(session, protocol::DomainLookupByUuidArgs{*uuid})) return *domain;
    if ((how & by_name) != 0)
        if (auto domain = look(session, protocol::DomainLookupByNameArgs{std::string(word)})) return *domain;
    refuse("failed to get domain '{}'", word);
}

StateAndReason domain_state(Session& session, const protocol::DomainRef& domain) {
    const auto answer = session.call(protocol::DomainGetStateArgs{domain});
    return {answer.state, answer.reason};
}

std::string_view state_text(std::int32_t state) {
    static constexpr std::array<std::string_view, 8> words{
        "no state", "running", "idle", "paused", "in shutdown", "shut off", "crashed", "pmsuspended"};
    return state < 0 || static_cast<std::size_t>(state) >= words.size()
               ? "no state"
               : words[static_cast<std::size_t>(state)];
}

std::string_view reason_text(std::int32_t state, std::int32_t reason) {
    const Words words = reasons(state);
    return reason < 0 || static_cast<std::size_t>(reason) >= words.size()
               ? "unknown"
               : words[static_cast<std::size_t>(reason)];
}

std::string domain_xml(Session& session, const protocol::DomainRef& domain, std::uint32_t flags) {
    return session.call(protocol::DomainGetXmlDescArgs{domain, flags}).xml;
}

std::string read_input_file(const std::string& path) { return read_file(path, input_max); }

} // namespace yado::cli
