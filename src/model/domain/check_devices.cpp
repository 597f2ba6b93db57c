// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_devices.h"

#include <algorithm>
#include <set>

namespace yado::model {

using schema::Diagnostics;

std::string at(std::string_view device, std::size_t index, std::string_view part) {
    return fmt::format("/domain/devices/{}[{}]{}", device, index + 1, part);
}

bool only(std::string_view text, std::string_view others) {
    return std::ranges::all_of(text, [others](char c) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return plain || others.find(c) != std::string_view::npos;
    });
}

bool shares_memory(const Domain& domain) {
    const bool all = domain.memory_backing && domain.memory_backing->access == MemoryAccess::shared;
    const GuestNuma* numa = domain.numa();
    if (numa == nullptr) { return all; }
    return std::ranges::all_of(numa->cells, [all](const NumaCell& cell) {
        return cell.access == MemoryAccess::unset ? all : cell.access == MemoryAccess::shared;
    });
}

std::size_t numa_cells(const Domain& domain) {
    return domain.numa() == nullptr ? 0 : domain.numa()->cells.size();
}

bool has_iothread(const Domain& domain, std::uint32_t id) {
    const auto& threads = domain.iothread_ids;
    if (threads.empty()) { return id >= 1 && id <= domain.iothreads.value_or(0); }
    return std::ranges::any_of(threads, [id](const IoThread& each) { return each.id == id; });
}

void check_no_virtio(const VirtioOptions& options, const std::string& path, Diagnostics& out) {
    const auto refuse = [&](std::string_view name, schema::OnOff value) {
        if (value != schema::OnOff::unset) {
            problem(out, domain_conf, Code::config_unsupported, fmt::format("{}/@{}", path, name),
                    "{} driver option is only supported for virtio devices", name);
        }
    };
    refuse("iommu", options.iommu);
    refuse("ats", options.ats);
    refuse("packed", options.packed);
    refuse("page_per_vq", options.page_per_vq);
}

std::string_view shown(const std::string& text) { return text.empty() ? std::string_view("(null)") : text; }

namespace {

/// Everything all devices share: names, boot order, PCI numbers.
class InfoCheck {
  public:
    InfoCheck(const Domain& domain, Diagnostics& out) : out_(out) {
        const Devices& d = domain.devices;
        all("disk", d.disks);
        all("controller", d.controllers);
        all("filesystem", d.filesystems);
        all("interface", d.interfaces);
        all("hostdev", d.hostdevs);
        all("redirdev", d.redirdevs);
        all("serial", d.serials);
        all("parallel", d.parallels);
        all("channel", d.channels);
        all("input", d.inputs);
        all("sound", d.sounds);
        all("video", d.videos);
        all("watchdog", d.watchdogs);
        all("rng", d.rngs);
        all("smartcard", d.smartcards);
        all("tpm", d.tpms);
        all("hub", d.hubs);
        all("panic", d.panics);
        all("shmem", d.shmems);
        all("memory", d.memories);
        all("crypto", d.cryptos);
        if (d.iommu) { one("iommu", 0, d.iommu->info); }
        if (d.nvram) { one("nvram", 0, d.nvram->info); }
        if (d.pstore) { one("pstore", 0, d.pstore->info); }
        if (d.vsock) { one("vsock", 0, d.vsock->info); }
        if (d.balloon) { one("memballoon", 0, d.balloon->info); }
        if (!orders_.empty() && !domain.os.boot.empty()) {
            problem(out_, domain_conf, Code::config_unsupported, "/domain/os/boot",
                    "per-device boot elements cannot be used together with os/boot elements");
        }
    }

  private:
    template <class T> void all(std::string_view name, const std::vector<T>& devices) {
        for (std::size_t i = 0; i < devices.size(); ++i) { one(name, i, devices[i].info); }
    }

    void one(std::string_view name, std::size_t i, const DeviceInfo& info) {
        if (!info.alias.name.empty() && !aliases_.insert(info.alias.name).second) {
            problem(out_, domain_conf, Code::config_unsupported, at(name, i, "/alias/@name"),
                    "non unique alias detected: {}", info.alias.name);
        }
        if (info.boot_order == 0U) {
            problem(out_, ErrorSource::xml, Code::xml_error, at(name, i, "/boot/@order"),
                    "Invalid value for attribute 'order' in element 'boot': Zero is not permitted");
        } else if (info.boot_order && !orders_.insert(*info.boot_order).second) {
            problem(out_, domain_conf, Code::config_unsupported, at(name, i, "/boot/@order"),
                    "boot order '{}' used for more than one device", *info.boot_order);
        }
    }

    Diagnostics& out_;
    std::set<std::string_view> aliases_;
    std::set<std::uint32_t> orders_;
};

} // namespace

void check_devices(const Domain& domain, Diagnostics& out) {
    check_controllers(domain, out);
    check_disks(domain, out);
    check_filesystems(domain, out);
    check_interfaces(domain, out);
    check_hostdevs(domain, out);
    check_characters(domain, out);
    check_graphics(domain, out);
    check_screens(domain, out);
    check_memories(domain, out);
    check_others(domain, out);
    InfoCheck(domain, out);
}

} // namespace yado::model
