// SPDX-License-Identifier: Apache-2.0
// The steps of complete() that concern devices, in the order they run.
#pragma once

#include "model/domain/complete.h"

namespace yado::model {

/// Disks by bus and name, controllers by type and index, as libvirt keeps them; numbers for controllers
/// without one.
void sort_devices(Domain& domain);
/// What the machine has anyway: USB, SATA and PCI root controllers, balloon.
void add_machine_devices(Domain& domain, const CompleteContext& context);
/// Each device by itself.
void complete_disks(Domain& domain, const CompleteContext& context);
void complete_interfaces(Domain& domain, const CompleteContext& context);
void complete_characters(Domain& domain);
void complete_controllers(Domain& domain, const CompleteContext& context);
void complete_inputs(Domain& domain);
void complete_graphics(Domain& domain);
void complete_videos(Domain& domain, const CompleteContext& context);
void complete_others(Domain& domain);
/// What the devices of the document need: consoles, disk and serial controllers, input, audio.
void add_implied_devices(Domain& domain, const CompleteContext& context);

} // namespace yado::model
