// SPDX-License-Identifier: Apache-2.0
// One conversation with the kernel over rtnetlink: a request, and its acknowledgement or the objects it asks
// for. The only place that knows libmnl.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct nlmsghdr;
struct mnl_socket;

namespace yado::host {

class NetlinkRequest {
  public:
    /// `type` is RTM_…, `flags` are added to NLM_F_REQUEST.
    NetlinkRequest(std::uint16_t type, std::uint16_t flags);

    /// The fixed part behind the header; once, before all attributes. Zeroed.
    template <class Header> Header& header() { return *static_cast<Header*>(extra_header(sizeof(Header))); }
    void put(std::uint16_t type, std::span<const std::uint8_t> bytes);
    void put(std::uint16_t type, std::string_view text); ///< with a zero behind it
    void put_u8(std::uint16_t type, std::uint8_t value);
    void put_u16(std::uint16_t type, std::uint16_t value);
    void put_u32(std::uint16_t type, std::uint32_t value);
    void put_u64(std::uint16_t type, std::uint64_t value);
    template <class T> void put_struct(std::uint16_t type, const T& value) {
        put(type, std::span(reinterpret_cast<const std::uint8_t*>(&value), sizeof value));
    }
    template <class F> void nest(std::uint16_t type, F&& body) {
        const std::size_t start = begin_nest(type);
        body();
        end_nest(start);
    }

    nlmsghdr* message() { return message_; }

  private:
    void* extra_header(std::size_t size);
    std::size_t begin_nest(std::uint16_t type);
    void end_nest(std::size_t start);

    std::vector<char> buffer_;
    nlmsghdr* message_;
};

class NetlinkSocket {
  public:
    NetlinkSocket();

    /// Sends and waits for the acknowledgement. Throws system_error "WHAT: strerror", with the kernel's own
    /// words behind it where it has some.
    void run(NetlinkRequest& request, std::string_view what);
    /// The errno instead of throwing; 0 when it went well.
    int try_run(NetlinkRequest& request);
    /// One object; the errno, 0 when it was there.
    int get(NetlinkRequest& request, const std::function<void(const nlmsghdr*)>& each);
    /// Calls `each` with every object of the answer.
    void dump(NetlinkRequest& request, std::string_view what,
              const std::function<void(const nlmsghdr*)>& each);

  private:
    struct Close {
        void operator()(mnl_socket* socket) const;
    };
    struct Answer {
        int number = 0;
        std::string words;
    };
    Answer talk(NetlinkRequest& request, const std::function<void(const nlmsghdr*)>& each);

    std::unique_ptr<mnl_socket, Close> socket_;
    unsigned sequence_ = 0;
};

} // namespace yado::host
