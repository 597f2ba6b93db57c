// SPDX-License-Identifier: Apache-2.0
// <capabilities> of <features>: what root may do inside a container.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "schema/io.h"

namespace yado::model {

enum class CapabilityPolicy : std::uint8_t { unset, default_, allow, deny };

/// Linux's names of them without "CAP_", in the order of documents.
inline constexpr std::array<std::string_view, 37> capability_names{
    "audit_control",   "audit_write", "block_suspend", "chown",      "dac_override",   "dac_read_search",
    "fowner",          "fsetid",      "ipc_lock",      "ipc_owner",  "kill",           "lease",
    "linux_immutable", "mac_admin",   "mac_override",  "mknod",      "net_admin",      "net_bind_service",
    "net_broadcast",   "net_raw",     "setgid",        "setfcap",    "setpcap",        "setuid",
    "sys_admin",       "sys_boot",    "sys_chroot",    "sys_module", "sys_nice",       "sys_pacct",
    "sys_ptrace",      "sys_rawio",   "sys_resource",  "sys_time",   "sys_tty_config", "syslog",
    "wake_alarm"};

struct ContainerCapabilities {
    CapabilityPolicy policy{};
    std::array<schema::OnOff, capability_names.size()> states{};
    schema::Kept unknown; ///< check() refuses what is here
};
void describe(schema::Io& io, ContainerCapabilities& capabilities);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::CapabilityPolicy> {
    static constexpr std::string_view values[] = {"", "default", "allow", "deny"};
};
} // namespace yado::schema
