// SPDX-License-Identifier: Apache-2.0
// QEMU's block drivers for network protocols: members as in its schema (QEMU 7.2, block-core.json).
#include "hypervisor/qemu/devices/network_node.h"

#include "base/error.h"
#include "base/text.h"
#include "hypervisor/qemu/devices/secret_object.h"

namespace yado::qemu {

namespace json = boost::json;
using model::StorageHost;
using model::StorageProtocol;

namespace {

const StorageHost& only_host(const model::NetworkStorage& storage) {
    if (storage.hosts.size() == 1) return storage.hosts.front();
    const std::string_view protocol = schema::word(storage.protocol);
    if (storage.protocol == StorageProtocol::nbd || storage.protocol == StorageProtocol::iscsi)
        fail(ErrorSource::qemu, Code::internal_error, "{} protocol accepts only one host", protocol);
    fail(ErrorSource::qemu, Code::internal_error, "protocol '{}' accepts only one host", protocol);
}

const StorageHost& only_tcp_host(const model::NetworkStorage& storage) {
    const StorageHost& host = only_host(storage);
    if (host.transport == model::HostTransport::unset || host.transport == model::HostTransport::tcp)
        return host;
    fail(ErrorSource::qemu, Code::internal_error, "transport '{}' is not supported for protocol '{}'",
         schema::word(host.transport), schema::word(storage.protocol));
}

std::string bracketed(const std::string& name) {
    return name.find(':') == std::string::npos ? name : "[" + name + "]";
}

json::object socket_address(const StorageHost& host) {
    json::object address;
    switch (host.transport) {
    case model::HostTransport::unix_:
        address["type"] = "unix";
        address["path"] = host.socket;
        return address;
    case model::HostTransport::rdma:
        fail(ErrorSource::none, Code::internal_error, "transport protocol 'rdma' is not yet supported");
    case model::HostTransport::unset:
    case model::HostTransport::tcp: break;
    }
    address["type"] = "inet";
    address["host"] = host.name;
    address["port"] = std::to_string(host.port);
    return address;
}

// QEMU hands it to libcurl as it is.
std::string encoded_path(std::string_view path) {
    std::string out = path.starts_with('/') ? "" : "/";
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~!$&'()*+,;=:@/").find(c) != std::string_view::npos;
        if (plain) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

/// The name of an -object secret with the password of `image`; empty when there is none.
std::string password(const DeviceContext& context, const Image& image, DiskBackend& backend) {
    if (!image.auth || !image.auth->secret) return {};
    const std::string id = image.name("storage-auth-secret0");
    const std::string value = secret_value(context, image.auth->secret->secret, image.auth->secret->type);
    backend.objects.push_back(secret_object(context, id, value));
    return id;
}

json::object curl(const DeviceContext& context, const model::NetworkStorage& storage, const Image& image,
                  DiskBackend& backend) {
    const StorageHost& host = only_tcp_host(storage);
    const std::string_view scheme = schema::word(storage.protocol);
    json::object node;
    node["driver"] = scheme;
    node["url"] = fmt::format("{}://{}:{}{}{}{}", scheme, bracketed(host.name), host.port,
                              encoded_path(storage.name), storage.query.empty() ? "" : "?", storage.query);
    if (image.auth) {
        node["username"] = image.auth->username;
        if (const std::string id = password(context, image, backend); !id.empty())
            node["password-secret"] = id;
    }
    if (storage.verify_tls != schema::YesNo::unset)
        node["sslverify"] = storage.verify_tls == schema::YesNo::yes;
    if (!storage.cookies.empty()) {
        std::string text;
        for (const model::Cookie& cookie : storage.cookies)
            text += fmt::format("{}{}={}", text.empty() ? "" : "; ", cookie.name, cookie.value);
        const std::string id = image.name("storage-httpcookie-secret0");
        backend.objects.push_back(secret_object(context, id, text));
        node["cookie-secret"] = id;
    }
    if (storage.timeout != 0) node["timeout"] = storage.timeout;
    if (storage.readahead != 0) node["readahead"] = storage.readahead;
    return node;
}

json::object nbd(const DeviceContext& context, const model::NetworkStorage& storage, const Image& image,
                 DiskBackend& backend) {
    json::object node;
    node["driver"] = "nbd";
    node["server"] = socket_address(only_host(storage));
    if (!storage.name.empty()) node["export"] = storage.name;
    const bool asked = storage.tls == schema::YesNo::unset && context.facts.disks.nbd_tls;
    if (storage.tls == schema::YesNo::yes || asked) {
        json::object credentials;
        credentials["qom-type"] = "tls-creds-x509";
        credentials["id"] = fmt::format("obj{}_tls0", image.name("storage"));
        credentials["dir"] = context.facts.disks.nbd_tls_dir;
        credentials["endpoint"] = "client";
        credentials["verify-peer"] = true;
        node["tls-creds"] = credentials.at("id");
        backend.objects.push_back(std::move(credentials));
    }
    if (!storage.tls_host_name.empty()) node["tls-hostname"] = storage.tls_host_name;
    if (storage.reconnect_delay != 0) node["reconnect-delay"] = storage.reconnect_delay;
    return node;
}

json::object rbd(const DeviceContext& context, const model::NetworkStorage& storage, const Image& image,
                 DiskBackend& backend) {
    json::object node;
    node["driver"] = "rbd";
    node["pool"] = model::first_part(storage.name);
    node["image"] = model::behind_first_part(storage.name);
    if (!storage.snapshot.empty()) node["snapshot"] = storage.snapshot;
    if (!storage.config_file.empty()) node["conf"] = storage.config_file;
    if (!storage.hosts.empty()) {
        json::array servers;
        for (const StorageHost& host : storage.hosts)
            servers.push_back(json::object{{"host", host.name}, {"port", std::to_string(host.port)}});
        node["server"] = std::move(servers);
    }
    if (image.encryption && !image.has_luks_layer()) {
        const bool layered = image.encryption->secrets.size() > 1 ||
                             image.encryption->format == model::EncryptionFormat::luks_any;
        if (layered) unsupported(context, "this encryption of an RBD image"); // QEMU 8.0
        node["encrypt"] = json::object{{"format", schema::word(image.encryption->format)},
                                       {"key-secret", image.name("format-encryption-secret0")}};
    }
    if (image.auth) {
        node["user"] = image.auth->username;
        node["auth-client-required"] = json::array{"cephx", "none"};
        if (const std::string id = password(context, image, backend); !id.empty()) node["key-secret"] = id;
    }
    return node;
}

json::object iscsi(const DeviceContext& context, const model::NetworkStorage& storage, const Image& image,
                   DiskBackend& backend) {
    const StorageHost& host = only_tcp_host(storage);
    const std::size_t slash = storage.name.rfind('/');
    const auto unit = parse_number<std::uint32_t>(slash == std::string::npos
                                                      ? std::string_view("0")
                                                      : std::string_view(storage.name).substr(slash + 1));
    if (!unit) {
        fail(ErrorSource::qemu, Code::internal_error, "cannot parse target for lunStr '{}'",
             storage.name.substr(0, slash));
    }
    json::object node;
    node["driver"] = "iscsi";
    node["portal"] = fmt::format("{}:{}", bracketed(host.name), host.port);
    node["target"] = storage.name.substr(0, slash);
    node["lun"] = *unit;
    node["transport"] = "tcp";
    if (image.auth) {
        node["user"] = image.auth->username;
        if (const std::string id = password(context, image, backend); !id.empty())
            node["password-secret"] = id;
    }
    if (!storage.initiator.empty()) node["initiator-name"] = storage.initiator;
    return node;
}

json::object gluster(const model::NetworkStorage& storage) {
    json::object node;
    node["driver"] = "gluster";
    node["volume"] = model::first_part(storage.name);
    node["path"] = model::behind_first_part(storage.name);
    json::array servers;
    for (const StorageHost& host : storage.hosts) servers.push_back(socket_address(host));
    node["server"] = std::move(servers);
    node["debug"] = 4; // libvirt's, and QEMU's own
    return node;
}

using NumberOf = std::function<std::optional<std::uint32_t>(std::string_view)>;

/// "+1000" and "1000" are numbers, all else a name.
std::uint32_t identity_number(const std::string& text, const NumberOf& number_of, std::string_view kind) {
    const std::string_view digits = text.starts_with('+') ? std::string_view(text).substr(1) : text;
    std::optional<std::uint32_t> number = parse_number<std::uint32_t>(digits);
    if (!number && number_of) number = number_of(text);
    if (!number) fail(ErrorSource::none, Code::invalid_arg, "Failed to parse {} '{}'", kind, text);
    return *number;
}

json::object nfs(const DeviceContext& context, const model::NetworkStorage& storage) {
    json::object node;
    node["driver"] = "nfs";
    node["server"] = json::object{{"host", only_tcp_host(storage).name}, {"type", "inet"}};
    node["path"] = storage.name;
    const DiskFacts& facts = context.facts.disks;
    if (!storage.identity.user.empty())
        node["user"] = identity_number(storage.identity.user, facts.user, "user");
    if (!storage.identity.group.empty())
        node["group"] = identity_number(storage.identity.group, facts.group, "group");
    return node;
}

json::object ssh(const DeviceContext& context, const model::NetworkStorage& storage, const Image& image) {
    const StorageHost& host = only_tcp_host(storage);
    // QEMU itself looks at the home of the user it runs as, which has none.
    if (!storage.known_hosts.empty()) unsupported(context, "<knownHosts> of an SSH disk");
    if (!storage.identity.key_file.empty() || !storage.identity.agent_sock.empty())
        unsupported(context, "the key of <identity> of an SSH disk");
    json::object node;
    node["driver"] = "ssh";
    node["path"] = storage.name;
    node["server"] = json::object{{"host", host.name}, {"port", std::to_string(host.port)}};
    if (image.auth) {
        node["user"] = image.auth->username;
    } else if (!storage.identity.username.empty()) {
        node["user"] = storage.identity.username;
    }
    return node;
}

} // namespace

json::object network_node(const DeviceContext& context, const model::NetworkStorage& storage,
                          const Image& image, DiskBackend& backend) {
    const bool gone =
        storage.protocol == StorageProtocol::vxhs || storage.protocol == StorageProtocol::sheepdog;
    if (storage.tls == schema::YesNo::yes && storage.protocol != StorageProtocol::nbd && !gone) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "TLS transport is not supported for disk protocol '{}'", schema::word(storage.protocol));
    }
    switch (storage.protocol) {
    case StorageProtocol::nbd: return nbd(context, storage, image, backend);
    case StorageProtocol::rbd: return rbd(context, storage, image, backend);
    case StorageProtocol::iscsi: return iscsi(context, storage, image, backend);
    case StorageProtocol::gluster: return gluster(storage);
    case StorageProtocol::http:
    case StorageProtocol::https:
    case StorageProtocol::ftp:
    case StorageProtocol::ftps: return curl(context, storage, image, backend);
    case StorageProtocol::ssh: return ssh(context, storage, image);
    case StorageProtocol::nfs: return nfs(context, storage);
    case StorageProtocol::unset:
    case StorageProtocol::sheepdog:    // gone with QEMU 6.1
    case StorageProtocol::tftp:        // gone with QEMU 2.9
    case StorageProtocol::vxhs: break; // gone with QEMU 5.1
    }
    unsupported(context, fmt::format("disk protocol '{}'", schema::word(storage.protocol)));
}

} // namespace yado::qemu
