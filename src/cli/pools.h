// SPDX-License-Identifier: Apache-2.0
// Finding storage pools and volumes by what a user calls them, and saying their sizes.
#pragma once

#include "cli/arguments.h"
#include "cli/session.h"
#include "protocol/types.h"

#include <string>
#include <string_view>

namespace yado::cli {

/// By UUID when it looks like one, else by name. Throws Failure "failed to get pool 'x'".
protocol::StoragePoolRef find_pool(Session& session, std::string_view word);
inline protocol::StoragePoolRef find_pool(Session& session, const Arguments& arguments) {
    return find_pool(session, arguments.required("pool"));
}

/// Of --vol: by name within the pool of option `pool`, which must be active, else by key, else by path.
/// Throws Failure "failed to get vol 'x'".
protocol::StorageVolRef find_volume(Session& session, const Arguments& arguments,
                                    std::string_view pool = "pool", std::string_view volume = "vol");
protocol::StorageVolRef find_volume(Session& session, const std::string& word,
                                    const protocol::StoragePoolRef* pool);

/// "1.50 GiB", as every storage command says sizes.
std::string size_text(std::uint64_t bytes);

inline Option pool_option() { return positional("pool", "pool name or uuid"); }

} // namespace yado::cli
