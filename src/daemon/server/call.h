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
#include "daemon/server/subject.h"
#include "protocol/xdr.h"

#include <algorithm>
#include <limits>
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
        ask_access(std::move(rules), &args);
        return false;
    }
    /// Whether what the answer lists is to be held against access rules.
    bool filtered() const { return checks_access() && !info().filter_object.empty(); }
    service::CallContext context();
    void reply(service::CallContext& context, protocol::BodyView body);

  private:
    void* find_service(std::size_t slot) const;
    bool checks_access() const;
    void ask_access(std::vector<const protocol::AclRule*> rules, const void* arguments);

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
    /// Of objects in the order of `details`: whether the client may know of each.
    Task<std::vector<bool>> visible(std::vector<AccessDetails> details) const;
    const protocol::ProcedureInfo& info() const { return info_; }
    const Driver* driver() const { return client_->driver(); }
    void failed(const std::exception_ptr& failure);

  private:
    std::shared_ptr<Client> client_;
    protocol::Header header_;
    service::CallContext context_;
    const protocol::ProcedureInfo& info_;
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

/// The list of an answer, whichever of these it has; null when it lists nothing.
template <class Reply> auto* listed(Reply& reply) {
    if constexpr (requires { reply.domains; }) return &reply.domains;
    else if constexpr (requires { reply.retStats; }) return &reply.retStats;
    else if constexpr (requires { reply.pools; }) return &reply.pools;
    else if constexpr (requires { reply.vols; }) return &reply.vols;
    else if constexpr (requires { reply.nets; }) return &reply.nets;
    else if constexpr (requires { reply.ports; }) return &reply.ports;
    else if constexpr (requires { reply.ifaces; }) return &reply.ifaces;
    else if constexpr (requires { reply.devices; }) return &reply.devices;
    else if constexpr (requires { reply.filters; }) return &reply.filters;
    else if constexpr (requires { reply.bindings; }) return &reply.bindings;
    else if constexpr (requires { reply.secrets; }) return &reply.secrets;
    else if constexpr (requires { reply.names; }) return &reply.names;
    else if constexpr (requires { reply.uuids; }) return &reply.uuids;
    else if constexpr (requires { reply.ids; }) return &reply.ids;
    else return static_cast<std::vector<int>*>(nullptr);
}
template <class Item> concept Judgeable =
    requires(const Item& item) { item.dom; } || requires(const Item& item) { details_of(item); } ||
    std::is_same_v<Item, std::string> || std::is_same_v<Item, std::int32_t>;

template <class Reply> constexpr bool lists() {
    if constexpr (std::is_void_v<Reply>) {
        return false;
    } else {
        using List = std::remove_pointer_t<decltype(listed(std::declval<Reply&>()))>;
        if constexpr (std::is_same_v<List, std::vector<int>>) return requires(Reply& reply) { reply.ids; };
        else if constexpr (requires(List& list) { list.clear(); })
            return Judgeable<typename List::value_type>;
        else return false;
    }
}

template <class Item> AccessDetails details_of_item(const PendingCall& call, const Item& item) {
    if constexpr (requires { item.dom; }) return details_of(item.dom);
    else if constexpr (requires { details_of(item); }) return details_of(item);
    else return details_of(call.driver(), call.info().filter_object, item);
}

/// What all items of an answer are part of, where they do not say so themselves.
template <class Args> AccessDetails details_of_holder(const PendingCall& call, const Args& args) {
    if constexpr (requires { args.pool.uuid; }) return details_of_pool(call.driver(), args.pool.uuid);
    else return {};
}

template <class List>
std::vector<AccessDetails> details_of_items(const PendingCall& call, const List& items,
                                            const AccessDetails& holder) {
    std::vector<AccessDetails> details;
    for (const auto& item : items) {
        details.push_back(details_of_item(call, item));
        details.back().insert(holder.begin(), holder.end());
    }
    return details;
}

constexpr auto no_limit = std::numeric_limits<std::int32_t>::max();

/// How many items an old list call wants at most; null for the others.
template <class Args> std::int32_t* most_items(Args& args) {
    if constexpr (requires { args.maxnames; }) return &args.maxnames;
    else if constexpr (requires { args.maxids; }) return &args.maxids;
    else if constexpr (requires { args.maxuuids; }) return &args.maxuuids;
    else return nullptr;
}

/// As answer_later(), without what the client may not know of.
template <auto Method>
Task<void> answer_visible(std::shared_ptr<PendingCall> pending, typename Traits<Method>::Service* service,
                          typename Traits<Method>::Args args) {
    bool wanted = true; // the list, not only how many there are
    if constexpr (requires { args.need_results; }) wanted = std::exchange(args.need_results, 1) != 0;
    std::int32_t most = no_limit; // of those that are left
    if (std::int32_t* wished = most_items(args)) most = std::exchange(*wished, no_limit);
    const AccessDetails holder = details_of_holder(*pending, args);
    try {
        typename Traits<Method>::Reply reply;
        service::CallContext context = pending->context();
        if constexpr (Traits<Method>::waits) {
            reply = co_await (service->*Method)(std::move(context), std::move(args));
        } else {
            reply = (service->*Method)(context, std::move(args));
        }
        auto& items = *listed(reply);
        std::vector<AccessDetails> details = details_of_items(*pending, items, holder);
        const std::vector<bool> visible = co_await pending->visible(std::move(details));
        std::size_t place = 0;
        std::erase_if(items, [&](const auto&) { return !visible[place++]; });
        if (std::cmp_greater(items.size(), most)) items.resize(static_cast<std::size_t>(std::max(most, 0)));
        if constexpr (requires { reply.ret; }) reply.ret = static_cast<std::uint32_t>(items.size());
        if (!wanted) items.clear();
        pending->reply(protocol::BodyView::of(reply));
    } catch (...) { pending->failed(std::current_exception()); }
}

/// The arguments of a list of everything that a count is about.
template <class ListArgs, class CountArgs> ListArgs whole_list(const CountArgs& args) {
    ListArgs list{};
    if constexpr (requires { list.pool; }) list.pool = args.pool;
    *most_items(list) = no_limit;
    return list;
}

/// How many of the list the client may know of.
template <auto List, class Reply>
Task<void> answer_counted(std::shared_ptr<PendingCall> pending, typename Traits<List>::Service* service,
                          typename Traits<List>::Args args) {
    try {
        service::CallContext context = pending->context();
        const AccessDetails holder = details_of_holder(*pending, args);
        auto list = (service->*List)(context, std::move(args));
        std::vector<AccessDetails> details = details_of_items(*pending, *listed(list), holder);
        const std::vector<bool> visible = co_await pending->visible(std::move(details));
        Reply reply;
        reply.num = static_cast<std::int32_t>(std::ranges::count(visible, true));
        pending->reply(protocol::BodyView::of(reply));
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
    if constexpr (detail::lists<Reply>()) {
        if (call.filtered()) {
            auto pending = std::make_shared<PendingCall>(call);
            spawn(detail::answer_visible<Method>(std::move(pending), &service, std::move(args)));
            return;
        }
    }
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

/// Of a call that counts what another one lists: both are held against access rules alike.
template <auto Count, auto List> void counting_handler(Call& call) {
    if (!call.filtered()) {
        handler<Count>(call);
        return;
    }
    using Traits = detail::Traits<Count>;
    auto args = protocol::decode<typename Traits::Args>(call.payload());
    call.require_progress();
    auto& service = call.service<typename Traits::Service>();
    if (!call.granted(args)) return;
    auto all = detail::whole_list<typename detail::Traits<List>::Args>(args);
    auto pending = std::make_shared<PendingCall>(call);
    spawn(detail::answer_counted<List, typename Traits::Reply>(std::move(pending), &service, std::move(all)));
}

template <auto Count, auto List> constexpr Procedure counting_row() {
    return {detail::Traits<Count>::Args::procedure, &counting_handler<Count, List>, Needs::open, false};
}

template <auto Method> constexpr Procedure row(Needs needs = Needs::open) {
    return {detail::Traits<Method>::Args::procedure, &handler<Method>, needs, detail::Traits<Method>::waits};
}

} // namespace yado::daemon
