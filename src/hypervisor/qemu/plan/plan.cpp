// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/plan.h"

#include "base/error.h"
#include "hypervisor/qemu/devices/balloon.h"
#include "hypervisor/qemu/devices/character.h"
#include "hypervisor/qemu/devices/controller.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/devices/graphics.h"
#include "hypervisor/qemu/devices/hub.h"
#include "hypervisor/qemu/devices/input.h"
#include "hypervisor/qemu/devices/interface.h"
#include "hypervisor/qemu/devices/rng.h"
#include "hypervisor/qemu/devices/sound.h"
#include "hypervisor/qemu/devices/video.h"
#include "hypervisor/qemu/devices/watchdog.h"
#include "hypervisor/qemu/plan/machine_options.h"

#include <map>
#include <utility>

namespace yado::qemu {

namespace json = boost::json;

namespace {

class Planner {
  public:
    explicit Planner(const DeviceContext& context) : context_(context), domain_(context.domain) {}

    LaunchPlan make() {
        refuse_untranslated(context_);
        plan_.argv.push_back(context_.capabilities.binary);
        machine();
        boot();
        devices();
        if (context_.facts.sandbox && context_.capabilities.sandbox) {
            option("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
        }
        option("-msg", "timestamp=on");
        return std::move(plan_);
    }

  private:
    void option(std::string name, std::string value) {
        plan_.argv.push_back(std::move(name));
        plan_.argv.push_back(std::move(value));
    }
    void option(std::string name, const json::object& value) {
        option(std::move(name), json::serialize(value));
    }
    void device(const std::optional<json::object>& value) {
        if (value) option("-device", *value);
    }

    void machine() {
        option("-name", fmt::format("guest={},debug-threads=on", escaped(domain_.name)));
        plan_.argv.emplace_back("-S");
        firmware();
        option("-machine", machine_option(context_));
        option("-accel", accelerator_option(context_));
        if (const std::string cpu = cpu_option(context_); !cpu.empty()) option("-cpu", cpu);
        option("-m", fmt::format("size={}k", domain_.memory.size.value));
        json::object memory;
        memory["qom-type"] = "memory-backend-ram";
        memory["id"] = memory_id(domain_);
        memory["size"] = domain_.memory.size.value * 1024;
        option("-object", memory);
        option("-overcommit", "mem-lock=off");
        option("-smp", smp_option(context_));
        for (std::uint32_t i = 1; i <= domain_.iothreads.value_or(0); ++i) {
            json::object thread;
            thread["qom-type"] = "iothread";
            thread["id"] = fmt::format("iothread{}", i);
            option("-object", thread);
        }
        option("-uuid", domain_.uuid.text());
        option("-display", "none");
        plan_.argv.emplace_back("-no-user-config");
        plan_.argv.emplace_back("-nodefaults");
        option("-chardev",
               fmt::format("socket,id=charmonitor,fd={},server=on,wait=off", context_.facts.monitor_fd));
        option("-mon", "chardev=charmonitor,id=monitor,mode=control");
        option("-rtc", rtc_option(context_));
        if (domain_.clock.offset == model::ClockOffset::timezone)
            plan_.environment.emplace_back("TZ", domain_.clock.timezone);
        if (domain_.on_reboot == model::LifecycleAction::destroy) plan_.argv.emplace_back("-no-reboot");
        plan_.argv.emplace_back("-no-shutdown");
        for (const std::string& each : global_options(context_)) option("-global", each);
    }

    void pflash(unsigned number, const std::string& path, bool read_only) {
        json::object storage;
        storage["driver"] = "file";
        storage["filename"] = path;
        storage["node-name"] = fmt::format("libvirt-pflash{}-storage", number);
        storage["auto-read-only"] = true;
        storage["discard"] = "unmap";
        json::object format;
        format["node-name"] = fmt::format("libvirt-pflash{}-format", number);
        format["read-only"] = read_only;
        format["driver"] = "raw";
        format["file"] = storage["node-name"];
        option("-blockdev", storage);
        option("-blockdev", format);
    }

    void firmware() {
        if (domain_.os.firmware != model::Firmware::unset && !domain_.os.loader) {
            unsupported(context_, "firmware selection (<os firmware='…'>); name a <loader>");
        }
        if (!domain_.os.loader || domain_.os.loader->path.empty()) return;
        const model::Loader& loader = *domain_.os.loader;
        if (loader.type != model::LoaderType::pflash) {
            option("-bios", loader.path);
            return;
        }
        pflash(0, loader.path, loader.readonly != schema::YesNo::no);
        if (!domain_.os.nvram || domain_.os.nvram->path.empty()) return;
        pflash(1, domain_.os.nvram->path, false);
        plan_.disk_paths.push_back(domain_.os.nvram->path);
        plan_.nvram = {.path = domain_.os.nvram->path, .from = domain_.os.nvram->template_path};
    }

    void boot() {
        option("-boot", boot_option(context_));
        const auto file = [this](const char* name, const std::string& path) {
            if (path.empty()) return;
            option(name, path);
            plan_.read_only_paths.push_back(path);
        };
        file("-kernel", domain_.os.kernel);
        file("-initrd", domain_.os.initrd);
        if (!domain_.os.cmdline.empty()) option("-append", domain_.os.cmdline);
        file("-dtb", domain_.os.dtb);
    }

    void devices() {
        const model::Devices& all = domain_.devices;
        controllers();
        hubs();
        disks();
        interfaces();
        characters();
        for (const model::Input& each : all.inputs) device(input_device(context_, each));
        for (const model::Audio& each : all.audios) option("-audiodev", audio_backend(context_, each));
        for (const model::Graphics& each : all.graphics) {
            if (const model::Vnc* vnc = each.vnc()) {
                option("-vnc", vnc_display(context_, *vnc));
            } else {
                unsupported(context_, fmt::format("graphics type '{}'",
                                                  std::get<model::OtherGraphics>(each.kind).word));
            }
        }
        bool primary = true;
        for (const model::Video& each : all.videos) {
            device(video_device(context_, each, primary));
            primary = false;
        }
        for (const model::Sound& each : all.sounds) {
            for (const json::object& part : sound_devices(context_, each)) option("-device", part);
        }
        for (const model::Watchdog& each : all.watchdogs) device(watchdog_device(context_, each));
        if (!all.watchdogs.empty())
            option("-watchdog-action", std::string(watchdog_action(context_, all.watchdogs.front())));
        if (domain_.features.vmcoreinfo == schema::OnOff::on)
            option("-device", device_object(context_, "vmcoreinfo", {}));
        if (all.balloon) device(balloon_device(context_, *all.balloon));
        for (unsigned number = 0; const model::Rng& each : all.rngs) {
            if (const auto* egd = std::get_if<model::EgdSource>(&each.backend)) {
                option("-chardev", chardev(context_, egd->backend, "char" + each.info.alias.name));
            }
            option("-object", rng_backend(context_, each, number));
            option("-device", rng_device(context_, each, number));
            ++number;
        }
    }

    // A bus must be there before what is plugged into it: PCI by index, then the rest.
    void controllers() {
        std::multimap<std::pair<bool, unsigned>, const model::Controller*> order;
        for (const model::Controller& each : domain_.devices.controllers) {
            const bool pci = each.type == model::ControllerType::pci;
            order.emplace(std::pair(!pci, pci ? each.index.value_or(0) : 0U), &each);
        }
        for (const auto& [place, each] : order) device(controller_device(context_, *each));
    }

    // Carried along by the model; complete() adds them when ports run out. A hub stands before those behind
    // it.
    void hubs() {
        unsigned number = 0;
        for (const std::string& part : domain_.devices.rest.parts()) {
            if (schema::Kept::name(part) == "hub") device(hub_device(context_, part, number++));
        }
    }

    void disks() {
        const auto& disks = domain_.devices.disks;
        const std::vector<unsigned> numbers = disk_numbers(context_);
        bool first_disk = true;
        bool first_cdrom = true;
        bool first_floppy = true;
        for (std::size_t i = 0; i < disks.size(); ++i) {
            const model::Disk& disk = disks[i];
            for (const json::object& node : disk_nodes(context_, disk, numbers[i])) option("-blockdev", node);
            std::uint32_t order = 0;
            switch (disk.device) {
            case model::DiskDevice::cdrom:
                order = boot_index(context_, disk.info, model::BootDevice::cdrom,
                                   std::exchange(first_cdrom, false));
                break;
            case model::DiskDevice::floppy:
                order = boot_index(context_, disk.info, model::BootDevice::fd,
                                   std::exchange(first_floppy, false));
                break;
            default:
                order =
                    boot_index(context_, disk.info, model::BootDevice::hd, std::exchange(first_disk, false));
                break;
            }
            option("-device", disk_device(context_, disk, numbers[i], order));
            if (!disk.path().empty()) plan_.disk_paths.push_back(disk.path());
            for (std::string& path : backing_paths(context_, disk))
                plan_.disk_paths.push_back(std::move(path));
        }
    }

    void interfaces() {
        bool first = true;
        for (const model::Interface& each : domain_.devices.interfaces) {
            option("-netdev", network_backend(context_, each));
            const std::uint32_t order =
                boot_index(context_, each.info, model::BootDevice::network, std::exchange(first, false));
            option("-device", interface_device(context_, each, order));
        }
    }

    // A socket without a path is the daemon's to choose.
    void channel(const model::Channel& each) {
        const auto* socket = std::get_if<model::UnixChar>(&each.backend);
        if (socket == nullptr || !socket->path.empty()) {
            character(each, channel_device(context_, each));
            return;
        }
        if (each.name.find('/') != std::string::npos) { // it would lead out of the directory
            unsupported(context_, fmt::format("channel name '{}' as the name of a socket", each.name));
        }
        model::Channel placed = each;
        auto& own = std::get<model::UnixChar>(placed.backend);
        own.path = fmt::format("{}/{}", context_.facts.channel_dir,
                               each.name.empty() ? each.info.alias.name : each.name);
        own.mode = model::SocketMode::bind;
        character(placed, channel_device(context_, placed));
    }

    void character(const model::CharDevice& each, const json::object& front, bool parallel = false) {
        option("-chardev", chardev(context_, each, parallel));
        option("-device", front);
        if (const auto* file = std::get_if<model::FileChar>(&each.backend))
            plan_.log_files.push_back(file->path);
        if (each.log && !each.log->file.empty()) plan_.log_files.push_back(each.log->file);
    }

    void characters() {
        const model::Devices& all = domain_.devices;
        for (const model::Serial& each : all.serials) character(each, serial_device(context_, each));
        for (const model::Parallel& each : all.parallels)
            character(each, parallel_device(context_, each), true);
        for (const model::Channel& each : all.channels) channel(each);
        for (std::size_t i = 0; i < all.consoles.size(); ++i) {
            const model::Console& console = all.consoles[i];
            const bool is_serial = console.target == model::ConsoleTarget::serial ||
                                   console.target == model::ConsoleTarget::unset;
            if (i == 0 && is_serial && !all.serials.empty()) continue; // the first serial port itself
            character(console, console_device(context_, console));
        }
    }

    const DeviceContext& context_;
    const model::Domain& domain_;
    LaunchPlan plan_;
};

} // namespace

LaunchPlan plan(const model::Domain& domain, const QemuCapabilities& capabilities, const LaunchFacts& facts) {
    const DeviceContext context{domain, capabilities, facts};
    return Planner(context).make();
}

} // namespace yado::qemu
