// SPDX-License-Identifier: Apache-2.0
#include "support/daemon/fake_service.h"

#include "daemon/procedures/tables.h"
#include "daemon/server/call.h"
#include "protocol/programs.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace yado::test_support {

using service::CallContext;

protocol::DomainLookupByNameResult FakeService::lookup(CallContext& call,
                                                       const protocol::DomainLookupByNameArgs& args) {
    calls.emplace_back(call.procedure);
    if (args.name == "missing") {
        fail(ErrorSource::qemu, Code::no_domain, "no domain with matching name '{}'", args.name);
    }
    if (args.name == "bug") throw std::runtime_error("a mistake");
    protocol::DomainLookupByNameResult result;
    result.dom.name = args.name;
    result.dom.id = -1;
    return result;
}

protocol::DomainGetXmlDescResult FakeService::get_xml(CallContext& call,
                                                      const protocol::DomainGetXmlDescArgs&) {
    calls.emplace_back(call.procedure);
    protocol::DomainGetXmlDescResult result;
    result.xml = xml;
    return result;
}

void FakeService::abort_job(CallContext& call, const protocol::DomainAbortJobArgs&) {
    calls.emplace_back(call.procedure);
}

Task<void> FakeService::wait(CallContext call, std::string name) {
    calls.push_back(name);
    stops.push_back(call.stop);
    Completion<void> done(executor_);
    waiting_.push_back(done.resolver());
    co_await done;
}

Task<protocol::DomainCreateResult> FakeService::create(CallContext call, protocol::DomainCreateArgs args) {
    co_await wait(call, "DomainCreate");
    if (args.dom.name == "broken") fail(ErrorSource::qemu, Code::operation_failed, "it did not start");
    co_return protocol::DomainCreateResult();
}

Task<protocol::DomainDestroyResult> FakeService::destroy(CallContext call, protocol::DomainDestroyArgs) {
    co_await wait(call, "DomainDestroy");
    co_return protocol::DomainDestroyResult();
}

void FakeService::finish() {
    waiting_.front().set();
    waiting_.pop_front();
}

protocol::DomainCreateWithFilesResult
FakeService::create_with_files(CallContext& call, const protocol::DomainCreateWithFilesArgs& args) {
    calls.emplace_back(call.procedure);
    if (call.fds) {
        for (const UniqueFd& fd : *call.fds) {
            char text[64];
            const ssize_t got = ::read(fd.get(), text, sizeof text);
            if (got > 0) received_through_fds.append(text, static_cast<std::size_t>(got));
        }
    }
    protocol::DomainCreateWithFilesResult result;
    result.dom = args.dom;
    return result;
}

protocol::DomainOpenGraphicsFdResult FakeService::open_graphics(CallContext& call,
                                                                const protocol::DomainOpenGraphicsFdArgs&) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) fail_errno("cannot make a pipe");
    static_cast<void>(!::write(ends[1], "pixels", 6));
    ::close(ends[1]);
    call.reply_fds->emplace_back(ends[0]);
    return {};
}

void FakeService::attach(CallContext& call) {
    calls.emplace_back(call.procedure);
    service::StreamPipe made = pipe();
    made.ended = [this](service::StreamEnd how) { stream_ends.push_back(how); };
    stream = call.stream->attach(std::move(made));
}

void FakeService::open_console(CallContext& call, const protocol::DomainOpenConsoleArgs& args) {
    attach(call);
    if (args.flags == 99) fail(Code::operation_invalid, "no console after all");
}

protocol::StorageVolUploadResult FakeService::upload(CallContext& call,
                                                     const protocol::StorageVolUploadArgs&) {
    attach(call);
    return {};
}

protocol::StorageVolDownloadResult FakeService::download(CallContext& call,
                                                         const protocol::StorageVolDownloadArgs&) {
    attach(call);
    return {};
}

const daemon::Registry& fake_registry() {
    using daemon::row;
    static constexpr daemon::Procedure rows[] = {
        row<&FakeService::lookup>(),        row<&FakeService::get_xml>(),
        row<&FakeService::abort_job>(),     row<&FakeService::create>(),
        row<&FakeService::destroy>(),       row<&FakeService::create_with_files>(),
        row<&FakeService::open_graphics>(), row<&FakeService::open_console>(),
        row<&FakeService::upload>(),        row<&FakeService::download>(),
    };
    static constexpr std::array programs{protocol::program::remote, protocol::program::qemu};
    static const daemon::Registry registry(
        programs,
        {rows, daemon::auth_procedures(), daemon::connection_procedures(), daemon::event_procedures()});
    return registry;
}

} // namespace yado::test_support
