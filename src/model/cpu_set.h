// SPDX-License-Identifier: Apache-2.0
// A set of CPU or NUMA node numbers, written "0-3,7". Reads libvirt's "^2" exclusions too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/codec.h"

namespace yado::model {

class CpuSet {
  public:
    /// The largest number a set may hold, as a bound on hostile input (libvirt's own limit is 16384 CPUs).
    static constexpr std::uint32_t limit = 16384;

    static std::optional<CpuSet> parse(std::string_view text);
    std::string text() const;

    bool empty() const { return words_.empty(); }
    bool contains(std::uint32_t number) const;
    void insert(std::uint32_t number);
    void erase(std::uint32_t number);
    std::size_t size() const;
    std::vector<std::uint32_t> numbers() const;
    friend bool operator==(const CpuSet&, const CpuSet&) = default;

  private:
    void trim();                       ///< drops trailing empty words
    std::vector<std::uint64_t> words_; ///< bit n of word w: number 64·w+n; the last word is never 0
};

} // namespace yado::model

template <> struct yado::schema::Text<yado::model::CpuSet> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "set of CPU numbers";
    static bool present(const model::CpuSet& set) { return !set.empty(); }
    static Problem parse(std::string_view text, model::CpuSet& set);
    static void print(const model::CpuSet& set, std::string& out) { out += set.text(); }
};
