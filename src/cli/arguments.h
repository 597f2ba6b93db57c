// SPDX-License-Identifier: Apache-2.0
// The words given to a command, sorted to its options.
#pragma once

#include "cli/command.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

/// Every command takes --output text|json beside its own options.
inline constexpr std::string_view output_name = "output";

class Arguments {
  public:
    explicit Arguments(const Command& command) : command_(&command) {}

    const Command& command() const { return *command_; }
    /// An option was given: for flags the only question.
    bool has(std::string_view name) const { return values_.contains(name); }
    /// The value given, nothing when the option was not.
    std::optional<std::string> text(std::string_view name) const;
    /// Of an option that is required.
    const std::string& required(std::string_view name) const;
    /// Throws Failure "Numeric value 'x' for <name> option is malformed or out of range".
    template <class T> std::optional<T> number(std::string_view name) const;
    /// Bytes: digits with an optional suffix as "10", "10k", "2GiB". Throws Failure likewise.
    std::optional<std::uint64_t> scaled(std::string_view name, std::uint64_t default_scale,
                                        std::uint64_t limit = UINT64_MAX) const;
    /// The words of a `rest` option.
    const std::vector<std::string>& rest(std::string_view name) const;

    /// Throws Failure when both were given, as virsh says it.
    void exclusive(std::string_view one, std::string_view other) const;
    /// Throws Failure when `option` was given without `needed`.
    void requires_option(std::string_view option, std::string_view needed) const;

    /// `flag` bits for options that only set a bit.
    std::uint32_t flags(std::initializer_list<std::pair<std::string_view, std::uint32_t>> bits) const;
    /// VIR_DOMAIN_AFFECT_*: 0 current, 1 live, 2 config. Refuses --current with one of the others.
    std::uint32_t affect() const;

  private:
    friend class Parser;
    const Command* command_;
    std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

extern template std::optional<int> Arguments::number<int>(std::string_view) const;
extern template std::optional<unsigned> Arguments::number<unsigned>(std::string_view) const;
extern template std::optional<std::int64_t> Arguments::number<std::int64_t>(std::string_view) const;
extern template std::optional<std::uint64_t> Arguments::number<std::uint64_t>(std::string_view) const;

} // namespace yado::cli
