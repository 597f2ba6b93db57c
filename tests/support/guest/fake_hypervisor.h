// SPDX-License-Identifier: Apache-2.0
// A hypervisor whose machines do what the test says: each keeps its event sink, so a test can let the guest
// panic, power off or die, and counts what it was asked to do.
#pragma once

#include "base/async/loop.h"
#include "guest/hypervisor.h"

#include <map>
#include <string>
#include <vector>

namespace yado::test_support {

class FakeMachine;

class FakeHypervisor final : public guest::Hypervisor {
  public:
    explicit FakeHypervisor(Loop& loop);

    std::string_view type() const override { return "FAKE"; }
    ErrorSource error_source() const override { return ErrorSource::qemu; }
    std::string domain_type_default() const override { return "qemu"; }
    Task<std::uint64_t> version() override { co_return 7'002'000; }
    Task<std::string> capabilities_xml() override { co_return "<capabilities/>"; }
    Task<std::string> domain_capabilities_xml(std::string, std::string, std::string, std::string) override {
        co_return "<domainCapabilities/>";
    }
    int max_vcpus(std::string_view) const override { return 16; }
    Task<void> prepare() override { co_return; }
    const model::CompleteContext& complete_context() const override { return context_; }
    void check(const model::Domain&) const override {}
    Task<std::unique_ptr<guest::Machine>> start(model::Domain& domain, guest::StartOptions options,
                                                guest::EventSink sink) override;
    Task<std::unique_ptr<guest::Machine>> reconnect(model::DomainStatus& status,
                                                    guest::EventSink sink) override;
    Task<std::string> native_config(model::Domain) override { co_return "fake"; }
    Task<void> clean_up(model::DomainStatus, std::string) override {
        ++clean_ups;
        co_return;
    }

    /// The running machine of a domain; null when there is none.
    FakeMachine* machine(const std::string& name) const;

    std::string start_error;     ///< the next start fails with this
    Loop::Duration start_time{}; ///< how long a start takes
    bool alive_after_restart = true;
    int clean_ups = 0;
    std::map<std::string, FakeMachine*> machines;
    Loop& loop;

  private:
    model::CompleteContext context_;
    unsigned next_mac_ = 1;
};

class FakeMachine final : public guest::Machine {
  public:
    FakeMachine(FakeHypervisor& owner, std::string name, guest::EventSink sink)
        : owner_(owner), name_(std::move(name)), sink_(std::move(sink)) {
        owner_.machines[name_] = this;
    }
    ~FakeMachine() override { owner_.machines.erase(name_); }

    void report(const guest::MachineEvent& event) {
        calls.emplace_back("report");
        const guest::EventSink sink = sink_;
        sink(event);
    }

    pid_t pid() const override { return 4242; }
    void describe_status(model::DomainStatus&) const override {}
    Task<void> suspend() override;
    Task<void> resume() override;
    Task<void> power_button() override { return note("power_button"); }
    Task<void> reset() override;
    Task<void> kill(guest::KillKind kind) override;
    Task<void> wake_up() override { return note("wake_up"); }
    Task<void> inject_nmi() override { return note("inject_nmi"); }
    Task<void> send_key(std::uint32_t, std::uint32_t, std::vector<std::uint32_t>) override {
        return note("send_key");
    }
    Task<guest::Screenshot> screenshot(std::uint32_t) override {
        co_return guest::Screenshot{"image/x-portable-pixmap", {}};
    }
    Task<void> set_balloon(std::uint64_t kib) override;
    Task<void> set_balloon_period(int) override { return note("set_balloon_period"); }
    Task<std::vector<guest::MemoryStat>> memory_stats() override;
    Task<std::vector<guest::BlockStats>> block_stats() override;
    guest::CpuTimes cpu_times() const override {
        return {.total_ns = 7, .user_ns = 4, .system_ns = 3, .vcpu_ns = {5}};
    }
    Task<std::string> monitor_command(std::string command, bool) override { co_return "reply to " + command; }
    Task<void> attach(model::Domain& domain, std::string alias) override;
    Task<guest::Unplugging> detach(std::string alias, bool wait) override;
    Task<void> release(model::Domain, std::string alias) override { return note("release " + alias); }
    Task<void> change_medium(model::Domain& domain, model::Domain before, std::string alias,
                             bool force) override;
    Task<void> set_link(std::string alias, bool up) override { return note(alias + (up ? " up" : " down")); }
    Task<void> attach_vcpu(model::Domain, std::uint32_t id) override {
        return note("attach vcpu" + std::to_string(id));
    }
    Task<guest::Unplugging> detach_vcpu(std::uint32_t id) override;

    std::vector<std::string> calls;
    bool stuck = false;                                     ///< answers nothing any more
    std::string refusal;                                    ///< of the next change; empty: it works
    guest::Unplugging unplugging = guest::Unplugging::done; ///< what the guest does when it is asked

  private:
    Task<void> note(std::string call);

    FakeHypervisor& owner_;
    std::string name_;
    guest::EventSink sink_;
};

} // namespace yado::test_support
