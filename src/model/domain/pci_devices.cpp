// SPDX-License-Identifier: Apache-2.0
#include "model/domain/pci_devices.h"

namespace yado::model {

using namespace pci_connect;

bool wants_place(const Address& address) {
    const auto* pci = std::get_if<PciAddress>(&address);
    return std::holds_alternative<std::monostate>(address) || (pci != nullptr && pci->wanted());
}

namespace {

class PciList {
  public:
    PciList(Domain& domain, bool pcie) : domain_(domain), pcie_(pcie) { list_devices(); }
    std::vector<PciDevice> take() { return std::move(devices_); }

  private:
    PciNeeds express() const { return pcie_ ? pcie_device | hotplug : conventional(); }
    static PciNeeds conventional() { return pci_device | hotplug; }

    void add(DeviceInfo& info, PciNeeds needs, const Controller* controller = nullptr) {
        const bool elsewhere = !wants_place(info.address) && info.pci() == nullptr;
        if (!elsewhere) { devices_.push_back({&info, needs, controller}); }
    }

    PciNeeds virtio_needs(bool transitional) const { return transitional ? conventional() : express(); }

    PciNeeds needs_of_controller(const Controller& controller) const {
        switch (controller.type) {
        case ControllerType::usb:
            if (controller.model == ControllerModel::none) { return none; }
            return controller.model == ControllerModel::qemu_xhci ||
                           controller.model == ControllerModel::nec_xhci
                       ? express()
                       : conventional();
        case ControllerType::scsi:
            if (controller.model == ControllerModel::ibmvscsi) { return none; }
            return controller.model == ControllerModel::virtio_scsi ||
                           controller.model == ControllerModel::virtio_non_transitional
                       ? express()
                       : conventional();
        case ControllerType::virtio_serial:
            return virtio_needs(controller.model == ControllerModel::virtio_transitional);
        case ControllerType::nvme: return express();
        case ControllerType::sata:
        case ControllerType::ide: return conventional();
        default: return none;
        }
    }

    void add_hostdev(Hostdev& h) {
        const auto* mdev = std::get_if<MdevHostdev>(&h.kind);
        const auto* vhost = std::get_if<VhostScsiHostdev>(&h.kind);
        if (vhost != nullptr) {
            add(h.info, virtio_needs(vhost->model == VhostScsiModel::virtio_transitional));
        } else if (std::holds_alternative<PciHostdev>(h.kind) ||
                   (mdev != nullptr && mdev->model == MdevModel::vfio_pci)) {
            add(h.info, express());
        }
    }

    void list_devices() {
        Devices& d = domain_.devices;
        for (Controller& c : d.controllers) {
            if (c.type == ControllerType::pci && needs_of(c.model) != none) {
                add(c.info, needs_of(c.model), &c);
            }
        }
        for (Filesystem& f : d.filesystems) {
            switch (f.driver.type) {
            case FilesystemDriverType::loop:
            case FilesystemDriverType::nbd:
            case FilesystemDriverType::ploop: add(f.info, none); break;
            case FilesystemDriverType::mtp: break; // on USB
            default: add(f.info, virtio_needs(f.model == FilesystemModel::virtio_transitional));
            }
        }
        for (Interface& i : d.interfaces) {
            if (i.is_hostdev()) { continue; } // one of the host devices
            if (i.model == "usb-net") {
                add(i.info, none);
                continue;
            }
            const bool pcie = (i.is_virtio() && i.model != "virtio-transitional") || i.model == "e1000e" ||
                              i.model == "igb" || i.model == "vmxnet3";
            add(i.info, pcie ? express() : conventional());
        }
        for (Sound& s : d.sounds) {
            const bool pci = s.model == SoundModel::ich6 || s.model == SoundModel::ich9 ||
                             s.model == SoundModel::ac97 || s.model == SoundModel::es1370;
            if (pci) {
                add(s.info, conventional());
            } else if (s.model == SoundModel::ich7) {
                add(s.info, none);
            }
        }
        for (Controller& c : d.controllers) {
            const PciNeeds needs = c.type == ControllerType::pci ? PciNeeds{none} : needs_of_controller(c);
            if (needs != none) {
                add(c.info, needs, &c);
            } else if (c.type == ControllerType::xenbus || c.type == ControllerType::isa) {
                add(c.info, none); // not of machines with PCI
            }
        }
        for (Disk& disk : d.disks) {
            if (disk.target.bus == DiskBus::virtio) {
                add(disk.info, virtio_needs(disk.model == DiskModel::virtio_transitional));
            }
        }
        for (Interface& i : d.interfaces) {
            if (i.is_hostdev()) { add(i.info, express()); }
        }
        for (Hostdev& h : d.hostdevs) { add_hostdev(h); }
        if (d.balloon && d.balloon->model != BalloonModel::none && d.balloon->model != BalloonModel::xen) {
            add(d.balloon->info, virtio_needs(d.balloon->model == BalloonModel::virtio_transitional));
        }
        for (Rng& r : d.rngs) { add(r.info, virtio_needs(r.model == RngModel::virtio_transitional)); }
        for (Watchdog& w : d.watchdogs) {
            if (w.model == WatchdogModel::i6300esb) { add(w.info, conventional()); }
        }
        for (std::size_t i = 0; i < d.videos.size(); ++i) {
            const VideoType type = d.videos[i].model.type;
            if (type != VideoType::none && type != VideoType::ramfb) {
                const bool pcie = type == VideoType::virtio || type == VideoType::bochs;
                add(d.videos[i].info, pcie ? express() : conventional());
            }
        }
        for (Shmem& s : d.shmems) { add(s.info, conventional()); }
        for (Input& i : d.inputs) {
            if (i.bus == InputBus::virtio) {
                add(i.info, virtio_needs(i.model == InputModel::virtio_transitional));
            }
        }
        for (Serial& s : d.serials) {
            if (s.target == SerialTarget::pci) { add(s.info, conventional()); }
        }
        if (d.vsock) { add(d.vsock->info, virtio_needs(d.vsock->model == VsockModel::virtio_transitional)); }
        for (MemoryDevice& m : d.memories) {
            if (m.is_virtio()) { add(m.info, express()); }
        }
        for (Crypto& c : d.cryptos) { add(c.info, express()); }
        for (Panic& p : d.panics) {
            if (p.model == PanicModel::pvpanic) { add(p.info, conventional()); }
        }
        if (d.iommu && d.iommu->model == IommuModel::virtio) { add(d.iommu->info, integrated); }
        if (d.pstore) { add(d.pstore->info, conventional()); }
    }

    Domain& domain_;
    bool pcie_;
    std::vector<PciDevice> devices_;
};

} // namespace

std::vector<PciDevice> pci_devices(Domain& domain, bool express) { return PciList(domain, express).take(); }

} // namespace yado::model
