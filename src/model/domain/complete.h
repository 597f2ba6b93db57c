// SPDX-License-Identifier: Apache-2.0
// complete() fills in what a document leaves open, as libvirt does when a domain is defined. Everything that
// depends on the machine, the driver or chance comes through CompleteContext, so that the result is a
// function of its inputs.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "model/domain/domain.h"

namespace yado::model {

/// The processor a machine has when the document asks for none.
struct DefaultCpu {
    CpuMode mode = CpuMode::custom;
    std::string model;
};

struct CompleteContext {
    /// Arch of a document that names none: the host's.
    std::string host_arch = "x86_64";
    std::function<Uuid()> new_uuid = [] { return Uuid::random(); };
    /// An address that no other card of the domain has; the prefix is libvirt's 52:54:00. Must be set.
    std::function<Mac()> new_mac;
    /// The full name of a machine or its alias ("q35" → "pc-q35-7.2"); an empty name asks for the default.
    /// Nothing when the emulator has no such machine: complete() then throws config_unsupported.
    std::function<std::optional<std::string>(const Domain&, std::string_view machine)> canonical_machine;
    /// The program for the domain's type and arch; empty when there is none. Null: the element stays as it
    /// is.
    std::function<std::string(const Domain&)> emulator;
    /// What the emulator gives a guest without <cpu>. Null, or an empty model: <cpu> stays as it is.
    std::function<DefaultCpu(const Domain&)> default_cpu;
    /// What the emulator has, by QEMU's device names ("qemu-xhci", "virtio-scsi-pci"). Null: everything.
    std::function<bool(const Domain&, std::string_view device)> has_device;

    /// Where variable stores of firmware are made; empty: they are not named.
    std::string nvram_directory;
    /// What confines guests on this host, for a <seclabel> that does not say: "apparmor" …
    std::string security_model = "none";
    /// Prefix of generated tap names; such a name in a document is forgotten.
    std::string tap_prefix = "vnet";

    // What a driver adds; the in-memory test driver wants less than QEMU.
    bool add_devices = true; ///< controllers, inputs, video, audio, balloon
    bool assign_addresses = true;
    bool fill_drivers = true; ///< <driver name='qemu'> of disks
};

/// Fills `domain` as libvirt's define does. Applying it again to the result changes nothing. Throws Error for
/// what cannot be completed: unknown machines, addresses that collide, more devices than places.
void complete(Domain& domain, const CompleteContext& context);

/// Names for the devices of a guest that is about to start: "virtio-disk0", "net0", "serial0", "pci.1" … User
/// names
/// ("ua-…") stay. Throws config_unsupported when two are equal.
void assign_aliases(Domain& domain);
/// The same for devices that are plugged into a running guest: those without a name get one, the others keep
/// theirs. Throws config_unsupported when two are equal.
void assign_missing_aliases(Domain& domain);

} // namespace yado::model
