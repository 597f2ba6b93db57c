// SPDX-License-Identifier: Apache-2.0
#include "golden.h"
#include "protocol/connect_calls.h"
#include "protocol/domain_calls.h"
#include "protocol/domain_events.h"
#include "protocol/error_wire.h"
#include "protocol/frame.h"

#include <gtest/gtest.h>

namespace yado::protocol {
namespace {

using test::from_hex;
using test::to_hex;

constexpr CallKey upload{program::remote, 208, 10};

Blob ping() {
    Blob out;
    append_keepalive(out, Keepalive::ping);
    return out;
}

TEST(Frame, CallsAsStockClientsSendThem) {
    Blob out;
    append_call(out, 2, ConnectOpenArgs{.name = "qemu:///system", .flags = 0});
    EXPECT_EQ(to_hex(out), "00000038"
                           "20008086"
                           "00000001"
                           "00000001"
                           "00000000"
                           "00000002"
                           "00000000"
                           "00000001"
                           "0000000e"
                           "71656d753a2f2f2f73797374656d"
                           "0000"
                           "00000000");
    out.clear();
    append_call(out, 6, ConnectListAllDomainsArgs{.need_results = 1, .flags = 3});
    EXPECT_EQ(to_hex(out), "00000024200080860000000100000111000000000000000600000000"
                           "0000000100000003");
}

TEST(Frame, RepliesCopyTheCall) {
    const Header call{program::remote, 1, 22, MessageType::call_with_fds, 77, Status::ok};
    Blob out;
    DomainLookupByIdResult result;
    append_reply(out, call, result);
    FrameReader reader;
    reader.feed(out);
    const Frame frame = *reader.next();
    EXPECT_EQ(frame.header, (Header{program::remote, 1, 22, MessageType::reply, 77, Status::ok}));
}

TEST(Frame, EventsAndKeepalive) {
    DomainCallbackLifecycleEvent event;
    event.msg.dom.name = "vm1";
    event.msg.event = 3;
    Blob out;
    append_event(out, event);
    EXPECT_TRUE(to_hex(out).starts_with("00000044"
                                        "20008086"
                                        "00000001"
                                        "0000013e"
                                        "00000002"
                                        "00000001"
                                        "00000000"));
    EXPECT_EQ(to_hex(ping()), "0000001c"
                              "6b656570"
                              "00000001"
                              "00000001"
                              "00000002"
                              "00000000"
                              "00000000");
    out.clear();
    append_keepalive(out, Keepalive::pong);
    EXPECT_EQ(to_hex(out), "0000001c"
                           "6b656570"
                           "00000001"
                           "00000002"
                           "00000002"
                           "00000000"
                           "00000000");
}

TEST(Frame, Streams) {
    Blob out;
    append_stream_hole(out, upload, {0xb6000, 0});
    EXPECT_EQ(to_hex(out), "00000028"
                           "20008086"
                           "00000001"
                           "000000d0"
                           "00000006"
                           "0000000a"
                           "00000002"
                           "00000000000b6000"
                           "00000000");
    out.clear();
    append_stream_eof(out, upload);
    EXPECT_EQ(to_hex(out), "0000001c"
                           "20008086"
                           "00000001"
                           "000000d0"
                           "00000003"
                           "0000000a"
                           "00000002");
    out.clear();
    append_stream_finish(out, upload);
    EXPECT_TRUE(to_hex(out).ends_with("00000003"
                                      "0000000a"
                                      "00000000"));
    out.clear();
    append_stream_abort(out, upload);
    EXPECT_EQ(to_hex(out), "0000001c"
                           "20008086"
                           "00000001"
                           "000000d0"
                           "00000003"
                           "0000000a"
                           "00000001");
    out.clear();
    append_stream_error(out, upload, Error(Code::internal_error, "x"));
    FrameReader reader;
    reader.feed(out);
    const Frame frame = *reader.next();
    EXPECT_EQ(frame.header.type, MessageType::stream);
    EXPECT_EQ(frame.header.status, Status::error);
    EXPECT_EQ(decode<WireError>(frame.payload).message, "internal error: x");
}

TEST(Frame, StreamDataIsCutForOldPeers) {
    Blob data(600'000);
    for (std::size_t i = 0; i < data.size(); i++) data[i] = static_cast<std::uint8_t>(i * 7);
    Blob out;
    append_stream_data(out, upload, data);
    FrameReader reader;
    reader.feed(out);
    Blob together;
    std::vector<std::size_t> sizes;
    while (const auto frame = reader.next()) {
        EXPECT_EQ(frame->header.status, Status::more);
        sizes.push_back(frame->payload.size());
        together.insert(together.end(), frame->payload.begin(), frame->payload.end());
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{262120, 262120, 75760}));
    EXPECT_EQ(together, data);
    out.clear();
    append_stream_data(out, upload, {});
    EXPECT_TRUE(out.empty()) << "an empty packet would mean end of file";
}

TEST(Frame, WhatDoesNotFitLeavesTheBufferAsItWas) {
    Blob out = ping();
    DomainPinVcpuArgs args;
    args.dom.name = "vm1";
    args.cpumap.resize(3000);
    EXPECT_THROW(append_call(out, 1, args), Error);
    EXPECT_EQ(out, ping());

    ConnectBaselineCpuArgs cpus;
    cpus.xmlCPUs.assign(9, std::string(string_max, 'c')); // each may be sent, together they are over 32 MiB
    EXPECT_THROW(append_call(out, 1, cpus), Error);
    EXPECT_EQ(out, ping());
}

TEST(FrameReader, AnyCutting) {
    Blob stream;
    append_call(stream, 0, ConnectOpenArgs{.name = "qemu:///system", .flags = 0});
    append_keepalive(stream, Keepalive::ping);
    append_call(stream, 1, ConnectGetLibVersionArgs{});
    for (std::size_t step = 1; step <= stream.size(); step++) {
        FrameReader reader;
        std::vector<Header> headers;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            reader.feed(std::span(stream).subspan(at, std::min(step, stream.size() - at)));
            while (const auto frame = reader.next()) {
                headers.push_back(frame->header);
                if (headers.size() == 1)
                    EXPECT_EQ(decode<ConnectOpenArgs>(frame->payload).name, "qemu:///system");
            }
        }
        ASSERT_EQ(headers.size(), 3U) << step;
        EXPECT_EQ(headers[1].program, program::keepalive);
        EXPECT_EQ(headers[2].serial, 1U);
        EXPECT_EQ(reader.buffered(), 0U);
    }
}

TEST(FrameReader, LengthsOutsideTheRulesCloseTheConnection) {
    for (const std::string_view length : {"00000000", "0000001b", "02000005", "ffffffff"}) {
        FrameReader reader;
        reader.feed(from_hex(length));
        EXPECT_THROW(reader.next(), Error) << length;
    }
    for (const std::string_view length : {"0000001c", "02000004"}) {
        FrameReader reader;
        reader.feed(from_hex(length));
        EXPECT_FALSE(reader.next().has_value()) << length;
    }
}

TEST(FrameReader, TheLargestMessage) {
    Blob message = from_hex("02000004"
                            "20008086"
                            "00000001"
                            "000000d0"
                            "00000003"
                            "0000000a"
                            "00000002");
    message.resize(frame_max);
    message.back() = 99;
    FrameReader reader;
    for (std::size_t at = 0; at < message.size(); at += 1'000'000)
        reader.feed(std::span(message).subspan(at, std::min<std::size_t>(1'000'000, message.size() - at)));
    reader.feed(ping());
    const auto frame = reader.next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->payload.size(), frame_max - header_bytes);
    EXPECT_EQ(frame->payload.back(), 99);
    EXPECT_TRUE(reader.next());
}

TEST(FrameReader, MemoryFollowsWhatArrives) {
    FrameReader reader;
    reader.feed(from_hex("02000004 20008086"));
    EXPECT_FALSE(reader.next());
    EXPECT_LT(reader.space().size(), 65536U) << "a promise of 32 MiB buys no memory";

    Blob big;
    append_stream_data(big, upload, Blob(200'000));
    append_stream_data(big, upload, Blob(200'000));
    FrameReader second;
    second.feed(big);
    EXPECT_TRUE(second.next());
    EXPECT_TRUE(second.next());
    EXPECT_LT(second.space().size(), 65536U) << "given back once empty";
}

TEST(FrameReader, UnknownTypesAreForTheCallerToJudge) {
    FrameReader reader;
    reader.feed(from_hex("0000001c"
                         "deadbeef"
                         "00000009"
                         "ffffffff"
                         "0000002a"
                         "00000007"
                         "00000009"));
    const auto frame = reader.next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->header.program, 0xdeadbeefU);
    EXPECT_EQ(frame->header.version, 9U);
    EXPECT_EQ(frame->header.procedure, -1);
    EXPECT_EQ(static_cast<std::int32_t>(frame->header.type), 42);
}

} // namespace
} // namespace yado::protocol
