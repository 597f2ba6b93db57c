// SPDX-License-Identifier: Apache-2.0
#include "support/schema/coverage.h"

#include <fstream>

namespace yado::test {

void Coverage::note(const std::vector<schema::Part>& parts) {
    for (const schema::Part& part : parts) { seen_.insert(shared(schema::without_keys(part.path))); }
}

std::string Coverage::missing(const std::vector<schema::OutlineEntry>& outline,
                              const std::filesystem::path& gaps) const {
    std::set<std::string> allowed;
    std::ifstream file(gaps);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('/')) { allowed.insert(line.substr(0, line.find(' '))); }
    }
    std::set<std::string> reported;
    std::string missing;
    for (const schema::OutlineEntry& entry : outline) {
        std::string path = entry.path;
        if (path.ends_with("/text()")) { path.resize(path.size() - 7); }
        path = shared(std::move(path));
        // elements are covered by what is inside, and what nobody models has no fields
        if (entry.type == "element" || path.ends_with("/*") || path.ends_with(":*")) { continue; }
        if (entry.rule.read_only_alias || !reported.insert(path).second) { continue; }
        if (seen_.contains(path) && allowed.contains(path)) {
            missing += path + " is covered: take it off the list\n";
        } else if (!seen_.contains(path) && !allowed.contains(path)) {
            missing += path + "\n";
        }
    }
    return missing;
}

} // namespace yado::test
