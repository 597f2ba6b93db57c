// SPDX-License-Identifier: Apache-2.0
// The problems of a user's document, all of them, with place and line. The first one is the message clients
// print and keeps libvirt's words; the others are its detail.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/error.h"

namespace yado::schema {

struct Finding {
    Code code;
    std::string message;
    std::string path;       ///< "/domain/devices/disk[2]/target/@bus"; empty when not known
    std::uint32_t line = 0; ///< 0 when not known
    ErrorSource source = ErrorSource::none;

    /// "line 12: /domain/name: message"
    std::string text() const;
};

class Diagnostics {
  public:
    /// At most `limit` findings are kept, so that a hostile document cannot fill memory.
    static constexpr std::size_t limit = 100;

    void add(Finding finding);
    template <class... Args> void problem(Code code, fmt::format_string<Args...> text, Args&&... args) {
        add({code, fmt::format(text, std::forward<Args>(args)...), {}, 0, source});
    }
    /// Something that was ignored or repaired; never thrown.
    void add_note(Finding finding);

    bool ok() const { return problems_.empty(); }
    const std::vector<Finding>& problems() const { return problems_; }
    const std::vector<Finding>& notes() const { return notes_; }
    /// Throws the first problem as an Error with all of them as its detail lines; returns when there is none.
    void throw_if_any() const;

    /// Given to problems added by problem().
    ErrorSource source = ErrorSource::none;

  private:
    std::vector<Finding> problems_;
    std::vector<Finding> notes_;
};

} // namespace yado::schema
