// SPDX-License-Identifier: Apache-2.0
// The host side of a disk. Two nodes an image: "storage" opens the file or device, "format" understands what
// is in it.
#include "hypervisor/qemu/devices/disk.h"

#include "base/error.h"
#include "hypervisor/qemu/devices/secret_object.h"
#include "model/domain/disk_chain.h"

#include <algorithm>

namespace yado::qemu {

namespace json = boost::json;
using model::DiskCache;
using model::ImageFormat;

namespace {

constexpr std::size_t longest_chain = 200; // images, as libvirt

bool is_read_only(const model::Disk& disk) {
    return disk.readonly || disk.device == model::DiskDevice::cdrom;
}

std::string_view format_driver(const DeviceContext& context, ImageFormat format) {
    switch (format) {
    case ImageFormat::unset:
    case ImageFormat::none:
    case ImageFormat::fat: // the storage node makes the file system
    case ImageFormat::raw: return "raw";
    case ImageFormat::bochs:
    case ImageFormat::cloop:
    case ImageFormat::dmg:
    case ImageFormat::vpc:
    case ImageFormat::vdi:
    case ImageFormat::qcow:
    case ImageFormat::qcow2:
    case ImageFormat::qed:
    case ImageFormat::vmdk: return schema::word(format);
    case ImageFormat::vhd: return "vhdx";
    case ImageFormat::ploop: return "parallels";
    case ImageFormat::iso:
        fail(ErrorSource::qemu, Code::config_unsupported,
             "storage format 'iso' is not directly supported by QEMU, use 'raw' instead");
    case ImageFormat::dir:
    case ImageFormat::cow: break;
    }
    unsupported(context, fmt::format("storage format '{}'", schema::word(format)));
}

template <class T> std::optional<T> copied(const schema::Rare<T>& rare) {
    return rare ? std::optional<T>(*rare) : std::nullopt;
}

Image image_of(const model::StorageSource& source, const model::StorageFormat& format) {
    const model::SourceParts& parts = model::parts_of(source);
    return {.source = source,
            .format = format.type,
            .metadata_cache_size = format.metadata_cache_size,
            .auth = copied(parts.auth),
            .encryption = copied(parts.encryption)};
}

/// The guest's image first. Images that have no number yet get those from `number` on.
std::vector<Image> images_of(const model::Disk& disk, unsigned number) {
    const model::DiskChain chain = model::chain_of(disk);
    if (chain.images.size() > longest_chain) {
        fail(ErrorSource::qemu, Code::config_unsupported, "backing chain is longer than {} images",
             longest_chain);
    }
    std::vector<Image> images;
    for (const model::ChainImage& each : chain.images) {
        Image& image = images.emplace_back(image_of(each.source, each.format));
        image.number = each.index.value_or(number);
        if (!each.index) number += model::parts_of(each.source).data_store ? 2 : 1;
    }
    if (images.empty()) return images;
    Image& top = images.front();
    if (const model::Auth* auth = disk.credentials()) top.auth = *auth;
    if (const model::Encryption* encryption = disk.encryption_used()) top.encryption = *encryption;
    images.back().ends_chain = chain.complete;
    return images;
}

/// Of the raw data that an image keeps apart: the next one unless it says.
unsigned data_number(const Image& image) {
    return model::parts_of(model::parts_of(image.source).data_store->source).index.value_or(image.number + 1);
}

// QEMU's two switches for the five cache modes (QEMU 7.2, -drive cache=); the third, write-cache, is the
// device's.
void add_cache(json::object& node, DiskCache cache) {
    if (cache == DiskCache::unset || cache == DiskCache::default_) return;
    json::object switches;
    switches["direct"] = cache == DiskCache::none || cache == DiskCache::directsync;
    switches["no-flush"] = cache == DiskCache::unsafe;
    node["cache"] = std::move(switches);
}

void add_discard(json::object& node, const model::DiskDriver& driver, bool top) {
    using model::DetectZeroes;
    const bool unmaps = driver.discard == model::DiskDiscard::unmap;
    if (unmaps) node["discard"] = "unmap";
    if (driver.discard == model::DiskDiscard::ignore) node["discard"] = "ignore";
    if (!top || driver.detect_zeroes == DetectZeroes::unset || driver.detect_zeroes == DetectZeroes::default_)
        return;
    // QEMU refuses to unmap zeroes where the guest may not discard.
    const bool only_write = driver.detect_zeroes == DetectZeroes::unmap && !unmaps;
    node["detect-zeroes"] = schema::word(only_write ? DetectZeroes::on : driver.detect_zeroes);
}

class GraphBuilder {
  public:
    GraphBuilder(const DeviceContext& context, const model::Disk& disk, unsigned number)
        : context_(context), disk_(disk), images_(images_of(disk, number)) {}

    DiskBackend build() {
        for (std::size_t i = images_.size(); i-- > 0;) image(i);
        backend_.top = images_.front().name("format");
        throttle_filters();
        if (copies_on_read(disk_)) {
            json::object filter;
            filter["driver"] = "copy-on-read";
            filter["node-name"] = "libvirt-CoR-" + disk_.target.dev;
            filter["file"] = backend_.top;
            filter["discard"] = "unmap";
            backend_.top = "libvirt-CoR-" + disk_.target.dev;
            backend_.nodes.push_back(std::move(filter));
        }
        std::ranges::reverse(backend_.paths); // the guest's image first
        return std::move(backend_);
    }

  private:
    void image(std::size_t i) {
        const Image& image = images_[i];
        const bool top = i == 0;
        const auto& data = model::parts_of(image.source).data_store;
        if (data) data_file(image, *data, top);
        std::string below = storage(image);
        const std::vector<model::Slice>& slices = model::parts_of(image.source).slices;
        const bool plain = format_driver(context_, image.format) == "raw" && !image.has_luks_layer();
        if (!slices.empty() && !plain) below = slice(image, slices.front(), std::move(below));
        json::object node;
        node["node-name"] = image.name("format");
        node["read-only"] = !top || is_read_only(disk_);
        add_discard(node, disk_.driver, top);
        add_cache(node, cache_of(disk_));
        add_format(node, image);
        if (!slices.empty() && plain) {
            node["offset"] = slices.front().offset.value_or(0);
            node["size"] = slices.front().size.value_or(0);
        }
        if (top && disk_.driver.discard_no_unref != schema::OnOff::unset) {
            constexpr std::uint64_t since = 8'001'000;
            if (context_.capabilities.version < since)
                unsupported(context_, fmt::format("discard_no_unref of disk '{}'", disk_.target.dev));
            add_switch(node, "discard-no-unref", disk_.driver.discard_no_unref);
        }
        node["file"] = std::move(below);
        if (data) node["data-file"] = format_node(data_number(image));
        add_backing(node, i);
        backend_.nodes.push_back(std::move(node));
    }

    /// The node that opens the image; its name.
    std::string storage(const Image& image) {
        json::object node = storage_node(context_, image, disk_, backend_);
        node["node-name"] = image.name("storage");
        add_cache(node, cache_of(disk_));
        node["auto-read-only"] = true;
        node["discard"] = "unmap"; // whether the guest may is said by the format node
        backend_.nodes.push_back(std::move(node));
        return image.name("storage");
    }

    std::string slice(const Image& image, const model::Slice& slice, std::string below) {
        json::object node;
        node["driver"] = "raw";
        node["node-name"] = image.name("slice-sto");
        node["offset"] = slice.offset.value_or(0);
        node["size"] = slice.size.value_or(0);
        node["file"] = std::move(below);
        node["auto-read-only"] = true;
        node["discard"] = "unmap";
        add_cache(node, cache_of(disk_));
        backend_.nodes.push_back(std::move(node));
        return image.name("slice-sto");
    }

    void add_format(json::object& node, const Image& image) {
        const std::string_view driver = format_driver(context_, image.format);
        node["driver"] = driver;
        if (image.encryption) add_encryption(node, image);
        if (image.metadata_cache_size && *image.metadata_cache_size != 0)
            node["cache-size"] = *image.metadata_cache_size;
    }

    void add_encryption(json::object& node, const Image& image) {
        const model::Encryption& encryption = *image.encryption;
        if (encryption.secrets.empty()) {
            fail(ErrorSource::none, Code::internal_error, "missing secret info for '{}' driver",
                 schema::word(encryption.format));
        }
        const std::string id = image.name("format-encryption-secret0");
        const std::string value =
            secret_value(context_, encryption.secrets.front().secret, model::SecretUsage::volume);
        backend_.objects.push_back(secret_object(context_, id, value));
        if (!image.has_luks_layer()) return; // the storage node uses it
        if (image.format == ImageFormat::qcow2) {
            node["encrypt"] = json::object{{"format", "luks"}, {"key-secret", id}};
        } else if (image.format == ImageFormat::raw || image.format == ImageFormat::unset) {
            node["driver"] = "luks";
            node["key-secret"] = id;
        } else {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "encryption is supported only with 'raw' and 'qcow2' image format");
        }
    }

    /// The clusters of a qcow2 image that has its metadata apart.
    void data_file(const Image& image, const model::DataStore& store, bool top) {
        if (image.format != ImageFormat::qcow2)
            unsupported(context_, "<dataStore> of an image that is not qcow2");
        const model::SourceParts& parts = model::parts_of(store.source);
        if (parts.data_store || parts.encryption || !parts.slices.empty())
            unsupported(context_, "<dataStore>, <encryption> or <slices> in a <dataStore>");
        Image data = image_of(store.source, store.format);
        data.number = data_number(image);
        std::string below = storage(data);
        json::object node;
        node["node-name"] = data.name("format");
        node["read-only"] = !top || is_read_only(disk_);
        add_discard(node, disk_.driver, false);
        add_cache(node, cache_of(disk_));
        node["driver"] = "raw";
        node["file"] = std::move(below);
        backend_.nodes.push_back(std::move(node));
    }

    void add_backing(json::object& node, std::size_t i) {
        const Image& image = images_[i];
        if (i + 1 == images_.size()) {
            if (image.ends_chain && model::may_have_backing(image.format)) node["backing"] = nullptr;
            return;
        }
        if (!model::may_have_backing(image.format)) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "storage format '{}' does not support backing store", schema::word(image.format));
        }
        node["backing"] = images_[i + 1].name("format");
    }

    void throttle_filters() {
        unsigned count = 0;
        for (const model::ThrottleFilter& filter : disk_.throttle_filters) {
            json::object node;
            node["driver"] = "throttle";
            node["node-name"] = fmt::format("libvirt-{}-filter{}", images_.front().number, count++);
            node["throttle-group"] = "throttle-" + filter.group;
            node["file"] = backend_.top;
            backend_.top = node.at("node-name").as_string();
            backend_.nodes.push_back(std::move(node));
        }
    }

    const DeviceContext& context_;
    const model::Disk& disk_;
    std::vector<Image> images_;
    DiskBackend backend_;
};

void refuse_untranslated(const DeviceContext& context, const model::Disk& disk) {
    const std::string owner = fmt::format("disk '{}'", disk.target.dev);
    // The guest's writes would stay in the image.
    if (disk.transient) unsupported(context, fmt::format("<transient/> of {}", owner));
    if (disk.rawio == schema::YesNo::yes) unsupported(context, fmt::format("rawio='yes' of {}", owner));
    if (!disk.backend_domain.empty()) unsupported(context, fmt::format("<backenddomain> of {}", owner));
    if (!disk.driver.iothreads.empty()) // QEMU 9.0
        unsupported(context, fmt::format("<iothreads> of the driver of {}", owner));
    if (!disk.driver.statistics.empty()) // QEMU 10.2
        unsupported(context, fmt::format("<statistics> of the driver of {}", owner));
}

} // namespace

bool copies_on_read(const model::Disk& disk) {
    return disk.driver.copy_on_read == schema::OnOff::on && !is_read_only(disk);
}

std::string top_node(const model::Disk& disk) {
    if (copies_on_read(disk)) return "libvirt-CoR-" + disk.target.dev;
    const std::uint32_t number = model::parts_of(disk.source).index.value_or(0);
    const std::size_t filters = disk.throttle_filters.size();
    return filters == 0 ? format_node(number) : fmt::format("libvirt-{}-filter{}", number, filters - 1);
}

DiskCache cache_of(const model::Disk& disk) {
    const bool open = disk.driver.cache == DiskCache::unset || disk.driver.cache == DiskCache::default_;
    return open && disk.shareable ? DiskCache::none : disk.driver.cache;
}

unsigned numbers_taken(const model::Disk& disk) {
    const model::DiskChain chain = model::chain_of(disk);
    unsigned taken = chain.images.empty() ? 1 : 0; // an empty drive counts, too
    for (const model::ChainImage& image : chain.images)
        taken += model::parts_of(image.source).data_store ? 2 : 1;
    return taken;
}

std::vector<unsigned> disk_numbers(const DeviceContext& context) {
    const std::vector<model::Disk>& disks = context.domain.devices.disks;
    std::vector<unsigned> numbers(disks.size());
    unsigned next = 1;
    for (std::size_t i = disks.size(); i-- > 0;) {
        numbers[i] = next;
        next += numbers_taken(disks[i]);
    }
    return numbers;
}

DiskBackend disk_backend(const DeviceContext& context, const model::Disk& disk, unsigned number) {
    refuse_untranslated(context, disk);
    if (disk.is_empty() || std::holds_alternative<model::VhostUserSource>(disk.source)) return {};
    return GraphBuilder(context, disk, number).build();
}

} // namespace yado::qemu
