// SPDX-License-Identifier: Apache-2.0
// Texts a test compares with files under tests/golden. With UPDATE_GOLDEN=1 in the environment the files are
// written instead, for review in the diff.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace yado::test {

std::string read_text(const std::filesystem::path& path);
/// Whether the file holds exactly `text` (after writing it, when golden files are updated). A file that
/// should not be there is named by an empty text.
bool matches_golden(const std::filesystem::path& path, const std::string& text);
/// The cases of a folder: files NAME.xml that are no output, sorted.
std::vector<std::string> golden_cases(const std::filesystem::path& folder);

} // namespace yado::test
