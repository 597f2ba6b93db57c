// SPDX-License-Identifier: Apache-2.0
// A driver's service for tests of the server: answers at once, later, with streams, with descriptors or not
// at all.
#pragma once

#include "base/async/completion.h"
#include "daemon/server/registry.h"
#include "protocol/connect_calls.h"
#include "protocol/domain_calls.h"
#include "protocol/storage_calls.h"
#include "service/call.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace yado::test_support {

class FakeService {
  public:
    explicit FakeService(Executor& executor) : executor_(executor) {}

    // At once
    protocol::DomainLookupByNameResult lookup(service::CallContext&, const protocol::DomainLookupByNameArgs&);
    protocol::DomainGetXmlDescResult get_xml(service::CallContext&, const protocol::DomainGetXmlDescArgs&);
    void abort_job(service::CallContext&, const protocol::DomainAbortJobArgs&);
    // With finish()
    Task<protocol::DomainCreateResult> create(service::CallContext, protocol::DomainCreateArgs);
    /// High priority, also with finish().
    Task<protocol::DomainDestroyResult> destroy(service::CallContext, protocol::DomainDestroyArgs);
    // Descriptors
    protocol::DomainCreateWithFilesResult create_with_files(service::CallContext&,
                                                            const protocol::DomainCreateWithFilesArgs&);
    protocol::DomainOpenGraphicsFdResult open_graphics(service::CallContext&,
                                                       const protocol::DomainOpenGraphicsFdArgs&);
    // Streams: attach `pipe`
    void open_console(service::CallContext&, const protocol::DomainOpenConsoleArgs&);
    protocol::StorageVolUploadResult upload(service::CallContext&, const protocol::StorageVolUploadArgs&);
    protocol::StorageVolDownloadResult download(service::CallContext&,
                                                const protocol::StorageVolDownloadArgs&);

    /// Answers the oldest call that waits.
    void finish();
    std::size_t waiting() const { return waiting_.size(); }

    std::vector<std::string> calls; ///< names of the calls that reached the service, in order
    std::vector<std::stop_token> stops;
    std::string xml = "<domain/>";
    std::function<service::StreamPipe()> pipe;
    std::shared_ptr<service::StreamHandle> stream;
    std::vector<service::StreamEnd> stream_ends;
    std::string received_through_fds;

  private:
    Task<void> wait(service::CallContext call, std::string name);
    void attach(service::CallContext& call);

    Executor& executor_;
    std::deque<Completion<void>::Resolver> waiting_;
};

/// Its rows, and those of connections and authentication of the real daemon.
const daemon::Registry& fake_registry();

} // namespace yado::test_support
