// SPDX-License-Identifier: Apache-2.0
// Volume groups of LVM: the volumes are logical volumes, through LVM's own programs.
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "model/storage/document.h"
#include "service/arguments.h"
#include "storage/command.h"
#include "storage/image_files.h"
#include "storage/scan.h"

#include <algorithm>
#include <fcntl.h>

namespace yado::storage {
namespace {

constexpr std::string_view package = "lvm2";

template <class... Words> std::vector<std::string> words(const Words&... each) {
    return {std::string(each)...};
}

class LogicalBackend final : public Backend {
  public:
    using Backend::Backend;

    Task<bool> is_running(model::StoragePool pool) override;
    Task<void> start(model::StoragePool pool) override {
        co_await lvm("vgchange", words("-aay", pool.source.name));
    }
    Task<void> stop(model::StoragePool pool) override {
        co_await lvm("vgchange", words("-aln", pool.source.name));
    }
    Task<void> build(model::StoragePool pool, BuildMode mode) override;
    Task<void> remove(model::StoragePool pool) override;
    Task<Contents> refresh(model::StoragePool pool) override;
    Task<model::StorageVolume> create(model::StoragePool pool, NewVolume wanted) override;
    Task<void> remove_volume(model::StoragePool pool, model::StorageVolume volume,
                             std::uint32_t flags) override;
    Task<void> resize(model::StorageVolume volume, std::uint64_t capacity, bool allocate,
                      bool shrink) override;
    Task<void> wipe(model::StorageVolume volume, std::uint32_t algorithm) override {
        co_await wipe_image(tools_, std::move(volume), algorithm);
    }
    Task<std::string> find_sources(std::string spec) override;

  private:
    Task<std::string> lvm(std::string program, std::vector<std::string> arguments) {
        Command command{.program = std::move(program),
                        .package = std::string(package),
                        .arguments = std::move(arguments)};
        std::string output = co_await run(tools_, std::move(command));
        co_return output;
    }
};

const std::vector<std::string> report{"--noheadings", "--nosuffix", "--units", "b", "--separator", "|"};

std::vector<std::string> with_report(std::vector<std::string> more) {
    std::vector<std::string> out = report;
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

std::uint64_t size_in(std::string_view text) { return parse_number<std::uint64_t>(trim(text)).value_or(0); }

Task<bool> LogicalBackend::is_running(model::StoragePool pool) {
    try {
        co_await lvm("vgs", words(pool.source.name));
    } catch (const Error&) { co_return false; }
    co_return true;
}

Task<void> LogicalBackend::build(model::StoragePool pool, BuildMode mode) {
    if (pool.source.devices.empty()) {
        fail(ErrorSource::storage, Code::internal_error, "no devices are given to make volume group '{}' of",
             pool.source.name);
    }
    std::vector<std::string> devices;
    for (const model::PoolDevice& device : pool.source.devices) {
        std::vector<std::string> arguments{"--yes", device.path};
        if (mode == BuildMode::overwrite) arguments.insert(arguments.begin(), "--force");
        co_await lvm("pvcreate", std::move(arguments));
        devices.push_back(device.path);
    }
    devices.insert(devices.begin(), pool.source.name);
    co_await lvm("vgcreate", std::move(devices));
}

Task<void> LogicalBackend::remove(model::StoragePool pool) {
    co_await lvm("vgremove", words("-f", pool.source.name));
    for (const model::PoolDevice& device : pool.source.devices) co_await lvm("pvremove", words(device.path));
}

Task<Contents> LogicalBackend::refresh(model::StoragePool pool) {
    Contents contents;
    std::vector<std::string> group = with_report({"-o", "vg_size,vg_free", pool.source.name});
    const std::string sizes = co_await lvm("vgs", std::move(group));
    const std::vector<std::string_view> columns = split(trim(sizes), '|');
    if (columns.size() == 2) {
        contents.capacity = size_in(columns[0]);
        contents.available = size_in(columns[1]);
        contents.allocation = contents.capacity - contents.available;
    }
    std::vector<std::string> volumes =
        with_report({"-o", "lv_name,lv_size,lv_attr,origin,lv_uuid", pool.source.name});
    const std::string listed = co_await lvm("lvs", std::move(volumes));
    for (const std::string_view line : split(listed, '\n')) {
        const std::vector<std::string_view> row = split(trim(line), '|');
        if (row.size() < 5 || row[2].starts_with('t')) continue; // a thin pool is no volume
        model::StorageVolume volume;
        volume.type = model::VolumeType::block;
        volume.name = row[0];
        volume.key = row[4];
        volume.target.path = path_of(pool, volume.name);
        volume.capacity = volume.allocation = size_in(row[1]);
        if (!row[3].empty()) {
            model::VolumeBacking& backing = volume.backing.emplace();
            backing.path = path_of(pool, std::string(row[3]));
            backing.format = "none";
        }
        contents.volumes.push_back(std::move(volume));
    }
    auto look = [&contents] {
        for (model::StorageVolume& volume : contents.volumes) {
            try {
                const std::optional<std::uint64_t> capacity = volume.capacity;
                measure(volume, volume.target.path);
                volume.capacity = capacity;
            } catch (const Error&) {} // not active: LVM's word is all there is
        }
    };
    co_await blocking(tools_.loop, look);
    co_return contents;
}

Task<model::StorageVolume> LogicalBackend::create(model::StoragePool pool, NewVolume wanted) {
    const model::StorageVolume& volume = wanted.volume;
    if (volume.target.encryption) {
        fail(ErrorSource::storage, Code::config_unsupported,
             "storage pool does not support building encrypted volumes");
    }
    const std::uint64_t capacity = volume.capacity.value_or(0);
    std::vector<std::string> arguments{"--yes", "--name", volume.name};
    const auto size = [](std::uint64_t bytes) { return fmt::format("{}K", (bytes + 1023) / 1024); };
    if (capacity != volume.allocation.value_or(capacity) && !volume.backing) {
        arguments.insert(arguments.end(), {"--type", "snapshot", "--virtualsize", size(capacity)});
        arguments.insert(arguments.end(), {"-L", size(std::max<std::uint64_t>(*volume.allocation, 1 << 20))});
    } else {
        arguments.insert(arguments.end(), {"-L", size(capacity)});
    }
    if (volume.backing) arguments.insert(arguments.end(), {"-s", volume.backing->path});
    else arguments.push_back(pool.source.name);
    co_await lvm("lvcreate", std::move(arguments));
    model::StorageVolume made = volume;
    made.type = model::VolumeType::block;
    made.target.path = path_of(pool, volume.name);
    std::optional<Error> failure;
    try {
        if (wanted.input) {
            auto copy = [from = wanted.input->target.path, to = made.target.path, share = wanted.reflink] {
                const UniqueFd fd = open_file(to, O_RDWR);
                copy_bytes(from, fd.get(), to, share);
            };
            co_await blocking(tools_.loop, copy);
        }
        std::vector<std::string> ask = with_report({"-o", "lv_uuid", pool.source.name + "/" + volume.name});
        const std::string key = co_await lvm("lvs", std::move(ask));
        made.key = trim(key);
    } catch (const Error& error) { failure = error; }
    if (failure) {
        co_await lvm("lvremove", words("-f", pool.source.name + "/" + volume.name));
        throw Error(*failure);
    }
    co_return made;
}

Task<void> LogicalBackend::remove_volume(model::StoragePool pool, model::StorageVolume volume,
                                         std::uint32_t flags) {
    service::require_flags(ErrorSource::storage, flags, 0, "virStorageBackendLogicalDeleteVol");
    co_await lvm("lvremove", words("-f", pool.source.name + "/" + volume.name));
}

Task<void> LogicalBackend::resize(model::StorageVolume volume, std::uint64_t capacity, bool, bool shrink) {
    std::vector<std::string> arguments{"-L", fmt::format("{}K", (capacity + 1023) / 1024),
                                       volume.target.path};
    if (shrink) arguments.insert(arguments.begin(), "-f");
    co_await lvm("lvresize", std::move(arguments));
}

Task<std::string> LogicalBackend::find_sources(std::string) {
    const std::string listed = co_await lvm("pvs", words("--noheadings", "-o", "pv_name,vg_name"));
    std::vector<model::PoolSource> found;
    for (const std::string_view line : split(listed, '\n')) {
        const std::vector<std::string_view> columns = split_words(line);
        if (columns.size() < 2) continue; // of no group yet
        auto place = std::ranges::find(found, columns[1], &model::PoolSource::name);
        if (place == found.end()) {
            place = found.emplace(found.end());
            place->name = columns[1];
            place->format = "lvm2";
        }
        place->devices.emplace_back().path = columns[0];
    }
    co_return model::write_pool_sources(found);
}

} // namespace

std::unique_ptr<Backend> make_logical_backend(Tools& tools) {
    return std::make_unique<LogicalBackend>(tools);
}

} // namespace yado::storage
