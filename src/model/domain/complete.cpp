// SPDX-License-Identifier: Apache-2.0
#include "model/domain/complete.h"

#include <algorithm>

#include "base/error.h"
#include "model/domain/complete_devices.h"
#include "model/domain/complete_machine.h"
#include "model/domain/machine.h"
#include "model/domain/placing.h"

namespace yado::model {
namespace {

/// No machine takes this many; some steps take time with the square of it.
void require_bounded(const Domain& domain) {
    constexpr std::size_t most = 2048;
    const Devices& d = domain.devices;
    for (const std::size_t count :
         {d.disks.size(),     d.controllers.size(), d.filesystems.size(), d.interfaces.size(),
          d.hostdevs.size(),  d.redirdevs.size(),   d.leases.size(),      d.serials.size(),
          d.parallels.size(), d.consoles.size(),    d.channels.size(),    d.inputs.size(),
          d.graphics.size(),  d.sounds.size(),      d.audios.size(),      d.videos.size(),
          d.watchdogs.size(), d.rngs.size(),        d.hubs.size(),        d.smartcards.size(),
          d.tpms.size(),      d.shmems.size(),      d.panics.size(),      d.memories.size(),
          d.cryptos.size()}) {
        if (count > most) {
            fail(ErrorSource::domain, Code::config_unsupported, "more than {} devices of one kind", most);
        }
    }
}

} // namespace

void complete(Domain& domain, const CompleteContext& context) {
    require_bounded(domain);
    complete_sysinfo(domain);
    if (domain.uuid.is_null()) { domain.uuid = context.new_uuid(); }
    if (domain.generation_id && domain.generation_id->id.is_null()) {
        domain.generation_id->id = context.new_uuid();
    }
    complete_memory(domain);
    complete_vcpus(domain);
    complete_iothreads(domain);
    complete_tuning(domain);
    complete_os(domain, context);
    complete_features(domain.features);
    complete_cpu(domain, context);
    complete_clock(domain.clock);
    complete_labels(domain, context);
    const auto fill = [](LifecycleAction& action, LifecycleAction usual) {
        action = action == LifecycleAction::unset ? usual : action;
    };
    fill(domain.on_poweroff, LifecycleAction::destroy);
    fill(domain.on_reboot, LifecycleAction::restart);
    fill(domain.on_crash, LifecycleAction::destroy);

    sort_devices(domain);
    add_machine_devices(domain, context);
    complete_disks(domain, context);
    complete_filesystems(domain);
    complete_interfaces(domain, context);
    complete_hostdevs(domain);
    complete_characters(domain);
    complete_inputs(domain);
    complete_graphics(domain);
    complete_videos(domain, context);
    complete_others(domain);
    add_implied_devices(domain, context);
    complete_controllers(domain, context);
    if (context.assign_addresses) {
        place_drives(domain);
        place_virtio_serial(domain);
        place_memories(domain);
        place_pci(domain);
        place_usb(domain);
    }
}

} // namespace yado::model
