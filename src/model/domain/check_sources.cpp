// SPDX-License-Identifier: Apache-2.0
#include "model/domain/check_sources.h"

#include <algorithm>
#include <set>

namespace yado::model {

using schema::Diagnostics;

namespace {

constexpr auto storage = ErrorSource::storage;

void check_host(const StorageHost& host, StorageProtocol protocol, const std::string& path,
                Diagnostics& out) {
    if (host.is_unix()) {
        if (host.socket.empty()) {
            problem(out, domain_conf, Code::xml_error, path, "missing socket for unix transport");
        }
        return;
    }
    if (!host.socket.empty()) {
        const std::string_view word = schema::word(host.transport);
        problem(out, domain_conf, Code::xml_error, path, "transport '{}' does not support socket attribute",
                word.empty() ? std::string_view("(null)") : word);
    } else if (host.name.empty()) {
        problem(out, domain_conf, Code::xml_error, path, "missing name for host");
    }
    if (protocol == StorageProtocol::nfs && host.port != 0) {
        problem(out, driver, Code::config_unsupported, path,
                "port cannot be specified in 'nfs' protocol host");
    }
}

// What RFC 6265 lets names and values of cookies be made of.
bool is_token(std::string_view text) { return only(text, "!#$%&'*+-.^_`|~"); }
bool is_cookie_value(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);
    }
    return only(text, "!#$%&'()*+-./:>=<?@^_`[]|~{}");
}

void check_cookies(const std::vector<Cookie>& cookies, const std::string& path, Diagnostics& out) {
    std::set<std::string_view> names;
    for (const Cookie& cookie : cookies) {
        const auto wrong = [&](ErrorSource source, std::string_view text) {
            problem(out, source, Code::xml_error, path, "{}", text);
        };
        if (cookie.name.empty()) {
            wrong(domain_conf, "missing cookie name");
        } else if (cookie.value.empty()) {
            wrong(domain_conf, fmt::format("missing value for cookie '{}'", cookie.name));
        } else if (!is_token(cookie.name)) {
            wrong(storage, fmt::format("cookie name '{}' contains invalid characters", cookie.name));
        } else if (!is_cookie_value(cookie.value)) {
            wrong(storage, fmt::format("value of cookie '{}' contains invalid characters", cookie.name));
        }
        if (!names.insert(cookie.name).second) {
            wrong(storage, fmt::format("duplicate cookie '{}'", cookie.name));
        }
    }
}

void check_network(const NetworkStorage& network, const std::string& path, Diagnostics& out) {
    if (network.name.empty() && network.protocol != StorageProtocol::nbd &&
        network.protocol != StorageProtocol::unset) {
        problem(out, domain_conf, Code::xml_error, path, "missing name for disk source");
    }
    const bool in_two =
        network.protocol == StorageProtocol::rbd || network.protocol == StorageProtocol::gluster;
    if (in_two && !network.name.empty() && first_part(network.name).empty()) {
        problem(out, domain_conf, Code::xml_error, path,
                "can't split path '{}' into pool name and image name", network.name);
    }
    for (const StorageHost& host : network.hosts) { check_host(host, network.protocol, path, out); }
    check_cookies(network.cookies, path, out);
    if (network.protocol == StorageProtocol::tftp) {
        problem(out, driver, Code::config_unsupported, path,
                "'tftp' protocol is not supported with this QEMU binary");
    }
}

void check_nvme(const NvmeSource& nvme, const std::string& path, Diagnostics& out) {
    if (!nvme.type.empty() && nvme.type != "pci") {
        problem(out, domain_conf, Code::xml_error, path, "unsupported source type '{}'", nvme.type);
    }
    if (nvme.name_space == 0U) {
        problem(out, domain_conf, Code::config_unsupported, path, "NVMe namespace can't be zero");
    }
}

void check_socket(const VhostUserSource& socket, const std::string& path, Diagnostics& out) {
    if (!socket.type.empty() && socket.type != "unix") {
        problem(out, domain_conf, Code::xml_error, path,
                "invalid 'type' attribute for vhostuser disk source");
    }
    if (!socket.type.empty() && socket.path.empty()) {
        problem(out, domain_conf, Code::xml_error, path,
                "missing 'path' attribute for vhostuser disk source");
    }
    if (socket.reconnect && socket.reconnect->enabled == schema::YesNo::yes && !socket.reconnect->timeout) {
        problem(out, ErrorSource::xml, Code::xml_error, path,
                "Missing required attribute 'timeout' in element 'reconnect'");
    }
}

void check_reservations(const Reservations& reservations, const std::string& path, Diagnostics& out) {
    const auto wrong = [&](std::string_view text) {
        problem(out, storage, Code::xml_error, path, "{}", text);
    };
    if (!reservations.source) {
        if (reservations.managed == schema::YesNo::no) {
            wrong("missing connection type for <reservations/>");
        }
        return;
    }
    const ReservationSocket& socket = *reservations.source;
    if (!socket.type.empty() && socket.type != "unix") {
        wrong(fmt::format("unsupported connection type for <reservations/>: {}", socket.type));
    } else if (!socket.mode.empty() && socket.mode != "client") {
        wrong(fmt::format("unsupported connection mode for <reservations/>: {}", socket.mode));
    }
}

} // namespace

void check_labels(const std::vector<DeviceLabel>& labels, const std::string& path, Diagnostics& out) {
    std::set<std::string_view> models;
    for (const DeviceLabel& label : labels) {
        if (!models.insert(label.model).second) {
            problem(out, domain_conf, Code::xml_detail, path, "seclabel for model {} is already provided",
                    label.model);
        }
        if (label.relabel == schema::YesNo::no && !label.label.empty()) {
            problem(out, domain_conf, Code::xml_error, path,
                    "Cannot specify a label if relabelling is turned off. model={}",
                    label.model.empty() ? "<null>" : label.model);
        }
    }
}

void check_auth(const Auth& auth, const NetworkStorage* network, const std::string& path, Diagnostics& out) {
    if (auth.username.empty()) { problem(out, storage, Code::xml_error, path, "missing username for auth"); }
    if (!auth.secret) {
        problem(out, storage, Code::xml_error, path, "Missing <secret> element in auth");
        return;
    }
    if (const std::string wrong = secret_problem(auth.secret->secret); !wrong.empty()) {
        problem(out, ErrorSource::none, Code::xml_error, path, "{}", wrong);
    }
    const SecretUsage type = auth.secret->type;
    if (type == SecretUsage::unset) {
        problem(out, domain_conf, Code::config_unsupported, path, "unknown secret type '<null>'");
        return;
    }
    const StorageProtocol protocol = network != nullptr ? network->protocol : StorageProtocol::unset;
    if ((protocol == StorageProtocol::rbd && type != SecretUsage::ceph) ||
        (protocol == StorageProtocol::iscsi && type != SecretUsage::iscsi)) {
        problem(out, domain_conf, Code::config_unsupported, path, "invalid secret type '{}'",
                schema::word(type));
    }
}

void check_encryption(const Encryption& encryption, const NetworkStorage* network, const std::string& path,
                      Diagnostics& out) {
    for (const EncryptionSecret& secret : encryption.secrets) {
        if (const std::string wrong = secret_problem(secret.secret); !wrong.empty()) {
            problem(out, ErrorSource::none, Code::xml_error, path, "{}", wrong);
        }
    }
    const auto refuse = [&](ErrorSource source, std::string_view text) {
        problem(out, source, Code::config_unsupported, path, "{}", text);
    };
    if (encryption.initial_vector && !encryption.cipher) {
        problem(out, storage, Code::xml_error, path, "ivgen element found, but cipher is missing");
    } else if (encryption.cipher) {
        refuse(domain_conf, "supplying <cipher> for domain disk definition is unnecessary");
    }
    const bool rbd = network != nullptr && network->protocol == StorageProtocol::rbd;
    if (encryption.format == EncryptionFormat::qcow || encryption.format == EncryptionFormat::default_) {
        refuse(driver, "old qcow/qcow2 encryption is not supported");
    } else if (encryption.engine == EncryptionEngine::librbd && !rbd) {
        refuse(driver, "librbd encryption is supported only with RBD backed disks");
    } else if (encryption.engine == EncryptionEngine::qemu && encryption.format != EncryptionFormat::luks) {
        refuse(driver, fmt::format("{} is currently not supported by the qemu encryption engine",
                                   schema::word(encryption.format)));
    }
}

void check_source(const StorageSource& source, const std::string& path, Diagnostics& out) {
    const std::string inside = path + "/source";
    const auto* network = std::get_if<NetworkSource>(&source);
    const NetworkStorage* remote = network != nullptr ? &network->storage : nullptr;
    if (remote != nullptr) { check_network(*remote, inside, out); }
    if (const auto* nvme = std::get_if<NvmeSource>(&source)) { check_nvme(*nvme, inside, out); }
    if (const auto* socket = std::get_if<VhostUserSource>(&source)) { check_socket(*socket, inside, out); }
    const auto* volume = std::get_if<VolumeSource>(&source);
    if (volume != nullptr && volume->pool.empty() != volume->volume.empty()) {
        problem(out, domain_conf, Code::xml_error, inside,
                "'pool' and 'volume' must be specified together for 'pool' type source");
    }
    const SourceParts& parts = parts_of(source);
    if (parts.auth) { check_auth(*parts.auth, remote, inside + "/auth", out); }
    if (parts.encryption) { check_encryption(*parts.encryption, remote, inside + "/encryption", out); }
    if (parts.reservations) { check_reservations(*parts.reservations, inside + "/reservations", out); }
    check_labels(parts.labels, inside + "/seclabel", out);
    if (parts.data_store) { check_source(parts.data_store->source, inside + "/dataStore", out); }
}

} // namespace yado::model
