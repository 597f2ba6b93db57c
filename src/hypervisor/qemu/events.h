// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "guest/hypervisor.h"
#include "hypervisor/qemu/monitor/monitor.h"

#include <vector>

namespace yado::qemu {

/// What a QMP event means for the guest; every event also gives a MonitorEvent, last. Unknown ones give just
/// that. IoFailed::path is the block node's name here, as QEMU knows no more.
std::vector<guest::MachineEvent> translate(const Monitor::Event& event);

/// "/machine/peripheral/virtio-disk0/virtio-backend" → "virtio-disk0"; the text itself when it is no such
/// path.
std::string alias_of(std::string_view qom_path);

} // namespace yado::qemu
