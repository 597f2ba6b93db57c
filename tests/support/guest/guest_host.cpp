// SPDX-License-Identifier: Apache-2.0
#include "support/guest/guest_host.h"

#include <functional>

namespace yado::test_support {

struct FakeConnection::Closer : Loop::Handle::Impl {
    std::shared_ptr<std::function<void()>> callback;
    ~Closer() override { *callback = nullptr; }
};

Loop::Handle FakeConnection::on_close(std::function<void()> callback) {
    auto closer = std::make_unique<Closer>();
    closer->callback = std::make_shared<std::function<void()>>(std::move(callback));
    callbacks_.push_back(closer->callback);
    return Loop::Handle(std::move(closer));
}

void FakeConnection::close() {
    closed_ = true;
    for (const auto& callback : callbacks_) {
        if (*callback) (*callback)();
    }
}

void GuestHost::build() {
    registry_ = std::make_unique<guest::Registry>();
    hub_ = std::make_unique<guest::EventHub>();
    store_ = std::make_unique<guest::FileStore>(loop, directory.path() + "/etc", directory.path() + "/run");
    gate_ = std::make_unique<Gate>(loop);
    const guest::Parts parts{loop, *registry_, *store_, *hub_, hypervisor, *gate_};
    power_ = std::make_unique<guest::Power>(parts);
    service_ = std::make_unique<guest::DomainService>(parts, *power_);
    changing_ = std::make_unique<guest::ChangingService>(parts, *power_);
    subscription_ =
        hub_->subscribe(std::nullopt, [this](const guest::DomainEvent& event) { events.push_back(event); });
    loop.run(service_->recover());
    loop.run(service_->start_autostarted());
}

void GuestHost::restart() {
    subscription_ = {};
    changing_.reset();
    service_.reset();
    registry_.reset();
    store_.reset();
    hub_.reset();
    events.clear();
    build();
}

std::string GuestHost::define(std::string_view name) {
    const auto result = loop.run(service_->define(context(), {.xml = small_domain(name)}));
    return result.dom.name;
}

void GuestHost::start(std::string_view name) { loop.run(service_->create(context(), {.dom = ref(name)})); }

std::vector<std::string> GuestHost::take_lifecycle() {
    std::vector<std::string> found;
    for (const guest::DomainEvent& event : events) {
        if (const auto* lifecycle = std::get_if<guest::Lifecycle>(&event.body)) {
            found.push_back(fmt::format("{}/{}", lifecycle->event, lifecycle->detail));
        }
    }
    events.clear();
    return found;
}

std::string small_domain(std::string_view name, std::string_view extra) {
    return fmt::format("<domain type='qemu'><name>{0}</name><uuid>00000000-0000-4000-8000-{1:012x}</uuid>"
                       "<memory unit='KiB'>65536</memory><vcpu>1</vcpu>"
                       "<os><type arch='x86_64' machine='pc'>hvm</type></os>{2}</domain>",
                       name, std::hash<std::string_view>()(name) & 0xffffffffffffU, extra);
}

} // namespace yado::test_support
