// SPDX-License-Identifier: Apache-2.0
// Reading the attributes of netlink objects: bounded, and wrong sizes are as good as absent.
#pragma once

#include <cstddef>
#include <cstring>
#include <libmnl/libmnl.h>
#include <optional>
#include <string>

namespace yado::host {

/// Calls `each(type, attribute)` for those behind a fixed part of `offset` bytes.
template <class F> void for_attributes(const nlmsghdr* message, std::size_t offset, F&& each) {
    if (offset > mnl_nlmsg_get_payload_len(message)) return;
    const auto* attribute = static_cast<const nlattr*>(mnl_nlmsg_get_payload_offset(message, offset));
    const char* end = static_cast<const char*>(mnl_nlmsg_get_payload_tail(message));
    while (mnl_attr_ok(attribute, static_cast<int>(end - reinterpret_cast<const char*>(attribute)))) {
        each(mnl_attr_get_type(attribute), attribute);
        attribute = mnl_attr_next(attribute);
    }
}
template <class F> void for_nested(const nlattr* nest, F&& each) {
    const auto* attribute = static_cast<const nlattr*>(mnl_attr_get_payload(nest));
    const char* end = reinterpret_cast<const char*>(nest) + nest->nla_len;
    while (mnl_attr_ok(attribute, static_cast<int>(end - reinterpret_cast<const char*>(attribute)))) {
        each(mnl_attr_get_type(attribute), attribute);
        attribute = mnl_attr_next(attribute);
    }
}

/// Kernels give longer structs than we know, never shorter ones.
template <class T> std::optional<T> value_of(const nlattr* attribute) {
    if (mnl_attr_get_payload_len(attribute) < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, mnl_attr_get_payload(attribute), sizeof value);
    return value;
}
inline std::string text_of(const nlattr* attribute) {
    const char* text = static_cast<const char*>(mnl_attr_get_payload(attribute));
    return {text, strnlen(text, mnl_attr_get_payload_len(attribute))};
}

} // namespace yado::host
