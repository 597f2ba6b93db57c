// SPDX-License-Identifier: Apache-2.0
// The steps of complete() that concern devices, in the order they run. A kind of device has its steps in one
// file: complete_disks, complete_controllers, complete_interfaces, complete_characters, complete_screens;
// what needs a line or two only is in complete_devices.
#pragma once

#include <optional>
#include <string_view>

#include "model/domain/complete.h"

namespace yado::model {

/// Disks by bus and name, controllers by type and index, as libvirt keeps them; numbers for controllers
/// without one.
void sort_devices(Domain& domain);
void sort_disks(Domain& domain);
void sort_controllers(Domain& domain);

/// What the machine has anyway: USB, SATA and PCI root controllers, balloon.
void add_machine_devices(Domain& domain, const CompleteContext& context);
void add_machine_controllers(Domain& domain, const CompleteContext& context);

/// Each device by itself.
void complete_disks(Domain& domain, const CompleteContext& context);
void complete_filesystems(Domain& domain);
void complete_interfaces(Domain& domain, const CompleteContext& context);
void complete_hostdevs(Domain& domain);
void complete_characters(Domain& domain);
void complete_controllers(Domain& domain, const CompleteContext& context);
void complete_inputs(Domain& domain);
void complete_graphics(Domain& domain);
void complete_videos(Domain& domain, const CompleteContext& context);
void complete_others(Domain& domain);

/// What the devices of the document need: consoles, disk and serial controllers, input, audio.
void add_implied_devices(Domain& domain, const CompleteContext& context);
void add_character_devices(Domain& domain);
void add_disk_controllers(Domain& domain);
void add_hostdev_controllers(Domain& domain);
void add_virtio_serial_controllers(Domain& domain);
/// Places for smartcards that have none, and the readers they are in.
void add_smartcard_readers(Domain& domain);
void add_screen_devices(Domain& domain);
/// Where sound goes when the document does not say; nothing where a screen takes it.
std::optional<AudioBackend> implied_audio(const Devices& devices);

/// Whether the emulator has the device; everything when nothing is known of it.
bool has_device(const Domain& domain, const CompleteContext& context, std::string_view device);
bool is_qemu(const Domain& domain);

} // namespace yado::model
