// SPDX-License-Identifier: Apache-2.0
// PCI addresses. Two passes over the same list of devices in libvirt's order: the first, on a copy, finds out
// how many buses are needed; the second, with the controllers for them in the domain, gives the addresses.
#include "model/domain/placing.h"

#include <algorithm>
#include <functional>

#include "base/error.h"
#include "model/domain/machine.h"
#include "model/domain/pci_bus.h"

namespace yado::model {
namespace {

using namespace pci_connect;

struct Placed {
    DeviceInfo* info = nullptr;     ///< of a modelled device
    std::string* element = nullptr; ///< of a device kept as text
    PciNeeds needs = none;
    const Controller* controller = nullptr;
};

bool wants_place(const Address& address) {
    const auto* pci = std::get_if<PciAddress>(&address);
    return std::holds_alternative<std::monostate>(address) || (pci != nullptr && pci->wanted());
}

class PciPlanner {
  public:
    explicit PciPlanner(Domain& domain) : domain_(domain), board_(board_of(domain)) {}

    /// Gives addresses to everything that lacks one; only counts buses when `dry`.
    PciTopology run(bool dry) {
        dry_ = dry;
        topology_ = PciTopology();
        topology_.pcie = has_pcie_root(board_);
        collect_buses();
        devices_.clear();
        assigned_.clear();
        list_devices();
        if (topology_.buses.empty()) {
            if (!devices_.empty()) { fail(ErrorSource::domain, Code::xml_error, "No PCI buses available"); }
            return topology_;
        }
        take_given();
        machine_places();
        if (dry && !topology_.pcie && topology_.find(pci_device | hotplug)) {
            // One place is set aside for the bridge that may become necessary.
            topology_.place(pci_bridge, false);
        }
        for (const Placed& device : devices_) {
            if (wants_place(address_of(device))) { assign(device, place_for(device)); }
        }
        return topology_;
    }

    const PciTopology& topology() const { return topology_; }

  private:
    PciNeeds express() const { return topology_.pcie ? pcie_device | hotplug : conventional(); }
    static PciNeeds conventional() { return pci_device | hotplug; }

    void collect_buses() {
        for (const Controller& controller : domain_.devices.controllers) {
            if (controller.type != ControllerType::pci || !controller.index || *controller.index > 255) {
                continue;
            }
            if (topology_.buses.size() <= *controller.index) {
                topology_.buses.resize(*controller.index + 1U);
            }
            topology_.buses[*controller.index] = make_bus(controller.model);
        }
        // Gaps in the numbers are filled with what libvirt would add there.
        for (PciBus& bus : topology_.buses) {
            if (bus.model == ControllerModel::unset) {
                bus =
                    make_bus(topology_.pcie ? ControllerModel::pcie_root_port : ControllerModel::pci_bridge);
            }
        }
    }

    Address address_of(const Placed& device) const {
        if (const auto found = assigned_.find(&device); found != assigned_.end()) { return found->second; }
        if (device.info != nullptr) { return device.info->address; }
        const auto kept = kept_pci_address(*device.element);
        return kept ? Address(*kept) : Address();
    }

    void assign(const Placed& device, const PciAddress& address) {
        if (dry_) {
            assigned_[&device] = address;
        } else if (device.info != nullptr) {
            device.info->address = address;
        } else {
            put_kept_address(
                *device.element,
                fmt::format("<address type='pci' domain='0x{:04x}' bus='0x{:02x}' slot='0x{:02x}' "
                            "function='0x{:x}'/>",
                            address.domain, address.bus, address.slot, address.function));
        }
    }

    void add(DeviceInfo& info, PciNeeds needs, const Controller* controller = nullptr) {
        const bool elsewhere = !wants_place(info.address) && info.pci() == nullptr;
        if (!elsewhere) { devices_.push_back({&info, nullptr, needs, controller}); }
    }

    template <class F> void add_kept(std::string_view name, F&& needs_of_element) {
        domain_.devices.rest.for_each([&](std::string& element) {
            if (schema::Kept::name(element) != name) { return; }
            const PciNeeds needs = needs_of_element(std::string_view(element));
            if (needs != none || kept_pci_address(element)) {
                devices_.push_back({nullptr, &element, needs, nullptr});
            }
        });
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
            return controller.model == ControllerModel::virtio_scsi ||
                           controller.model == ControllerModel::virtio_non_transitional
                       ? express()
                       : conventional();
        case ControllerType::virtio_serial:
            return virtio_needs(controller.model == ControllerModel::virtio_transitional);
        case ControllerType::sata:
        case ControllerType::ide: return conventional();
        default: return none;
        }
    }

    void list_devices() {
        Devices& d = domain_.devices;
        for (Controller& c : d.controllers) {
            if (c.type == ControllerType::pci && needs_of(c.model) != none) {
                add(c.info, needs_of(c.model), &c);
            }
        }
        add_kept("filesystem", [&](std::string_view) { return express(); });
        for (Interface& i : d.interfaces) {
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
            if (c.type != ControllerType::pci && needs_of_controller(c) != none) {
                add(c.info, needs_of_controller(c), &c);
            }
        }
        for (Disk& disk : d.disks) {
            if (disk.target.bus == DiskBus::virtio) {
                add(disk.info, virtio_needs(disk.model == DiskModel::virtio_transitional));
            }
        }
        add_kept("hostdev", [&](std::string_view element) -> PciNeeds {
            const std::string type = schema::attribute_of(element, "type");
            const bool pci =
                type == "pci" || (type == "mdev" && schema::attribute_of(element, "model") == "vfio-pci");
            return pci || type == "scsi_host" ? express() : static_cast<PciNeeds>(none);
        });
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
        add_kept("shmem", [&](std::string_view) { return conventional(); });
        for (Input& i : d.inputs) {
            if (i.bus == InputBus::virtio) {
                add(i.info, virtio_needs(i.model == InputModel::virtio_transitional));
            }
        }
        for (Serial& s : d.serials) {
            if (s.target == SerialTarget::pci) { add(s.info, conventional()); }
        }
        add_kept("vsock", [&](std::string_view) { return express(); });
        add_kept("crypto", [&](std::string_view) { return express(); });
        for (const std::string_view name :
             {"memory", "iommu", "tpm", "panic", "redirdev", "hub", "smartcard"}) {
            add_kept(name, [](std::string_view) -> PciNeeds { return none; });
        }
    }

    void take_given() {
        for (const Placed& device : devices_) {
            const Address address = address_of(device);
            if (const auto* pci = std::get_if<PciAddress>(&address); pci != nullptr && !pci->wanted()) {
                topology_.take(*pci, device.needs);
            }
        }
    }

    /// The machine's own chips: some devices of a document are these and have their place, the other places
    /// are taken.
    void machine_places() {
        if (board_ == Board::i440fx) {
            fixed(ControllerType::ide, {}, 1, 1);
            fixed(ControllerType::usb, ControllerModel::piix3_uhci, 1, 2);
            take_free(1, 0);
            topology_.take_slot(0, 1); // PIIX3: ISA bridge, IDE, USB, power management
            primary_video(2);
        } else if (board_ == Board::q35) {
            fixed(ControllerType::sata, {}, 0x1f, 2);
            companions();
            fixed_bridge();
            take_free(0x1f, 0); // LPC bridge
            take_free(0x1f, 3); // SMBus
            primary_video(1);
            ich9_sound();
        }
    }

    void take_free(std::uint8_t slot, std::uint8_t function) {
        PciAddress address;
        address.slot = slot;
        address.function = function;
        topology_.take(address, none);
    }

    /// The first controller of a type, with `model` or any, when it has no address.
    void fixed(ControllerType type, std::optional<ControllerModel> model, std::uint8_t slot,
               std::uint8_t function) {
        for (const Placed& device : devices_) {
            const Controller* c = device.controller;
            if (c == nullptr || c->type != type || c->index != 0 || (model && c->model != *model)) {
                continue;
            }
            PciAddress address;
            address.slot = slot;
            address.function = function;
            if (wants_place(address_of(device)) && !topology_.in_use(address)) {
                topology_.take(address, none);
                assign(device, address);
            }
        }
    }

    void fixed_bridge() {
        for (const Placed& device : devices_) {
            if (device.controller != nullptr &&
                device.controller->model == ControllerModel::dmi_to_pci_bridge &&
                wants_place(address_of(device)) && !topology_.slot_in_use(0, 0x1e)) {
                PciAddress address;
                address.slot = 0x1e;
                topology_.take(address, none);
                assign(device, address);
                return;
            }
        }
    }

    /// ICH9 has two sets of USB 2 controllers, at 1d and 1a; the first function of a set is the one that
    /// decides.
    void companions() {
        for (const Placed& device : devices_) {
            if (device.controller == nullptr || device.controller->model != ControllerModel::ich9_uhci1 ||
                !wants_place(address_of(device))) {
                continue;
            }
            for (const std::uint8_t slot : {0x1d, 0x1a}) {
                if (topology_.slot_in_use(0, slot)) { continue; }
                PciAddress address;
                address.slot = slot;
                address.multifunction = schema::OnOff::on;
                topology_.take(address, none);
                assign(device, address);
                break;
            }
        }
    }

    void primary_video(std::uint8_t slot) {
        if (domain_.devices.videos.empty()) { return; }
        for (const Placed& device : devices_) {
            if (device.info != &domain_.devices.videos.front().info || !wants_place(address_of(device))) {
                continue;
            }
            if (!topology_.slot_in_use(0, slot)) {
                PciAddress address;
                address.slot = slot;
                topology_.take(address, none);
                assign(device, address);
            } else {
                assign(device, topology_.place(conventional(), dry_));
            }
        }
    }

    void ich9_sound() {
        for (const Sound& sound : domain_.devices.sounds) {
            for (const Placed& device : devices_) {
                if (device.info == &sound.info && sound.model == SoundModel::ich9 &&
                    wants_place(address_of(device)) && !topology_.slot_in_use(0, 0x1b)) {
                    take_free(0x1b, 0);
                    PciAddress address;
                    address.slot = 0x1b;
                    assign(device, address);
                    return;
                }
            }
        }
    }

    /// Function of a member of an ICH9 USB 2 set; nothing for other controllers.
    static std::optional<std::uint8_t> set_function(const Controller* controller) {
        if (controller == nullptr || controller->type != ControllerType::usb) { return std::nullopt; }
        switch (controller->model) {
        case ControllerModel::ich9_ehci1: return std::uint8_t{7};
        case ControllerModel::ich9_uhci1: return std::uint8_t{0};
        case ControllerModel::ich9_uhci2: return std::uint8_t{1};
        case ControllerModel::ich9_uhci3: return std::uint8_t{2};
        default: return std::nullopt;
        }
    }

    PciAddress place_for(const Placed& device) {
        if (device.needs == none) {
            fail(ErrorSource::domain, Code::internal_error,
                 "Cannot automatically add a new PCI bus for a device with connect flags 00");
        }
        const auto function = set_function(device.controller);
        if (!function) { return topology_.place(device.needs, dry_); }
        // Members of one set share a slot.
        std::optional<PciAddress> slot;
        for (const Placed& other : devices_) {
            if (set_function(other.controller) && other.controller->index == device.controller->index) {
                const Address address = address_of(other);
                if (const auto* pci = std::get_if<PciAddress>(&address); pci != nullptr && !pci->wanted()) {
                    slot = *pci;
                }
            }
        }
        if (!slot) {
            slot = topology_.find(device.needs);
            if (!slot) {
                // Growing has the slot it finds taken; it is given back for the function wanted.
                const PciAddress found = topology_.place(device.needs, dry_);
                topology_.buses[found.bus].functions[found.slot] = 0;
                slot = found;
            }
        }
        slot->function = *function;
        slot->multifunction = *function == 0 ? schema::OnOff::on : schema::OnOff::unset;
        topology_.take(*slot, none);
        return *slot;
    }

    Domain& domain_;
    Board board_;
    bool dry_ = true;
    PciTopology topology_;
    std::vector<Placed> devices_;
    std::map<const Placed*, PciAddress> assigned_; ///< of the dry pass
};

PciModelName model_name_of(ControllerModel model) {
    switch (model) {
    case ControllerModel::pci_bridge: return PciModelName::pci_bridge;
    case ControllerModel::dmi_to_pci_bridge: return PciModelName::i82801b11_bridge;
    case ControllerModel::pcie_to_pci_bridge: return PciModelName::pcie_pci_bridge;
    case ControllerModel::pcie_root_port: return PciModelName::pcie_root_port;
    case ControllerModel::pcie_switch_upstream_port: return PciModelName::x3130_upstream;
    case ControllerModel::pcie_switch_downstream_port: return PciModelName::xio3130_downstream;
    case ControllerModel::pci_expander_bus: return PciModelName::pxb;
    case ControllerModel::pcie_expander_bus: return PciModelName::pxb_pcie;
    default: return PciModelName::unset;
    }
}

/// What QEMU must be told of a bridge beyond its place; follows from number and place.
void fill_bridge(Controller& c) {
    if (c.pci_model == PciModelName::unset) { c.pci_model = model_name_of(c.model); }
    const auto number = static_cast<std::uint8_t>(*c.index);
    switch (c.model) {
    case ControllerModel::pci_bridge:
        if (!c.target.chassis_number) { c.target.chassis_number = number; }
        break;
    case ControllerModel::pcie_root_port:
    case ControllerModel::pcie_switch_downstream_port:
        if (!c.target.chassis) { c.target.chassis = number; }
        if (const PciAddress* place = c.info.pci(); place != nullptr && !c.target.port) {
            c.target.port = c.model == ControllerModel::pcie_root_port
                                ? static_cast<std::uint8_t>(place->slot << 3U | place->function)
                                : place->slot;
        }
        break;
    default: break;
    }
}

/// The guest looks behind function 0 only when told that there is more.
void mark_multifunction(Domain& domain, const PciTopology& topology) {
    for (Controller& c : domain.devices.controllers) {
        PciAddress* place = c.info.pci();
        if (place == nullptr || place->function != 0 || place->multifunction != schema::OnOff::unset ||
            place->bus >= topology.buses.size()) {
            continue;
        }
        const PciBus& bus = topology.buses[place->bus];
        if (bus.shared[place->slot & 31] && (bus.functions[place->slot & 31] & 0xfe) != 0) {
            place->multifunction = schema::OnOff::on;
        }
    }
}

void require_root(const Domain& domain) {
    const Board board = board_of(domain);
    const ControllerModel wanted =
        has_pcie_root(board) ? ControllerModel::pcie_root : ControllerModel::pci_root;
    for (const Controller& c : domain.devices.controllers) {
        if (board != Board::other && c.type == ControllerType::pci && c.index == 0 && c.model != wanted) {
            fail(ErrorSource::qemu, Code::xml_error,
                 "The PCI controller with index='0' must be model='{}' for this machine type, but model='{}' "
                 "was found "
                 "instead",
                 schema::word(wanted), schema::word(c.model));
        }
        if (c.type == ControllerType::pci && c.model == ControllerModel::unset) {
            fail(ErrorSource::domain, Code::internal_error, "PCI controller model was not set correctly");
        }
    }
}

} // namespace

void place_pci(Domain& domain) {
    require_root(domain);
    PciPlanner planner(domain);
    PciTopology needed = planner.run(true);
    bool only_root = true;
    for (const Controller& c : domain.devices.controllers) {
        only_root = only_root && (c.type != ControllerType::pci || c.index.value_or(0) == 0);
    }
    if (only_root && needed.pcie && needed.buses.size() > 1) {
        // A new domain gets one port to plug something into later.
        needed.place(pcie_device | hotplug, true);
    }
    for (std::size_t index = 1; index < needed.buses.size(); ++index) {
        if (!has_controller(domain, ControllerType::pci, static_cast<std::uint16_t>(index))) {
            add_controller(domain, ControllerType::pci, static_cast<std::uint16_t>(index),
                           needed.buses[index].model);
        }
    }
    const PciTopology placed = planner.run(false);
    for (Controller& c : domain.devices.controllers) {
        if (c.type == ControllerType::pci && c.index) { fill_bridge(c); }
    }
    mark_multifunction(domain, placed);
}

} // namespace yado::model
