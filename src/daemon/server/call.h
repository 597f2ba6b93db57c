// SPDX-License-Identifier: Apache-2.0
// From a message to a handler and back. `row<&Service::function>()` is all a procedure table needs: the
// argument structure, which is the function's second parameter, says which call it is.
//
// Order of judgement: decoding, whether the connection is open, whether the driver has the service, whether a
// read-only connection may, access rules, then the handler. A failure anywhere becomes a virError in
// Client::answer_failure().
#pragma once

#include "base/async/task.h"
#include "daemon/server/client.h"
#include "daemon/server/registry.h"
#include "protocol/xdr.h"

#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace yado::daemon {

/// The stream a call may open: kept until its reply has gone out.
class CallStream final : public service::StreamPort {
  public:
    CallStream(Client& client, protocol::CallKey key) : client_(client), key_(key) {}
    std::shared_ptr<service::StreamHandle> attach(service::StreamPipe pipe) override;
    /// After the reply.
    void start();
    void call_failed() { stream_.reset(); }

  private:
    Client& client_; // outlives: a pending call holds it, a call lives on its stack
    protocol::CallKey key_;
    std::shared_ptr<Stream> stream_;
};

/// A call while it is judged and, when its handler need not wait, answered. Lives on the stack.
class Call {
  public:
    Call(Client& client, const protocol::Header& header, std::span<const std::uint8_t> payload,
         std::vector<UniqueFd>& fds, Registry::Entry entry, bool granted = false)
        : client_(client), header_(header), payload_(payload), fds_(fds), entry_(entry), granted_(granted) {}

    Client& client() const { return client_; }
    const protocol::Header& header() const { return header_; }
    const protocol::ProcedureInfo& info() const { return *entry_.info; }
    std::span<const std::uint8_t> payload() const { return payload_; }

    /// Throws unless the connection has got as far as the call needs.
    void require_progress() const;
    /// Throws operation_denied in stock's words.
    [[noreturn]] void refuse_read_only() const;
    /// Throws no_support naming the C function.
    [[noreturn]] void refuse_unsupported() const;

    template <class Args> void require_writable(const Args& args) const {
        if (client_.read_only() && !protocol::allowed_readonly(info(), args)) refuse_read_only();
    }
    template <class Service> Service& service() const {
        if (void* found = find_service(detail::service_slot<Service>())) return *static_cast<Service*>(found);
        refuse_unsupported();
    }
    /// False when access rules must be asked first: the handler then returns, and is called again once they
    /// are granted. Without an access driver always true.
    template <class Args> bool granted(const Args& args) {
        if (granted_ || !checks_access()) return true;
        std::vector<const protocol::AclRule*> rules;
        for (const protocol::AclRule& rule : info().acl) {
            if (protocol::holds(rule.condition, args)) rules.push_back(&rule);
        }
        if (rules.empty()) return true;
        ask_access(std::move(rules));
        return false;
    }
    service::CallContext context();
    void reply(service::CallContext& context, protocol::BodyView body);

  private:
    void* find_service(std::size_t slot) const;
    bool checks_access() const;
    void ask_access(std::vector<const protocol::AclRule*> rules);

    Client& client_;
    const protocol::Header& header_;
    std::span<const std::uint8_t> payload_;
    std::vector<UniqueFd>& fds_;
    Registry::Entry entry_;
    bool granted_;
};

/// A call whose handler waits. Counts against the client's calls in progress until answered.
class PendingCall {
  public:
    explicit PendingCall(Call& call);
    ~PendingCall();
    PendingCall(const PendingCall&) = delete;
    PendingCall& operator=(const PendingCall&) = delete;

    service::CallContext context() const { return context_; }
    void reply(protocol::BodyView body);
    void failed(const std::exception_ptr& failure);

  private:
    std::shared_ptr<Client> client_;
    protocol::Header header_;
    service::CallContext context_;
};

namespace detail {

template <class Method> struct MethodTraits;
template <class S, class R, class A> struct MethodTraits<R (S::*)(service::CallContext&, A)> {
    using Service = S;
    using Args = std::remove_cvref_t<A>;
    using Reply = R;
    static constexpr bool waits = false;
    static_assert(!requires { typename R::promise_type; }, "a handler that waits takes CallContext by value");
};
template <class S, class R, class A>
struct MethodTraits<R (S::*)(service::CallContext&, A) const>
    : MethodTraits<R (S::*)(service::CallContext&, A)> {};
template <class S, class R, class A> struct MethodTraits<Task<R> (S::*)(service::CallContext, A)> {
    using Service = S;
    using Args = A;
    using Reply = R;
    static constexpr bool waits = true;
};
template <class S, class R, class A>
struct MethodTraits<Task<R> (S::*)(service::CallContext, A) const>
    : MethodTraits<Task<R> (S::*)(service::CallContext, A)> {};

template <auto Method> using Traits = MethodTraits<decltype(Method)>;

template <auto Method>
Task<void> answer_later(std::shared_ptr<PendingCall> pending, typename Traits<Method>::Service* service,
                        typename Traits<Method>::Args args) {
    using Reply = typename Traits<Method>::Reply;
    try {
        if constexpr (std::is_void_v<Reply>) {
            co_await (service->*Method)(pending->context(), std::move(args));
            pending->reply({});
        } else {
            const Reply reply = co_await (service->*Method)(pending->context(), std::move(args));
            pending->reply(protocol::BodyView::of(reply));
        }
    } catch (...) { pending->failed(std::current_exception()); }
}

} // namespace detail

template <auto Method> void handler(Call& call) {
    using Traits = detail::Traits<Method>;
    using Reply = typename Traits::Reply;
    auto args = protocol::decode<typename Traits::Args>(call.payload());
    call.require_progress();
    auto& service = call.service<typename Traits::Service>();
    call.require_writable(args);
    if (!call.granted(args)) return;
    if constexpr (Traits::waits) {
        auto pending = std::make_shared<PendingCall>(call);
        spawn(detail::answer_later<Method>(std::move(pending), &service, std::move(args)));
    } else {
        service::CallContext context = call.context();
        if constexpr (std::is_void_v<Reply>) {
            (service.*Method)(context, std::move(args));
            call.reply(context, {});
        } else {
            const Reply reply = (service.*Method)(context, std::move(args));
            call.reply(context, protocol::BodyView::of(reply));
        }
    }
}

template <auto Method> constexpr Procedure row(Needs needs = Needs::open) {
    return {detail::Traits<Method>::Args::procedure, &handler<Method>, needs, detail::Traits<Method>::waits};
}

} // namespace yado::daemon
