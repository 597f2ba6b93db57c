// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/disk_chain.h"

#include "base/text.h"
#include "host/images/chain.h"
#include "hypervisor/qemu/devices/disk.h"

#include <algorithm>
#include <ranges>
#include <sys/stat.h>

namespace yado::qemu {
namespace {

using model::ImageFormat;

template <class Enum> std::optional<Enum> enum_of(std::string_view word) {
    const auto& words = schema::EnumNames<Enum>::values;
    const auto found = std::ranges::find(words, word);
    if (found == std::end(words)) return std::nullopt;
    return static_cast<Enum>(found - std::begin(words));
}

model::StorageSource local_source(const std::string& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0 && S_ISBLK(status.st_mode)) {
        model::BlockSource block;
        block.path = path;
        return block;
    }
    model::FileSource file;
    file.path = path;
    return file;
}

/// Nothing for protocols that documents have no word for.
std::optional<model::StorageSource> network_source(const host::BackingName& name) {
    const auto protocol = enum_of<model::StorageProtocol>(name.protocol);
    if (!protocol) return std::nullopt;
    model::NetworkSource network;
    network.storage.protocol = *protocol;
    network.storage.name = name.path;
    for (const host::BackingHost& each : name.hosts) {
        model::StorageHost& host = network.storage.hosts.emplace_back();
        host.name = each.name;
        host.socket = each.socket;
        if (!each.socket.empty()) host.transport = model::HostTransport::unix_;
        host.port = parse_number<std::uint16_t>(each.port).value_or(0);
    }
    model::StorageSource source = std::move(network);
    model::complete_source(source);
    return source;
}

model::ChainImage image_of(const host::ChainImage& found) {
    model::ChainImage image;
    image.source = local_source(found.path);
    image.format.type =
        enum_of<ImageFormat>(host::libvirt_word(found.header.format)).value_or(ImageFormat::raw);
    return image;
}

} // namespace

void detect_chain(model::Disk& disk) {
    model::DiskChain chain = model::chain_of(disk);
    if (chain.images.empty() || chain.complete) return;
    const model::ChainImage lowest = chain.images.back();
    const auto* file = std::get_if<model::FileSource>(&lowest.source);
    const bool local =
        file != nullptr ? file->fd_group.empty() : std::holds_alternative<model::BlockSource>(lowest.source);
    if (!local) return; // what lies below storage elsewhere is QEMU's to find
    disk.chain_was_found = !disk.backing;
    if (!model::may_have_backing(lowest.format.type)) {
        chain.complete = true;
    } else {
        host::ChainOptions options;
        options.format = host::image_format(schema::word(lowest.format.type));
        const std::vector<host::ChainImage> found =
            host::read_backing_chain(model::path_of(lowest.source), options);
        for (const host::ChainImage& each : found | std::views::drop(1))
            chain.images.push_back(image_of(each));
        const std::optional<host::BackingName>& last = found.back().backing;
        chain.complete = !last;
        if (last && !last->local()) {
            if (auto source = network_source(*last)) {
                const auto format = enum_of<ImageFormat>(found.back().header.backing_format.value_or("raw"));
                chain.images.push_back({std::move(*source), {format.value_or(ImageFormat::raw), {}}, {}});
            }
        }
    }
    model::set_chain(disk, chain);
}

void detect_chains(model::Domain& domain) {
    for (model::Disk& disk : domain.devices.disks) detect_chain(disk);
}

void number_images(model::Disk& disk, std::uint64_t& last) {
    model::DiskChain chain = model::chain_of(disk);
    for (model::ChainImage& image : chain.images) {
        if (image.index) continue;
        image.index = static_cast<std::uint32_t>(++last);
        if (auto& store = model::parts_of(image.source).data_store)
            model::parts_of(store->source).index = static_cast<std::uint32_t>(++last);
    }
    model::set_chain(disk, chain);
}

std::uint64_t number_images(model::Domain& domain) {
    std::uint64_t last = 0;
    for (model::Disk& disk : domain.devices.disks | std::views::reverse) {
        if (disk.is_empty()) {
            last += numbers_taken(disk);
        } else {
            number_images(disk, last);
        }
    }
    return last;
}

} // namespace yado::qemu
