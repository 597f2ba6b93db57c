// SPDX-License-Identifier: Apache-2.0
#include "support/guest/fake_hypervisor.h"

#include "base/error.h"
#include "model/domain/complete.h"
#include "model/domain/status.h"

namespace yado::test_support {

FakeHypervisor::FakeHypervisor(Loop& its_loop) : loop(its_loop) {
    context_.new_mac = [this] {
        model::Mac mac;
        mac.bytes = {0x52,
                     0x54,
                     0x00,
                     0x00,
                     static_cast<std::uint8_t>(next_mac_ >> 8U),
                     static_cast<std::uint8_t>(next_mac_ & 0xffU)};
        ++next_mac_;
        return mac;
    };
    context_.canonical_machine = [](const model::Domain&,
                                    std::string_view machine) -> std::optional<std::string> {
        return std::string(machine.empty() || machine == "pc" ? "pc-i440fx-7.2" : machine);
    };
    context_.emulator = [](const model::Domain&) { return std::string("/usr/bin/qemu-system-x86_64"); };
}

FakeMachine* FakeHypervisor::machine(const std::string& name) const {
    const auto found = machines.find(name);
    return found == machines.end() ? nullptr : found->second;
}

Task<std::unique_ptr<guest::Machine>> FakeHypervisor::start(model::Domain& domain, guest::StartOptions,
                                                            guest::EventSink sink) {
    if (start_time.count() > 0) co_await sleep_for(loop, start_time);
    if (!start_error.empty()) fail(Code::internal_error, "{}", start_error);
    model::assign_aliases(domain);
    co_return std::make_unique<FakeMachine>(*this, domain.name, std::move(sink));
}

Task<std::unique_ptr<guest::Machine>> FakeHypervisor::reconnect(model::DomainStatus& status,
                                                                guest::EventSink sink) {
    if (!alive_after_restart) fail(Code::operation_failed, "the process is gone");
    co_return std::make_unique<FakeMachine>(*this, status.domain.name, std::move(sink));
}

Task<void> FakeMachine::note(std::string call) {
    calls.push_back(std::move(call));
    if (stuck) {
        const Completion<void> never(owner_.loop);
        co_await never;
    }
}

Task<void> FakeMachine::attach(model::Domain&, std::string alias) {
    co_await note("attach " + alias);
    if (!refusal.empty()) fail(Code::internal_error, "{}", refusal);
}

Task<guest::Unplugging> FakeMachine::detach(std::string alias, bool wait) {
    co_await note("detach " + alias);
    if (!refusal.empty()) fail(Code::operation_failed, "{}", refusal);
    if (!wait || unplugging == guest::Unplugging::pending) co_return guest::Unplugging::pending;
    report(guest::DeviceRemoved{alias}); // as QEMU does, before the call ends
    co_return guest::Unplugging::done;
}

Task<void> FakeMachine::change_medium(model::Domain&, model::Domain, std::string alias, bool force) {
    std::string call = "medium of " + alias;
    if (force) call += " by force";
    co_await note(std::move(call));
    if (!refusal.empty()) fail(Code::internal_error, "{}", refusal);
}

Task<guest::Unplugging> FakeMachine::detach_vcpu(std::uint32_t id) {
    co_await note("detach vcpu" + std::to_string(id));
    co_return unplugging;
}

Task<void> FakeMachine::suspend() {
    co_await note("suspend");
    report(guest::Stopped{});
}

Task<void> FakeMachine::resume() {
    co_await note("resume");
    report(guest::Resumed{});
}

Task<void> FakeMachine::reset() {
    co_await note("reset");
    report(guest::WasReset{});
}

Task<void> FakeMachine::kill(guest::KillKind) {
    calls.emplace_back("kill");
    report(guest::ShuttingDown{.by_guest = false});
    report(guest::Gone{});
    co_return;
}

Task<void> FakeMachine::set_balloon(std::uint64_t kib) {
    co_await note("set_balloon");
    report(guest::BalloonChanged{kib});
}

Task<std::vector<guest::MemoryStat>> FakeMachine::memory_stats() {
    co_await note("memory_stats");
    co_return std::vector<guest::MemoryStat>{{6, 1024}, {7, 512}};
}

Task<std::vector<guest::BlockStats>> FakeMachine::block_stats() {
    co_await note("block_stats");
    co_return std::vector<guest::BlockStats>(1, guest::BlockStats{.target = "vda", .read_bytes = 512});
}

} // namespace yado::test_support
