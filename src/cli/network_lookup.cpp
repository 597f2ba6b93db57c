// SPDX-License-Identifier: Apache-2.0
#include "cli/network_lookup.h"

#include "base/uuid.h"
#include "cli/failure.h"
#include "protocol/network_calls.h"

namespace yado::cli {
namespace {

constexpr std::size_t uuid_text = 36;

} // namespace

Option network_option() { return positional("network", "network name or uuid").completes(Complete::network); }

protocol::NetworkRef find_network(Session& session, const Arguments& arguments) {
    return find_network(session, arguments.required("network"));
}

protocol::NetworkRef find_network(Session& session, const std::string& word, unsigned how) {
    const auto uuid = Uuid::parse(word);
    if (uuid && word.size() == uuid_text && (how & by_uuid) != 0) {
        try {
            return session.call(protocol::NetworkLookupByUuidArgs{*uuid}).net;
        } catch (const Error& error) { // a name may look like one
            if (error.code() != Code::no_network) throw;
        }
    }
    const std::string failed = fmt::format("failed to get network '{}'", word);
    if ((how & by_name) == 0) refuse("{}", failed);
    return explain(failed, [&] { return session.call(protocol::NetworkLookupByNameArgs{word}).net; });
}

std::optional<std::string> network_metadata(Session& session, const protocol::NetworkRef& network,
                                            std::int32_t type, const std::optional<std::string>& uri,
                                            std::uint32_t affect) {
    try {
        return session.call(protocol::NetworkGetMetadataArgs{network, type, uri, affect}).metadata;
    } catch (const Error& error) {
        if (error.code() == Code::no_network_metadata) return std::nullopt;
        throw;
    }
}

} // namespace yado::cli
