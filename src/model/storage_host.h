// SPDX-License-Identifier: Apache-2.0
// Storage that is reached over a network: <source protocol='…'> of disks, backing stores, snapshots and
// backups. One struct for all protocols, since they share most parts; which part belongs to which is
// check()'s business.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "schema/io.h"

namespace yado::model {

enum class StorageProtocol : std::uint8_t {
    unset,
    nbd,
    rbd,
    sheepdog,
    gluster,
    iscsi,
    http,
    https,
    ftp,
    ftps,
    tftp,
    ssh,
    vxhs,
    nfs,
};
enum class HostTransport : std::uint8_t { unset, tcp, unix_, rdma };

/// The port a protocol has by itself; 0 for none.
std::uint16_t default_port(StorageProtocol protocol);

struct StorageHost {
    std::string name;
    std::uint16_t port = 0; ///< 0: not given
    HostTransport transport{};
    std::string socket; ///< of transport unix

    bool is_unix() const { return transport == HostTransport::unix_; }
};
void describe(schema::Io& io, StorageHost& host);

struct Cookie {
    std::string name, value;
};
/// Who the server takes us for.
struct StorageIdentity {
    std::string user, group;                    ///< of NFS: a name, or "+NUMBER"
    std::string username, key_file, agent_sock; ///< of SSH
};

struct NetworkStorage {
    StorageProtocol protocol{};
    std::string name; ///< what it is called there: "pool/image", "/path", "iqn…/lun"
    std::string query;
    schema::YesNo tls{};
    std::string tls_host_name; ///< that the server's certificate is for
    std::vector<StorageHost> hosts;
    std::string snapshot, config_file; ///< of RBD
    std::string known_hosts;           ///< file of SSH host keys
    StorageIdentity identity;
    std::string initiator; ///< iSCSI's name of this host
    schema::YesNo verify_tls{};
    std::vector<Cookie> cookies;
    std::uint64_t readahead = 0;       ///< bytes; 0: not given
    std::uint64_t timeout = 0;         ///< seconds; 0: not given
    std::uint32_t reconnect_delay = 0; ///< seconds NBD tries to connect again; 0: not given
};
/// The attributes, and what stands in <source>.
void describe_network_attributes(schema::Io& io, NetworkStorage& storage);
void describe_network_parts(schema::Io& io, NetworkStorage& storage);

/// "pool/image" → "pool"; the part before the first slash, empty when there is none.
std::string_view first_part(std::string_view name);
/// "pool/image" → "image"; everything behind the first slash.
std::string_view behind_first_part(std::string_view name);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::StorageProtocol> {
    static constexpr std::string_view values[] = {"",      "nbd",  "rbd",   "sheepdog", "gluster",
                                                  "iscsi", "http", "https", "ftp",      "ftps",
                                                  "tftp",  "ssh",  "vxhs",  "nfs"};
};
template <> struct EnumNames<model::HostTransport> {
    static constexpr std::string_view values[] = {"", "tcp", "unix", "rdma"};
};
} // namespace yado::schema
