// SPDX-License-Identifier: Apache-2.0
// One sentence about each field, for people. They stand in files of data beside the generated pages
// (docs/reference/meanings), not in the code that reads documents.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace yado::schema {

class Meanings {
  public:
    Meanings() = default;
    /// Lines "path<TAB>sentence"; '#' starts a comment. A path "*/address/@bus" means every path that ends
    /// so.
    explicit Meanings(std::string_view text);

    /// Of the path itself, else of the longest ending; empty when there is none.
    std::string_view find(std::string_view path) const;
    const std::map<std::string, std::string, std::less<>>& all() const { return sentences_; }

  private:
    std::map<std::string, std::string, std::less<>> sentences_;
};

} // namespace yado::schema
