// SPDX-License-Identifier: Apache-2.0
// Captured conversations of stock clients: what the server must answer does not depend on the host.
#include "base/files.h"
#include "base/text.h"
#include "support/daemon/test_server.h"

#include <gtest/gtest.h>

namespace yado::daemon {
namespace {

namespace p = protocol;
using test_support::Message;
using test_support::TestServer;

p::Blob from_hex(std::string_view text) {
    p::Blob bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        bytes.push_back(parse_number<std::uint8_t>(text.substr(i, 2), 16).value_or(0));
    }
    return bytes;
}

std::string hex_of(const Message& message) {
    p::Blob bytes;
    bytes.resize(4);
    const auto word = [&](std::uint32_t value) {
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    };
    word(message.header.program);
    word(message.header.version);
    word(static_cast<std::uint32_t>(message.header.procedure));
    word(static_cast<std::uint32_t>(message.header.type));
    word(message.header.serial);
    word(static_cast<std::uint32_t>(message.header.status));
    bytes.insert(bytes.end(), message.payload.begin(), message.payload.end());
    for (int i = 0; i < 4; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(bytes.size() >> (24 - 8 * i));
    std::string text;
    for (const std::uint8_t byte : bytes) text += fmt::format("{:02x}", byte);
    return text;
}

TEST(VectorsTest, OpeningAndClosingAreAnsweredByteForByte) {
    const std::string table = read_file(YADO_SOURCE_DIR "/tests/golden/protocol/vectors.tsv", 4 << 20);
    TestServer test;
    const auto client = test.connect();
    int compared = 0;
    std::size_t hex_column = 0;
    std::size_t scenario_column = 0;
    std::size_t direction_column = 0;
    for (const std::string_view line : split(table, '\n')) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto columns = split(line, '\t');
        if (hex_column == 0) { // the first line names the columns
            for (std::size_t i = 0; i < columns.size(); ++i) {
                if (columns[i] == "message") hex_column = i;
                if (columns[i] == "scenario") scenario_column = i;
                if (columns[i] == "from") direction_column = i;
            }
            ASSERT_NE(hex_column, 0U);
            continue;
        }
        if (columns[scenario_column] != "list_empty") continue;
        if (columns[direction_column] == "client") {
            const p::Blob bytes = from_hex(columns[hex_column]);
            client->pending().insert(client->pending().end(), bytes.begin(), bytes.end());
            client->send();
            continue;
        }
        const Message answer = client->receive_one();
        if (answer.failed()) continue; // calls of the driver, which is a fake here
        EXPECT_EQ(hex_of(answer), columns[hex_column]);
        ++compared;
    }
    EXPECT_GE(compared, 6); // AUTH_LIST, features, open, close callbacks, close
    EXPECT_TRUE(client->closed());
}

} // namespace
} // namespace yado::daemon
