// SPDX-License-Identifier: Apache-2.0
// What is in <domainCapabilities>, device by device. When plan() learns to translate something, it gets its
// line here.
#include "base/text.h"
#include "hypervisor/qemu/capabilities/cpu_features.h"
#include "hypervisor/qemu/capabilities/domain_document.h"
#include "model/domain/machine.h"

#include <initializer_list>
#include <utility>

namespace yado::qemu {
namespace {

using model::Capability;
using model::CapabilityEnum;
using schema::yes_no;
using schema::YesNo;
using Words = std::vector<model::CapabilityValue>;

constexpr Capability not_supported() { return {.supported = YesNo::no, .enums = {}}; }

/// Unsupported as soon as one of the enumerations is empty.
Capability ability(std::initializer_list<CapabilityEnum> enums) {
    for (const CapabilityEnum& each : enums) {
        if (each.values.empty()) return not_supported();
    }
    return {.supported = YesNo::yes, .enums = enums};
}

/// The words whose device or object (any of several, separated by blanks) QEMU has; "" for what needs none.
struct Choice {
    std::string_view word;
    std::string_view needs;
};
Words available(const QemuCapabilities& capabilities, std::initializer_list<Choice> choices) {
    Words words;
    for (const Choice& choice : choices) {
        bool there = choice.needs.empty();
        for (const std::string_view name : split_words(choice.needs)) {
            there = there || capabilities.has_device(name) || capabilities.has_object(name);
        }
        if (there) words.emplace_back(choice.word);
    }
    return words;
}

model::OsCapability os_of(const QemuCapabilities&) {
    model::OsCapability os;
    os.supported = YesNo::yes;
    os.enums = {{.name = "firmware", .values = {}}};
    os.loader.supported = YesNo::yes;
    os.loader.enums = {{.name = "type", .values = {"rom", "pflash"}},
                       {.name = "readonly", .values = {"yes", "no"}},
                       {.name = "secure", .values = {"no"}}};
    return os;
}

/// The accelerator's utmost in words of a named model.
model::HostModelMode host_model(const CpuDifference& from) {
    model::HostModelMode mode;
    mode.model.fallback = model::CpuFallback::forbid;
    mode.model.name = from.model;
    mode.vendor = libvirt_vendor(from.vendor);
    for (const std::string& each : from.added) {
        if (each.starts_with("kvm")) continue; // what KVM tells its guests about itself is not the CPU's
        mode.features.push_back({.policy = model::CpuPolicy::require, .name = libvirt_feature(each)});
    }
    for (const std::string& each : from.removed) {
        mode.features.push_back({.policy = model::CpuPolicy::disable, .name = libvirt_feature(each)});
    }
    return mode;
}

/// All but those that are modes of their own, QEMU's "base" and its numbered versions.
model::CustomMode custom_models(const QemuCapabilities& capabilities) {
    model::CustomMode mode;
    for (const CpuModelInfo& each : capabilities.cpus) {
        if (each.versioned || each.name == "max" || each.name == "host" || each.name == "base") continue;
        model::UsableCpuModel model;
        model.usable = each.usable ? model::CpuModelUsable::yes : model::CpuModelUsable::no;
        if (each.deprecated) model.deprecated = YesNo::yes;
        if (model::is_x86(capabilities.arch)) model.vendor = vendor_of_model(each.name);
        model.name = each.name;
        mode.models.push_back(std::move(model));
    }
    return mode;
}

std::vector<model::CpuModeCapability> cpu_modes(const QemuCapabilities& capabilities, bool kvm) {
    const Words on_off{"on", "off"};
    std::vector<model::CpuModeCapability> modes;
    const auto add = [&modes](auto mode, bool supported) {
        if (!supported) mode = {};
        modes.push_back({.mode = std::move(mode), .supported = yes_no(supported)});
    };
    add(model::HostPassthroughMode{{{.name = "hostPassthroughMigratable", .values = on_off}}}, kvm);
    add(model::MaximumMode{{{.name = "maximumMigratable", .values = on_off}}},
        capabilities.cpu("max") != nullptr);
    add(host_model(capabilities.host_model), !capabilities.host_model.model.empty());
    model::CustomMode custom = custom_models(capabilities);
    const bool any = !custom.models.empty();
    add(std::move(custom), any);
    return modes;
}

Capability disk(const QemuCapabilities& capabilities, const MachineType& machine, bool x86) {
    const bool has_ide = machine.name == "pc" || machine.name.starts_with("pc-i440fx");
    Words buses;
    if (has_ide) buses.emplace_back("ide");
    if (x86 && capabilities.has_device("floppy")) buses.emplace_back("fdc");
    for (model::CapabilityValue& each :
         available(capabilities, {{"scsi", "virtio-scsi-pci lsi virtio-scsi-device"},
                                  {"virtio", "virtio-blk-pci virtio-blk-device virtio-blk-ccw"},
                                  {"usb", "usb-storage"},
                                  {"sata", "ich9-ahci"}})) {
        buses.push_back(std::move(each));
    }
    Words devices{"disk", "cdrom"};
    if (x86 && capabilities.has_device("floppy")) devices.emplace_back("floppy");
    Words models = available(capabilities, {{"virtio", "virtio-blk-pci virtio-blk-device virtio-blk-ccw"},
                                            {"virtio-transitional", "virtio-blk-pci-transitional"},
                                            {"virtio-non-transitional", "virtio-blk-pci-non-transitional"}});
    return ability({{.name = "diskDevice", .values = std::move(devices)},
                    {.name = "bus", .values = std::move(buses)},
                    {.name = "model", .values = std::move(models)}});
}

Capability video(const QemuCapabilities& capabilities) {
    return ability(
        {{.name = "modelType",
          .values = available(capabilities, {{"vga", "VGA"},
                                             {"cirrus", "cirrus-vga"},
                                             {"vmvga", "vmware-svga"},
                                             {"qxl", "qxl-vga"},
                                             {"virtio", "virtio-vga virtio-gpu-pci virtio-gpu-device"},
                                             {"none", ""},
                                             {"bochs", "bochs-display"},
                                             {"ramfb", "ramfb"}})}});
}

Capability rng(const QemuCapabilities& capabilities) {
    return ability(
        {{.name = "model",
          .values =
              available(capabilities, {{"virtio", "virtio-rng-pci virtio-rng-device virtio-rng-ccw"},
                                       {"virtio-transitional", "virtio-rng-pci-transitional"},
                                       {"virtio-non-transitional", "virtio-rng-pci-non-transitional"}})},
         {.name = "backendModel",
          .values = available(capabilities,
                              {{"random", "rng-random"}, {"egd", "rng-egd"}, {"builtin", "rng-builtin"}})}});
}

Capability graphics(const QemuCapabilities& capabilities) {
    Words types;
    if (capabilities.has_command("query-vnc")) types.emplace_back("vnc");
    return ability({{.name = "type", .values = std::move(types)}});
}

model::FeatureCapabilities features(std::string_view arch, const MachineType& machine, bool kvm) {
    model::FeatureCapabilities features;
    features.gic = not_supported();
    if (model::is_arm(arch) && !kvm && machine.name.starts_with("virt")) {
        features.gic = ability({{.name = "version", .values = {"2", "3"}}});
    }
    features.vmcoreinfo = YesNo::no;
    features.genid = YesNo::no;
    features.backing_store_input = YesNo::no;
    features.backup = YesNo::no;
    features.sev.supported = YesNo::no;
    features.sgx.supported = YesNo::no;
    features.hyperv = not_supported();
    return features;
}

} // namespace

model::DomainCapabilities abilities(const QemuCapabilities& capabilities, const MachineType& machine,
                                    std::string_view arch, std::string_view virt_type) {
    const bool kvm = virt_type == "kvm";
    model::DomainCapabilities document;
    document.path = capabilities.binary;
    document.domain_type = virt_type;
    document.machine = machine.name;
    document.arch = arch;
    document.max_vcpus = machine.max_cpus;
    document.iothreads = yes_no(capabilities.has_object("iothread"));
    document.os = os_of(capabilities);
    document.cpu_modes = cpu_modes(capabilities, kvm);
    document.memory_backing = ability({{.name = "sourceType", .values = {"anonymous"}}});
    document.devices.disk = disk(capabilities, machine, model::is_x86(arch));
    document.devices.graphics = graphics(capabilities);
    document.devices.video = video(capabilities);
    document.devices.hostdev = not_supported();
    document.devices.rng = rng(capabilities);
    document.devices.filesystem = not_supported();
    document.devices.tpm = not_supported();
    document.devices.redirdev = not_supported();
    document.devices.channel = ability({{.name = "type", .values = {"pty", "unix"}}});
    document.features = features(arch, machine, kvm);
    return document;
}

} // namespace yado::qemu
