// SPDX-License-Identifier: Apache-2.0
// <domainbackup>: copying a running guest's disks, either written by the hypervisor (push) or read by a
// client over NBD (pull).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/implied_source.h"
#include "schema/io.h"

namespace yado::model {

enum class BackupMode : std::uint8_t { unset, full, incremental };

/// What both modes know of a disk; the store is where the copy goes, or what the guest overwrites meanwhile.
struct BackupDisk {
    std::string name; ///< its target in the domain, "vda"
    schema::YesNo backup{};
    ImpliedSource store;
    BackupMode mode{};
    std::string incremental;            ///< checkpoint since which the copy is
    std::optional<std::uint32_t> index; ///< of the store in the running guest's block graph
    ImageFormat format{};

    bool has_store() const;
};
struct PushDisk : BackupDisk {};
struct PullDisk : BackupDisk {
    std::string export_name, export_bitmap;
};

enum class BackupTransport : std::uint8_t { unset, tcp, unix_, rdma };
/// Where the NBD server listens.
struct BackupServer {
    schema::YesNo tls{};
    BackupTransport transport{};
    std::string name; ///< of the host, for TCP
    std::uint32_t port = 0;
    std::string socket;
};

struct PushBackup {
    std::vector<PushDisk> disks;
};
struct PullBackup {
    BackupServer server;
    std::vector<PullDisk> disks;
};

struct Backup {
    std::string incremental; ///< of disks that do not say it themselves
    std::variant<PushBackup, PullBackup> kind;

    bool is_pull() const { return std::holds_alternative<PullBackup>(kind); }
};
void describe(schema::Io& io, Backup& backup);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::BackupMode> {
    static constexpr std::string_view values[] = {"", "full", "incremental"};
};
template <> struct EnumNames<model::BackupTransport> {
    static constexpr std::string_view values[] = {"", "tcp", "unix", "rdma"};
};
template <> struct UnionTags<std::variant<model::PushBackup, model::PullBackup>> {
    static constexpr std::string_view values[] = {"push", "pull"};
};
} // namespace yado::schema
