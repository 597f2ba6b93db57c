// SPDX-License-Identifier: Apache-2.0
#include "guest/taint.h"

#include <algorithm>
#include <array>

namespace yado::guest {
namespace {

struct Words {
    std::string_view word, text;
};
constexpr std::array<Words, 14> all_words{{
    {"custom-argv", "custom configuration parameters specified"},
    {"custom-monitor", "custom monitor control commands issued"},
    {"high-privileges", "running with undesirable elevated privileges"},
    {"shell-scripts", "network configuration using opaque shell scripts"},
    {"disk-probing", "potentially unsafe disk format probing"},
    {"external-launch", "managing externally launched configuration"},
    {"host-cpu", "potentially unsafe use of host CPU passthrough"},
    {"hook-script", "configuration potentially modified by hook script"},
    {"cdrom-passthrough", "use of host cdrom passthrough"},
    {"custom-dtb", "custom device tree blob used"},
    {"custom-ga-command", "custom guest agent control commands issued"},
    {"custom-hypervisor-feature", "hypervisor feature autodetection override"},
    {"deprecated-config", "use of deprecated configuration settings"},
    {"custom-device", "custom device configuration"},
}};

} // namespace

std::string_view word_of(Taint taint) { return all_words[static_cast<std::size_t>(taint)].word; }
std::string_view text_of(Taint taint) { return all_words[static_cast<std::size_t>(taint)].text; }

std::optional<Taint> taint_of(std::string_view word) {
    const auto found = std::ranges::find(all_words, word, &Words::word);
    if (found == all_words.end()) return std::nullopt;
    return static_cast<Taint>(found - all_words.begin());
}

} // namespace yado::guest
