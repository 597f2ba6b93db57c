// SPDX-License-Identifier: Apache-2.0
// A domain service with everything it needs, on a ManualLoop, keeping its files in a temporary directory.
// restart() throws the service away as a crash would and makes a new one over the same files.
#pragma once

#include "base/files.h"
#include "guest/changing_service.h"
#include "guest/domain_service.h"
#include "support/base/manual_loop.h"
#include "support/guest/fake_hypervisor.h"

#include <memory>
#include <string>
#include <vector>

namespace yado::test_support {

/// Stands for a client.
class FakeConnection final : public service::Connection {
  public:
    bool read_only() const override { return false; }
    bool closed() const override { return closed_; }
    const service::Identity& identity() const override { return identity_; }
    const std::string& uri() const override { return uri_; }
    Loop::Handle on_close(std::function<void()> callback) override;
    void close();

  private:
    struct Closer;
    service::Identity identity_;
    std::string uri_ = "qemu:///system";
    bool closed_ = false;
    std::vector<std::shared_ptr<std::function<void()>>> callbacks_;
};

class GuestHost {
  public:
    GuestHost() { build(); }

    void restart();
    guest::DomainService& service() { return *service_; }
    guest::ChangingService& changing() { return *changing_; }
    service::CallContext context() {
        service::CallContext call;
        call.connection = connection;
        return call;
    }
    std::string define(std::string_view name);
    protocol::DomainRef ref(std::string_view name) { return guest::ref_to(*registry_->find(name)); }
    guest::Guest& guest(std::string_view name) { return *registry_->find(name); }
    bool exists(std::string_view name) { return registry_->find(name) != nullptr; }
    void start(std::string_view name);
    /// "event/detail" of every lifecycle event since the last call.
    std::vector<std::string> take_lifecycle();

    ManualLoop loop;
    TemporaryDirectory directory;
    FakeHypervisor hypervisor{loop};
    std::shared_ptr<FakeConnection> connection = std::make_shared<FakeConnection>();
    std::vector<guest::DomainEvent> events;

  private:
    void build();
    std::unique_ptr<guest::Registry> registry_;
    std::unique_ptr<guest::EventHub> hub_;
    std::unique_ptr<guest::FileStore> store_;
    std::unique_ptr<Gate> gate_;
    std::unique_ptr<guest::Power> power_;
    std::unique_ptr<guest::DomainService> service_;
    std::unique_ptr<guest::ChangingService> changing_;
    guest::EventHub::Subscription subscription_;
};

/// A small domain document with a fixed UUID made from its name.
std::string small_domain(std::string_view name, std::string_view extra = "");

} // namespace yado::test_support
