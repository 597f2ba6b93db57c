// SPDX-License-Identifier: Apache-2.0
#include "model/cpu_set.h"

#include <bit>

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"

namespace yado::model {

std::optional<CpuSet> CpuSet::parse(std::string_view text) {
    constexpr std::size_t longest = 64 * 1024; // every second CPU, named one by one, takes 48 KiB
    if (text.size() > longest) { return std::nullopt; }
    CpuSet set;
    for (std::string_view part : yado::split(text, ',')) {
        part = yado::trim(part);
        const bool exclude = part.starts_with('^');
        if (exclude) { part.remove_prefix(1); }
        const std::size_t dash = exclude ? std::string_view::npos : part.find('-');
        const auto first = parse_number<std::uint32_t>(yado::trim(part.substr(0, dash)), 10, 0, limit - 1);
        const auto last =
            dash == std::string_view::npos
                ? first
                : parse_number<std::uint32_t>(yado::trim(part.substr(dash + 1)), 10, 0, limit - 1);
        if (!first || !last || *last < *first) { return std::nullopt; }
        for (std::uint32_t number = *first; number <= *last; ++number) {
            exclude ? set.erase(number) : set.insert(number);
        }
    }
    return set;
}

std::string CpuSet::text() const {
    std::string out;
    const auto end = static_cast<std::uint32_t>(words_.size() * 64);
    for (std::uint32_t number = 0; number < end; ++number) {
        if (!contains(number)) { continue; }
        const std::uint32_t first = number;
        while (contains(number + 1)) { ++number; }
        out += out.empty() ? "" : ",";
        out += first == number ? fmt::format("{}", first) : fmt::format("{}-{}", first, number);
    }
    return out;
}

bool CpuSet::contains(std::uint32_t number) const {
    return number / 64 < words_.size() && (words_[number / 64] >> (number % 64) & 1) != 0;
}

void CpuSet::insert(std::uint32_t number) {
    if (number >= limit) { fail(Code::invalid_arg, "CPU number {} is larger than {}", number, limit - 1); }
    if (words_.size() <= number / 64) { words_.resize(number / 64 + 1); }
    words_[number / 64] |= std::uint64_t{1} << (number % 64);
}

void CpuSet::erase(std::uint32_t number) {
    if (contains(number)) {
        words_[number / 64] &= ~(std::uint64_t{1} << (number % 64));
        trim();
    }
}

std::size_t CpuSet::size() const {
    std::size_t count = 0;
    for (const std::uint64_t bits : words_) { count += static_cast<std::size_t>(std::popcount(bits)); }
    return count;
}

std::vector<std::uint32_t> CpuSet::numbers() const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t number = 0; number < words_.size() * 64; ++number) {
        if (contains(number)) { all.push_back(number); }
    }
    return all;
}

void CpuSet::trim() {
    while (!words_.empty() && words_.back() == 0) { words_.pop_back(); }
}

} // namespace yado::model

namespace yado::schema {

Problem Text<model::CpuSet>::parse(std::string_view text, model::CpuSet& set) {
    auto parsed = model::CpuSet::parse(text);
    if (!parsed || parsed->empty()) { fail(Code::invalid_arg, "Failed to parse bitmap '{}'", text); }
    set = std::move(*parsed);
    return no_problem;
}

} // namespace yado::schema
