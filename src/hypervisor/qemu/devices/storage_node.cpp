// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/storage_node.h"

#include "base/error.h"
#include "base/text.h"
#include "hypervisor/qemu/devices/network_node.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

/// Reservations go through a process with the privilege for them: the daemon's own, one for all disks of a
/// guest, or one that somebody else runs.
void add_reservations(json::object& node, const DeviceContext& context, const Image& image,
                      DiskBackend& backend) {
    const auto& reservations = model::parts_of(image.source).reservations;
    if (!reservations) return;
    const bool managed = reservations->managed == schema::YesNo::yes;
    json::object object;
    object["qom-type"] = "pr-manager-helper";
    object["id"] = managed ? "pr-helper0" : "pr-helper-" + image.name("storage");
    const std::string path = managed ? context.facts.domain_dir + "/pr-helper0.sock"
                                     : (reservations->source ? reservations->source->path : std::string());
    object["path"] = path;
    node["pr-manager"] = object.at("id");
    backend.objects.push_back(std::move(object));
    if (managed) {
        backend.helpers.push_back({.name = "pr-helper0",
                                   .argv = {context.facts.disks.pr_helper, "-k", path},
                                   .socket = path,
                                   .identity = HelperIdentity::daemon, // reservations need CAP_SYS_RAWIO
                                   .package = "qemu-system-common"});
    }
}

class NodeOf {
  public:
    NodeOf(const DeviceContext& context, const Image& image, const model::Disk& disk, DiskBackend& backend)
        : context_(context), image_(image), disk_(disk), backend_(backend) {}

    json::object operator()(const model::FileSource& source) const {
        if (!source.fd_group.empty()) {
            fail(ErrorSource::domain, Code::invalid_arg,
                 "file descriptor group '{}' was not associated with the domain", source.fd_group);
        }
        return local("file", source.path);
    }
    json::object operator()(const model::BlockSource& source) const {
        return local("host_device", source.path);
    }
    json::object operator()(const model::DirectorySource& source) const {
        json::object node;
        node["driver"] = "vvfat";
        node["dir"] = source.path;
        node["floppy"] = disk_.device == model::DiskDevice::floppy;
        node["rw"] = false;
        backend_.paths.push_back(source.path);
        return node;
    }
    json::object operator()(const model::NetworkSource& source) const {
        return network_node(context_, source.storage, image_, backend_);
    }
    json::object operator()(const model::NvmeSource& source) const {
        json::object node;
        node["driver"] = "nvme";
        node["device"] = source.address ? source.address->text() : "";
        node["namespace"] = source.name_space.value_or(1);
        return node;
    }
    [[noreturn]] json::object operator()(const model::VolumeSource& source) const {
        unsupported(context_, fmt::format("volume '{}' of pool '{}' as the source of disk '{}'",
                                          source.volume, source.pool, disk_.target.dev));
    }
    [[noreturn]] json::object operator()(const model::VhostUserSource&) const {
        unsupported(context_, "source type 'vhostuser' below a disk");
    }
    [[noreturn]] json::object operator()(const model::VhostVdpaSource&) const {
        unsupported(context_, fmt::format("source type 'vhostvdpa' of disk '{}'", disk_.target.dev));
    }

  private:
    json::object local(std::string_view driver, const std::string& path) const {
        json::object node;
        node["driver"] = driver;
        node["filename"] = path;
        const model::DiskIo io = disk_.driver.io;
        if (io != model::DiskIo::unset && io != model::DiskIo::default_) node["aio"] = schema::word(io);
        add_reservations(node, context_, image_, backend_);
        backend_.paths.push_back(path);
        return node;
    }

    const DeviceContext& context_;
    const Image& image_;
    const model::Disk& disk_;
    DiskBackend& backend_;
};

} // namespace

std::uint64_t number_of_node(std::string_view node) {
    constexpr std::string_view prefix = "libvirt-";
    if (!node.starts_with(prefix)) return 0;
    node.remove_prefix(prefix.size());
    return parse_number<std::uint64_t>(node.substr(0, node.find('-'))).value_or(0);
}

json::object storage_node(const DeviceContext& context, const Image& image, const model::Disk& disk,
                          DiskBackend& backend) {
    return std::visit(NodeOf(context, image, disk, backend), image.source);
}

} // namespace yado::qemu
