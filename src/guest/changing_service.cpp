// SPDX-License-Identifier: Apache-2.0
#include "guest/changing_service.h"

#include "model/domain/check.h"
#include "protocol/constants.h"

namespace yado::guest {
namespace {

namespace Impacts = p::DomainModificationImpact;

constexpr std::uint32_t force_flag = 4; // VIR_DOMAIN_DEVICE_MODIFY_FORCE

} // namespace

void ChangingService::settle(model::Domain& domain) const {
    model::complete(domain, parts_.hypervisor.complete_context());
    schema::Diagnostics problems;
    problems.source = parts_.hypervisor.error_source();
    model::check(domain, problems);
    problems.throw_if_any();
    parts_.hypervisor.check(domain);
}

Task<void> ChangingService::attach_device(Registry::Pointer guest, std::string xml, std::uint32_t flags) {
    require_flags(ErrorSource::qemu, flags, Impacts::live | Impacts::config,
                  "qemuDomainAttachDeviceLiveAndConfig");
    const JobQueue::Job job = co_await guest->jobs.begin("attach device");
    const Impact affected = impact(*guest, flags);
    co_await parts_.hypervisor.prepare();
    const model::DeviceDocument given = model::read_device(xml);
    std::optional<model::Domain> config;
    if (affected.config) {
        config = guest->config_model();
        attach_to_definition(*config, completed(*config, given, parts_.hypervisor.complete_context()));
        settle(*config);
    }
    if (affected.live) {
        guest->require_machine();
        co_await plug(guest, given);
    }
    if (config) co_await save_config(guest, std::move(*config));
}

Task<void> ChangingService::detach_device(Registry::Pointer guest, std::string xml, std::uint32_t flags) {
    require_flags(ErrorSource::qemu, flags, Impacts::live | Impacts::config,
                  "qemuDomainDetachDeviceLiveAndConfig");
    const JobQueue::Job job = co_await guest->jobs.begin("detach device");
    const Impact affected = impact(*guest, flags);
    co_await parts_.hypervisor.prepare();
    const model::DeviceDocument given = model::read_device(xml);
    const model::CompleteContext& context = parts_.hypervisor.complete_context();
    std::optional<model::Domain> config;
    if (affected.config) {
        config = guest->config_model();
        detach_from_definition(*config, completed(*config, given, context), given);
        settle(*config);
    }
    if (affected.live) {
        guest->require_machine();
        const model::Domain& domain = guest->live->domain;
        const model::DeviceDocument wanted = completed(domain, given, context);
        require_unpluggable(domain, wanted);
        const model::DevicePlace place = find_meant(domain, wanted, given, Where::live);
        co_await unplug(guest, place, true);
    }
    if (config) co_await save_config(guest, std::move(*config));
}

Task<p::DomainAttachDeviceResult> ChangingService::attach(CallContext, p::DomainAttachDeviceArgs args) {
    const Registry::Pointer guest = require(args.dom);
    co_await attach_device(guest, std::move(args.xml), Impacts::live);
    co_return p::DomainAttachDeviceResult();
}

Task<p::DomainAttachDeviceFlagsResult>
ChangingService::attach_with_flags(CallContext, p::DomainAttachDeviceFlagsArgs args) {
    const Registry::Pointer guest = require(args.dom);
    co_await attach_device(guest, std::move(args.xml), args.flags);
    co_return p::DomainAttachDeviceFlagsResult();
}

Task<p::DomainDetachDeviceResult> ChangingService::detach(CallContext, p::DomainDetachDeviceArgs args) {
    const Registry::Pointer guest = require(args.dom);
    co_await detach_device(guest, std::move(args.xml), Impacts::live);
    co_return p::DomainDetachDeviceResult();
}

Task<p::DomainDetachDeviceFlagsResult>
ChangingService::detach_with_flags(CallContext, p::DomainDetachDeviceFlagsArgs args) {
    const Registry::Pointer guest = require(args.dom);
    co_await detach_device(guest, std::move(args.xml), args.flags);
    co_return p::DomainDetachDeviceFlagsResult();
}

Task<p::DomainDetachDeviceAliasResult> ChangingService::detach_alias(CallContext,
                                                                     p::DomainDetachDeviceAliasArgs args) {
    require_flags(ErrorSource::qemu, args.flags, Impacts::live | Impacts::config,
                  "qemuDomainDetachDeviceAlias");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("detach device");
    const Impact affected = impact(*guest, args.flags);
    co_await parts_.hypervisor.prepare();
    const auto find = [&args](const model::Domain& domain) {
        const auto place = model::find_device(domain.devices, args.alias);
        if (!place)
            fail(ErrorSource::domain, Code::internal_error, "no device found with alias {}", args.alias);
        return *place;
    };
    std::optional<model::Domain> config;
    if (affected.config) {
        config = guest->config_model();
        const model::DevicePlace place = find(*config);
        require_in_definition(place.kind, "detach");
        model::erase_device(config->devices, place);
        settle(*config);
    }
    if (affected.live) {
        guest->require_machine();
        const model::Domain& domain = guest->live->domain;
        const model::DevicePlace place = find(domain);
        model::DeviceDocument wanted;
        wanted.kind = place.kind;
        model::copy_device(domain.devices, place, wanted.devices);
        require_unpluggable(domain, wanted);
        co_await unplug(guest, place, false);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainDetachDeviceAliasResult();
}

Task<p::DomainUpdateDeviceFlagsResult> ChangingService::update(CallContext,
                                                               p::DomainUpdateDeviceFlagsArgs args) {
    require_flags(ErrorSource::qemu, args.flags, Impacts::live | Impacts::config | force_flag,
                  "qemuDomainUpdateDeviceFlags");
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("update device");
    const Impact affected = impact(*guest, args.flags);
    co_await parts_.hypervisor.prepare();
    const model::DeviceDocument given = model::read_device(args.xml);
    std::optional<model::Domain> config;
    if (affected.config) {
        config = guest->config_model();
        update_definition(*config, completed(*config, given, parts_.hypervisor.complete_context()), given);
        settle(*config);
    }
    if (affected.live) {
        guest->require_machine();
        co_await update_live(guest, given, (args.flags & force_flag) != 0);
    }
    if (config) co_await save_config(guest, std::move(*config));
    co_return p::DomainUpdateDeviceFlagsResult();
}

} // namespace yado::guest
