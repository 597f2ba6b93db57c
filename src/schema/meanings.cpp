// SPDX-License-Identifier: Apache-2.0
#include "schema/meanings.h"

namespace yado::schema {

Meanings::Meanings(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t tab = line.find('\t');
        if (tab == std::string_view::npos || line.starts_with('#')) { continue; }
        sentences_.emplace(line.substr(0, tab), line.substr(tab + 1));
    }
}

std::string_view Meanings::find(std::string_view path) const {
    if (const auto exact = sentences_.find(path); exact != sentences_.end()) { return exact->second; }
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos;
         slash = path.find('/', slash + 1)) {
        const auto ending = sentences_.find(std::string("*").append(path.substr(slash)));
        if (ending != sentences_.end()) { return ending->second; }
    }
    return {};
}

} // namespace yado::schema
