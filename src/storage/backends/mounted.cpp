// SPDX-License-Identifier: Apache-2.0
// File systems of block devices and shares of the network: folders that are mounted while the pool runs.
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "model/storage/document.h"
#include "storage/backends/directory.h"
#include "storage/command.h"

#include <sys/stat.h>
#include <unistd.h>

namespace yado::storage {
namespace {

class MountedBackend final : public DirectoryBackend {
  public:
    MountedBackend(Tools& tools, bool network) : DirectoryBackend(tools), network_(network) {}

    Task<bool> is_running(model::StoragePool pool) override;
    Task<void> start(model::StoragePool pool) override;
    Task<void> stop(model::StoragePool pool) override;
    Task<void> build(model::StoragePool pool, BuildMode mode) override;
    Task<void> remove(model::StoragePool pool) override {
        co_await DirectoryBackend::remove(std::move(pool));
    }
    Task<std::string> find_sources(std::string spec) override;
    std::string watched(const model::StoragePool& pool) const override {
        return network_ ? std::string() : pool.target.path; // other hosts' changes are not told
    }

  private:
    std::string source(const model::StoragePool& pool) const;
    std::vector<std::string> mount_arguments(const model::StoragePool& pool) const;
    Command make_file_system(const model::StoragePool& pool) const;
    bool network_;
};

/// \040 and the like, as the kernel writes blanks in /proc/mounts.
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = text[i] == '\\' ? parse_number<unsigned>(text.substr(i + 1, 3), 8) : std::nullopt;
        if (code) i += 3;
        out += code ? static_cast<char>(*code) : text[i];
    }
    return out;
}

/// Whether something is mounted there.
bool is_mounted(const std::string& path) {
    constexpr std::size_t limit = std::size_t{16} << 20;
    const std::string mounts = read_file("/proc/self/mounts", limit);
    for (const std::string_view line : split(mounts, '\n')) {
        const std::vector<std::string_view> words = split_words(line);
        if (words.size() > 1 && decoded(words[1]) == path) return true;
    }
    return false;
}

std::string MountedBackend::source(const model::StoragePool& pool) const {
    if (!network_) return pool.source.devices.at(0).path;
    const std::string& host = pool.source.hosts.at(0).name;
    if (pool.source.format == "cifs") return "//" + host + pool.source.dir;
    const bool six = host.find(':') != std::string::npos;
    return (six ? "[" + host + "]" : host) + ":" + pool.source.dir;
}

std::vector<std::string> MountedBackend::mount_arguments(const model::StoragePool& pool) const {
    std::vector<std::string> options{"nodev", "nosuid", "noexec"};
    for (const model::PoolOption& option : model::pool_options(pool.mount_options)) {
        options.push_back(*option.name);
    }
    const std::string& format = pool.source.format;
    if (network_ && !pool.source.protocol_version.empty()) {
        options.push_back("nfsvers=" + pool.source.protocol_version);
    }
    if (format == "cifs") options.emplace_back("guest");
    if (format == "glusterfs") options.emplace_back("direct-io-mode=1");
    std::vector<std::string> arguments{"-o", join(options, ",")};
    if (!network_ || format != "auto") arguments.insert(arguments.end(), {"-t", format});
    arguments.insert(arguments.end(), {source(pool), pool.target.path});
    return arguments;
}

Task<bool> MountedBackend::is_running(model::StoragePool pool) {
    auto work = [path = pool.target.path] { return is_mounted(path); };
    const bool mounted = co_await blocking(tools_.loop, work);
    co_return mounted;
}

Task<void> MountedBackend::start(model::StoragePool pool) {
    const bool mounted = co_await is_running(pool);
    if (!mounted) {
        const std::string package = !network_                           ? "mount"
                                    : pool.source.format == "cifs"      ? "cifs-utils"
                                    : pool.source.format == "glusterfs" ? "glusterfs-client"
                                                                        : "nfs-common";
        Command command{.program = "mount", .package = package, .arguments = mount_arguments(pool)};
        command.timeout = std::chrono::minutes(2);
        co_await run(tools_, std::move(command));
    }
    co_await DirectoryBackend::start(std::move(pool));
}

Task<void> MountedBackend::stop(model::StoragePool pool) {
    const bool mounted = co_await is_running(pool);
    if (!mounted) co_return;
    Command command{.program = "umount", .package = "mount", .arguments = {pool.target.path}};
    co_await run(tools_, std::move(command));
}

Command MountedBackend::make_file_system(const model::StoragePool& pool) const {
    const std::string& format = pool.source.format;
    const std::string device = source(pool);
    if (format == "ext2" || format == "ext3" || format == "ext4") {
        return {.program = "mkfs." + format, .package = "e2fsprogs", .arguments = {"-F", device}};
    }
    if (format == "xfs") return {.program = "mkfs.xfs", .package = "xfsprogs", .arguments = {"-f", device}};
    if (format == "vfat") return {.program = "mkfs.vfat", .package = "dosfstools", .arguments = {device}};
    if (format == "ocfs2") return {.program = "mkfs.ocfs2", .package = "ocfs2-tools", .arguments = {device}};
    fail(ErrorSource::storage, Code::config_unsupported, "cannot make a file system of format '{}'", format);
}

Task<void> MountedBackend::build(model::StoragePool pool, BuildMode mode) {
    co_await make_target(pool);
    if (network_ || mode == BuildMode::plain) co_return;
    const std::string device = source(pool);
    auto look = [device] { return ::access(device.c_str(), F_OK) == 0; };
    const bool there = co_await blocking(tools_.loop, look);
    if (!there) {
        fail(ErrorSource::storage, Code::operation_invalid,
             "Source device does not exist when formatting pool '{}'", pool.name);
    }
    if (mode == BuildMode::no_overwrite) {
        // wipefs names every mark it knows; nothing means that nothing is lost
        Command probe{.program = "wipefs", .package = "util-linux", .arguments = {"-n", "-p", device}};
        const std::string marks = co_await run(tools_, std::move(probe));
        for (const std::string_view line : split(marks, '\n')) {
            if (line.empty() || line.starts_with('#')) continue;
            fail(ErrorSource::storage, Code::storage_pool_built,
                 "device '{}' is not empty: it holds '{}'; build with overwrite to lose it", device,
                 split(line, ',').back());
        }
    }
    Command command = make_file_system(pool);
    co_await run(tools_, std::move(command));
}

Task<std::string> MountedBackend::find_sources(std::string spec) {
    if (!network_) unsupported("pool type 'fs' does not support source discovery");
    model::PoolSource wanted;
    if (!spec.empty()) wanted = model::read_pool_source(spec);
    if (wanted.hosts.empty()) {
        fail(ErrorSource::storage, Code::invalid_arg, "hostname must be specified for netfs sources");
    }
    const std::string host = wanted.hosts.at(0).name;
    Command command{
        .program = "showmount", .package = "nfs-common", .arguments = {"--no-headers", "--exports", host}};
    command.timeout = std::chrono::minutes(1);
    const std::string exports = co_await run(tools_, std::move(command));
    std::vector<model::PoolSource> found;
    for (const std::string_view line : split(exports, '\n')) {
        const std::vector<std::string_view> words = split_words(line);
        if (words.empty() || !words[0].starts_with('/')) continue;
        model::PoolSource& one = found.emplace_back();
        one.hosts.push_back({host, 0});
        one.dir = words[0];
        one.format = "nfs";
    }
    if (found.empty()) {
        fail(ErrorSource::storage, Code::operation_failed, "no storage pools were found on host '{}'", host);
    }
    co_return model::write_pool_sources(found);
}

} // namespace

std::unique_ptr<Backend> make_mounted_backend(Tools& tools, bool network) {
    return std::make_unique<MountedBackend>(tools, network);
}

} // namespace yado::storage
