// SPDX-License-Identifier: Apache-2.0
#include "support/model/golden_document.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.h"
#include "support/model/golden_file.h"

namespace yado::test {

testing::AssertionResult defined_as_recorded(const std::filesystem::path& folder, const std::string& name,
                                             const std::function<std::string(const std::string&)>& define) {
    std::string defined;
    std::string errors;
    try {
        defined = define(read_text(folder / (name + ".xml")));
    } catch (const Error& error) {
        errors = fmt::format("{} {} {}\n", static_cast<int>(error.code()), static_cast<int>(error.source()),
                             error.message());
        for (const std::string& line : error.more()) { errors += "  " + line + "\n"; }
    }
    const bool same = matches_golden(folder / (name + ".out.xml"), defined);
    if (matches_golden(folder / (name + ".errors"), errors) && same) { return testing::AssertionSuccess(); }
    return testing::AssertionFailure() << name << ": defined otherwise than recorded:\n" << defined << errors;
}

std::vector<std::string> golden_outputs(const std::filesystem::path& folder) {
    std::vector<std::string> texts;
    for (const std::string& name : golden_cases(folder)) {
        const std::filesystem::path path = folder / (name + ".out.xml");
        if (std::filesystem::exists(path)) { texts.push_back(read_text(path)); }
    }
    return texts;
}

std::string case_name(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    std::ranges::replace(name, '-', '_');
    return name;
}

} // namespace yado::test
