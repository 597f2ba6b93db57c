// SPDX-License-Identifier: Apache-2.0
#include "host/netlink/message.h"

#include "base/error.h"
#include "base/text.h"
#include "host/netlink/attributes.h"

#include <array>
#include <cerrno>
#include <libmnl/libmnl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

namespace yado::host {
namespace {

constexpr std::size_t longest_request = 8192; // a page or two; what has no bound is sent in pieces
constexpr std::size_t longest_answer = 32768; // the kernel's own limit for parts of a dump

void require_room(const nlmsghdr* message, std::size_t more) {
    if (message->nlmsg_len + NLA_ALIGN(NLA_HDRLEN + more) > longest_request)
        fail(Code::internal_error, "netlink request is too long");
}

/// What an acknowledgement says in words.
std::string words_of(const nlmsghdr* message) {
    const auto* error = static_cast<const nlmsgerr*>(mnl_nlmsg_get_payload(message));
    if ((message->nlmsg_flags & NLM_F_ACK_TLVS) == 0) return {};
    std::size_t offset = sizeof *error;
    // The request comes back unless NETLINK_CAP_ACK was heeded.
    if ((message->nlmsg_flags & NLM_F_CAPPED) == 0) offset += mnl_nlmsg_get_payload_len(&error->msg);
    std::string words;
    for_attributes(message, offset, [&words](int type, const nlattr* attribute) {
        if (type == NLMSGERR_ATTR_MSG) words = printable(text_of(attribute));
    });
    return words;
}

} // namespace

NetlinkRequest::NetlinkRequest(std::uint16_t type, std::uint16_t flags)
    : buffer_(longest_request), message_(mnl_nlmsg_put_header(buffer_.data())) {
    message_->nlmsg_type = type;
    message_->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
}

void* NetlinkRequest::extra_header(std::size_t size) { return mnl_nlmsg_put_extra_header(message_, size); }

void NetlinkRequest::put(std::uint16_t type, std::span<const std::uint8_t> bytes) {
    require_room(message_, bytes.size());
    mnl_attr_put(message_, type, bytes.size(), bytes.data());
}
void NetlinkRequest::put(std::uint16_t type, std::string_view text) {
    require_room(message_, text.size() + 1);
    mnl_attr_put_strz(message_, type, std::string(text).c_str());
}
void NetlinkRequest::put_u8(std::uint16_t type, std::uint8_t value) { put_struct(type, value); }
void NetlinkRequest::put_u16(std::uint16_t type, std::uint16_t value) { put_struct(type, value); }
void NetlinkRequest::put_u32(std::uint16_t type, std::uint32_t value) { put_struct(type, value); }
void NetlinkRequest::put_u64(std::uint16_t type, std::uint64_t value) { put_struct(type, value); }

std::size_t NetlinkRequest::begin_nest(std::uint16_t type) {
    require_room(message_, 0);
    nlattr* start = mnl_attr_nest_start(message_, type);
    return static_cast<std::size_t>(reinterpret_cast<char*>(start) - buffer_.data());
}
void NetlinkRequest::end_nest(std::size_t start) {
    mnl_attr_nest_end(message_, reinterpret_cast<nlattr*>(buffer_.data() + start));
}

void NetlinkSocket::Close::operator()(mnl_socket* socket) const { mnl_socket_close(socket); }

NetlinkSocket::NetlinkSocket() : socket_(mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC)) {
    if (!socket_) fail_errno("cannot open a netlink socket");
    int on = 1;
    // Both are refinements of messages: kernels without them answer all the same.
    mnl_socket_setsockopt(socket_.get(), NETLINK_EXT_ACK, &on, sizeof on);
    mnl_socket_setsockopt(socket_.get(), NETLINK_CAP_ACK, &on, sizeof on);
    if (mnl_socket_bind(socket_.get(), 0, MNL_SOCKET_AUTOPID) < 0) fail_errno("cannot bind a netlink socket");
}

NetlinkSocket::Answer NetlinkSocket::talk(NetlinkRequest& request,
                                          const std::function<void(const nlmsghdr*)>& each) {
    request.message()->nlmsg_seq = ++sequence_;
    if (mnl_socket_sendto(socket_.get(), request.message(), request.message()->nlmsg_len) < 0)
        return {.number = errno, .words = {}};
    struct State {
        Answer answer;
        const std::function<void(const nlmsghdr*)>& each;
    } state{.answer = {}, .each = each};
    const mnl_cb_t on_object = [](const nlmsghdr* message, void* data) {
        if (static_cast<State*>(data)->each) static_cast<State*>(data)->each(message);
        return MNL_CB_OK;
    };
    const mnl_cb_t on_error = [](const nlmsghdr* message, void* data) {
        if (mnl_nlmsg_get_payload_len(message) < sizeof(nlmsgerr)) return MNL_CB_STOP;
        const auto* error = static_cast<const nlmsgerr*>(mnl_nlmsg_get_payload(message));
        static_cast<State*>(data)->answer = {.number = -error->error, .words = words_of(message)};
        return MNL_CB_STOP;
    };
    const mnl_cb_t on_done = [](const nlmsghdr*, void*) { return MNL_CB_STOP; };
    std::array<mnl_cb_t, NLMSG_DONE + 1> control{};
    control[NLMSG_ERROR] = on_error;
    control[NLMSG_DONE] = on_done;
    std::vector<char> buffer(longest_answer);
    int more = MNL_CB_OK;
    while (more > MNL_CB_STOP) {
        const ssize_t size = mnl_socket_recvfrom(socket_.get(), buffer.data(), buffer.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return {.number = errno, .words = {}};
        more = mnl_cb_run2(buffer.data(), static_cast<std::size_t>(size), sequence_,
                           mnl_socket_get_portid(socket_.get()), on_object, &state, control.data(),
                           static_cast<unsigned>(control.size()));
        if (more < 0) return {.number = errno, .words = {}};
    }
    return state.answer;
}

void NetlinkSocket::run(NetlinkRequest& request, std::string_view what) {
    request.message()->nlmsg_flags |= NLM_F_ACK;
    const Answer answer = talk(request, nullptr);
    if (answer.number == 0) return;
    Error error = system_error(answer.number, what);
    if (!answer.words.empty())
        error = Error(Code::system_error, fmt::format("{} ({})", error.detail(), answer.words))
                    .set_errno(answer.number);
    throw error;
}

int NetlinkSocket::try_run(NetlinkRequest& request) {
    request.message()->nlmsg_flags |= NLM_F_ACK;
    return talk(request, nullptr).number;
}

int NetlinkSocket::get(NetlinkRequest& request, const std::function<void(const nlmsghdr*)>& each) {
    request.message()->nlmsg_flags |= NLM_F_ACK;
    return talk(request, each).number;
}

void NetlinkSocket::dump(NetlinkRequest& request, std::string_view what,
                         const std::function<void(const nlmsghdr*)>& each) {
    request.message()->nlmsg_flags |= NLM_F_DUMP;
    Answer answer = talk(request, each);
    // The list changed while it was read; what was seen twice replaces what was seen before.
    for (int tries = 0; answer.number == EINTR && tries < 3; ++tries) answer = talk(request, each);
    if (answer.number != 0) throw system_error(answer.number, what);
}

} // namespace yado::host
