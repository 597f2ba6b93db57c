// SPDX-License-Identifier: Apache-2.0
// Is every described part of a document in at least one of some documents? The golden files of a kind of
// document answer with yes, or the test lists what is missing.
#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "schema/outline.h"
#include "schema/parts.h"

namespace yado::test {

class Coverage {
  public:
    /// Parts that one function describes at many places may count once: `shared` gives such paths one name.
    explicit Coverage(std::string root, std::function<std::string(std::string)> shared = {})
        : root_(std::move(root)), shared_(std::move(shared)) {}

    template <class T> void note(const T& document) {
        note(schema::parts(root_, &document, schema::detail::body_of<T>, schema::status_view));
    }
    void note(const std::vector<schema::Part>& parts);

    /// What no noted document has, a path a line. `gaps` names a file of paths that may be missing, each with
    /// its reason behind a blank; a path in it that is covered after all is listed too.
    template <class T> std::string missing(const std::filesystem::path& gaps = {}) const {
        return missing(schema::outline<T>(root_), gaps);
    }
    std::string missing(const std::vector<schema::OutlineEntry>& outline,
                        const std::filesystem::path& gaps) const;

  private:
    std::string shared(std::string path) const { return shared_ ? shared_(std::move(path)) : path; }

    std::string root_;
    std::function<std::string(std::string)> shared_;
    std::set<std::string> seen_;
};

} // namespace yado::test
