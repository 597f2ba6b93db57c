// SPDX-License-Identifier: Apache-2.0
// What a running machine needs of its hypervisor to build devices: the same as for a start.
#pragma once

#include "base/async/task.h"
#include "hypervisor/qemu/capabilities/cache.h"
#include "hypervisor/qemu/cards.h"
#include "hypervisor/qemu/helpers/helpers.h"
#include "hypervisor/qemu/plan/plan.h"
#include "hypervisor/qemu/settings.h"

namespace yado::qemu {

class Workshop {
  public:
    virtual ~Workshop() = default;

    struct Bench {
        CapabilityCache::Pointer capabilities;
        LaunchFacts facts;
    };
    virtual Task<Bench> bench_for(model::Domain domain) = 0;
    virtual const Settings& settings() const = 0;
    virtual Cards& cards() = 0;
    virtual Helpers& helpers() = 0;
};

} // namespace yado::qemu
