// SPDX-License-Identifier: Apache-2.0
// <guest> of <capabilities>: one operating system type and architecture that guests may have, with the
// programs, machines and domain types for it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/io.h"

namespace yado::model {

struct GuestMachine {
    std::string canonical;      ///< what an alias such as "pc" stands for
    std::uint32_t max_cpus = 0; ///< 0: not known
    schema::YesNo deprecated{}; ///< libvirt writes it only when yes
    std::string name;
};
/// What it has differs from its architecture's where it is given.
struct GuestDomainType {
    std::string type; ///< "kvm", "qemu", "test"
    std::string emulator, loader;
    std::vector<GuestMachine> machines;
};
struct GuestArch {
    std::string name;
    std::uint32_t word_size = 0; ///< bits
    std::string emulator, loader;
    std::vector<GuestMachine> machines;
    std::vector<GuestDomainType> domains;
};
/// A feature that is there, whether it is on by default and whether guests may choose.
struct GuestFeatureToggle {
    schema::OnOff preset{};
    schema::YesNo toggle{};
};
struct GuestFeatures {
    bool pae = false, nonpae = false, ia64_be = false;
    std::optional<GuestFeatureToggle> acpi, apic;
    bool cpu_selection = false, device_boot = false;
    std::optional<GuestFeatureToggle> disk_snapshot, hap;
};

struct GuestCapabilities {
    std::string os_type; ///< "hvm", "xen", "exe"
    GuestArch arch;
    GuestFeatures features;
};
void describe(schema::Io& io, GuestCapabilities& guest);

} // namespace yado::model
