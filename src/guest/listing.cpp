// SPDX-License-Identifier: Apache-2.0
#include "guest/domain_service.h"

#include "protocol/constants.h"
#include "protocol/types.h"

#include <algorithm>

namespace yado::guest {
namespace {

namespace Filter = p::ConnectListAllDomainsFlags;

struct Group {
    std::uint32_t yes, no;
    bool (*is)(const Guest&);
};

// Two opposite flags filter only when exactly one of them is given.
constexpr Group groups[] = {
    {Filter::active, Filter::inactive, [](const Guest& guest) { return guest.active(); }},
    {Filter::persistent, Filter::transient, [](const Guest& guest) { return guest.persistent; }},
    {Filter::managedsave, Filter::no_managedsave, [](const Guest& guest) { return guest.has_managed_save; }},
    {Filter::autostart, Filter::no_autostart, [](const Guest& guest) { return guest.autostart; }},
    {Filter::has_snapshot, Filter::no_snapshot, [](const Guest& guest) { return !guest.snapshots.empty(); }},
    {Filter::has_checkpoint, Filter::no_checkpoint, [](const Guest&) { return false; }},
};
constexpr std::uint32_t all_filters = 0xffffU;

std::uint32_t state_flag(const Guest& guest) {
    switch (guest.condition.state) {
    case State::running: return Filter::running;
    case State::paused: return Filter::paused;
    case State::shut_off: return Filter::shutoff;
    default: return Filter::other;
    }
}

} // namespace

bool matches_list_flags(const Guest& guest, std::uint32_t flags) {
    for (const Group& group : groups) {
        const std::uint32_t asked = flags & (group.yes | group.no);
        if (asked == 0 || asked == (group.yes | group.no)) continue;
        if (group.is(guest) != (asked == group.yes)) return false;
    }
    const std::uint32_t states = flags & (Filter::running | Filter::paused | Filter::shutoff | Filter::other);
    return states == 0 || (states & state_flag(guest)) != 0;
}

p::ConnectListAllDomainsResult DomainService::list_all(CallContext&,
                                                       const p::ConnectListAllDomainsArgs& args) {
    require_flags(ErrorSource::domain, args.flags, all_filters, "qemuConnectListAllDomains");
    p::ConnectListAllDomainsResult result;
    for (const Registry::Pointer& guest : parts_.registry.all()) {
        if (!matches_list_flags(*guest, args.flags)) continue;
        ++result.ret;
        if (args.need_results == 0) continue;
        if (result.domains.size() == p::limits::domain_list) {
            fail(ErrorSource::rpc, Code::rpc, "Too many domains '{}' for limit '{}'", parts_.registry.size(),
                 p::limits::domain_list);
        }
        result.domains.push_back(ref_to(*guest));
    }
    return result;
}

p::ConnectListDomainsResult DomainService::list_ids(CallContext&, const p::ConnectListDomainsArgs& args) {
    p::ConnectListDomainsResult result;
    for (const auto& [id, guest] : parts_.registry.running()) {
        if (std::cmp_greater_equal(result.ids.size(), args.maxids)) break;
        result.ids.push_back(id);
    }
    return result;
}

p::ConnectListDefinedDomainsResult DomainService::list_defined(CallContext&,
                                                               const p::ConnectListDefinedDomainsArgs& args) {
    p::ConnectListDefinedDomainsResult result;
    for (const Registry::Pointer& guest : parts_.registry.all()) {
        if (std::cmp_greater_equal(result.names.size(), args.maxnames)) break;
        if (!guest->active()) result.names.push_back(guest->name);
    }
    return result;
}

p::ConnectNumOfDomainsResult DomainService::count_running(CallContext&, const p::ConnectNumOfDomainsArgs&) {
    return {.num = static_cast<std::int32_t>(parts_.registry.active())};
}

p::ConnectNumOfDefinedDomainsResult DomainService::count_defined(CallContext&,
                                                                 const p::ConnectNumOfDefinedDomainsArgs&) {
    return {.num = static_cast<std::int32_t>(parts_.registry.size() - parts_.registry.active())};
}

p::DomainLookupByIdResult DomainService::lookup_by_id(CallContext&, const p::DomainLookupByIdArgs& args) {
    const Registry::Pointer guest = parts_.registry.find(args.id);
    if (!guest) fail(ErrorSource::qemu, Code::no_domain, "no domain with matching id {}", args.id);
    return {.dom = ref_to(*guest)};
}

p::DomainLookupByNameResult DomainService::lookup_by_name(CallContext&,
                                                          const p::DomainLookupByNameArgs& args) {
    const Registry::Pointer guest = parts_.registry.find(args.name);
    if (!guest) fail(ErrorSource::qemu, Code::no_domain, "no domain with matching name '{}'", args.name);
    return {.dom = ref_to(*guest)};
}

p::DomainLookupByUuidResult DomainService::lookup_by_uuid(CallContext&,
                                                          const p::DomainLookupByUuidArgs& args) {
    const Registry::Pointer guest = parts_.registry.find(args.uuid);
    if (!guest)
        fail(ErrorSource::qemu, Code::no_domain, "no domain with matching uuid '{}'", args.uuid.text());
    return {.dom = ref_to(*guest)};
}

} // namespace yado::guest
