// SPDX-License-Identifier: Apache-2.0
#include "client/uri.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>
#include <cctype>

namespace yado::client {
namespace {

constexpr std::size_t uri_max = 8192; ///< bytes; longer ones are a mistake

[[noreturn]] void malformed(std::string_view text) {
    fail(ErrorSource::uri, Code::internal_error, "Unable to parse URI {}", printable(text));
}

bool is_scheme(std::string_view scheme) {
    if (scheme.empty() || std::isalpha(static_cast<unsigned char>(scheme.front())) == 0) return false;
    return std::ranges::all_of(scheme, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.' || c == '_';
    });
}

std::string decoded(std::string_view part, std::string_view whole) {
    std::string out;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] != '%') {
            out += part[i];
            continue;
        }
        const auto byte = parse_number<std::uint8_t>(part.substr(i + 1, 2), 16);
        if (i + 2 >= part.size() || !byte || *byte == 0) malformed(whole);
        out += static_cast<char>(*byte);
        i += 2;
    }
    return out;
}

std::string encoded(std::string_view part) {
    static constexpr std::string_view plain = "-_.~!*'();:@/?,[]$";
    std::string out;
    for (const char c : part) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || plain.find(c) != std::string_view::npos) out += c;
        else out += fmt::format("%{:02X}", byte);
    }
    return out;
}

void read_authority(std::string_view authority, std::string_view whole, Uri& uri) {
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        uri.user = decoded(authority.substr(0, at), whole);
        authority.remove_prefix(at + 1);
    }
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos) malformed(whole);
        uri.host = authority.substr(1, close - 1);
        authority.remove_prefix(close + 1);
        if (!authority.empty() && authority.front() != ':') malformed(whole);
        port = authority.substr(std::min<std::size_t>(1, authority.size()));
    } else {
        const auto colon = authority.find(':');
        uri.host = decoded(authority.substr(0, colon), whole);
        if (colon != std::string_view::npos) port = authority.substr(colon + 1);
    }
    if (!port.empty()) {
        uri.port = parse_number<std::uint16_t>(port);
        if (!uri.port) malformed(whole);
    }
}

void read_query(std::string_view query, std::string_view whole, Uri& uri) {
    while (!query.empty()) {
        const auto end = query.find_first_of("&;");
        const auto item = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        if (item.empty()) continue;
        const auto equals = item.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view() : item.substr(equals + 1);
        uri.query.emplace_back(decoded(item.substr(0, equals), whole), decoded(value, whole));
    }
}

} // namespace

const std::string* Uri::parameter(std::string_view key) const {
    const auto found = std::ranges::find(query, key, &std::pair<std::string, std::string>::first);
    return found == query.end() ? nullptr : &found->second;
}

Uri parse_uri(std::string_view text) {
    if (text.size() > uri_max || !is_utf8(text) ||
        std::ranges::any_of(text, [](unsigned char c) { return c <= ' '; }))
        malformed(text);
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        fail(ErrorSource::none, Code::no_connect, "URI '{}' does not include a driver name", text);
    const std::string_view scheme = text.substr(0, colon);
    if (!is_scheme(scheme)) malformed(text);

    Uri uri;
    const auto plus = scheme.find('+');
    uri.driver = scheme.substr(0, plus);
    uri.has_transport = plus != std::string_view::npos;
    if (uri.has_transport) uri.transport = scheme.substr(plus + 1);

    std::string_view rest = text.substr(colon + 1);
    rest = rest.substr(0, rest.find('#'));
    if (rest.starts_with("//")) {
        rest.remove_prefix(2);
        uri.has_authority = true;
        const auto end = rest.find_first_of("/?");
        read_authority(rest.substr(0, end), text, uri);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
    }
    const auto question = rest.find('?');
    uri.path = decoded(rest.substr(0, question), text);
    if (!uri.has_authority && !uri.path.empty() && uri.path.front() != '/')
        fail(ErrorSource::none, Code::internal_error, "invalid URI {}://{} (maybe you want {}:///{})", scheme,
             uri.path, scheme, uri.path);
    if (question != std::string_view::npos) read_query(rest.substr(question + 1), text, uri);
    return uri;
}

std::string daemon_name(const Uri& uri, const std::vector<std::string_view>& dropped) {
    std::string out = uri.driver + "://" + encoded(uri.path);
    char separator = '?';
    for (const auto& [key, value] : uri.query) {
        if (std::ranges::find(dropped, key) != dropped.end()) continue;
        out += separator + encoded(key) + "=" + encoded(value);
        separator = '&';
    }
    return out;
}

} // namespace yado::client
