// SPDX-License-Identifier: Apache-2.0
// What follows from a machine's own reports. Mappings match libvirt 9.0's QEMU driver as seen by its clients.
#include "base/log.h"
#include "base/text.h"
#include "guest/device_matching.h"
#include "guest/power.h"
#include "guest/vcpus.h"
#include "model/domain/each_device.h"

namespace yado::guest {
namespace {

template <class... Cases> struct Overloaded : Cases... {
    using Cases::operator()...;
};

/// QEMU's watchdog action → virDomainEventWatchdogAction.
int watchdog_number(std::string_view action) {
    constexpr std::string_view words[] = {"none",     "pause", "reset",     "poweroff",
                                          "shutdown", "debug", "inject-nmi"};
    for (int number = 0; const std::string_view word : words) {
        if (word == action) return number;
        ++number;
    }
    return 0;
}

/// QEMU's error action → virDomainEventIOErrorAction.
int io_error_number(std::string_view action) {
    if (action == "stop") return 1;
    if (action == "report") return 2;
    return 0;
}

} // namespace

void Power::on_shutdown(const Registry::Pointer& guest, const std::shared_ptr<Live>& live,
                        const ShuttingDown& shutdown) {
    if (guest->condition.state == State::shutting_down) return;
    enter(guest, shutting_down::unknown);
    publish(*guest, shutdown.by_guest ? lifecycle::shutdown_by_guest : lifecycle::shutdown_by_host);
    if (live->end_as) return; // we are ending it
    using Action = model::LifecycleAction;
    // on_poweroff is not asked for a reset that on_reboot makes an end
    const Action action = shutdown.by_reset ? Action::destroy : live->domain.on_poweroff;
    const bool restart = (live->reboot_at_shutdown && !shutdown.by_reset) || action == Action::restart ||
                         action == Action::rename_restart;
    if (restart && shutdown.by_guest) {
        run("restarting it", guest, restart_inside(guest, live));
        return;
    }
    if (action == Action::preserve) return; // stays until it is destroyed
    live->end_as = shut_off::shutdown;
    live->end_event = lifecycle::stopped_shutdown;
    run("ending it", guest, end_process(live));
}

void Power::on_panic(const Registry::Pointer& guest, const std::shared_ptr<Live>& live) {
    enter(guest, crashed::panicked);
    publish(*guest, lifecycle::crashed_panicked);
    using Action = model::LifecycleAction;
    switch (live->domain.on_crash) {
    case Action::preserve: break;
    case Action::restart:
    case Action::rename_restart:
    case Action::coredump_restart: run("restarting it", guest, restart_inside(guest, live)); break;
    default:
        live->end_as = shut_off::crashed;
        live->end_event = lifecycle::stopped_crashed;
        run("ending it", guest, end_process(live));
        break;
    }
}

void Power::on_device_gone(const Registry::Pointer& guest, const std::shared_ptr<Live>& live,
                           const std::string& alias) {
    if (live->unplugging.contains(alias)) return; // the job that waits for it goes on
    run("taking away a device of", guest, forget_device(guest, live, alias));
}

Task<void> Power::forget_device(Registry::Pointer guest, std::shared_ptr<Live> live, std::string alias) {
    model::Domain& domain = live->domain;
    if (const auto vcpu = plugged_vcpu(alias)) {
        set_vcpu_online(domain, *vcpu, false);
        co_await save_status(guest);
        co_return;
    }
    if (!model::find_device(domain.devices, alias)) co_return;
    co_await live->machine->release(domain, alias);
    if (live->ended) co_return;
    for (const model::MemoryDevice& memory : domain.devices.memories) {
        if (memory.info.alias.name == alias) grow_memory(domain, memory.target.size_kib, false);
    }
    while (const auto place =
               model::find_device(domain.devices, alias)) // a console may be a serial port's twin
        model::erase_device(domain.devices, *place);
    co_await save_status(guest);
    publish(*guest, DeviceRemoved{std::move(alias)});
}

void Power::on_event(const Registry::Pointer& guest, const std::shared_ptr<Live>& live,
                     const MachineEvent& event) {
    const bool starting = guest->condition == paused::starting_up;
    std::visit(
        Overloaded{
            [&](const Stopped&) {
                if (!starting && !live->held_still)
                    enter_paused(guest, live->pause_as.value_or(paused::unknown));
            },
            [&](const Resumed&) {
                const State state = guest->condition.state;
                if (!starting && (state == State::paused || state == State::pm_suspended)) {
                    enter_running(guest, running::unpaused);
                }
            },
            [&](const ShuttingDown& shutdown) { on_shutdown(guest, live, shutdown); },
            [&](const WasReset&) { publish(*guest, Rebooted{}); },
            [&](const Panicked&) { on_panic(guest, live); },
            [&](const PmSuspended& suspended) {
                if (guest->condition.state != State::running) return;
                enter(guest, pm_suspended::unknown);
                publish(*guest,
                        suspended.to_disk ? lifecycle::pm_suspended_disk : lifecycle::pm_suspended_memory);
                publish(*guest, PmSuspend{suspended.to_disk});
            },
            [&](const PmWoken&) {
                if (guest->condition.state == State::pm_suspended) {
                    enter(guest, running::woken);
                    publish(*guest, lifecycle::started_wakeup);
                }
                publish(*guest, PmWakeup{});
            },
            [&](const WatchdogFired& fired) {
                if (fired.action == "pause") live->pause_as = paused::watchdog;
                publish(*guest, WatchdogAction{watchdog_number(fired.action)});
                if (fired.action == "pause") enter_paused(guest, paused::watchdog);
            },
            [&](const IoFailed& failed) {
                publish(*guest, IoError{failed.path, failed.device_alias, failed.reason,
                                        io_error_number(failed.action)});
                if (failed.action == "stop") enter_paused(guest, paused::io_error);
            },
            [&](const DeviceUnplugRefused& refused) { publish(*guest, DeviceRemovalFailed{refused.alias}); },
            [&](const BalloonChanged& changed) {
                live->domain.current_memory = KiB{changed.actual_kib};
                publish(*guest, changed);
            },
            [&](const ChannelChanged& changed) {
                for (model::Channel& channel : live->domain.devices.channels) {
                    if (channel.info.alias.name != changed.alias) continue;
                    channel.state = changed.connected ? model::ChannelState::connected
                                                      : model::ChannelState::disconnected;
                    if (is_agent_channel(channel))
                        publish(*guest, AgentLifecycle{.state = changed.connected ? 1 : 2, .reason = 2});
                    run("save state of", guest, save_status(guest));
                }
            },
            [&](const BlockJobChanged& changed) {
                if (block_job_watcher_.changed) block_job_watcher_.changed(guest, changed);
            },
            [&](const TransferPass& pass) { publish(*guest, pass); },
            [&](const WriteThresholdPassed& passed) { publish(*guest, passed); },
            [&](const Gone& gone) {
                live->ended = true;
                if (block_job_watcher_.gone) block_job_watcher_.gone(*live);
                if (guest->condition.state == State::crashed && !live->end_as) {
                    live->end_as = shut_off::crashed;
                } else if (guest->condition.state == State::shutting_down && !live->end_as) {
                    live->end_as = shut_off::shutdown;
                    live->end_event = lifecycle::stopped_shutdown;
                }
                if (!live->end_as) {
                    log_warning("guest.power", "guest '{}' ended by itself: {}", guest->name,
                                gone.last_words);
                }
                if (live->machine)
                    run("cleaning up after it", guest, finish(guest, live)); // else its start does
            },
            [&](const RtcChanged& changed) { publish(*guest, changed); },
            [&](const DeviceRemoved& removed) { on_device_gone(guest, live, removed.alias); },
            [&](const TrayMoved& moved) {
                for (model::Disk& disk : live->domain.devices.disks) {
                    if (disk.info.alias.name != moved.alias) continue;
                    disk.target.tray = moved.open ? model::TrayState::open : model::TrayState::unset;
                    publish(*guest, moved);
                    run("save state of", guest, save_status(guest));
                }
            },
            [&](const MemoryDeviceResized& resized) {
                for (model::MemoryDevice& memory : live->domain.devices.memories) {
                    if (memory.info.alias.name != resized.alias) continue;
                    memory.target.current_kib = resized.kib;
                    publish(*guest, resized);
                    run("save state of", guest, save_status(guest));
                }
            },
            [&](const GraphicsChanged& changed) { publish(*guest, changed); },
            [&](const MonitorEvent& raw) { publish(*guest, raw); },
        },
        event);
}

} // namespace yado::guest
