// SPDX-License-Identifier: Apache-2.0
#include "model/domain/abi.h"

#include <algorithm>

#include "model/domain/abi_words.h"
#include "schema/compare.h"
#include "schema/guest_abi.h"

namespace yado::model {
namespace {

using schema::Diagnostics;
using schema::Difference;

/// Without live parts and names this host made; secrets are none of the guest's business.
constexpr schema::View portable{.migratable = true};

class AbiCheck {
  public:
    AbiCheck(const Domain& source, const Domain& target, Diagnostics& out)
        : source_(source), target_(target), out_(out) {}

    void run() {
        if (source_.name != target_.name) {
            refuse("/domain/name", "Target domain name '{}' does not match source '{}'", target_.name,
                   source_.name);
        }
        memory();
        vcpus();
        if (source_.sysinfo.size() != target_.sysinfo.size()) {
            refuse("/domain/sysinfo", "Target domain count of sysinfo does not match source");
        }
        if (source_.os.smbios != target_.os.smbios) {
            refuse("/domain/os/smbios/@mode", "Target domain SMBIOS mode {} does not match source {}",
                   word_or(target_.os.smbios, "<null>"), word_or(source_.os.smbios, "<null>"));
        }
        cpu();
        if (source_.clock.timers.size() != target_.clock.timers.size()) {
            refuse("/domain/clock", "Target domain timers do not match source");
        }
        everything_else();
        devices();
    }

  private:
    template <class... Args>
    void refuse(std::string path, fmt::format_string<Args...> text, Args&&... args) {
        refuse_as(ErrorSource::domain, std::move(path), fmt::format(text, std::forward<Args>(args)...));
    }
    void refuse_as(ErrorSource source, std::string path, std::string text) {
        out_.add({Code::config_unsupported, std::move(text), std::move(path), 0, source});
    }
    template <class E> static std::string_view word_or(E value, std::string_view absent) {
        const std::string_view word = schema::word(value);
        return word.empty() ? absent : word;
    }

    /// Memory that is there at the start; devices that bring more are compared one by one.
    static std::uint64_t initial_memory(const Domain& domain) {
        std::uint64_t size = domain.memory.size.value;
        for (const MemoryDevice& device : domain.devices.memories) {
            size -= std::min(size, device.target.size_kib);
        }
        return size;
    }

    void memory() {
        const std::uint64_t before = initial_memory(source_), after = initial_memory(target_);
        if (before != after) {
            refuse("/domain/memory", "Target domain max memory {} does not match source {}", after, before);
        }
        const auto* cells = source_.numa();
        const auto* others = target_.numa();
        if (cells == nullptr || others == nullptr || cells->cells.size() != others->cells.size()) { return; }
        for (std::size_t i = 0; i < cells->cells.size(); ++i) {
            const std::uint64_t had = cells->cells[i].memory_kib, has = others->cells[i].memory_kib;
            if (had != has) {
                refuse(fmt::format("/domain/cpu/numa/cell[{}]/@memory", i + 1),
                       "Size of target NUMA node {} ({}) doesn't match source ({})", i, has, had);
            }
            if (cells->cells[i].cpus != others->cells[i].cpus) {
                refuse(fmt::format("/domain/cpu/numa/cell[{}]/@cpus", i + 1),
                       "Processor mask of target NUMA node {} doesn't match source", i);
            }
        }
    }

    static bool is_online(const Domain& domain, std::uint32_t id) {
        if (id >= domain.each_vcpu.size()) { return id < domain.vcpus.online(); }
        return domain.each_vcpu[id].enabled == schema::YesNo::yes;
    }
    void vcpus() {
        const std::uint32_t before = source_.vcpus.maximum, after = target_.vcpus.maximum;
        if (before != after) {
            refuse("/domain/vcpu", "Target domain vCPU max {} does not match source {}", after, before);
            return;
        }
        for (std::uint32_t id = 0; id < before; ++id) {
            if (is_online(source_, id) != is_online(target_, id)) {
                refuse("/domain/vcpu/@current",
                       "State of vCPU '{}' differs between source and destination definitions", id);
                return;
            }
        }
    }

    void cpu() {
        const Cpu &before = source_.cpu, &after = target_.cpu;
        if (before.mode != after.mode) {
            refuse_as(ErrorSource::cpu, "/domain/cpu/@mode",
                      fmt::format("Target CPU mode {} does not match source {}",
                                  word_or(after.mode, "<null>"), word_or(before.mode, "<null>")));
        }
        const auto text_or_null = [](const std::string& text) {
            return text.empty() ? std::string_view("<null>") : std::string_view(text);
        };
        if (before.vendor != after.vendor) {
            refuse_as(ErrorSource::cpu, "/domain/cpu/vendor",
                      fmt::format("Target CPU vendor {} does not match source {}", text_or_null(after.vendor),
                                  text_or_null(before.vendor)));
        }
        if (before.features.size() != after.features.size()) {
            refuse_as(ErrorSource::cpu, "/domain/cpu/feature",
                      fmt::format("Target CPU feature count {} does not match source {}",
                                  after.features.size(), before.features.size()));
        }
    }

    void everything_else() {
        Domain before = source_, after = target_;
        before.devices = after.devices = Devices();
        before.memory = after.memory = Memory(); // judged already, as all that follows
        before.vcpus.maximum = after.vcpus.maximum;
        if (before.cpu.numa && after.cpu.numa &&
            before.cpu.numa->cells.size() == after.cpu.numa->cells.size()) {
            for (std::size_t i = 0; i < after.cpu.numa->cells.size(); ++i) {
                before.cpu.numa->cells[i].memory_kib = after.cpu.numa->cells[i].memory_kib;
                before.cpu.numa->cells[i].cpus = after.cpu.numa->cells[i].cpus;
            }
        }
        if (before.cpu.features.size() != after.cpu.features.size()) {
            before.cpu.features = after.cpu.features;
        }
        if (before.sysinfo.size() != after.sysinfo.size()) { before.sysinfo = after.sysinfo; }
        if (before.clock.timers.size() != after.clock.timers.size()) {
            before.clock.timers = after.clock.timers;
        }
        for (const Difference& d : schema::compare(before, after, "domain", portable)) {
            if (d.guest_abi) { tell(d, d.path); }
        }
    }

    void tell(const Difference& difference, std::string path) {
        const AbiMessage message = libvirt_message(difference, path);
        refuse_as(message.source, std::move(path), message.text);
    }

    template <class Device>
    static std::vector<Difference> differences(const Device& source, const Device& target,
                                               std::string_view name) {
        std::vector<Difference> found = schema::compare(source, target, name, portable);
        std::erase_if(found, [](const Difference& d) { return !d.guest_abi; });
        return found;
    }

    /// Of those that differ from what stands at their place, the ones that are nowhere else either.
    template <class Device>
    static std::vector<std::size_t> unmatched(const std::vector<Device>& source,
                                              const std::vector<Device>& target, std::string_view name) {
        std::vector<std::size_t> moved;
        for (std::size_t i = 0; i < source.size(); ++i) {
            if (!differences(source[i], target[i], name).empty()) { moved.push_back(i); }
        }
        constexpr std::size_t most = 64; // each is held against each
        if (moved.size() > most) { return moved; }
        std::vector<std::size_t> free = moved, left;
        for (const std::size_t i : moved) {
            const auto same = std::ranges::find_if(
                free, [&](std::size_t j) { return differences(source[j], target[i], name).empty(); });
            if (same == free.end()) {
                left.push_back(i);
            } else {
                free.erase(same);
            }
        }
        return left;
    }

    template <class Device>
    void list(const std::vector<Device>& source, const std::vector<Device>& target, std::string_view name,
              std::string_view called) {
        if (source.size() != target.size()) {
            refuse(fmt::format("/domain/devices/{}", name),
                   "Target domain {} count {} does not match source {}", called, target.size(),
                   source.size());
            return;
        }
        for (const std::size_t i : unmatched(source, target, name)) {
            const std::string place = fmt::format("/domain/devices/{}[{}]", name, i + 1);
            const std::string moved = address_difference(source[i].info.address, target[i].info.address);
            for (const Difference& d : differences(source[i], target[i], name)) {
                const std::string_view inside = std::string_view(d.path).substr(name.size() + 1);
                if (moved.empty() || !inside.starts_with("/address/")) {
                    tell(d, fmt::format("{}{}", place, inside));
                }
            }
            if (!moved.empty()) { refuse(place + "/address", "{}", moved); }
        }
    }

    /// Of which there is at most one.
    template <class Device>
    void single(const schema::Rare<Device>& source, const schema::Rare<Device>& target, std::string_view name,
                std::string_view called) {
        if (source.has_value() != target.has_value()) {
            refuse(fmt::format("/domain/devices/{}", name),
                   "Target domain {} device count does not match source", called);
        } else if (source) {
            for (const Difference& d : differences(*source, *target, name)) {
                tell(d, fmt::format("/domain/devices{}", d.path));
            }
        }
    }

    void devices() {
        const Devices &s = source_.devices, &t = target_.devices;
        list(s.disks, t.disks, "disk", "disk");
        list(s.controllers, t.controllers, "controller", "controller");
        list(s.filesystems, t.filesystems, "filesystem", "filesystem");
        list(s.interfaces, t.interfaces, "interface", "net card");
        list(s.inputs, t.inputs, "input", "input device");
        list(s.sounds, t.sounds, "sound", "sound card");
        list(s.videos, t.videos, "video", "video card");
        list(s.hostdevs, t.hostdevs, "hostdev", "host device");
        list(s.smartcards, t.smartcards, "smartcard", "smartcard");
        list(s.serials, t.serials, "serial", "serial port");
        list(s.parallels, t.parallels, "parallel", "parallel port");
        list(s.channels, t.channels, "channel", "channel");
        list(s.consoles, t.consoles, "console", "console");
        list(s.hubs, t.hubs, "hub", "hub device");
        list(s.redirdevs, t.redirdevs, "redirdev", "redirected devices");
        list(s.watchdogs, t.watchdogs, "watchdog", "watchdog");
        list(s.rngs, t.rngs, "rng", "RNG device");
        list(s.tpms, t.tpms, "tpm", "TPM device");
        list(s.panics, t.panics, "panic", "panic device");
        list(s.shmems, t.shmems, "shmem", "shared memory device");
        list(s.memories, t.memories, "memory", "memory device");
        list(s.cryptos, t.cryptos, "crypto", "crypto device");
        single(s.balloon, t.balloon, "memballoon", "memory balloon");
        single(s.nvram, t.nvram, "nvram", "NVRAM");
        single(s.iommu, t.iommu, "iommu", "IOMMU");
        single(s.vsock, t.vsock, "vsock", "vsock");
        single(s.pstore, t.pstore, "pstore", "pstore");
    }

    const Domain& source_;
    const Domain& target_;
    Diagnostics& out_;
};

} // namespace

void check_abi(const Domain& source, const Domain& target, Diagnostics& diagnostics) {
    AbiCheck(source, target, diagnostics).run();
}

} // namespace yado::model
