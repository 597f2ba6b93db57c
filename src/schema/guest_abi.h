// SPDX-License-Identifier: Apache-2.0
// May one definition take over a guest that another one started? It may when the guest sees no difference:
// the parts whose rule is guest_abi are the same. Asked at migration, restore and revert.
#pragma once

#include <string_view>

#include "schema/compare.h"
#include "schema/diagnostics.h"
#include "schema/io.h"

namespace yado::schema {

/// "Target … does not match source …", with the path as it is given.
std::string abi_message(const Difference& difference, std::string_view path);

/// Both have to be completed, so that what complete() adds is in both; parts that only this host gave names
/// to, and the order of elements with keys, do not count. Each difference is a problem of `diagnostics`:
/// config_unsupported "Target … does not match source …".
void check_guest_abi(std::string_view root, const void* source, const void* target, Body body,
                     Diagnostics& diagnostics);

template <class T>
void check_guest_abi(const T& source, const T& target, std::string_view root, Diagnostics& diagnostics) {
    check_guest_abi(root, &source, &target, detail::body_of<T>, diagnostics);
}

} // namespace yado::schema
