// SPDX-License-Identifier: Apache-2.0
#include "golden.h"

#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace yado::test {
namespace {

std::string path_of(std::string_view name) {
    return std::string(YADO_SOURCE_DIR) + "/tests/golden/protocol/" + std::string(name);
}

} // namespace

std::string read_golden(std::string_view name) {
    std::ifstream file(path_of(name));
    EXPECT_TRUE(file) << path_of(name);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void expect_golden(std::string_view name, std::string_view text) {
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path_of(name)) << text;
    const std::string expected = read_golden(name);
    if (expected == text) return;
    std::istringstream was(expected);
    std::istringstream is{std::string(text)};
    std::string old_line;
    std::string new_line;
    for (int line = 1; std::getline(is, new_line); line++) {
        std::getline(was, old_line);
        ASSERT_EQ(new_line, old_line) << name << ":" << line << " (UPDATE_GOLDEN=1 rewrites it)";
    }
    ADD_FAILURE() << name << " has more lines than there are now";
}

protocol::Blob from_hex(std::string_view hex) {
    protocol::Blob bytes;
    std::string digits;
    for (const char c : hex)
        if (c != ' ') digits += c;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    return bytes;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string hex;
    for (const std::uint8_t byte : bytes) hex += fmt::format("{:02x}", byte);
    return hex;
}

std::vector<Vector> read_vectors() {
    std::istringstream lines(read_golden("vectors.tsv"));
    std::vector<Vector> vectors;
    std::string line;
    bool header = true;
    while (std::getline(lines, line)) {
        if (line.starts_with("#")) continue;
        if (std::exchange(header, false)) continue;
        std::istringstream cells(line);
        Vector vector;
        std::string hex;
        std::getline(cells, vector.scenario, '\t');
        std::getline(cells, vector.from, '\t');
        std::getline(cells, hex, '\t');
        vector.message = from_hex(hex);
        vectors.push_back(std::move(vector));
    }
    return vectors;
}

} // namespace yado::test
