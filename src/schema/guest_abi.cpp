// SPDX-License-Identifier: Apache-2.0
#include "schema/guest_abi.h"

namespace yado::schema {

std::string abi_message(const Difference& difference, std::string_view path) {
    if (path.starts_with('/')) { path.remove_prefix(1); }
    const bool added = difference.kind == Difference::Kind::added;
    if (difference.element) {
        return fmt::format("Target {} {}, which source {}", added ? "has" : "lacks", path,
                           added ? "has not" : "has");
    }
    constexpr std::string_view nothing = "(none)";
    const bool removed = difference.kind == Difference::Kind::removed;
    return fmt::format("Target {} {} does not match source {}", path,
                       removed ? nothing : std::string_view(difference.after),
                       added ? nothing : std::string_view(difference.before));
}

void check_guest_abi(std::string_view root, const void* source, const void* target, Body body,
                     Diagnostics& diagnostics) {
    // Without live parts and names this host made; secrets are none of the guest's business.
    constexpr View portable{.migratable = true};
    for (const Difference& difference : compare(root, source, target, body, portable)) {
        if (!difference.guest_abi) { continue; }
        diagnostics.add({Code::config_unsupported, abi_message(difference, difference.path), difference.path,
                         0, diagnostics.source});
    }
}

} // namespace yado::schema
