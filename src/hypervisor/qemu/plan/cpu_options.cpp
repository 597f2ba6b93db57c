// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/cpu_options.h"

#include "base/error.h"
#include "model/domain/machine.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;

namespace {

void add_feature(std::string& text, std::string_view name, bool on) {
    text += fmt::format(",{}={}", name, on_off(on));
}

// Names in domain XML are libvirt's; QEMU writes '-' for '_' and has its own word for a few (QEMU 7.2,
// cpu.c).
std::string qemu_feature(std::string_view name) {
    if (name == "pclmuldq") return "pclmulqdq";
    if (name == "pni") return "pni";
    std::string text(name);
    std::ranges::replace(text, '_', '-');
    return text;
}

std::string host_model(const DeviceContext& context) {
    const CpuDifference& host = context.capabilities.host_model;
    if (host.model.empty()) return "max";
    std::string text = host.model;
    for (const std::string& feature : host.added) add_feature(text, feature, true);
    for (const std::string& feature : host.removed) add_feature(text, feature, false);
    return text;
}

void add_timers(std::string& text, const model::Domain& domain) {
    if (const model::Timer* clock = domain.clock.timer(model::TimerName::kvmclock);
        clock != nullptr && clock->present != schema::YesNo::unset) {
        add_feature(text, "kvmclock", clock->present == schema::YesNo::yes);
    }
    if (const model::Timer* clock = domain.clock.timer(model::TimerName::hypervclock);
        clock != nullptr && clock->present == schema::YesNo::yes) {
        add_feature(text, "hv-time", true);
    }
    if (const model::Timer* tsc = domain.clock.timer(model::TimerName::tsc);
        tsc != nullptr && tsc->frequency) {
        text += fmt::format(",tsc-frequency={}", *tsc->frequency);
    }
}

// Enlightenments that are off are left out: QEMU has them off unless asked (QEMU 7.2, docs/hyperv.txt).
void add_hyperv(std::string& text, const model::Hyperv& hyperv) {
    using schema::OnOff;
    if (hyperv.mode == model::HypervMode::passthrough) add_feature(text, "hv-passthrough", true);
    const auto enable = [&text](std::string_view name, OnOff state) {
        if (state == OnOff::on) add_feature(text, name, true);
    };
    enable("hv-relaxed", hyperv.relaxed);
    enable("hv-vapic", hyperv.vapic);
    if (hyperv.spinlocks.state == OnOff::on)
        text += fmt::format(",hv-spinlocks={:#x}", hyperv.spinlocks.retries.value_or(0));
    enable("hv-vpindex", hyperv.vpindex);
    enable("hv-runtime", hyperv.runtime);
    enable("hv-synic", hyperv.synic);
    enable("hv-stimer", hyperv.stimer.state);
    if (hyperv.stimer.state == OnOff::on) enable("hv-stimer-direct", hyperv.stimer.direct);
    enable("hv-reset", hyperv.reset);
    if (hyperv.vendor_id.state == OnOff::on) text += ",hv-vendor-id=" + escaped(hyperv.vendor_id.value);
    enable("hv-frequencies", hyperv.frequencies);
    enable("hv-reenlightenment", hyperv.reenlightenment);
    enable("hv-tlbflush", hyperv.tlbflush.state);
    if (hyperv.tlbflush.state == OnOff::on) {
        enable("hv-tlbflush-direct", hyperv.tlbflush.direct);
        enable("hv-tlbflush-ext", hyperv.tlbflush.extended);
    }
    enable("hv-ipi", hyperv.ipi);
    enable("hv-evmcs", hyperv.evmcs);
    enable("hv-avic", hyperv.avic);
    enable("hv-emsr-bitmap", hyperv.emsr_bitmap);
    enable("hv-xmm-input", hyperv.xmm_input);
}

void add_kvm(std::string& text, const model::KvmFeatures& kvm) {
    using schema::OnOff;
    if (kvm.hidden == OnOff::on) add_feature(text, "kvm", false);
    if (kvm.hint_dedicated == OnOff::on) add_feature(text, "kvm-hint-dedicated", true);
    if (kvm.poll_control == OnOff::on) add_feature(text, "kvm-poll-control", true);
    if (kvm.pv_ipi == OnOff::off) add_feature(text, "kvm-pv-ipi", false);
}

void add_migratable(std::string& text, const model::Cpu& cpu) {
    if (cpu.migratable != schema::OnOff::unset)
        add_feature(text, "migratable", cpu.migratable == schema::OnOff::on);
}

// Where the guest does not get one kind of caches, it is switched off, too: QEMU's models have either.
void add_cache(std::string& text, const model::Cpu& cpu) {
    const bool hosts = cpu.mode == model::CpuMode::host_passthrough || cpu.mode == model::CpuMode::maximum;
    const model::CpuCacheMode mode = cpu.cache->mode;
    if (mode == model::CpuCacheMode::emulate) add_feature(text, "l3-cache", true);
    if (mode == model::CpuCacheMode::passthrough) {
        add_feature(text, "host-cache-info", true);
    } else if (hosts) {
        add_feature(text, "host-cache-info", false);
    }
    if (mode != model::CpuCacheMode::emulate) add_feature(text, "l3-cache", false);
}

void add_address_size(std::string& text, const model::CpuPhysicalAddress& address) {
    if (address.mode == model::CpuCacheMode::passthrough) add_feature(text, "host-phys-bits", true);
    if (address.limit) text += fmt::format(",host-phys-bits-limit={}", *address.limit);
    if (address.bits) text += fmt::format(",phys-bits={}", *address.bits);
}

} // namespace

std::string cpu_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    const bool kvm = domain.type == model::DomainType::kvm;
    std::string text;
    switch (domain.cpu.mode) {
    case model::CpuMode::unset:
    case model::CpuMode::custom: text = domain.cpu.model.name; break;
    case model::CpuMode::maximum:
        text = "max";
        add_migratable(text, domain.cpu);
        break;
    case model::CpuMode::host_model: text = host_model(context); break;
    case model::CpuMode::host_passthrough:
        if (!kvm) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "CPU mode 'host-passthrough' for {} qemu domain on {} host is not supported by hypervisor",
                 domain.os.type.arch, context.capabilities.arch);
        }
        text = "host";
        add_migratable(text, domain.cpu);
        break;
    }
    std::string features;
    for (const model::CpuFeature& feature : domain.cpu.features) {
        const bool off =
            feature.policy == model::CpuPolicy::disable || feature.policy == model::CpuPolicy::forbid;
        add_feature(features, qemu_feature(feature.name), !off);
    }
    add_timers(features, domain);
    if (domain.features.apic && domain.features.apic->eoi != schema::OnOff::unset) {
        add_feature(features, "kvm-pv-eoi", domain.features.apic->eoi == schema::OnOff::on);
    }
    if (domain.features.pvspinlock != schema::OnOff::unset) {
        add_feature(features, "kvm-pv-unhalt", domain.features.pvspinlock == schema::OnOff::on);
    }
    if (domain.features.hyperv) add_hyperv(features, *domain.features.hyperv);
    if (std::ranges::find(domain.devices.panics, model::PanicModel::hyperv, &model::Panic::model) !=
        domain.devices.panics.end()) {
        add_feature(features, "hv-crash", true);
    }
    if (domain.features.kvm) add_kvm(features, *domain.features.kvm);
    if (domain.features.pmu != schema::OnOff::unset)
        add_feature(features, "pmu", domain.features.pmu == schema::OnOff::on);
    if (domain.cpu.cache) add_cache(features, domain.cpu);
    if (domain.cpu.maxphysaddr) add_address_size(features, *domain.cpu.maxphysaddr);
    if (text.empty() && !features.empty()) {
        const MachineType* machine = context.capabilities.machine(domain.os.type.machine);
        const auto suffix = fmt::format("-{}-cpu", target_of_arch(context.capabilities.arch));
        text = machine == nullptr ? "max" : machine->default_cpu.substr(0, machine->default_cpu.find(suffix));
    }
    return text + features;
}

namespace {

// Online from the start and never taken away, by the document that tells vCPUs apart.
std::uint32_t fixed_vcpus(const model::Domain& domain) {
    if (domain.each_vcpu.empty()) return domain.vcpus.online();
    return static_cast<std::uint32_t>(std::ranges::count_if(domain.each_vcpu, [](const model::Vcpu& each) {
        return each.enabled == schema::YesNo::yes && each.hotpluggable != schema::YesNo::yes;
    }));
}

} // namespace

std::string smp_option(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    const std::uint32_t fixed = fixed_vcpus(domain);
    std::string text = std::to_string(fixed);
    if (fixed != domain.vcpus.maximum) text += fmt::format(",maxcpus={}", domain.vcpus.maximum);
    if (!domain.cpu.topology)
        return text + fmt::format(",sockets={},cores=1,threads=1", domain.vcpus.maximum);
    const model::CpuTopology& topology = *domain.cpu.topology;
    text += fmt::format(",sockets={}", topology.sockets);
    const bool x86 = model::is_x86(domain.os.type.arch);
    if (x86) {
        text += fmt::format(",dies={}", topology.dies.value_or(1));
    } else if (topology.dies.value_or(1) != 1) {
        unsupported(context, "'dies' of <topology> on this architecture");
    }
    if (topology.clusters.value_or(1) != 1) {
        // x86 has them since QEMU 10.0, as modules
        if (x86) unsupported(context, "'clusters' of <topology> on this architecture");
        text += fmt::format(",clusters={}", *topology.clusters);
    }
    return text + fmt::format(",cores={},threads={}", topology.cores, topology.threads);
}

std::vector<json::object> plugged_vcpus(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    std::vector<const model::Vcpu*> order;
    for (const model::Vcpu& each : domain.each_vcpu) {
        if (each.enabled == schema::YesNo::yes && each.hotpluggable == schema::YesNo::yes)
            order.push_back(&each);
    }
    if (order.empty()) return {};
    if (!model::is_x86(domain.os.type.arch))
        unsupported(context, "<vcpu hotpluggable='yes' enabled='yes'/> on this architecture");
    std::ranges::sort(order, {},
                      [](const model::Vcpu* each) { return std::pair(each->order.value_or(0), each->id); });
    const std::string cpu = cpu_option(context);
    const std::string driver =
        fmt::format("{}-{}-cpu", cpu.substr(0, cpu.find(',')), target_of_arch(context.capabilities.arch));
    model::CpuTopology topology;
    topology.cores = topology.threads = 1;
    if (domain.cpu.topology) topology = *domain.cpu.topology;
    std::vector<json::object> devices;
    for (const model::Vcpu* each : order) {
        json::object device;
        device["driver"] = driver;
        device["id"] = fmt::format("vcpu{}", each->id);
        const std::uint32_t core = each->id / topology.threads;
        const std::uint32_t die = core / topology.cores;
        device["socket-id"] = die / topology.dies.value_or(1);
        device["die-id"] = die % topology.dies.value_or(1);
        device["core-id"] = core % topology.cores;
        device["thread-id"] = each->id % topology.threads;
        devices.push_back(std::move(device));
    }
    return devices;
}

namespace {

void require_pools(const DeviceContext& context, const model::ThreadPool& pool) {
    if ((pool.least || pool.most) && context.capabilities.version < 7'001'000)
        unsupported(context, "'thread_pool_min' of I/O threads");
}

void add_pool(json::object& object, const model::ThreadPool& pool) {
    if (pool.least) object["thread-pool-min"] = *pool.least;
    if (pool.most) object["thread-pool-max"] = *pool.most;
}

json::object iothread(const DeviceContext& context, const model::IoThread& thread) {
    json::object object;
    object["qom-type"] = "iothread";
    object["id"] = fmt::format("iothread{}", thread.id);
    require_pools(context, thread.pool);
    add_iothread_properties(object, thread);
    return object;
}

} // namespace

void add_iothread_properties(json::object& object, const model::IoThread& thread) {
    add_pool(object, thread.pool);
    if (thread.poll.most) object["poll-max-ns"] = *thread.poll.most;
    if (thread.poll.grow) object["poll-grow"] = *thread.poll.grow;
    if (thread.poll.shrink) object["poll-shrink"] = *thread.poll.shrink;
}

std::vector<json::object> iothread_objects(const DeviceContext& context) {
    const model::Domain& domain = context.domain;
    std::vector<json::object> objects;
    for (const model::IoThread& each : domain.iothread_ids) objects.push_back(iothread(context, each));
    for (std::uint32_t id = 1; domain.iothread_ids.empty() && id <= domain.iothreads.value_or(0); ++id) {
        model::IoThread thread;
        thread.id = id;
        objects.push_back(iothread(context, thread));
    }
    if (domain.default_iothread) {
        json::object loop;
        loop["qom-type"] = "main-loop";
        loop["id"] = "main-loop";
        require_pools(context, domain.default_iothread->pool);
        add_pool(loop, domain.default_iothread->pool);
        objects.push_back(std::move(loop));
    }
    return objects;
}

} // namespace yado::qemu
