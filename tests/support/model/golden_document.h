// SPDX-License-Identifier: Apache-2.0
// One kind of document against its folder under tests/golden: CASE.xml is defined, CASE.out.xml is what comes
// of it, CASE.errors what is said about it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace yado::test {

#ifdef YADO_SOURCE_DIR
/// tests/golden/NAME
inline std::filesystem::path golden_folder(const char* name) {
    return std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden" / name;
}
#endif

/// `define` gives the document of what is defined or throws Error.
testing::AssertionResult
defined_as_recorded(const std::filesystem::path& folder, const std::string& name,
                    const std::function<std::string(const std::string& text)>& define);

/// The recorded outputs of a folder.
std::vector<std::string> golden_outputs(const std::filesystem::path& folder);

/// For INSTANTIATE_TEST_SUITE_P: the case, as the name of a test.
std::string case_name(const testing::TestParamInfo<std::string>& info);

} // namespace yado::test
