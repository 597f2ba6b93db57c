// SPDX-License-Identifier: Apache-2.0
#include "daemon/server/call.h"

#include "base/log.h"
#include "daemon/drivers.h"
#include "daemon/server/access.h"
#include "daemon/server/server.h"

namespace yado::daemon {
namespace {

/// Which part of libvirt's library raises the refusals it makes before any driver is asked.
ErrorSource source_of(std::string_view api) {
    struct Prefix {
        std::string_view text;
        ErrorSource source;
    };
    static constexpr Prefix prefixes[] = {
        {"virDomainSnapshot", ErrorSource::domain_snapshot},
        {"virDomainCheckpoint", ErrorSource::domain_checkpoint},
        {"virDomain", ErrorSource::domain},
        {"virConnectDomain", ErrorSource::domain},
        {"virConnectListAllDomains", ErrorSource::domain},
        {"virConnectGetDomainCapabilities", ErrorSource::domain},
        {"virConnectGetAllDomainStats", ErrorSource::domain},
        {"virNetwork", ErrorSource::network},
        {"virConnectListAllNetworks", ErrorSource::network},
        {"virConnectListNetworks", ErrorSource::network},
        {"virStorage", ErrorSource::storage},
        {"virConnectListAllStoragePools", ErrorSource::storage},
        {"virConnectListStoragePools", ErrorSource::storage},
        {"virConnectFindStoragePoolSources", ErrorSource::storage},
        {"virNodeDevice", ErrorSource::nodedev},
        {"virConnectListAllNodeDevices", ErrorSource::nodedev},
        {"virNodeListDevices", ErrorSource::nodedev},
        {"virNodeNumOfDevices", ErrorSource::nodedev},
        {"virSecret", ErrorSource::secret},
        {"virConnectListAllSecrets", ErrorSource::secret},
        {"virNWFilter", ErrorSource::nwfilter},
        {"virConnectListAllNWFilter", ErrorSource::nwfilter},
        {"virInterface", ErrorSource::interface},
        {"virConnectListAllInterfaces", ErrorSource::interface},
        {"virStream", ErrorSource::streams},
        {"virAdm", ErrorSource::admin},
    };
    for (const Prefix& prefix : prefixes) {
        if (api.starts_with(prefix.text)) return prefix.source;
    }
    return ErrorSource::none;
}

std::string_view api_of(const protocol::ProcedureInfo& info) {
    return info.api.empty() ? info.name : info.api;
}

} // namespace

// --- streams ---

std::shared_ptr<service::StreamHandle> CallStream::attach(service::StreamPipe pipe) {
    stream_ = std::make_shared<Stream>(client_.stream_peer(), key_, std::move(pipe));
    return stream_;
}

void CallStream::start() {
    if (!stream_) return;
    client_.add_stream(stream_);
    stream_->start();
    stream_.reset();
}

namespace {

service::CallContext make_context(Client& client, const protocol::ProcedureInfo& info,
                                  const protocol::Header& header, std::vector<UniqueFd>& fds) {
    service::CallContext context{.connection = client.shared_from_this(), .procedure = info.name};
    context.stop = client.stop_token();
    if (!fds.empty()) context.fds = std::make_shared<std::vector<UniqueFd>>(std::move(fds));
    if (info.reply_fds) context.reply_fds = std::make_shared<std::vector<UniqueFd>>();
    if (info.stream != protocol::StreamDirection::none) {
        context.stream = std::make_shared<CallStream>(client, header.key());
    }
    return context;
}

void start_stream(const service::CallContext& context) {
    if (context.stream) static_cast<CallStream&>(*context.stream).start();
}

} // namespace

// --- Call ---

void Call::require_progress() const {
    if (entry_.procedure->needs == Needs::open && !client_.is_open()) {
        fail(ErrorSource::rpc, Code::internal_error, "hypervisor connection not open");
    }
}

void Call::refuse_read_only() const {
    const std::string_view api = api_of(info());
    fail(source_of(api), Code::operation_denied, "read only access prevents {}", api);
}

void Call::refuse_unsupported() const {
    const std::string_view api = api_of(info());
    fail(source_of(api), Code::no_support, "{}", api);
}

void* Call::find_service(std::size_t slot) const {
    if (const Driver* driver = client_.driver()) {
        if (void* found = driver->services.find_slot(slot)) return found;
    }
    return client_.server().services().find_slot(slot);
}

bool Call::checks_access() const { return client_.server().access() != nullptr; }

service::CallContext Call::context() { return make_context(client_, info(), header_, fds_); }

void Call::reply(service::CallContext& context, protocol::BodyView body) {
    client_.reply(header_, body, context.reply_fds.get());
    start_stream(context);
}

namespace {

/// A rule to ask, and what of its kind the call is about.
struct Question {
    const protocol::AclRule* rule;
    AccessDetails details;
};
using Questions = std::vector<Question>;

/// A call put aside while its access rules are asked.
struct JudgedCall {
    std::shared_ptr<Client> client;
    protocol::Header header;
    protocol::Blob payload;
    std::vector<UniqueFd> fds;
    Registry::Entry entry;

    ~JudgedCall() { client->end_pending(); }
};

Task<void> judge(std::shared_ptr<JudgedCall> held, Questions questions) {
    Client& client = *held->client;
    try {
        for (Question& question : questions) {
            Access* access = client.server().access();
            if (access == nullptr) break;
            std::string object(question.rule->object);
            std::string permission(question.rule->permission);
            AccessDetails details = with_driver(client.driver(), std::move(question.details));
            const bool allowed =
                co_await access->allowed(client.identity(), object, permission, std::move(details));
            if (client.closed()) co_return;
            if (!allowed) {
                const std::string_view api = api_of(*held->entry.info);
                log_info("access", "{}.{} refused for {}", object, permission, api);
                fail(ErrorSource::access, Code::access_denied, "'{}' denied access", api);
            }
        }
        Call call(client, held->header, held->payload, held->fds, held->entry, true);
        held->entry.procedure->invoke(call);
    } catch (...) { client.answer_failure(held->header, std::current_exception()); }
}

} // namespace

void Call::ask_access(std::vector<const protocol::AclRule*> rules, const void* arguments) {
    Questions questions;
    for (const protocol::AclRule* rule : rules) {
        questions.push_back({rule, details_of_call(client_.driver(), info(), arguments, rule->object)});
    }
    auto held = std::make_shared<JudgedCall>(std::static_pointer_cast<Client>(client_.shared_from_this()),
                                             header_, protocol::Blob(payload_.begin(), payload_.end()),
                                             std::move(fds_), entry_);
    client_.begin_pending();
    spawn(judge(std::move(held), std::move(questions)));
}

// --- PendingCall ---

PendingCall::PendingCall(Call& call)
    : client_(std::static_pointer_cast<Client>(call.client().shared_from_this())), header_(call.header()),
      context_(call.context()), info_(call.info()) {
    client_->begin_pending();
}

Task<std::vector<bool>> PendingCall::visible(std::vector<AccessDetails> details) const {
    const std::shared_ptr<Client> client = client_;
    std::vector<bool> answers;
    for (AccessDetails& each : details) {
        Access* access = client->server().access();
        bool allowed = true;
        if (access != nullptr) {
            std::string object(info_.filter_object);
            std::string permission(info_.filter_permission);
            AccessDetails complete = with_driver(client->driver(), std::move(each));
            allowed = co_await access->allowed(client->identity(), object, permission, std::move(complete));
        }
        answers.push_back(allowed);
    }
    co_return answers;
}

PendingCall::~PendingCall() { client_->end_pending(); }

void PendingCall::reply(protocol::BodyView body) {
    if (client_->closed()) return;
    client_->reply(header_, body, context_.reply_fds.get());
    start_stream(context_);
}

void PendingCall::failed(const std::exception_ptr& failure) { client_->answer_failure(header_, failure); }

} // namespace yado::daemon
