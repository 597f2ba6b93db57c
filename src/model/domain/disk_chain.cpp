// SPDX-License-Identifier: Apache-2.0
#include "model/domain/disk_chain.h"

#include <charconv>

namespace yado::model {
namespace {

OptionalSource optional_source(const StorageSource& source) {
    return std::visit([](const auto& each) -> OptionalSource { return each; }, source);
}

/// Appends what nests in `store`; true when it says where the chain ends.
bool append_stores(const BackingStore* store, std::vector<ChainImage>& images) {
    for (; store != nullptr; store = store->backing ? &*store->backing : nullptr) {
        if (store->ends_chain()) { return true; }
        images.push_back({*source_of(store->source), store->format, store->index});
    }
    return false;
}

/// The nested form of `images` from `first` on.
schema::Rare<BackingStore> nested(const DiskChain& chain, std::size_t first) {
    schema::Rare<BackingStore> below;
    if (chain.complete) { below.emplace(); }
    for (std::size_t i = chain.images.size(); i-- > first;) {
        const ChainImage& image = chain.images[i];
        BackingStore store;
        store.source = optional_source(image.source);
        store.index = image.index;
        store.format = image.format;
        store.backing = std::move(below);
        below = schema::Rare<BackingStore>(std::move(store));
    }
    return below;
}

std::string_view directory_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

} // namespace

DiskChain chain_of(const Disk& disk) {
    DiskChain chain;
    if (disk.is_empty()) { return chain; }
    chain.images.push_back(
        {disk.source, {disk.driver.type, disk.driver.metadata_cache_size}, parts_of(disk.source).index});
    chain.complete = append_stores(disk.backing ? &*disk.backing : nullptr, chain.images);
    return chain;
}

DiskChain chain_of(const Mirror& mirror) {
    DiskChain chain;
    const auto source = source_of(mirror.source);
    if (!source) { return chain; }
    chain.images.push_back({*source, mirror.format, parts_of(*source).index});
    chain.complete = append_stores(mirror.backing ? &*mirror.backing : nullptr, chain.images);
    return chain;
}

void set_chain(Disk& disk, const DiskChain& chain) {
    if (chain.images.empty()) { return; }
    const ChainImage& top = chain.images.front();
    disk.source = top.source;
    parts_of(disk.source).index = top.index;
    disk.driver.type = top.format.type;
    disk.driver.metadata_cache_size = top.format.metadata_cache_size;
    disk.backing = nested(chain, 1);
}

void set_chain(Mirror& mirror, const DiskChain& chain) {
    if (chain.images.empty()) { return; }
    const ChainImage& top = chain.images.front();
    StorageSource source = top.source;
    parts_of(source).index = top.index;
    mirror.source = optional_source(source);
    mirror.format = top.format;
    mirror.backing = nested(chain, 1);
}

std::optional<std::size_t> find_image(const DiskChain& chain, std::string_view target,
                                      std::string_view name) {
    const std::string_view stem = name.substr(0, name.find('['));
    if (name.ends_with(']') && (stem == target || stem.empty())) {
        const std::string_view digits = name.substr(stem.size() + 1, name.size() - stem.size() - 2);
        std::uint32_t index = 0;
        const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        if (problem == std::errc() && end == digits.data() + digits.size()) {
            for (std::size_t i = 0; i < chain.images.size(); ++i) {
                if (chain.images[i].index == index) { return i; }
            }
            return std::nullopt;
        }
    }
    for (std::size_t i = 0; i < chain.images.size(); ++i) {
        const std::string& path = path_of(chain.images[i].source);
        if (path.empty()) { continue; }
        if (path == name) { return i; }
        if (i == 0 || name.starts_with('/')) { continue; }
        const std::string_view above = directory_of(path_of(chain.images[i - 1].source));
        if (path.size() == above.size() + name.size() && path.starts_with(above) && path.ends_with(name)) {
            return i;
        }
    }
    return std::nullopt;
}

Domain declared(Domain domain) {
    for (Disk& disk : domain.devices.disks) {
        if (disk.chain_was_found) { disk.backing.reset(); }
    }
    return domain;
}

bool same_storage(const StorageSource& one, const StorageSource& other) {
    if (one.index() != other.index()) { return false; }
    if (const std::string& path = path_of(one); !path.empty()) { return path == path_of(other); }
    const auto* network = std::get_if<NetworkSource>(&one);
    if (network == nullptr) { return false; }
    const NetworkStorage& ours = network->storage;
    const NetworkStorage& theirs = std::get<NetworkSource>(other).storage;
    return ours.protocol == theirs.protocol && ours.name == theirs.name &&
           ours.hosts.size() == theirs.hosts.size() &&
           std::equal(ours.hosts.begin(), ours.hosts.end(), theirs.hosts.begin(),
                      [](const StorageHost& a, const StorageHost& b) {
                          return a.name == b.name && a.port == b.port;
                      });
}

} // namespace yado::model
