// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "model/domain/check_devices.h"
#include "model/domain/check_machine.h"
#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

constexpr auto cpu_conf = ErrorSource::cpu;

void check_each_vcpu(const Domain& domain, Diagnostics& out) {
    bool ordered = false;
    bool unordered = false;
    for (const Vcpu& each : domain.each_vcpu) {
        const std::string path = fmt::format("/domain/vcpus/vcpu[{}]", each.id + 1);
        if (each.id >= domain.vcpus.maximum) {
            problem(out, domain_conf, Code::xml_error, path + "/@id",
                    "vcpu id '{}' is out of range of maximum vcpu count", each.id);
            return;
        }
        const bool online = each.enabled == schema::YesNo::yes;
        if (!online && each.hotpluggable == schema::YesNo::no) {
            problem(out, domain_conf, Code::config_unsupported, path,
                    "vcpu '{}' is both offline and not hotpluggable", each.id);
        }
        (each.order ? ordered : unordered) |= online;
        if (!is_qemu(domain) || each.id != 0) { continue; }
        if (!online) {
            problem(out, driver, Code::config_unsupported, path + "/@enabled", "vcpu 0 can't be offline");
        } else if (each.hotpluggable == schema::YesNo::yes) {
            problem(out, driver, Code::config_unsupported, path + "/@hotpluggable",
                    "vcpu0 can't be hotpluggable");
        }
    }
    if (ordered && unordered && is_qemu(domain)) {
        problem(out, driver, Code::config_unsupported, "/domain/vcpus",
                "all vcpus must have either set or unset order");
    }
}

} // namespace

void check_vcpus(const Domain& domain, Diagnostics& out) {
    const Vcpus& v = domain.vcpus;
    if (v.maximum == 0) {
        problem(out, domain_conf, Code::internal_error, "/domain/vcpu",
                "CPU IDs in <numa> exceed the <vcpu> count");
        return;
    }
    if (v.maximum > most_vcpus) {
        problem(out, driver, Code::config_unsupported, "/domain/vcpu", "more than {} vCPUs", most_vcpus);
        return;
    }
    if (!domain.each_vcpu.empty()) {
        check_each_vcpu(domain, out);
        return;
    }
    if (v.current && *v.current > v.maximum) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/vcpu/@current",
                "maximum vCPU count must not be less than current vCPU count");
    }
    if (v.current == 0U) {
        problem(out, driver, Code::config_unsupported, "/domain/vcpu/@current", "vcpu 0 can't be offline");
    }
}

namespace {

void check_pool(const ThreadPool& pool, const std::string& path, Diagnostics& out) {
    if (pool.most == 0U) {
        problem(out, domain_conf, Code::config_unsupported, path + "/@thread_pool_max",
                "thread_pool_max must be a positive integer");
    } else if (pool.least && *pool.least > pool.most.value_or(0)) {
        problem(out, domain_conf, Code::config_unsupported, path + "/@thread_pool_min",
                "thread_pool_min must be smaller or equal to thread_pool_max");
    }
}

} // namespace

void check_iothreads(const Domain& domain, Diagnostics& out) {
    if (domain.iothreads.value_or(0) > most_iothreads) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/iothreads", "more than {} I/O threads",
                most_iothreads);
    }
    std::set<std::uint32_t> seen;
    for (std::size_t i = 0; i < domain.iothread_ids.size(); ++i) {
        const IoThread& thread = domain.iothread_ids[i];
        const std::string path = fmt::format("/domain/iothreadids/iothread[{}]", i + 1);
        if (thread.id == 0) {
            problem(out, ErrorSource::xml, Code::xml_error, path + "/@id",
                    "Invalid value for attribute 'id' in element 'iothread': Zero is not permitted");
        } else if (!seen.insert(thread.id).second) {
            problem(out, domain_conf, Code::xml_error, path + "/@id", "duplicate iothread id '{}' found",
                    thread.id);
        }
        check_pool(thread.pool, path, out);
    }
    if (domain.default_iothread) {
        check_pool(domain.default_iothread->pool, "/domain/defaultiothread", out);
    }
}

namespace {

void check_topology(const CpuTopology& t, std::uint32_t vcpus, Diagnostics& out) {
    const std::array<std::pair<std::string_view, std::uint32_t>, 5> counts{
        {{"sockets", t.sockets},
         {"dies", t.dies.value_or(1)},
         {"clusters", t.clusters.value_or(1)},
         {"cores", t.cores},
         {"threads", t.threads}}};
    std::uint64_t product = 1;
    for (const auto& [name, count] : counts) {
        if (count == 0) {
            problem(out, ErrorSource::xml, Code::xml_error, fmt::format("/domain/cpu/topology/@{}", name),
                    "Invalid value for attribute '{}' in element 'topology': Zero is not permitted", name);
        }
        constexpr std::uint64_t many = 1U << 20U; // keeps the product from overflowing
        product = std::min<std::uint64_t>(product * std::min<std::uint64_t>(count, many), many);
    }
    if (product != 0 && product != vcpus) {
        problem(out, driver, Code::config_unsupported, "/domain/cpu/topology",
                "CPU topology doesn't match maximum vcpu count");
    }
}

void check_cache(const Cpu& cpu, Diagnostics& out) {
    const CpuCache& cache = *cpu.cache;
    const auto refuse = [&out](std::string_view text) {
        problem(out, driver, Code::config_unsupported, "/domain/cpu/cache", "{}", text);
    };
    const bool hosts = cpu.mode == CpuMode::host_passthrough || cpu.mode == CpuMode::maximum;
    if (cache.mode == CpuCacheMode::emulate && cache.level != 3U) {
        refuse("CPU cache mode 'emulate' can only be used with level='3'");
    } else if (cache.mode == CpuCacheMode::passthrough && !hosts) {
        refuse("CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs");
    } else if (cache.mode != CpuCacheMode::emulate && cache.level) {
        refuse(fmt::format("unsupported CPU cache level for mode '{}'", schema::word(cache.mode)));
    }
}

void check_address_size(const CpuPhysicalAddress& address, Diagnostics& out) {
    const auto refuse = [&out](std::string_view text) {
        problem(out, driver, Code::config_unsupported, "/domain/cpu/maxphysaddr", "{}", text);
    };
    const bool emulated = address.mode == CpuCacheMode::emulate;
    if (address.mode == CpuCacheMode::disable) {
        problem(out, ErrorSource::xml, Code::xml_error, "/domain/cpu/maxphysaddr/@mode",
                "Invalid value for attribute 'mode' in element 'maxphysaddr': 'disable'.");
    } else if (emulated && !address.bits) {
        refuse("if using CPU maximum physical address mode='emulate', bits= must be specified too");
    } else if (!emulated && address.bits) {
        refuse("CPU maximum physical address bits number specification cannot be used with "
               "mode='passthrough'");
    } else if (emulated && address.limit) {
        refuse("CPU maximum physical address bits limit specification cannot be used with mode='emulate'");
    }
}

} // namespace

void check_cpu(const Domain& domain, Diagnostics& out) {
    const Cpu& cpu = domain.cpu;
    if (cpu.topology) { check_topology(*cpu.topology, domain.vcpus.maximum, out); }
    const bool hosts = cpu.mode == CpuMode::host_passthrough || cpu.mode == CpuMode::maximum;
    if (cpu.migratable != schema::OnOff::unset && !hosts) {
        problem(out, cpu_conf, Code::config_unsupported, "/domain/cpu/@migratable",
                "Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode");
    }
    const bool custom = cpu.mode == CpuMode::unset || cpu.mode == CpuMode::custom;
    if (!cpu.vendor.empty() && cpu.model.name.empty()) {
        problem(out, cpu_conf, Code::xml_error, "/domain/cpu/vendor",
                "CPU vendor specified without CPU model");
    }
    if (!cpu.features.empty() && cpu.model.name.empty() && custom) {
        problem(out, cpu_conf, Code::xml_error, "/domain/cpu/feature",
                "Non-empty feature list specified without CPU model");
    }
    std::set<std::string_view> seen;
    for (const CpuFeature& feature : cpu.features) {
        if (!seen.insert(feature.name).second) {
            problem(out, cpu_conf, Code::xml_error, "/domain/cpu/feature",
                    "CPU feature '{}' specified more than once", feature.name);
        }
    }
    constexpr std::size_t vendor_length = 12;
    const std::string& vendor = cpu.model.vendor_id;
    if (!vendor.empty() && vendor.size() != vendor_length) {
        problem(out, cpu_conf, Code::xml_error, "/domain/cpu/model/@vendor_id",
                "vendor_id must be exactly {} characters long", vendor_length);
    } else if (vendor.find(',') != std::string::npos) {
        problem(out, cpu_conf, Code::xml_error, "/domain/cpu/model/@vendor_id", "vendor id is invalid");
    }
    if (!is_qemu(domain)) { return; }
    if (cpu.cache) { check_cache(cpu, out); }
    if (cpu.maxphysaddr) { check_address_size(*cpu.maxphysaddr, out); }
}

} // namespace yado::model
