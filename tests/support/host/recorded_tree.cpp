// SPDX-License-Identifier: Apache-2.0
#include "support/host/recorded_tree.h"

#include "base/text.h"

#include <map>

namespace yado::test_support {

RecordedTree::RecordedTree(const std::string& file) {
    const std::string recorded = read_file(file, 16 << 20);
    std::map<std::string, std::string> files;
    std::string* current = nullptr;
    for (const std::string_view line : split(recorded, '\n')) {
        if (line.starts_with("@@ ")) {
            current = &files[directory_.path() + std::string(line.substr(3))];
        } else if (current) {
            *current += line;
            *current += '\n';
        }
    }
    for (const auto& [path, content] : files) {
        make_directories(path.substr(0, path.rfind('/')), 0755);
        write_file_replacing(path, content, 0644);
    }
}

} // namespace yado::test_support
