// SPDX-License-Identifier: Apache-2.0
// Streams and descriptors over a connection.
#include "base/files.h"
#include "support/daemon/test_server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
using test_support::Message;
using test_support::RawClient;
using test_support::TestServer;

class StreamTest : public testing::Test {
  protected:
    void SetUp() override { client_ = test_.connect_open(); }

    /// A console over a socketpair; the far end stays here.
    p::CallKey open_console(int type = SOCK_STREAM) {
        int ends[2];
        if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
            fail_errno("socketpair");
        far_.reset(ends[1]);
        auto shared = std::make_shared<UniqueFd>(ends[0]);
        test_.service.pipe = [shared] {
            return service::StreamPipe{.fd = std::move(*shared), .to_client = true, .from_client = true};
        };
        const p::DomainOpenConsoleArgs args;
        const std::uint32_t serial = client_->add(args);
        client_->send();
        EXPECT_FALSE(client_->receive_one().failed());
        return {p::program::remote, p::DomainOpenConsoleArgs::procedure.number, serial};
    }
    std::string far_read() {
        std::string text(65536, '\0');
        const ssize_t got = ::read(far_.get(), text.data(), text.size());
        text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return text;
    }
    void far_write(std::string_view text) {
        ASSERT_EQ(::write(far_.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    void send_data(const p::CallKey& key, std::string_view text) {
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
        p::append_stream_data(client_->pending(), key, {bytes, text.size()});
        client_->send();
    }
    static std::string text_of(const Message& message) {
        return {message.payload.begin(), message.payload.end()};
    }

    TestServer test_;
    std::unique_ptr<RawClient> client_;
    UniqueFd far_;
};

TEST_F(StreamTest, ConsoleCarriesBytesBothWays) {
    const p::CallKey key = open_console();
    send_data(key, "ls\n");
    EXPECT_EQ(far_read(), "ls\n");
    far_write("file\n");
    const Message data = client_->receive_one();
    EXPECT_EQ(data.header.type, p::MessageType::stream);
    EXPECT_EQ(data.header.status, p::Status::more);
    EXPECT_EQ(data.header.key(), key);
    EXPECT_EQ(text_of(data), "file\n");
}

TEST_F(StreamTest, FinishIsConfirmedAndReleasesTheDescriptor) {
    const p::CallKey key = open_console();
    p::append_stream_finish(client_->pending(), key);
    client_->send();
    const Message confirmed = client_->receive_one();
    EXPECT_EQ(confirmed.header.type, p::MessageType::stream);
    EXPECT_EQ(confirmed.header.status, p::Status::ok);
    EXPECT_EQ(test_.service.stream_ends, std::vector{service::StreamEnd::finished});
    char byte = 0;
    EXPECT_EQ(::read(far_.get(), &byte, 1), 0); // closed
    send_data(key, "late");                     // ignored
    EXPECT_TRUE(client_->receive().empty());
}

TEST_F(StreamTest, AbortIsConfirmedWithOk) {
    const p::CallKey key = open_console();
    p::append_stream_abort(client_->pending(), key);
    client_->send();
    EXPECT_EQ(client_->receive_one().header.status, p::Status::ok);
    EXPECT_EQ(test_.service.stream_ends, std::vector{service::StreamEnd::aborted});
}

TEST_F(StreamTest, TheFarEndsCloseIsTheEmptyPacket) {
    const p::CallKey key = open_console();
    far_write("bye");
    far_.reset();
    const auto messages = client_->receive();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(text_of(messages[0]), "bye");
    EXPECT_EQ(messages[1].header.status, p::Status::more);
    EXPECT_TRUE(messages[1].payload.empty());
    EXPECT_TRUE(test_.service.stream_ends.empty()); // the client finishes
    p::append_stream_finish(client_->pending(), key);
    client_->send();
    EXPECT_EQ(client_->receive_one().header.status, p::Status::ok);
}

TEST_F(StreamTest, TheServiceCanBreakAStream) {
    open_console();
    test_.service.stream->abort(Error(Code::rpc, "stream had I/O failure", ErrorSource::rpc));
    const Message broken = client_->receive_one();
    EXPECT_EQ(broken.header.type, p::MessageType::stream);
    EXPECT_EQ(broken.error().message(), "stream had I/O failure");
    EXPECT_EQ(test_.service.stream_ends, std::vector{service::StreamEnd::failed});
    test_.service.stream->abort(Error(Code::rpc, "twice")); // harmless
    EXPECT_TRUE(client_->receive().empty());
}

TEST_F(StreamTest, NoStreamAfterAnErrorReply) {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    far_.reset(ends[1]);
    auto shared = std::make_shared<UniqueFd>(ends[0]);
    test_.service.pipe = [shared] {
        return service::StreamPipe{.fd = std::move(*shared), .to_client = true};
    };
    p::DomainOpenConsoleArgs args;
    args.flags = 99;
    far_write("never seen");
    EXPECT_EQ(client_->call(args).error().code(), Code::operation_invalid);
    EXPECT_TRUE(client_->receive().empty());
}

TEST_F(StreamTest, DisconnectingEndsStreams) {
    open_console();
    client_->disconnect();
    test_.loop.run_until_idle();
    EXPECT_EQ(test_.service.stream_ends, std::vector{service::StreamEnd::peer_gone});
}

TEST_F(StreamTest, AGuestThatDoesNotReadStopsTheReadingOfItsClient) {
    const p::CallKey key = open_console();
    p::Blob packet;
    const std::vector<std::uint8_t> data(65536, 'x');
    p::append_stream_data(packet, key, data);
    std::size_t written = 0;
    for (int tries = 0; tries < 1000; ++tries) {
        const ssize_t put = ::send(client_->fd(), packet.data() + written % packet.size(),
                                   packet.size() - written % packet.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (put < 0) break;
        written += static_cast<std::size_t>(put);
        test_.loop.run_until_idle();
    }
    EXPECT_LT(written, std::size_t(4) << 20);
    // once it reads, the rest flows
    std::size_t received = 0;
    for (int tries = 0; tries < 2000; ++tries) {
        received += far_read().size();
        test_.loop.run_until_idle();
    }
    EXPECT_GE(received, (written / packet.size()) * data.size());
}

TEST_F(StreamTest, HolesWhereNoneMayBeCloseTheConnection) {
    const p::CallKey key = open_console();
    p::append_stream_hole(client_->pending(), key, {4096, 0});
    client_->send();
    EXPECT_TRUE(client_->closed());
}

// --- files ---

class FileStreamTest : public StreamTest {
  protected:
    TemporaryDirectory directory_;
    std::string path_ = directory_.path() + "/volume";

    void serve_file(service::StreamPipe pipe) {
        pipe.fd = open_file(path_, O_RDWR | O_CREAT);
        auto shared = std::make_shared<service::StreamPipe>(std::move(pipe));
        test_.service.pipe = [shared] { return std::move(*shared); };
    }
};

TEST_F(FileStreamTest, DownloadComesInLegacySizedPacketsAndEndsEmpty) {
    std::string content;
    for (int i = 0; i < 700'000; ++i) content += static_cast<char>('a' + i % 26);
    write_file_atomically(path_, content, 0600);
    serve_file({.to_client = true, .offset = 10, .length = 600'000});
    const std::uint32_t serial = client_->add(p::StorageVolDownloadArgs());
    client_->send();
    std::string got;
    bool ended = false;
    for (int tries = 0; tries < 100 && !ended; ++tries) {
        for (const Message& message : client_->receive()) {
            if (message.header.type != p::MessageType::stream) continue;
            EXPECT_LE(message.payload.size(), p::stream_chunk_max);
            EXPECT_EQ(message.header.serial, serial);
            ended = message.payload.empty();
            got += text_of(message);
        }
    }
    EXPECT_TRUE(ended);
    EXPECT_EQ(got, content.substr(10, 600'000));
}

TEST_F(FileStreamTest, SparseDownloadSendsHoles) {
    {
        const UniqueFd file = open_file(path_, O_RDWR | O_CREAT);
        ASSERT_EQ(::ftruncate(file.get(), 1 << 20), 0);
        ASSERT_EQ(::pwrite(file.get(), "data", 4, 512 * 1024), 4);
        if (::lseek(file.get(), 0, SEEK_DATA) == 0) GTEST_SKIP() << "this file system has no holes";
    }
    serve_file({.to_client = true, .sparse = true});
    client_->add(p::StorageVolDownloadArgs());
    client_->send();
    std::uint64_t holes = 0;
    std::uint64_t bytes = 0;
    for (int tries = 0; tries < 20; ++tries) {
        for (const Message& message : client_->receive()) {
            if (message.header.type == p::MessageType::stream_hole) {
                holes += static_cast<std::uint64_t>(message.as<p::StreamHole>().length);
            } else if (message.header.type == p::MessageType::stream) {
                bytes += message.payload.size();
            }
        }
    }
    EXPECT_GT(holes, 900'000U);
    EXPECT_EQ(holes + bytes, 1U << 20);
}

TEST_F(FileStreamTest, UploadIsOnDiskBeforeTheConfirmation) {
    serve_file({.from_client = true, .sparse = true});
    const std::uint32_t serial = client_->add(p::StorageVolUploadArgs());
    client_->send();
    ASSERT_FALSE(client_->receive_one().failed());
    const p::CallKey key{p::program::remote, p::StorageVolUploadArgs::procedure.number, serial};
    send_data(key, "begin");
    p::append_stream_hole(client_->pending(), key, {100'000, 0});
    client_->send();
    send_data(key, "end");
    p::append_stream_hole(client_->pending(), key, {50, 0});
    p::append_stream_finish(client_->pending(), key);
    client_->send();
    EXPECT_EQ(client_->receive_one().header.status, p::Status::ok);
    const std::string content = read_file(path_, 1 << 20);
    EXPECT_EQ(content, "begin" + std::string(100'000, '\0') + "end" + std::string(50, '\0'));
}

TEST_F(FileStreamTest, UploadOfMoreThanAnnouncedFails) {
    serve_file({.from_client = true, .length = 4});
    const std::uint32_t serial = client_->add(p::StorageVolUploadArgs());
    client_->send();
    ASSERT_FALSE(client_->receive_one().failed());
    const p::CallKey key{p::program::remote, p::StorageVolUploadArgs::procedure.number, serial};
    send_data(key, "12345");
    EXPECT_TRUE(client_->receive_one().failed());
    EXPECT_EQ(test_.service.stream_ends, std::vector{service::StreamEnd::failed});
}

// --- descriptors ---

TEST_F(StreamTest, DescriptorsComeWithTheCall) {
    std::vector<UniqueFd> fds;
    for (const std::string_view text : {"one ", "two"}) {
        int ends[2];
        ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        ASSERT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
        ::close(ends[1]);
        fds.emplace_back(ends[0]);
    }
    client_->add(p::DomainCreateWithFilesArgs(), 2);
    client_->send();
    EXPECT_TRUE(client_->receive().empty()); // the descriptors are still missing
    ASSERT_EQ(p::send_fds(client_->fd(), fds), 2U);
    client_->add(p::DomainGetXmlDescArgs());
    client_->send();
    const auto answers = client_->receive();
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_FALSE(answers[0].failed());
    EXPECT_FALSE(answers[1].failed());
    EXPECT_EQ(test_.service.received_through_fds, "one two");
}

TEST_F(StreamTest, DescriptorsGoWithTheReply) {
    client_->add(p::DomainOpenGraphicsFdArgs());
    client_->add(p::DomainGetXmlDescArgs());
    client_->send();
    const auto answers = client_->receive();
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers[0].header.type, p::MessageType::reply_with_fds);
    ASSERT_EQ(answers[0].fds.size(), 1U);
    char text[16];
    EXPECT_EQ(::read(answers[0].fds[0].get(), text, sizeof text), 6);
    EXPECT_FALSE(answers[1].failed());
}

} // namespace
} // namespace yado::daemon
