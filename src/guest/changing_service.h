// SPDX-License-Identifier: Apache-2.0
// The calls that add, take away and change single devices: of the definition, of the running guest, or of
// both.
#pragma once

#include "guest/device_matching.h"
#include "guest/domain_calls.h"
#include "protocol/domain_calls.h"

#include <string>

namespace yado::guest {

class ChangingService final : private DomainCalls {
  public:
    ChangingService(Parts parts, Power& power) : DomainCalls(parts, power) {}

    Task<p::DomainAttachDeviceResult> attach(CallContext, p::DomainAttachDeviceArgs);
    Task<p::DomainAttachDeviceFlagsResult> attach_with_flags(CallContext, p::DomainAttachDeviceFlagsArgs);
    Task<p::DomainDetachDeviceResult> detach(CallContext, p::DomainDetachDeviceArgs);
    Task<p::DomainDetachDeviceFlagsResult> detach_with_flags(CallContext, p::DomainDetachDeviceFlagsArgs);
    Task<p::DomainDetachDeviceAliasResult> detach_alias(CallContext, p::DomainDetachDeviceAliasArgs);
    Task<p::DomainUpdateDeviceFlagsResult> update(CallContext, p::DomainUpdateDeviceFlagsArgs);

  private:
    Task<void> attach_device(Registry::Pointer guest, std::string xml, std::uint32_t flags);
    Task<void> detach_device(Registry::Pointer guest, std::string xml, std::uint32_t flags);

    // plugging.cpp
    /// Plugs the device and what it needs into the running guest.
    Task<void> plug(Registry::Pointer guest, model::DeviceDocument document);
    Task<void> plug_one(Registry::Pointer guest, model::Domain& with, std::string alias);
    /// `wait`: no longer than the guest's patience allows; not waited for it goes when it goes.
    Task<void> unplug(Registry::Pointer guest, model::DevicePlace place, bool wait);

    // updating.cpp
    /// Changes the running guest's device.
    Task<void> update_live(Registry::Pointer guest, model::DeviceDocument given, bool force);
    Task<void> update_disk(Registry::Pointer guest, model::DeviceDocument wanted, bool force);
    Task<void> update_interface(Registry::Pointer guest, model::DeviceDocument wanted,
                                model::DeviceDocument given);
    Task<void> update_graphics(Registry::Pointer guest, model::DeviceDocument wanted);
    Task<void> update_memory(Registry::Pointer guest, model::DeviceDocument wanted);

    /// Defaults, rules and the hypervisor's own check of a definition that has changed.
    void settle(model::Domain& domain) const;
};

// changing_config.cpp: the definition's side, without a guest
/// Throws operation_unsupported for kinds that cannot be added, operation_invalid for what is there already.
void attach_to_definition(model::Domain& domain, const model::DeviceDocument& document);
/// Throws operation_unsupported for kinds that cannot be added to ("attach") or taken from a definition.
void require_in_definition(std::string_view kind, std::string_view what);
void detach_from_definition(model::Domain& domain, const model::DeviceDocument& wanted,
                            const model::DeviceDocument& given);
void update_definition(model::Domain& domain, const model::DeviceDocument& wanted,
                       const model::DeviceDocument& given);

// plugging.cpp
/// Throws operation_unsupported for what cannot be taken out of a running guest.
void require_unpluggable(const model::Domain& domain, const model::DeviceDocument& wanted);

} // namespace yado::guest
