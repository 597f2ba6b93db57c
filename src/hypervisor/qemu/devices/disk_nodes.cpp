// SPDX-License-Identifier: Apache-2.0
// The host side of a disk. Two nodes an image: "storage" opens the file or device, "format" understands what
// is in it.
#include "hypervisor/qemu/devices/disk.h"

#include "base/error.h"

namespace yado::qemu {

namespace json = boost::json;
using model::DiskCache;
using model::ImageFormat;

namespace {

constexpr std::size_t longest_chain = 200; // images, as libvirt

/// One image of a chain, the disk's own or one below it.
struct Image {
    std::string path;
    bool is_block = false;
    ImageFormat format{};
    bool ends_chain = false; ///< the document says that nothing is below
};

std::string node_name(unsigned number, std::string_view layer) {
    return fmt::format("libvirt-{}-{}", number, layer);
}

bool is_read_only(const model::Disk& disk) {
    return disk.readonly || disk.device == model::DiskDevice::cdrom;
}

bool copies_on_read(const model::Disk& disk) {
    return disk.driver.copy_on_read == schema::OnOff::on && !is_read_only(disk);
}

bool may_have_backing(ImageFormat format) {
    return format == ImageFormat::qcow2 || format == ImageFormat::qcow || format == ImageFormat::qed ||
           format == ImageFormat::vmdk;
}

std::string_view format_driver(const DeviceContext& context, ImageFormat format) {
    switch (format) {
    case ImageFormat::unset:
    case ImageFormat::none:
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
    case ImageFormat::ploop: return "parallels";
    case ImageFormat::iso:
        fail(ErrorSource::qemu, Code::config_unsupported,
             "storage format 'iso' is not directly supported by QEMU, use 'raw' instead");
    default: unsupported(context, fmt::format("storage format '{}'", schema::word(format)));
    }
}

// <backingStore> elements, which the model carries along; each nests the next, so the document bounds the
// loop.
void read_backing(const DeviceContext& context, std::string_view element, std::vector<Image>& images) {
    while (!element.empty()) {
        if (images.size() >= longest_chain) {
            fail(ErrorSource::qemu, Code::config_unsupported, "backing chain is longer than {} images",
                 longest_chain);
        }
        const std::string type = schema::attribute_of(element, "type");
        if (type.empty()) {
            images.back().ends_chain = true;
            return;
        }
        if (type != "file" && type != "block")
            unsupported(context, fmt::format("backing store of type '{}'", type));
        const bool is_block = type == "block";
        const std::string_view source = schema::child_of(element, "source");
        for (const std::string_view name : {"encryption", "slices", "reservations"}) {
            if (!schema::child_of(source, name).empty())
                unsupported(context, fmt::format("<{}> of a backing store", name));
        }
        const std::string word = schema::attribute_of(schema::child_of(element, "format"), "type");
        const auto format = schema::from_word<ImageFormat>(word);
        if (!format && !word.empty()) unsupported(context, fmt::format("storage format '{}'", word));
        images.push_back({.path = schema::attribute_of(source, is_block ? "dev" : "file"),
                          .is_block = is_block,
                          .format = format.value_or(ImageFormat::raw)});
        element = schema::child_of(element, "backingStore");
    }
}

/// The guest's image first.
std::vector<Image> chain_of(const DeviceContext& context, const model::Disk& disk) {
    std::vector<Image> images;
    images.push_back({.path = disk.path(), .is_block = disk.is_block(), .format = disk.driver.type});
    read_backing(context, disk.rest.element("backingStore"), images);
    return images;
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

json::object storage_node(const Image& image, std::string name, const model::DiskDriver& driver) {
    json::object node;
    node["driver"] = image.is_block ? "host_device" : "file";
    node["filename"] = image.path;
    if (driver.io != model::DiskIo::unset && driver.io != model::DiskIo::default_)
        node["aio"] = schema::word(driver.io);
    node["node-name"] = std::move(name);
    add_cache(node, driver.cache);
    node["auto-read-only"] = true;
    node["discard"] = "unmap"; // whether the guest may is said by the format node
    return node;
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

// <metadata_cache><max_size unit='…'>NUMBER</max_size></metadata_cache>
void add_metadata_cache(json::object& node, const model::DiskDriver& driver) {
    const std::string_view size = schema::child_of(driver.rest.element("metadata_cache"), "max_size");
    if (size.empty()) return;
    const std::size_t begin = size.find('>') + 1;
    const std::string text = fmt::format("{} {}", size.substr(begin, size.find('<', begin) - begin),
                                         schema::attribute_of(size, "unit"));
    std::uint64_t bytes = 0;
    if (schema::parse_size(text, 1, bytes) != schema::no_problem) {
        fail(ErrorSource::qemu, Code::xml_error, "Invalid size of <metadata_cache>: '{}'", text);
    }
    node["cache-size"] = bytes;
}

void refuse_untranslated(const DeviceContext& context, const model::Disk& disk) {
    const std::string owner = fmt::format("disk '{}'", disk.target.dev);
    // The guest's writes would stay in the image.
    if (disk.transient) unsupported(context, fmt::format("<transient/> of {}", owner));
    if (disk.rawio == schema::YesNo::yes) unsupported(context, fmt::format("rawio='yes' of {}", owner));
    if (!disk.sgio.empty() && disk.sgio != "filtered")
        unsupported(context, fmt::format("sgio='{}' of {}", disk.sgio, owner));
    if (const auto* other = std::get_if<model::OtherSource>(&disk.source)) {
        unsupported(context, fmt::format("disk source type '{}'", other->word));
    }
    refuse_kept(context, disk.rest, owner, {"backingStore"});
    refuse_kept(context, disk.driver.rest, fmt::format("the driver of {}", owner), {"metadata_cache"});
    const schema::Kept& source =
        std::visit([](const auto& each) -> const schema::Kept& { return each.rest; }, disk.source);
    refuse_kept(context, source, fmt::format("the source of {}", owner), {"seclabel"});
}

} // namespace

std::vector<unsigned> disk_numbers(const DeviceContext& context) {
    const std::vector<model::Disk>& disks = context.domain.devices.disks;
    std::vector<unsigned> numbers(disks.size());
    unsigned next = 1;
    for (std::size_t i = disks.size(); i-- > 0;) {
        numbers[i] = next;
        next += static_cast<unsigned>(chain_of(context, disks[i]).size());
    }
    return numbers;
}

std::string disk_node_name(const model::Disk& disk, unsigned number) {
    return copies_on_read(disk) ? "libvirt-CoR-" + disk.target.dev : node_name(number, "format");
}

std::vector<json::object> disk_nodes(const DeviceContext& context, const model::Disk& disk, unsigned number) {
    refuse_untranslated(context, disk);
    std::vector<json::object> nodes;
    if (disk.is_empty()) return nodes;
    const std::vector<Image> images = chain_of(context, disk);
    for (std::size_t i = images.size(); i-- > 0;) {
        const Image& image = images[i];
        const bool top = i == 0;
        const unsigned own = number + static_cast<unsigned>(i);
        nodes.push_back(storage_node(image, node_name(own, "storage"), disk.driver));
        json::object node;
        node["node-name"] = node_name(own, "format");
        node["read-only"] = !top || is_read_only(disk);
        add_discard(node, disk.driver, top);
        add_cache(node, disk.driver.cache);
        node["driver"] = format_driver(context, image.format);
        if (top && image.format == ImageFormat::qcow2) add_metadata_cache(node, disk.driver);
        node["file"] = node_name(own, "storage");
        if (i + 1 < images.size()) {
            if (!may_have_backing(image.format)) {
                unsupported(context, fmt::format("<backingStore> below an image of format '{}'",
                                                 schema::word(image.format)));
            }
            node["backing"] = node_name(own + 1, "format");
        } else if (image.ends_chain && may_have_backing(image.format)) {
            node["backing"] = nullptr;
        }
        nodes.push_back(std::move(node));
    }
    if (copies_on_read(disk)) {
        json::object filter;
        filter["driver"] = "copy-on-read";
        filter["node-name"] = disk_node_name(disk, number);
        filter["file"] = node_name(number, "format");
        filter["discard"] = "unmap";
        nodes.push_back(std::move(filter));
    }
    return nodes;
}

std::vector<std::string> backing_paths(const DeviceContext& context, const model::Disk& disk) {
    std::vector<std::string> paths;
    const std::vector<Image> images = chain_of(context, disk);
    for (std::size_t i = 1; i < images.size(); ++i) paths.push_back(images[i].path);
    return paths;
}

} // namespace yado::qemu
