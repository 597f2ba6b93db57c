// SPDX-License-Identifier: Apache-2.0
// vCPUs that come and go. QEMU itself says which there can be and what makes each.
#include "hypervisor/qemu/machine_state.h"

#include "base/error.h"
#include "base/log.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;

namespace {

constexpr std::string_view place_members[] = {"socket-id", "die-id", "cluster-id", "core-id", "thread-id"};

struct Slot {
    std::string driver;
    json::object place; ///< what device_add is told
    bool there = false;
};

/// By number: QEMU counts sockets, dies, cores and threads as the document counts vCPUs.
std::vector<Slot> slots_of(const json::value& answer) {
    std::vector<std::pair<std::vector<std::uint64_t>, Slot>> found;
    for (const json::value& each : array_of(answer, "vCPUs")) {
        const json::object& slot = object_of(each, "a vCPU");
        const json::value* place = slot.if_contains("props");
        if (place == nullptr || number_in(slot, "vcpus-count") != 1)
            fail(ErrorSource::qemu, Code::operation_unsupported,
                 "vCPUs of this machine cannot be plugged one by one");
        const json::object& members = object_of(*place, "a vCPU");
        std::vector<std::uint64_t> order;
        for (const std::string_view member : place_members) order.push_back(number_in(members, member));
        found.emplace_back(
            std::move(order),
            Slot{.driver = text_in(slot, "type"), .place = members, .there = slot.contains("qom-path")});
    }
    std::ranges::sort(found, {}, &std::pair<std::vector<std::uint64_t>, Slot>::first);
    std::vector<Slot> slots;
    for (auto& [order, slot] : found) slots.push_back(std::move(slot));
    return slots;
}

std::string vcpu_alias(std::uint32_t id) { return fmt::format("vcpu{}", id); }

} // namespace

Task<void> QemuMachine::attach_vcpu(model::Domain domain, std::uint32_t id) {
    const std::shared_ptr<State> state = state_;
    const json::value answer = co_await state->monitor->execute("query-hotpluggable-cpus");
    const std::vector<Slot> slots = slots_of(answer);
    if (id >= slots.size())
        fail(ErrorSource::qemu, Code::invalid_arg, "vcpu {} is not present in live config", id);
    json::object device = slots[id].place;
    device["driver"] = slots[id].driver;
    device["id"] = vcpu_alias(id);
    co_await state->monitor->execute("device_add", std::move(device));
    const json::value cpus = co_await state->monitor->execute("query-cpus-fast");
    state->vcpu_threads = threads_of(array_of(cpus, "vCPUs"));
    state->parts.status.devices.push_back({vcpu_alias(id)});
    try {
        co_await settle_vcpu(std::move(domain), id);
    } catch (const Error& error) { // it runs, and whether the guest would give it back is not known
        log_warning("qemu.machine", "vCPU {} of process {} is not limited: {}", id, pid(), error.message());
    }
}

Task<guest::Unplugging> QemuMachine::detach_vcpu(std::uint32_t id) {
    const std::shared_ptr<State> state = state_;
    const std::string alias = vcpu_alias(id);
    const State::Answer answer = co_await state->unplug(alias, true);
    if (answer == State::Answer::refused)
        fail(ErrorSource::qemu, Code::operation_failed, "vcpu unplug request was rejected by the guest");
    if (answer == State::Answer::late) co_return guest::Unplugging::pending;
    if (id < state->vcpu_threads.size()) state->vcpu_threads[id] = 0;
    std::erase_if(state->parts.status.devices,
                  [&alias](const model::StatusDevice& each) { return each.alias == alias; });
    co_return guest::Unplugging::done;
}

} // namespace yado::qemu
