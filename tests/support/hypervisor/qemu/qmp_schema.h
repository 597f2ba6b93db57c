// SPDX-License-Identifier: Apache-2.0
// QEMU's own description of its machine protocol, the answer to query-qmp-schema, to hold commands and events
// against.
#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace yado::test_support {

class QmpSchema {
  public:
    /// `text`: the list query-qmp-schema returns, or a part of it that is closed over the types it mentions.
    explicit QmpSchema(std::string_view text);
    /// What QEMU 7.2 says of the commands and events Yado uses: tests/golden/qemu/schema-7.2.json below
    /// `source`, the project's folder (YADO_SOURCE_DIR).
    static QmpSchema recorded(const std::string& source);

    /// Empty when QEMU takes the command with these arguments, else what it would complain about.
    std::string problem_with_command(std::string_view name, const boost::json::value& arguments) const;
    /// The same for an event's data.
    std::string problem_with_event(std::string_view name, const boost::json::value& data) const;
    std::set<std::string> commands() const { return named("command"); }
    std::set<std::string> events() const { return named("event"); }

  private:
    std::string problem(std::string_view type, const boost::json::value& value,
                        const std::string& path) const;
    std::string problem_with_object(const boost::json::object& type, const boost::json::value& value,
                                    const std::string& path) const;
    std::string problem_with_named(std::string_view kind, std::string_view name,
                                   const boost::json::value& value) const;
    std::set<std::string> named(std::string_view kind) const;
    const boost::json::object* entry(std::string_view name) const;

    boost::json::value document_;
    std::map<std::string, const boost::json::object*, std::less<>> entries_;
};

} // namespace yado::test_support
