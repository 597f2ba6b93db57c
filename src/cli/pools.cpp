// SPDX-License-Identifier: Apache-2.0
#include "cli/pools.h"

#include "cli/failure.h"
#include "protocol/storage_calls.h"

namespace yado::cli {

protocol::StoragePoolRef find_pool(Session& session, std::string_view word) {
    if (const auto uuid = Uuid::parse(word)) {
        try {
            return session.call(protocol::StoragePoolLookupByUuidArgs{*uuid}).pool;
        } catch (const Error&) {} // it may be a name
    }
    return explain(fmt::format("failed to get pool '{}'", word), [&] {
        return session.call(protocol::StoragePoolLookupByNameArgs{std::string(word)}).pool;
    });
}

protocol::StorageVolRef find_volume(Session& session, const std::string& word,
                                    const protocol::StoragePoolRef* pool) {
    if (pool != nullptr) {
        if (session.call(protocol::StoragePoolIsActiveArgs{*pool}).active == 0)
            refuse("pool '{}' is not active", pool->name);
        try {
            return session.call(protocol::StorageVolLookupByNameArgs{*pool, word}).vol;
        } catch (const Error&) {} // it may be a key or a path
    }
    std::optional<protocol::StorageVolRef> found;
    try {
        found = session.call(protocol::StorageVolLookupByKeyArgs{word}).vol;
    } catch (const Error&) {}
    if (!found) {
        const std::string_view advice = pool == nullptr ? ", specifying --pool might help" : "";
        found = explain(fmt::format("failed to get vol '{}'{}", word, advice),
                        [&] { return session.call(protocol::StorageVolLookupByPathArgs{word}).vol; });
    }
    if (pool != nullptr && found->pool != pool->name) {
        refuse("Requested volume '{}' is not in pool '{}'", word, pool->name);
    }
    return *found;
}

protocol::StorageVolRef find_volume(Session& session, const Arguments& arguments, std::string_view pool_name,
                                    std::string_view volume) {
    std::optional<protocol::StoragePoolRef> pool;
    if (const auto word = arguments.text(pool_name)) pool = find_pool(session, *word);
    return find_volume(session, arguments.required(volume), pool ? &*pool : nullptr);
}

std::string size_text(std::uint64_t bytes) {
    static constexpr std::string_view units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < std::size(units); ++unit) value /= 1024;
    return fmt::format("{:.2f} {}", value, units[unit]);
}

} // namespace yado::cli
