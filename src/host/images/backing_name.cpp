// SPDX-License-Identifier: Apache-2.0
#include "host/images/backing_name.h"

#include "base/error.h"
#include "base/text.h"

#include <algorithm>
#include <boost/json.hpp>

namespace yado::host {
namespace {

namespace json = boost::json;

constexpr std::size_t name_bytes = 4096;
constexpr int most_layers = 8; ///< of format and filter drivers in one json: name

[[noreturn]] void bad(std::string_view name, std::string_view why) {
    fail(ErrorSource::storage, Code::invalid_arg, "failed to parse backing file name '{}': {}",
         printable(name), why);
}

BackingName local(std::string_view path) {
    BackingName out;
    out.path = path;
    return out;
}

/// "a:b" before any '/': a protocol, as QEMU tells it from a path.
std::string_view protocol_of(std::string_view name) {
    const std::size_t end = name.find_first_of(":/");
    return end == std::string_view::npos || name[end] == '/' ? std::string_view() : name.substr(0, end);
}

BackingHost host_of(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return {std::string(text), {}, {}};
        const std::string_view rest = text.substr(end + 1);
        return {std::string(text.substr(1, end - 1)),
                std::string(rest.starts_with(':') ? rest.substr(1) : ""),
                {}};
    }
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return {std::string(text), {}, {}};
    return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1)), {}};
}

/// scheme[+transport]://[user@]host[:port]/path[?query]
BackingName from_uri(std::string_view name) {
    const std::size_t mark = name.find("://");
    std::string_view scheme = name.substr(0, mark);
    std::string_view rest = name.substr(mark + 3);
    BackingName out;
    std::string_view transport;
    if (const std::size_t plus = scheme.find('+'); plus != std::string_view::npos) {
        transport = scheme.substr(plus + 1);
        scheme = scheme.substr(0, plus);
    }
    out.protocol = scheme;
    if (const std::size_t at = rest.find('?'); at != std::string_view::npos) {
        out.query = rest.substr(at + 1);
        rest = rest.substr(0, at);
    }
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view host = rest.substr(0, slash);
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host = host.substr(at + 1);
    out.path = rest.substr(std::min(slash + 1, rest.size()));
    if (transport == "unix") {
        for (const std::string_view part : split(out.query, '&')) {
            if (part.starts_with("socket=")) out.hosts.push_back({{}, {}, std::string(part.substr(7))});
        }
    } else if (!host.empty()) {
        out.hosts.push_back(host_of(host));
    }
    return out;
}

/// nbd:HOST:PORT[:exportname=NAME], nbd:unix:PATH[:exportname=NAME]
BackingName from_nbd(std::string_view name) {
    BackingName out;
    out.protocol = "nbd";
    std::string_view rest = name.substr(4);
    constexpr std::string_view mark = ":exportname=";
    if (const std::size_t at = rest.find(mark); at != std::string_view::npos) {
        out.path = rest.substr(at + mark.size());
        rest = rest.substr(0, at);
    }
    if (rest.starts_with("unix:")) out.hosts.push_back({{}, {}, std::string(rest.substr(5))});
    else out.hosts.push_back(host_of(rest));
    return out;
}

/// rbd:POOL/IMAGE[@SNAPSHOT][:key=value…], where '\' keeps the next character
BackingName from_rbd(std::string_view name) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 4; i < name.size(); ++i) {
        if (name[i] == '\\' && i + 1 < name.size()) parts.back() += name[++i];
        else if (name[i] == ':') parts.emplace_back();
        else parts.back() += name[i];
    }
    BackingName out;
    out.protocol = "rbd";
    out.path = parts.front();
    if (const std::size_t at = out.path.find('@'); at != std::string::npos) {
        out.snapshot = out.path.substr(at + 1);
        out.path.resize(at);
    }
    for (const std::string& part : parts) {
        if (part.starts_with("conf=")) out.config = part.substr(5);
        if (!part.starts_with("mon_host=")) continue;
        for (const std::string_view host : split(std::string_view(part).substr(9), ';')) {
            out.hosts.push_back(host_of(host));
        }
    }
    return out;
}

/// "a.b.c": 1 → {"a": {"b": {"c": 1}}}, as QEMU writes options on one level.
json::object nested(const json::object& flat) {
    json::object out;
    for (const auto& [key, value] : flat) {
        const std::vector<std::string_view> words = split(std::string_view(key.data(), key.size()), '.');
        json::object* level = &out;
        for (std::size_t i = 0; i + 1 < words.size(); ++i) {
            json::value& next = (*level)[words[i]];
            if (!next.is_object()) next = json::object();
            level = &next.as_object();
        }
        json::value& leaf = (*level)[words.back()];
        if (value.is_object()) leaf = nested(value.as_object());
        else leaf = value;
    }
    return out;
}

std::string word(const json::object& from, std::string_view key) {
    const json::value* value = from.if_contains(key);
    if (value == nullptr) return {};
    if (value->is_string()) return std::string(value->as_string());
    if (value->is_int64()) return fmt::format("{}", value->as_int64());
    return {};
}

std::optional<std::uint64_t> number(const json::object& from, std::string_view key) {
    return parse_number<std::uint64_t>(word(from, key));
}

/// {"type": "inet", "host": …, "port": …} or {"type": "unix", "path": …}
BackingHost json_host(const json::object& server) {
    std::string socket = word(server, "path");
    if (socket.empty()) socket = word(server, "socket");
    if (!socket.empty()) return {{}, {}, socket};
    return {word(server, "host"), word(server, "port"), {}};
}

void json_hosts(const json::object& from, BackingName& out) {
    const json::value* servers = from.if_contains("server");
    if (servers == nullptr) return;
    const auto add = [&out](const json::value& server) {
        if (server.is_object()) out.hosts.push_back(json_host(server.as_object()));
    };
    if (servers->is_array()) {
        for (const json::value& server : servers->as_array()) add(server);
    } else if (servers->is_object() && servers->as_object().if_contains("0") != nullptr) { // server.0.host
        for (const auto& [key, server] : servers->as_object()) add(server);
    } else {
        add(*servers);
    }
}

BackingName from_protocol(std::string_view name, const std::string& driver, const json::object& from) {
    constexpr std::string_view of_this_host[] = {"file", "host_device", "host_cdrom"};
    if (std::ranges::find(of_this_host, driver) != std::end(of_this_host)) {
        BackingName out = parse_backing_name(word(from, "filename"));
        if (!out.local()) bad(name, "'filename' is no path");
        if (out.path.empty()) bad(name, "missing 'filename'");
        return out;
    }
    constexpr std::string_view of_uris[] = {"http", "https", "ftp", "ftps", "tftp"};
    if (std::ranges::find(of_uris, driver) != std::end(of_uris)) {
        const std::string url = word(from, "url");
        if (url.find("://") == std::string::npos) bad(name, "missing 'url'");
        return from_uri(url);
    }
    BackingName out;
    out.protocol = driver;
    json_hosts(from, out);
    if (driver == "nbd") {
        if (out.hosts.empty()) out.hosts.push_back(json_host(from));
        out.path = word(from, "export");
    } else if (driver == "rbd") {
        const std::string space = word(from, "namespace");
        out.path = word(from, "pool") + "/" + (space.empty() ? "" : space + "/") + word(from, "image");
        out.snapshot = word(from, "snapshot");
        out.config = word(from, "conf");
    } else if (driver == "gluster") {
        out.path = word(from, "volume") + "/" + word(from, "path");
    } else if (driver == "iscsi") {
        out.path = word(from, "target") + "/" + (word(from, "lun").empty() ? "0" : word(from, "lun"));
        out.hosts.push_back(host_of(word(from, "portal")));
    } else if (driver == "ssh" || driver == "nfs") {
        out.path = word(from, "path");
        if (out.path.starts_with('/')) out.path.erase(0, 1);
    } else if (driver == "nvme") {
        out.path = word(from, "device") + "/" + word(from, "namespace");
    } else {
        bad(name, fmt::format("driver '{}' is not known", printable(driver)));
    }
    return out;
}

/// One layer: a format or filter driver over "file", or where the data are.
BackingName from_layer(std::string_view name, const json::value& value, int depth) {
    if (value.is_string()) {
        const std::string_view inner(value.as_string());
        if (inner.starts_with("json:")) bad(name, "json: within json:");
        return parse_backing_name(inner);
    }
    if (!value.is_object() || depth == most_layers) bad(name, "it does not say where the data are");
    const json::object layer = nested(value.as_object());
    const std::string driver = word(layer, "driver");
    const json::value* file = layer.if_contains("file");
    if (file == nullptr) return from_protocol(name, driver.empty() ? "file" : driver, layer);
    BackingName out = from_layer(name, *file, depth + 1);
    if (!driver.empty()) out.format = driver;
    if (driver == "raw") {
        out.offset = number(layer, "offset");
        out.size = number(layer, "size");
    }
    return out;
}

BackingName from_json(std::string_view name) {
    json::parse_options options;
    options.max_depth = 16;
    boost::system::error_code error;
    const json::value parsed = json::parse(name.substr(5), error, {}, options);
    if (error) bad(name, "it is not JSON");
    return from_layer(name, parsed, 0);
}

} // namespace

BackingName parse_backing_name(std::string_view name) {
    if (name.size() > name_bytes) bad(name.substr(0, 64), fmt::format("longer than {} bytes", name_bytes));
    if (name.starts_with("json:")) return from_json(name);
    const std::string_view protocol = protocol_of(name);
    if (protocol.empty()) return local(name);
    if (protocol == "file") {
        std::string_view path = name.substr(5);
        if (path.starts_with("//")) path = path.substr(std::min(path.find('/', 2), path.size()));
        return local(path);
    }
    if (name.substr(protocol.size()).starts_with("://")) return from_uri(name);
    if (protocol == "nbd") return from_nbd(name);
    if (protocol == "rbd") return from_rbd(name);
    constexpr std::string_view devices[] = {"host_device", "host_cdrom"};
    if (std::ranges::find(devices, protocol) != std::end(devices)) {
        return local(name.substr(protocol.size() + 1));
    }
    bad(name, fmt::format("protocol '{}' is not known", printable(protocol)));
}

std::string backing_path(const std::string& from, const std::string& name) {
    if (name.starts_with('/')) return name;
    const std::size_t slash = from.rfind('/');
    return slash == std::string::npos ? name : from.substr(0, slash + 1) + name;
}

} // namespace yado::host
