// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/tpm.h"

#include "hypervisor/qemu/devices/character.h"

namespace yado::qemu {

namespace json = boost::json;

namespace {

std::string backend_id(const model::Tpm& tpm) { return "tpm-" + tpm.info.alias.name; }

/// QEMU speaks with an emulator through a socket.
void add_emulator(DeviceParts& parts, const DeviceContext& context, const model::Tpm& tpm,
                  const std::string& socket) {
    model::UnixChar stream;
    stream.mode = model::SocketMode::connect;
    stream.path = socket;
    const model::CharBackend backend = stream;
    add_stream(parts, context,
               {.backend = backend, .log = nullptr, .id = "chrtpm", .parallel = false, .spice = {}});
    parts.options.emplace_back("-tpmdev", fmt::format("emulator,id={},chardev=chrtpm", backend_id(tpm)));
}

std::string banks_of(const model::TpmBanks& banks) {
    std::string text;
    const auto add = [&text](bool active, std::string_view name) {
        if (active) text += fmt::format("{}{}", text.empty() ? "" : ",", name);
    };
    add(banks.sha1, "sha1");
    add(banks.sha256, "sha256");
    add(banks.sha384, "sha384");
    add(banks.sha512, "sha512");
    return text;
}

/// Where libvirt keeps it, so that a guest has the same TPM whichever daemon starts it.
std::string state_directory(const DeviceContext& context, const model::TpmEmulator& emulator) {
    if (emulator.source && emulator.source->type == model::TpmStorage::dir) return emulator.source->path;
    const std::string_view version = emulator.version == model::TpmVersion::v1_2 ? "tpm1.2" : "tpm2";
    return fmt::format("{}/{}/{}", context.facts.tpm.state_dir, context.domain.uuid.text(), version);
}

HelperProcess swtpm(const DeviceContext& context, const model::TpmEmulator& emulator,
                    const std::string& socket) {
    const TpmFacts& facts = context.facts.tpm;
    const bool file = emulator.source && emulator.source->type == model::TpmStorage::file;
    const bool version_2 = emulator.version != model::TpmVersion::v1_2;
    HelperProcess helper;
    helper.name = "swtpm";
    helper.socket = socket;
    helper.identity = HelperIdentity::swtpm;
    helper.log_file = fmt::format("{}/{}-swtpm.log", facts.log_dir, context.domain.name);
    helper.package = "swtpm, swtpm-tools";
    const std::string directory = state_directory(context, emulator);
    const std::string state = file ? "backend-uri=file://" + emulator.source->path : "dir=" + directory;
    helper.argv = {facts.swtpm,  "socket",
                   "--ctrl",     fmt::format("type=unixio,path={},mode=0600", socket),
                   "--tpmstate", state + ",mode=0600",
                   "--terminate"};
    if (version_2) helper.argv.emplace_back("--tpm2");
    if (emulator.debug)
        helper.argv.insert(helper.argv.end(), {"--log", fmt::format("level={}", *emulator.debug)});
    if (file) return helper;
    helper.directory = directory;
    helper.setup = {facts.swtpm + "_setup", "--tpm-state",      directory,
                    "--createek",           "--create-ek-cert", "--create-platform-cert",
                    "--lock-nvram",         "--not-overwrite"};
    if (version_2) helper.setup.emplace_back("--tpm2");
    if (emulator.active_banks.any()) {
        helper.setup.emplace_back("--pcr-banks");
        helper.setup.push_back(banks_of(emulator.active_banks));
    }
    helper.made_by_setup = directory + (version_2 ? "/tpm2-00.permall" : "/tpm-00.permall");
    return helper;
}

struct BackendWriter {
    const DeviceContext& context;
    const model::Tpm& tpm;
    DeviceParts& parts;

    void operator()(const model::TpmPassthrough& host) const {
        // The kernel's file for interrupting a command has the chip's name.
        const std::string name = host.device.substr(host.device.rfind('/') + 1);
        parts.options.emplace_back(
            "-tpmdev", fmt::format("passthrough,id={},path={},cancel-path=/sys/class/tpm/{}/device/cancel",
                                   backend_id(tpm), escaped(host.device), escaped(name)));
        parts.paths.push_back(host.device);
    }
    void operator()(const model::TpmEmulator& emulator) const {
        if (!emulator.encryption_secret.is_null()) unsupported(context, "<encryption> of an emulated TPM");
        if (emulator.profile) unsupported(context, "<profile> of an emulated TPM");
        const std::string socket =
            swtpm_socket(context.facts.tpm.run_dir, context.facts.id, context.domain.name);
        add_emulator(parts, context, tpm, socket);
        parts.helpers.push_back(swtpm(context, emulator, socket));
    }
    void operator()(const model::TpmExternal& external) const {
        add_emulator(parts, context, tpm, external.path);
    }
};

} // namespace

std::string swtpm_socket(std::string_view run_dir, int id, std::string_view name) {
    constexpr std::size_t short_name_length = 20; // as in the names of guests' directories
    return fmt::format("{}/{}-{}-swtpm.sock", run_dir, id, name.substr(0, short_name_length));
}

DeviceParts tpm_parts(const DeviceContext& context, const model::Tpm& tpm) {
    DeviceParts parts;
    if (tpm.model == model::TpmModel::spapr_proxy) {
        json::object device = device_object(context, "spapr-tpm-proxy", tpm.info.alias.name);
        const auto* host = std::get_if<model::TpmPassthrough>(&tpm.backend);
        if (host == nullptr) unsupported(context, "a TPM proxy without the host's device");
        device["host-path"] = host->device;
        parts.devices.push_back(std::move(device));
        return parts;
    }
    std::visit(BackendWriter{context, tpm, parts}, tpm.backend);
    const std::string_view model = tpm.model == model::TpmModel::unset ? "tpm-tis" : schema::word(tpm.model);
    const std::string_view arch = context.domain.os.type.arch;
    const bool on_platform_bus =
        tpm.model == model::TpmModel::tis && (arch == "aarch64" || arch == "riscv64");
    json::object device = device_object(context, on_platform_bus ? "tpm-tis-device" : model, {});
    device["tpmdev"] = backend_id(tpm);
    device["id"] = tpm.info.alias.name;
    add_address(device, context, tpm.info);
    parts.devices.push_back(std::move(device));
    return parts;
}

} // namespace yado::qemu
