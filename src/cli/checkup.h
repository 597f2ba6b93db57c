// SPDX-License-Identifier: Apache-2.0
// Looking a host over: does it have what guests need, and if not, how does one get it. The command is
// `doctor`.
#pragma once

#include "host/kvm.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

enum class Health : std::uint8_t {
    ok,
    warn, ///< guests run, but slower or without a feature
    fail, ///< guests do not run, or nobody can reach them
};
std::string_view name_of(Health health);

struct Finding {
    std::string key;   ///< stable, for JSON: "kvm"
    std::string title; ///< "Hardware virtualisation (KVM)"
    Health health = Health::ok;
    std::string detail; ///< what was found
    std::string fix;    ///< what to do, a command where one does it; empty when all is well
};

/// Where to look; tests give a tree of their own.
struct CheckupPlaces {
    std::string root; ///< before every path; empty for the real host
    std::string system_socket = "/run/libvirt/libvirt-sock";
    std::function<host::KvmVerdict()> judge_kvm;
    std::function<bool(const std::string& user)> user_exists;
    std::string kernel;       ///< of uname -r
    std::string architecture; ///< of uname -m
};
/// Those of this host.
CheckupPlaces real_places();

/// Every check, in the order to show; blocks for up to some seconds. None throws: what cannot be looked at is
/// a finding.
std::vector<Finding> check_host(const CheckupPlaces& places);

} // namespace yado::cli
