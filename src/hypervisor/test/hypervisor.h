// SPDX-License-Identifier: Apache-2.0
// test:///default: machines that exist in memory only and do at once what they are told. For examples,
// documentation and clients' own tests; everything in it is the same at every start.
#pragma once

#include "base/async/completion.h"
#include "guest/hypervisor.h"
#include "model/domain/status.h"

#include <functional>
#include <string>

namespace yado::test {

class TestHypervisor final : public guest::Hypervisor {
  public:
    explicit TestHypervisor(Executor& executor);

    std::string_view type() const override { return "TEST"; }
    ErrorSource error_source() const override { return ErrorSource::test; }
    std::string domain_type_default() const override { return "test"; }
    Task<std::uint64_t> version() override { co_return 2; } // "0.0.2", as libvirt's own test driver
    Task<std::string> capabilities_xml() override;
    Task<std::string> domain_capabilities_xml(std::string emulator, std::string arch, std::string machine,
                                              std::string virt_type) override;
    int max_vcpus(std::string_view domain_type) const override;
    Task<void> prepare() override { co_return; }
    const model::CompleteContext& complete_context() const override { return context_; }
    void check(const model::Domain& domain) const override;
    Task<std::unique_ptr<guest::Machine>> start(model::Domain& domain, guest::StartOptions options,
                                                guest::EventSink sink) override;
    Task<std::unique_ptr<guest::Machine>> reconnect(model::DomainStatus& status,
                                                    guest::EventSink sink) override;
    Task<std::string> native_config(model::Domain domain) override;
    Task<void> clean_up(model::DomainStatus, std::string) override { co_return; }

  private:
    Executor& executor_;
    model::CompleteContext context_;
    unsigned next_mac_ = 1;
};

/// The one domain of test:///default, as libvirt's test driver has it.
std::string_view default_domain_xml();

} // namespace yado::test
