// SPDX-License-Identifier: Apache-2.0
// <clock>: the time the guest starts with and the timers it sees.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/io.h"

namespace yado::model {

enum class ClockOffset : std::uint8_t { unset, utc, localtime, variable, timezone, absolute };
enum class ClockBasis : std::uint8_t { unset, utc, localtime };
enum class TimerName : std::uint8_t { platform, pit, rtc, hpet, tsc, kvmclock, hypervclock, armvtimer };
enum class TickPolicy : std::uint8_t { unset, delay, catchup, merge, discard };
enum class TimerTrack : std::uint8_t { unset, boot, guest, wall, realtime };
enum class TimerMode : std::uint8_t { unset, auto_, native, emulate, paravirt, smpsafe };

struct TimerCatchup {
    std::optional<std::uint64_t> threshold, slew, limit;
};
struct Timer {
    TimerName name{};
    TickPolicy tick_policy{};
    TimerTrack track{};
    std::optional<std::uint64_t> frequency; ///< Hz
    TimerMode mode{};
    schema::YesNo present{};
    schema::Rare<TimerCatchup> catchup;
};

struct Clock {
    ClockOffset offset{};
    std::string adjustment; ///< seconds, or "reset"
    ClockBasis basis{};
    std::string timezone;
    std::optional<std::int64_t> start; ///< seconds since 1970
    std::vector<Timer> timers;

    const Timer* timer(TimerName name) const; ///< null when it is not mentioned
};
void describe(schema::Io& io, Clock& clock);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::ClockOffset> {
    static constexpr std::string_view values[] = {"", "utc", "localtime", "variable", "timezone", "absolute"};
};
template <> struct EnumNames<model::ClockBasis> {
    static constexpr std::string_view values[] = {"", "utc", "localtime"};
};
template <> struct EnumNames<model::TimerName> {
    static constexpr std::string_view values[] = {"platform", "pit",      "rtc",         "hpet",
                                                  "tsc",      "kvmclock", "hypervclock", "armvtimer"};
};
template <> struct EnumNames<model::TickPolicy> {
    static constexpr std::string_view values[] = {"", "delay", "catchup", "merge", "discard"};
};
template <> struct EnumNames<model::TimerTrack> {
    static constexpr std::string_view values[] = {"", "boot", "guest", "wall", "realtime"};
};
template <> struct EnumNames<model::TimerMode> {
    static constexpr std::string_view values[] = {"", "auto", "native", "emulate", "paravirt", "smpsafe"};
};
} // namespace yado::schema
