// SPDX-License-Identifier: Apache-2.0
// vCPUs of a document told apart: which are online, and which can come and go.
#pragma once

#include "model/domain/domain.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace yado::guest {

/// One entry a vCPU, as libvirt has them once they differ: those that are online from the start stay.
void tell_vcpus_apart(model::Domain& domain);
/// Turns one on or off and keeps the count.
void set_vcpu_online(model::Domain& domain, std::uint32_t id, bool online);
/// "vcpu3" → 3: the alias of a vCPU that was plugged in.
std::optional<std::uint32_t> plugged_vcpu(std::string_view alias);

} // namespace yado::guest
