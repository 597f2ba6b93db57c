// SPDX-License-Identifier: Apache-2.0
#include "daemon/drivers.h"

#include "base/error.h"

namespace yado::daemon {
namespace {

struct UriParts {
    std::string_view scheme;
    std::string_view host;
    std::string_view path;
};

/// Enough of RFC 3986 to tell drivers apart. Clients have resolved transport, host and options already.
UriParts take_apart(std::string_view uri) {
    UriParts parts;
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos || colon == 0) return parts;
    parts.scheme = uri.substr(0, colon);
    std::string_view rest = uri.substr(colon + 1);
    rest = rest.substr(0, rest.find_first_of("?#"));
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        const std::size_t slash = rest.find('/');
        parts.host = rest.substr(0, slash);
        parts.path = slash == std::string_view::npos ? "" : rest.substr(slash);
    } else {
        parts.path = rest;
    }
    return parts;
}

} // namespace

Driver& Drivers::add(std::string scheme, std::string path) {
    drivers_.push_back(std::make_unique<Driver>());
    drivers_.back()->scheme = std::move(scheme);
    drivers_.back()->path = std::move(path);
    return *drivers_.back();
}

Drivers::Found Drivers::find(std::string_view uri) const {
    if (uri.empty()) {
        if (drivers_.empty()) fail(Code::no_connect, "{}", uri);
        return {drivers_.front().get(), drivers_.front()->uri()};
    }
    const UriParts parts = take_apart(uri);
    for (const auto& driver : drivers_) {
        if (driver->scheme != parts.scheme || !parts.host.empty()) continue;
        if (driver->path == parts.path) return {driver.get(), std::string(uri)};
    }
    for (const auto& driver : drivers_) {
        if (driver->scheme != parts.scheme || !parts.host.empty()) continue;
        if (parts.scheme == "test") {
            fail(ErrorSource::test, Code::invalid_arg, "testOpen: supply a path or use test:///default");
        }
        if (parts.path.empty()) {
            fail(ErrorSource::qemu, Code::internal_error, "no QEMU URI path given, try {}", driver->uri());
        }
        fail(ErrorSource::qemu, Code::internal_error, "unexpected qemu URI path '{}', try {}", parts.path,
             driver->uri());
    }
    fail(Code::no_connect, "{}", uri);
}

} // namespace yado::daemon
