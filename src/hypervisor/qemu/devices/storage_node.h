// SPDX-License-Identifier: Apache-2.0
// The lowest layer of a disk's block graph: the node that opens a file, a device or storage over the network.
#pragma once

#include "hypervisor/qemu/devices/device.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// What QEMU must have before a disk's device, in the order of the lists; device_add's relatives object-add,
/// chardev-add and blockdev-add take the same.
struct DiskBackend {
    std::vector<boost::json::object> objects;
    std::vector<boost::json::object> nodes; ///< lowest first
    std::vector<HelperProcess> helpers;
    std::vector<std::string> paths; ///< of images on this host
    std::string top;                ///< the node that the guest's device reads; empty for none
};

/// A node of image `number`: "libvirt-3-format".
inline std::string image_node(std::uint64_t number, std::string_view layer) {
    return fmt::format("libvirt-{}-{}", number, layer);
}
inline std::string format_node(std::uint64_t number) { return image_node(number, "format"); }
/// The number of a node with such a name; 0 for others.
std::uint64_t number_of_node(std::string_view node);

/// One image, the disk's own or one below it.
struct Image {
    model::StorageSource source;
    model::ImageFormat format{};
    std::optional<std::uint64_t> metadata_cache_size;
    std::optional<model::Auth> auth;
    std::optional<model::Encryption> encryption;
    unsigned number = 0;
    bool ends_chain = false; ///< the document says that nothing is below

    std::string name(std::string_view layer) const { return image_node(number, layer); }
    /// QEMU decrypts it, not the library that reaches it.
    bool has_luks_layer() const {
        return encryption && encryption->engine != model::EncryptionEngine::librbd;
    }
};

/// The driver's own members of the node for `image`; adds what it needs to `backend`. The caller adds what
/// all nodes have.
boost::json::object storage_node(const DeviceContext& context, const Image& image, const model::Disk& disk,
                                 DiskBackend& backend);

} // namespace yado::qemu
