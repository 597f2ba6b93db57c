// SPDX-License-Identifier: Apache-2.0
#include "support/model/golden_file.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace yado::test {

std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) { throw std::runtime_error("cannot read " + path.string()); }
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

bool matches_golden(const std::filesystem::path& path, const std::string& text) {
    const char* update = std::getenv("UPDATE_GOLDEN");
    if (update != nullptr && std::string_view(update) == "1") {
        if (text.empty()) {
            std::filesystem::remove(path);
        } else {
            std::ofstream(path, std::ios::binary) << text;
        }
        return true;
    }
    if (!std::filesystem::exists(path)) { return text.empty(); }
    return read_text(path) == text;
}

std::vector<std::string> golden_cases(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".xml") && name.find('.') == name.size() - 4) {
            names.push_back(name.substr(0, name.size() - 4));
        }
    }
    std::ranges::sort(names);
    return names;
}

} // namespace yado::test
