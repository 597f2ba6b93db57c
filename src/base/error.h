// SPDX-License-Identifier: Apache-2.0
// Failures. One exception type carries libvirt's error number, the part of the daemon that raised it and the
// text a client prints verbatim. Throw with fail(); add what only the caller knows with with_context().
#pragma once

#include <cerrno>
#include <exception>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado {

enum class Code : int {
#define YADO_ERROR(number, name, brief, detailed, http) name = number,
#include "base/error_codes.inc"
#undef YADO_ERROR
};

enum class ErrorSource : int {
#define YADO_ERROR_SOURCE(number, name) name = number,
#include "base/error_sources.inc"
#undef YADO_ERROR_SOURCE
};

/// What is known about an error number. `detailed` holds one "{}" for the detail.
struct CodeInfo {
    Code code;
    std::string_view name;  ///< as in the enumeration, e.g. "no_domain"
    std::string_view brief; ///< libvirt's text when there is no detail
    std::string_view detailed;
    int http_status;
};
/// The row of `code`; an unknown number gives the row of internal_error.
const CodeInfo& info(Code code);

class Error : public std::exception {
  public:
    /// `detail` is the text after libvirt's prefix; empty gives the short form.
    Error(Code code, std::string detail, ErrorSource source = ErrorSource::none);

    const char* what() const noexcept override { return message_.c_str(); }
    Code code() const { return code_; }
    ErrorSource source() const { return source_; }
    /// The whole text: libvirt's prefix and the detail.
    const std::string& message() const { return message_; }
    const std::string& detail() const { return detail_; }
    /// errno for system_error, else -1 (what libvirt puts into int1).
    int system_errno() const { return errno_; }
    /// Further problems found in the same document or request, one line each.
    const std::vector<std::string>& more() const { return more_; }

    Error& set_source(ErrorSource source);
    Error& set_errno(int number);
    Error& set_more(std::vector<std::string> lines);
    /// Replaces the whole text: errors from a peer keep their own wording.
    Error& set_message(std::string message);
    /// Puts "context: " before the detail.
    Error& add_context(std::string_view context);

  private:
    void format();

    Code code_;
    ErrorSource source_;
    int errno_ = -1;
    std::string detail_;
    std::string message_;
    std::vector<std::string> more_;
};

/// The error for a failed system call: code system_error, text "<what>: <strerror>".
Error system_error(int number, std::string_view what);

template <class... Args> [[noreturn]] void fail(Code code, fmt::format_string<Args...> text, Args&&... args) {
    throw Error(code, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
[[noreturn]] void fail(ErrorSource source, Code code, fmt::format_string<Args...> text, Args&&... args) {
    throw Error(code, fmt::format(text, std::forward<Args>(args)...), source);
}
/// Throws system_error for the current errno; evaluate nothing that may change errno in the arguments.
template <class... Args> [[noreturn]] void fail_errno(fmt::format_string<Args...> text, Args&&... args) {
    const int number = errno;
    throw system_error(number, fmt::format(text, std::forward<Args>(args)...));
}

/// Runs `body`; an Error leaving it gets `context` put before its detail.
template <class Body> decltype(auto) with_context(std::string_view context, Body&& body) {
    try {
        return std::forward<Body>(body)();
    } catch (Error& error) {
        error.add_context(context);
        throw;
    }
}

} // namespace yado
