// SPDX-License-Identifier: Apache-2.0
// A command's own account of what went wrong. virsh prints a line of its own before the daemon's message
// ("Failed to start domain 'x'"), which explain() does.
#pragma once

#include "base/error.h"

#include <exception>
#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

namespace yado::cli {

class Failure : public std::exception {
  public:
    /// Without lines the program ends with its failure code and prints nothing.
    explicit Failure(std::vector<std::string> lines = {}) : lines_(std::move(lines)) {}
    /// Each is printed as "error: LINE".
    const std::vector<std::string>& lines() const { return lines_; }
    const char* what() const noexcept override { return lines_.empty() ? "" : lines_.front().c_str(); }

  private:
    std::vector<std::string> lines_;
};

template <class... Args> [[noreturn]] void refuse(fmt::format_string<Args...> text, Args&&... args) {
    throw Failure({fmt::format(text, std::forward<Args>(args)...)});
}

/// Runs `body`; an Error leaving it becomes two lines, `text` and the error's own message.
template <class Body> decltype(auto) explain(const std::string& text, Body&& body) {
    try {
        return std::forward<Body>(body)();
    } catch (const Error& error) { throw Failure({text, error.message()}); }
}

} // namespace yado::cli
