// SPDX-License-Identifier: Apache-2.0
// Small parts that the documents about what hosts and hypervisors can do share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/io.h"

namespace yado::model {

/// An element that holds a word: `<value>rom</value>`. Made from texts, so that lists of them read as lists.
struct CapabilityValue {
    std::string text;

    CapabilityValue() = default;
    CapabilityValue(std::string value) : text(std::move(value)) {}
    CapabilityValue(std::string_view value) : text(value) {}
    CapabilityValue(const char* value) : text(value) {}
    friend bool operator==(const CapabilityValue&, const CapabilityValue&) = default;
};
void describe(schema::Io& io, CapabilityValue& value);

/// An element that only has a name: `<feature name='sse4.2'/>`.
struct CapabilityName {
    std::string name;

    CapabilityName() = default;
    CapabilityName(std::string value) : name(std::move(value)) {}
    CapabilityName(std::string_view value) : name(value) {}
    CapabilityName(const char* value) : name(value) {}
    friend bool operator==(const CapabilityName&, const CapabilityName&) = default;
};
void describe(schema::Io& io, CapabilityName& name);

/// The unit of sizes that libvirt always gives in KiB; any other is refused.
enum class KibibyteUnit : std::uint8_t { kib };

enum class SizeUnit : std::uint8_t { bytes, kib, mib, gib, tib, pib, eib };

/// A size as two attributes: `size='32' unit='MiB'`.
struct ScaledSize {
    std::uint64_t value = 0;
    SizeUnit unit{};

    /// In the largest unit that divides it, which is how libvirt shows caches.
    static ScaledSize of(std::uint64_t bytes);
    /// Bytes; the largest number when they do not fit.
    std::uint64_t bytes() const;
};

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::KibibyteUnit> {
    static constexpr std::string_view values[] = {"KiB"};
};
template <> struct EnumNames<model::SizeUnit> {
    static constexpr std::string_view values[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
};
} // namespace yado::schema
