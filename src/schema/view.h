// SPDX-License-Identifier: Apache-2.0
// Which of the forms of a document is read or written. The same value has several: the definition, the
// running state, with or without secrets, and the one other hosts are sent.
#pragma once

#include <cstdint>

namespace yado::schema {

enum class Show : std::uint8_t {
    always,
    live,     ///< only of a running guest: console paths, channel states
    running,  ///< given when a guest starts (aliases): forgotten when a definition is read, written where it
              ///< is
    inactive, ///< only in the definition
    secure,   ///< only when secrets were asked for
};

struct View {
    bool live = false;       ///< the running form, else the definition
    bool secure = false;     ///< with passwords
    bool migratable = false; ///< for another host: what this host added by itself is left out

    constexpr bool shows(Show show) const {
        switch (show) {
        case Show::always: return true;
        case Show::running: return !migratable;
        case Show::live: return live;
        case Show::inactive: return !live;
        case Show::secure: return secure;
        }
        return true;
    }
};

/// What disk and status files hold.
inline constexpr View definition_view{.secure = true};
inline constexpr View status_view{.live = true, .secure = true};

} // namespace yado::schema
