// SPDX-License-Identifier: Apache-2.0
// What about a running guest makes its trouble the administrator's own: libvirt calls such a guest tainted,
// in `dominfo` and in the log. A guest keeps what it has caught until it ends.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace yado::guest {

enum class Taint : std::uint8_t { // in libvirt's order
    custom_argv,
    custom_monitor,
    high_privileges,
    shell_scripts,
    disk_probing,
    external_launch,
    host_cpu,
    hook_script,
    cdrom_passthrough,
    custom_dtb,
    custom_agent_command,
    custom_hypervisor_feature,
    deprecated_config,
    custom_device,
};
/// As in status files and the log: "high-privileges".
std::string_view word_of(Taint taint);
std::optional<Taint> taint_of(std::string_view word);
/// For people: "running with undesirable elevated privileges".
std::string_view text_of(Taint taint);

struct Warnings {
    std::set<Taint> taints;
    std::vector<std::string> deprecated; ///< what of its configuration is: "machine type 'pc-1.0'"
};

} // namespace yado::guest
