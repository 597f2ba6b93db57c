// SPDX-License-Identifier: Apache-2.0
#include "model/storage_host.h"

namespace yado::model {

using schema::Io;

std::uint16_t default_port(StorageProtocol protocol) {
    switch (protocol) {
    case StorageProtocol::nbd: return 10809;
    case StorageProtocol::sheepdog: return 7000;
    case StorageProtocol::gluster: return 24007;
    case StorageProtocol::iscsi: return 3260;
    case StorageProtocol::http: return 80;
    case StorageProtocol::https: return 443;
    case StorageProtocol::ftp: return 21;
    case StorageProtocol::ftps: return 990;
    case StorageProtocol::tftp: return 69;
    case StorageProtocol::ssh: return 22;
    case StorageProtocol::vxhs: return 9999;
    case StorageProtocol::unset:
    case StorageProtocol::rbd: // librados has its own
    case StorageProtocol::nfs: break;
    }
    return 0;
}

void describe(Io& io, StorageHost& h) {
    io.attribute("name", h.name);
    io.attribute(
        "port", h.port,
        {.omit_default = true, .code = Code::invalid_arg, .invalid = "failed to parse port number '{}'"});
    io.attribute("transport", h.transport,
                 {.code = Code::config_unsupported, .invalid = "unknown protocol transport type '{}'"});
    io.attribute("socket", h.socket);
}

void describe(Io& io, Cookie& c) {
    io.attribute("name", c.name, {.required = true, .missing = "missing cookie name"});
    io.text(c.value);
}

void describe(Io& io, StorageIdentity& i) {
    io.attribute("user", i.user);
    io.attribute("group", i.group);
    io.attribute("username", i.username, {.since = "9.8.0"});
    io.attribute("keyfile", i.key_file, {.since = "9.8.0"});
    io.attribute("agentsock", i.agent_sock, {.since = "9.8.0"});
}

void describe_network_attributes(Io& io, NetworkStorage& s) {
    io.attribute("protocol", s.protocol, {.required = true});
    io.attribute("name", s.name);
    io.attribute("query", s.query);
    io.attribute("tls", s.tls);
    io.attribute("tlsHostname", s.tls_host_name);
}

void describe_network_parts(Io& io, NetworkStorage& s) {
    io.child("host", s.hosts);
    io.nested("snapshot", "name", s.snapshot);
    io.nested("config", "file", s.config_file);
    io.nested("knownHosts", "path", s.known_hosts, {.since = "9.8.0"});
    io.child("identity", s.identity);
    io.group("initiator", [&] { io.nested("iqn", "name", s.initiator); });
    io.nested("ssl", "verify", s.verify_tls);
    io.group("cookies", [&] { io.child("cookie", s.cookies); }, {.show = schema::Show::secure});
    constexpr schema::Rule amount{.omit_default = true, .invalid = "invalid readahead size or timeout"};
    io.nested("readahead", "size", s.readahead, amount);
    io.nested("timeout", "seconds", s.timeout, amount);
    io.nested("reconnect", "delay", s.reconnect_delay, {.omit_default = true, .since = "9.2.0"});
}

std::string_view first_part(std::string_view name) {
    const std::size_t slash = name.find('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

std::string_view behind_first_part(std::string_view name) {
    const std::size_t slash = name.find('/');
    return slash == std::string_view::npos ? std::string_view() : name.substr(slash + 1);
}

} // namespace yado::model
