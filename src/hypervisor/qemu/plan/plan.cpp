// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/plan/plan.h"

#include "base/error.h"
#include "base/log.h"
#include "hypervisor/qemu/devices/balloon.h"
#include "hypervisor/qemu/devices/character.h"
#include "hypervisor/qemu/devices/controller.h"
#include "hypervisor/qemu/devices/crypto.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/devices/filesystem.h"
#include "hypervisor/qemu/devices/graphics.h"
#include "hypervisor/qemu/devices/hostdev.h"
#include "hypervisor/qemu/devices/hub.h"
#include "hypervisor/qemu/devices/input.h"
#include "hypervisor/qemu/devices/interface.h"
#include "hypervisor/qemu/devices/iommu.h"
#include "hypervisor/qemu/devices/memory_device.h"
#include "hypervisor/qemu/devices/panic.h"
#include "hypervisor/qemu/devices/pstore.h"
#include "hypervisor/qemu/devices/redirdev.h"
#include "hypervisor/qemu/devices/rng.h"
#include "hypervisor/qemu/devices/shmem.h"
#include "hypervisor/qemu/devices/smartcard.h"
#include "hypervisor/qemu/devices/sound.h"
#include "hypervisor/qemu/devices/storage_node.h"
#include "hypervisor/qemu/devices/tpm.h"
#include "hypervisor/qemu/devices/video.h"
#include "hypervisor/qemu/devices/vsock.h"
#include "hypervisor/qemu/devices/watchdog.h"
#include "hypervisor/qemu/plan/cpu_options.h"
#include "hypervisor/qemu/plan/launch_security.h"
#include "hypervisor/qemu/plan/machine_options.h"
#include "hypervisor/qemu/plan/memory_options.h"
#include "hypervisor/qemu/plan/overrides.h"
#include "hypervisor/qemu/plan/smbios.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace yado::qemu {

namespace json = boost::json;

namespace {

class Planner {
  public:
    explicit Planner(const DeviceContext& context)
        : context_(context), domain_(context.domain), passed_(model::read_qemu_namespace(domain_.qemu)) {}

    LaunchPlan make() {
        refuse_untranslated(context_);
        plan_.argv.push_back(context_.capabilities.binary);
        machine();
        boot();
        devices();
        if (context_.facts.sandbox && context_.capabilities.sandbox) {
            option("-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
        }
        if (context_.facts.log_timestamp) option("-msg", "timestamp=on");
        passed_on();
        return std::move(plan_);
    }

  private:
    void option(std::string name, std::string value) {
        plan_.argv.push_back(std::move(name));
        plan_.argv.push_back(std::move(value));
    }
    void option(std::string name, const json::object& value) {
        if (name == "-device" && !passed_.overrides.empty()) {
            json::object changed = value;
            apply_overrides(changed, passed_.overrides);
            option(std::move(name), json::serialize(changed));
            return;
        }
        option(std::move(name), json::serialize(value));
    }
    void options(const std::string& name, const std::vector<std::string>& values) {
        for (const std::string& each : values) option(name, each);
    }
    void device(const std::optional<json::object>& value) {
        if (value) option("-device", *value);
    }
    void add(DeviceParts parts) {
        for (const json::object& each : parts.credentials) shared_object(each);
        for (Chardev& each : parts.chardevs) option("-chardev", std::move(each.option));
        for (const json::object& each : parts.objects) option("-object", each);
        for (auto& [name, value] : parts.options) option(std::move(name), std::move(value));
        for (const json::object& each : parts.netdevs) option("-netdev", each);
        for (const json::object& each : parts.nodes) option("-blockdev", each);
        for (const json::object& each : parts.devices) option("-device", each);
        std::ranges::move(parts.environment, std::back_inserter(plan_.environment));
        std::ranges::move(parts.paths, std::back_inserter(plan_.disk_paths));
        std::ranges::move(parts.log_files, std::back_inserter(plan_.log_files));
        for (HelperProcess& helper : parts.helpers) add_helper(std::move(helper));
    }

    // QEMU 6.0: what it is going to drop is hidden, refused, or ends it
    void deprecations() {
        const std::string& wish =
            passed_.deprecation.empty() ? context_.facts.deprecated : passed_.deprecation;
        if (context_.capabilities.version < 6'000'000) return;
        if (const std::string policy = compatibility_option(wish); !policy.empty()) option("-compat", policy);
    }

    // What the user gives QEMU comes last, so that it has the last word.
    void passed_on() {
        if (!passed_.added_capabilities.empty() || !passed_.removed_capabilities.empty()) {
            log_warning("qemu.plan", "guest '{}': <qemu:capabilities> has no effect", domain_.name);
        }
        std::ranges::copy(passed_.environment, std::back_inserter(plan_.environment));
        std::ranges::copy(passed_.arguments, std::back_inserter(plan_.argv));
    }

    void memory() {
        MemoryOptions memory = memory_options(context_);
        option("-m", memory.size);
        for (const json::object& each : memory.objects) option("-object", each);
        plan_.memory_dirs = std::move(memory.directories);
        const bool locked = domain_.memory_backing && domain_.memory_backing->locked;
        option("-overcommit", fmt::format("mem-lock={}", on_off(locked)));
        option("-smp", smp_option(context_));
        options("-numa", memory.numa);
        for (const json::object& each : iothread_objects(context_)) option("-object", each);
    }

    void security() {
        std::optional<LaunchSecurityParts> parts = launch_security(context_);
        if (!parts) return;
        option("-object", parts->object);
        plan_.files = std::move(parts->files);
    }

    void machine() {
        std::string name = "guest=" + escaped(domain_.name);
        if (context_.facts.process_name) name += ",process=qemu:" + escaped(domain_.name);
        option("-name", name + ",debug-threads=on");
        deprecations();
        plan_.argv.emplace_back("-S");
        firmware();
        option("-machine", machine_option(context_));
        option("-accel", accelerator_option(context_));
        if (const std::string cpu = cpu_option(context_); !cpu.empty()) option("-cpu", cpu);
        memory();
        security();
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
        // QEMU 6.0 is told over its monitor, so that it can be told otherwise later
        if (domain_.on_reboot == model::LifecycleAction::destroy &&
            !context_.capabilities.has_command("set-action")) {
            plan_.argv.emplace_back("-no-reboot");
        }
        plan_.argv.emplace_back("-no-shutdown");
        for (const std::string& each : global_options(context_)) option("-global", each);
    }

    void pflash(unsigned number, json::object storage, model::ImageFormat given, bool read_only) {
        storage["node-name"] = fmt::format("libvirt-pflash{}-storage", number);
        storage["auto-read-only"] = true;
        storage["discard"] = "unmap";
        json::object format;
        format["node-name"] = fmt::format("libvirt-pflash{}-format", number);
        format["read-only"] = read_only;
        format["driver"] = given == model::ImageFormat::unset ? "raw" : schema::word(given);
        format["file"] = storage["node-name"];
        option("-blockdev", storage);
        option("-blockdev", format);
    }

    static json::object file_node(const std::string& path) {
        json::object node;
        node["driver"] = "file";
        node["filename"] = path;
        return node;
    }

    // The guest's own variables: a file, made at the first start, or storage elsewhere.
    void variables(const model::Loader& loader, const model::Nvram& nvram) {
        if (const std::string& path = nvram.file(); !path.empty()) {
            pflash(1, file_node(path), nvram.format, false);
            plan_.disk_paths.push_back(path);
            plan_.nvram = {.path = path, .from = nvram.template_path};
            if (plan_.nvram.from.empty())
                plan_.nvram.from = variables_template(loader, context_.facts.firmware);
            return;
        }
        const std::optional<model::StorageSource> source = model::source_of(nvram.source);
        if (!source) {
            fail(ErrorSource::qemu, Code::xml_error, "<nvram> of guest '{}' names no storage", domain_.name);
        }
        Image image;
        image.source = *source;
        DiskBackend backend;
        json::object node = storage_node(context_, image, model::Disk(), backend);
        for (const json::object& each : backend.objects) shared_object(each);
        pflash(1, std::move(node), nvram.format, false);
        std::ranges::move(backend.paths, std::back_inserter(plan_.disk_paths));
        for (HelperProcess& helper : backend.helpers) add_helper(std::move(helper));
    }

    void firmware() {
        if (!domain_.os.loader || domain_.os.loader->path.empty()) return;
        const model::Loader& loader = *domain_.os.loader;
        if (loader.type != model::LoaderType::pflash) {
            option("-bios", loader.path);
            return;
        }
        pflash(0, file_node(loader.path), loader.format, loader.readonly == schema::YesNo::yes);
        if (domain_.os.nvram) variables(loader, *domain_.os.nvram);
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
        file("-shim", domain_.os.shim);
        if (!domain_.os.cmdline.empty()) option("-append", domain_.os.cmdline);
        file("-dtb", domain_.os.dtb);
        for (const model::AcpiTable& table : domain_.os.acpi_tables) {
            const bool slic = table.type == model::AcpiTableType::slic;
            option("-acpitable", fmt::format("{}file={}", slic ? "sig=SLIC," : "", escaped(table.path)));
            plan_.read_only_paths.push_back(table.path);
        }
        options("-smbios", smbios_options(context_));
        options("-fw_cfg", firmware_config_options(context_));
        for (const model::Sysinfo& each : domain_.sysinfo) {
            const auto* config = std::get_if<model::FirmwareConfig>(&each.kind);
            if (config == nullptr) continue;
            for (const model::FirmwareFile& given : config->files) {
                if (!given.file.empty()) plan_.read_only_paths.push_back(given.file);
            }
        }
        if (domain_.features.async_teardown == schema::YesNo::yes) option("-run-with", "async-teardown=on");
    }

    void devices() {
        const model::Devices& all = domain_.devices;
        for (const json::object& each : plugged_vcpus(context_)) option("-device", each);
        if (domain_.generation_id) {
            json::object generation = device_object(context_, "vmgenid", {});
            generation["guid"] = domain_.generation_id->id.text();
            generation["id"] = "vmgenid0";
            option("-device", generation);
        }
        if (all.iommu) add(iommu_parts(context_, *all.iommu)); // before what it translates for
        controllers();
        for (const model::Hub& each : all.hubs) add(hub_parts(context_, each)); // before what is behind them
        for (const model::MemoryDevice& each : all.memories) add(memory_device_parts(context_, each));
        throttle_groups();
        disks();
        filesystems();
        interfaces();
        for (const model::Smartcard& each : all.smartcards) add(smartcard_parts(context_, each));
        characters();
        for (const model::Tpm& each : all.tpms) add(tpm_parts(context_, each));
        for (const model::Input& each : all.inputs) add(input_parts(context_, each));
        screens();
        for (const model::Hostdev& each : all.hostdevs)
            add(hostdev_parts(context_, each, each.info.boot_order.value_or(0)));
        for (const model::Redirdev& each : all.redirdevs) add(redirdev_parts(context_, each));
        for (const model::Watchdog& each : all.watchdogs) add(watchdog_parts(context_, each));
        if (!all.watchdogs.empty())
            option("-watchdog-action", std::string(watchdog_action(all.watchdogs.front())));
        if (domain_.features.vmcoreinfo == schema::OnOff::on)
            option("-device", device_object(context_, "vmcoreinfo", {}));
        if (all.balloon) add(balloon_parts(context_, *all.balloon));
        for (const model::Rng& each : all.rngs) add(rng_parts(context_, each));
        for (const model::Panic& each : all.panics) add(panic_parts(context_, each));
        for (const model::Shmem& each : all.shmems) add(shmem_parts(context_, each));
        for (const model::Crypto& each : all.cryptos) add(crypto_parts(context_, each));
        if (all.vsock) add(vsock_parts(context_, *all.vsock));
        if (all.pstore) add(pstore_parts(context_, *all.pstore));
    }

    void screens() {
        const model::Devices& all = domain_.devices;
        for (const model::Audio& each : all.audios) {
            option("-audiodev", audio_backend(context_, each));
            std::ranges::move(audio_environment(each), std::back_inserter(plan_.environment));
        }
        std::set<std::size_t> kinds;
        for (const model::Graphics& each : all.graphics) {
            if (!kinds.insert(each.kind.index()).second) {
                fail(ErrorSource::qemu, Code::config_unsupported,
                     "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported");
            }
            add(graphics_parts(context_, each));
        }
        bool primary = true;
        for (const model::Video& each : all.videos) {
            add(video_parts(context_, each, primary));
            primary = false;
        }
        for (const model::Sound& each : all.sounds) add(sound_parts(context_, each));
    }

    // A bus must be there before what is plugged into it: PCI by index, then the rest.
    void controllers() {
        std::multimap<std::pair<unsigned, unsigned>, const model::Controller*> order;
        for (const model::Controller& each : domain_.devices.controllers) {
            const bool pci = each.type == model::ControllerType::pci;
            const bool on_usb = each.type == model::ControllerType::ccid;
            order.emplace(std::pair(pci ? 0U : 1U + on_usb, pci ? each.index.value_or(0) : 0U), &each);
        }
        for (const auto& [place, each] : order) device(controller_device(context_, *each));
    }

    void disks() {
        const auto& disks = domain_.devices.disks;
        const std::vector<unsigned> numbers = disk_numbers(context_);
        bool first_disk = true;
        bool first_cdrom = true;
        bool first_floppy = true;
        for (std::size_t i = 0; i < disks.size(); ++i) {
            const model::Disk& disk = disks[i];
            DiskBackend backend = disk_backend(context_, disk, numbers[i]);
            for (const json::object& object : backend.objects) shared_object(object);
            if (const auto socket = disk_socket(disk)) option("-chardev", socket->option());
            for (const json::object& node : backend.nodes) option("-blockdev", node);
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
            option("-device", disk_device(context_, disk, backend.top, order));
            std::ranges::move(backend.paths, std::back_inserter(plan_.disk_paths));
            for (HelperProcess& helper : backend.helpers) add_helper(std::move(helper));
        }
    }

    /// Disks may share an object, by its name.
    void shared_object(const json::object& object) {
        if (objects_.insert(std::string(object.at("id").as_string())).second) option("-object", object);
    }

    void add_helper(HelperProcess helper) {
        if (std::ranges::find(plan_.helpers, helper.name, &HelperProcess::name) == plan_.helpers.end())
            plan_.helpers.push_back(std::move(helper));
    }

    void throttle_groups() {
        for (const model::IoLimits& group : domain_.throttle_groups) option("-object", throttle_group(group));
    }

    void filesystems() {
        for (const model::Filesystem& each : domain_.devices.filesystems) {
            FilesystemParts parts = filesystem_parts(context_, each);
            if (!parts.fsdev.empty()) option("-fsdev", parts.fsdev);
            if (!parts.chardev.empty()) option("-chardev", parts.chardev);
            option("-device", parts.device);
            if (parts.helper) add_helper(std::move(*parts.helper));
        }
    }

    void interfaces() {
        bool first = true;
        for (const model::Interface& each : domain_.devices.interfaces) {
            const std::uint32_t order =
                boot_index(context_, each.info, model::BootDevice::network, std::exchange(first, false));
            add(interface_parts(context_, each, order));
        }
    }

    void characters() {
        const model::Devices& all = domain_.devices;
        for (const model::Serial& each : all.serials) add(serial_parts(context_, each));
        for (const model::Parallel& each : all.parallels) add(parallel_parts(context_, each));
        for (const model::Channel& each : all.channels) add(channel_parts(context_, each));
        for (std::size_t i = 0; i < all.consoles.size(); ++i) {
            const model::Console& console = all.consoles[i];
            const bool is_serial = console.target == model::ConsoleTarget::serial ||
                                   console.target == model::ConsoleTarget::unset;
            if (i == 0 && is_serial && !all.serials.empty()) continue; // the first serial port itself
            add(console_parts(context_, console));
        }
    }

    const DeviceContext& context_;
    const model::Domain& domain_;
    model::QemuNamespace passed_; ///< what the document gives QEMU past the model
    LaunchPlan plan_;
    std::set<std::string> objects_; ///< that several devices may share
};

} // namespace

LaunchPlan plan(const model::Domain& domain, const QemuCapabilities& capabilities, const LaunchFacts& facts) {
    if (domain.os.firmware == model::Firmware::unset)
        return Planner(DeviceContext{domain, capabilities, facts}).make();
    model::Domain chosen = domain;
    choose_firmware(chosen, facts.firmware);
    return Planner(DeviceContext{chosen, capabilities, facts}).make();
}

} // namespace yado::qemu
