// SPDX-License-Identifier: Apache-2.0
#include "protocol/domain_calls.h"
#include "protocol/fd_passing.h"
#include "protocol/frame.h"
#include "protocol/procedures.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace yado::protocol {
namespace {

struct Pair {
    Pair() {
        int fds[2];
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
        near.reset(fds[0]);
        far.reset(fds[1]);
    }
    UniqueFd near;
    UniqueFd far;
};

UniqueFd open_file(const char* path) {
    UniqueFd fd(::open(path, O_RDONLY | O_CLOEXEC));
    EXPECT_TRUE(fd);
    return fd;
}

bool same_file(int left, int right) {
    struct stat a{};
    struct stat b{};
    return ::fstat(left, &a) == 0 && ::fstat(right, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino && a.st_rdev == b.st_rdev;
}

void write_all(int fd, const Blob& bytes) {
    ASSERT_EQ(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
}

/// Reads once, as much as there is.
bool read_into(FrameReader& reader, int socket, std::size_t most = SIZE_MAX) {
    const auto room = reader.space();
    Received got = receive(socket, room.first(std::min(most, room.size())));
    if (got.would_block || got.closed) return false;
    reader.commit(got.size, std::move(got.fds));
    return true;
}

void send_associate(int socket, std::uint32_t serial, std::span<const UniqueFd> fds) {
    Blob out;
    append_call(out, serial, DomainFdAssociateArgs{.dom = {}, .name = "disk", .flags = 0},
                static_cast<std::uint32_t>(fds.size()));
    write_all(socket, out);
    EXPECT_EQ(send_fds(socket, fds), fds.size());
}

TEST(FdPassing, DescriptorsReachTheirMessage) {
    for (const std::size_t most : {std::size_t(1), std::size_t(7), SIZE_MAX}) {
        Pair pair;
        std::vector<UniqueFd> first;
        first.push_back(open_file("/dev/null"));
        first.push_back(open_file("/proc/self/status"));
        std::vector<UniqueFd> second;
        second.push_back(open_file("/dev/zero"));
        send_associate(pair.near.get(), 0, first);
        Blob plain;
        append_keepalive(plain, Keepalive::ping);
        write_all(pair.near.get(), plain);
        send_associate(pair.near.get(), 1, second);

        FrameReader reader(FrameReader::Fds::accepted);
        std::vector<Frame> frames;
        while (read_into(reader, pair.far.get(), most))
            while (auto frame = reader.next()) {
                if (frame->header.type == MessageType::call_with_fds)
                    EXPECT_EQ(decode<DomainFdAssociateArgs>(frame->payload).name, "disk");
                frames.push_back(std::move(*frame));
            }
        ASSERT_EQ(frames.size(), 3U);
        ASSERT_EQ(frames[0].fds.size(), 2U);
        EXPECT_TRUE(same_file(frames[0].fds[0].get(), first[0].get()));
        EXPECT_TRUE(same_file(frames[0].fds[1].get(), first[1].get()));
        EXPECT_TRUE(frames[1].fds.empty());
        EXPECT_EQ(frames[1].header.program, program::keepalive);
        ASSERT_EQ(frames[2].fds.size(), 1U);
        EXPECT_TRUE(same_file(frames[2].fds[0].get(), second[0].get()));
        EXPECT_NE(::fcntl(frames[2].fds[0].get(), F_GETFD) & FD_CLOEXEC, 0);
        EXPECT_EQ(reader.buffered(), 0U);
    }
}

TEST(FdPassing, MessageWaitsForItsDescriptors) {
    Pair pair;
    Blob out;
    append_call(out, 0, DomainFdAssociateArgs{}, 1);
    write_all(pair.near.get(), out);
    FrameReader reader(FrameReader::Fds::accepted);
    EXPECT_TRUE(read_into(reader, pair.far.get()));
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(read_into(reader, pair.far.get())) << "would block";
    std::vector<UniqueFd> fds;
    fds.push_back(open_file("/dev/null"));
    EXPECT_EQ(send_fds(pair.near.get(), fds), 1U);
    EXPECT_TRUE(read_into(reader, pair.far.get()));
    EXPECT_TRUE(reader.next());
}

TEST(FdPassing, AByteWithoutItsDescriptorIsAnError) {
    Pair pair;
    Blob out;
    append_call(out, 0, DomainFdAssociateArgs{}, 1);
    out.push_back(0);
    write_all(pair.near.get(), out);
    FrameReader reader(FrameReader::Fds::accepted);
    EXPECT_TRUE(read_into(reader, pair.far.get()));
    EXPECT_THROW(reader.next(), Error);
}

TEST(FdPassing, DescriptorsNobodyAskedForAreClosed) {
    Pair pair;
    UniqueFd pipe_read;
    {
        int ends[2];
        ASSERT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
        pipe_read.reset(ends[0]);
        std::vector<UniqueFd> stray;
        stray.emplace_back(ends[1]);
        EXPECT_EQ(send_fds(pair.near.get(), stray), 1U); // its byte is the first of a length word
    }
    Blob rest;
    append_keepalive(rest, Keepalive::ping);
    rest.erase(rest.begin());
    write_all(pair.near.get(), rest);
    FrameReader reader(FrameReader::Fds::accepted);
    std::optional<Frame> frame;
    while (!frame && read_into(reader, pair.far.get())) frame = reader.next();
    ASSERT_TRUE(frame);
    EXPECT_TRUE(frame->fds.empty());
    char byte;
    EXPECT_EQ(::read(pipe_read.get(), &byte, 1), 0) << "the last writer is gone";
}

TEST(FdPassing, AStrayDescriptorDoesNotTakeAnothersPlace) {
    Pair pair;
    std::vector<UniqueFd> stray;
    stray.push_back(open_file("/dev/null"));
    EXPECT_EQ(send_fds(pair.near.get(), stray), 1U); // its byte is the first of the length word
    Blob rest;
    append_call(rest, 0, DomainFdAssociateArgs{}, 1);
    rest.erase(rest.begin());
    write_all(pair.near.get(), rest);
    std::vector<UniqueFd> fds;
    fds.push_back(open_file("/dev/zero"));
    EXPECT_EQ(send_fds(pair.near.get(), fds), 1U);
    FrameReader reader(FrameReader::Fds::accepted);
    std::optional<Frame> frame;
    while (!frame && read_into(reader, pair.far.get())) frame = reader.next();
    ASSERT_TRUE(frame);
    ASSERT_EQ(frame->fds.size(), 1U);
    EXPECT_TRUE(same_file(frame->fds[0].get(), fds[0].get()));
}

TEST(FdPassing, TooManyDescriptors) {
    FrameReader reader(FrameReader::Fds::accepted);
    Blob out;
    append_call(out, 0, DomainFdAssociateArgs{}, fds_max + 1);
    reader.feed(out);
    EXPECT_THROW(reader.next(), Error);

    FrameReader plain;
    out.clear();
    append_call(out, 0, DomainFdAssociateArgs{}, 1);
    plain.feed(out);
    EXPECT_THROW(plain.next(), Error) << "this transport cannot carry them";

    FrameReader hoarder(FrameReader::Fds::accepted);
    std::vector<UniqueFd> many;
    for (std::uint32_t i = 0; i <= fds_max; i++) many.push_back(open_file("/dev/null"));
    hoarder.space()[0] = 0;
    EXPECT_THROW(hoarder.commit(1, std::move(many)), Error);
}

TEST(FdPassing, CountOfNoneIsAllowed) {
    FrameReader reader;
    Blob out;
    append_call(out, 0, DomainFdAssociateArgs{.dom = {}, .name = "n", .flags = 0}, 0);
    reader.feed(out);
    const auto frame = reader.next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(decode<DomainFdAssociateArgs>(frame->payload).name, "n");
}

TEST(FdPassing, AFullSocketSendsTheRestLater) {
    Pair pair;
    Blob filling(4096);
    while (::send(pair.near.get(), filling.data(), filling.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {}
    std::vector<UniqueFd> fds;
    fds.push_back(open_file("/dev/null"));
    EXPECT_EQ(send_fds(pair.near.get(), fds), 0U);
    while (::recv(pair.far.get(), filling.data(), filling.size(), MSG_DONTWAIT) > 0) {}
    EXPECT_EQ(send_fds(pair.near.get(), fds), 1U);
}

TEST(FdPassing, TheEndIsSeen) {
    Pair pair;
    pair.near.reset();
    std::uint8_t byte;
    EXPECT_TRUE(receive(pair.far.get(), {&byte, 1}).closed);
    std::vector<UniqueFd> fds;
    fds.push_back(open_file("/dev/null"));
    EXPECT_THROW(send_fds(pair.far.get(), fds), Error);
}

} // namespace
} // namespace yado::protocol
