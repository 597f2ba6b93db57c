// SPDX-License-Identifier: Apache-2.0
#include "guest/domain_calls.h"

#include "model/domain/document.h"
#include "protocol/constants.h"

namespace yado::guest {

p::DomainRef ref_to(const Guest& guest) { return {.name = guest.name, .uuid = guest.uuid, .id = guest.id}; }

Task<void> DomainCalls::save_config(Registry::Pointer guest, model::Domain domain) {
    auto definition = Definition::of(domain);
    co_await parts_.store.save_definition(guest->name, model::definition_file(domain));
    guest->definition = std::move(definition);
}

Impact DomainCalls::impact(const Guest& guest, std::uint32_t flags) {
    namespace Flags = p::DomainModificationImpact;
    Impact asked{.live = (flags & Flags::live) != 0, .config = (flags & Flags::config) != 0};
    if (!asked.live && !asked.config) (guest.active() ? asked.live : asked.config) = true;
    if (asked.live) guest.require_active();
    if (asked.config && !guest.persistent) {
        fail(ErrorSource::domain, Code::operation_invalid,
             "transient domains do not have any persistent config");
    }
    return asked;
}

model::Domain DomainCalls::asked_model(const Guest& guest, std::uint32_t flags) const {
    const Impact asked = impact(guest, flags);
    if (asked.live && asked.config) {
        fail(ErrorSource::domain, Code::invalid_arg,
             "flags 'VIR_DOMAIN_AFFECT_LIVE' and 'VIR_DOMAIN_AFFECT_CONFIG' are mutually exclusive");
    }
    return asked.live ? guest.live->domain : guest.config_model();
}

model::Domain DomainCalls::current_model(const Guest& guest) const {
    return guest.active() ? guest.live->domain : guest.config_model();
}

Summary DomainCalls::current_summary(const Guest& guest) const {
    return guest.active() ? Summary(guest.live->domain) : guest.require_definition().summary();
}

} // namespace yado::guest
