// SPDX-License-Identifier: Apache-2.0
// What stock libvirt sends must decode, by the tables, and come out again byte for byte.
#include "golden.h"
#include "protocol/error_wire.h"
#include "protocol/frame.h"
#include "protocol/procedures.h"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace yado::protocol {
namespace {

using test::read_vectors;
using test::to_hex;
using test::Vector;

const BodyType wire_error_type = body_type<WireError>("WireError");
const BodyType hole_type = body_type<StreamHole>("StreamHole");

/// The structure a message holds by the tables; null when its payload is none.
const BodyType* body_of(const Header& header) {
    const ProcedureInfo* info = find(header.program, header.procedure);
    switch (header.type) {
    case MessageType::call:
    case MessageType::call_with_fds:
    case MessageType::message: return info == nullptr ? nullptr : info->args;
    case MessageType::reply:
    case MessageType::reply_with_fds: return header.status == Status::error ? &wire_error_type : info->result;
    case MessageType::stream: return header.status == Status::error ? &wire_error_type : nullptr;
    case MessageType::stream_hole: return &hole_type;
    }
    return nullptr;
}

Frame read(FrameReader& reader, const Vector& vector) {
    reader.feed(vector.message);
    std::optional<Frame> frame = reader.next();
    for (int i = 0; !frame && i < 2; i++) {
        reader.space()[0] = 0;
        std::vector<UniqueFd> fds;
        fds.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
        reader.commit(1, std::move(fds));
        frame = reader.next();
    }
    EXPECT_TRUE(frame.has_value());
    return std::move(*frame);
}

TEST(Vectors, DecodeByTheTablesAndEncodeTheSame) {
    const auto vectors = read_vectors();
    ASSERT_EQ(vectors.size(), 236U);
    std::size_t with_body = 0;
    for (const Vector& vector : vectors) {
        SCOPED_TRACE(vector.scenario + " " + to_hex(vector.message));
        FrameReader reader(FrameReader::Fds::accepted);
        const Frame frame = read(reader, vector);
        EXPECT_EQ(reader.buffered(), 0U);
        EXPECT_EQ(frame.header.version, protocol_version);

        Blob out;
        const std::optional<std::uint32_t> fds =
            frame.fds.empty() ? std::nullopt : std::optional(static_cast<std::uint32_t>(frame.fds.size()));
        Header header = frame.header;
        if (fds) header.type = MessageType::call;
        if (const BodyType* type = body_of(frame.header)) {
            with_body++;
            Body body(*type);
            XdrReader payload(frame.payload);
            body.walk(payload);
            EXPECT_EQ(payload.remaining(), 0U) << type->name;
            XdrWriter again(out);
            body.walk(again);
            EXPECT_EQ(to_hex(out), to_hex(frame.payload)) << type->name;
            out.clear();
            append_frame(out, header, {}, fds);
            const std::size_t head = out.size();
            XdrWriter writer(out);
            body.walk(writer);
            EXPECT_EQ(to_hex(std::span(out).subspan(head)), to_hex(frame.payload));
        } else if (frame.header.type == MessageType::stream && frame.header.status == Status::more &&
                   !frame.payload.empty()) {
            append_stream_data(out, frame.header.key(), frame.payload);
            EXPECT_EQ(to_hex(out), to_hex(vector.message));
        } else {
            append_frame(out, header, {}, fds);
            EXPECT_EQ(to_hex(out), to_hex(vector.message));
        }
    }
    EXPECT_GT(with_body, 220U);
}

TEST(Vectors, EveryCallAndReplyHasItsRow) {
    for (const Vector& vector : read_vectors()) {
        FrameReader reader(FrameReader::Fds::accepted);
        const Frame frame = read(reader, vector);
        if (frame.header.program == program::keepalive) continue;
        const ProcedureInfo* info = find(frame.header.program, frame.header.procedure);
        ASSERT_NE(info, nullptr) << to_hex(vector.message);
        const bool stream =
            frame.header.type == MessageType::stream || frame.header.type == MessageType::stream_hole;
        EXPECT_EQ(info->kind == Kind::event, frame.header.type == MessageType::message) << info->name;
        EXPECT_TRUE(!stream || info->stream != StreamDirection::none) << info->name;
        EXPECT_TRUE(frame.fds.empty() || info->call_fds) << info->name;
    }
}

/// The message of a scenario with the given type and procedure.
Blob find_message(std::string_view scenario, ProcedureId id, MessageType type) {
    for (const Vector& vector : read_vectors()) {
        FrameReader reader(FrameReader::Fds::accepted);
        const Header header = read(reader, vector).header;
        if (vector.scenario == scenario && header.program == id.program && header.procedure == id.number &&
            header.type == type)
            return vector.message;
    }
    ADD_FAILURE() << "no such message in " << scenario;
    return {};
}

TEST(Vectors, LookupErrorIsOurErrorToTheByte) {
    const Blob message = find_message("lookup_error", {program::remote, 23}, MessageType::reply);
    FrameReader reader;
    reader.feed(message);
    const Frame frame = *reader.next();
    const auto wire = decode<WireError>(frame.payload);
    EXPECT_EQ(wire.code, 42);
    const Error error = from_wire(wire);
    EXPECT_EQ(error.code(), Code::no_domain);
    EXPECT_TRUE(error.message().starts_with("Domain not found: ")) << error.message();

    Error ours(Code::no_domain, error.detail(), error.source());
    Blob out;
    append_error(out, frame.header, ours);
    EXPECT_EQ(to_hex(out), to_hex(message));
}

} // namespace
} // namespace yado::protocol
