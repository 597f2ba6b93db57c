// SPDX-License-Identifier: Apache-2.0
// Input devices, graphics cards, sound.
#include "model/domain/check_devices.h"

#include <algorithm>
#include <set>

#include "model/domain/complete_devices.h"

namespace yado::model {

using schema::Diagnostics;

namespace {

void check_input(const Domain& domain, const Input& input, std::size_t i, Diagnostics& out) {
    const auto unsupported = [&](std::string_view part, std::string text) {
        problem(out, domain_conf, Code::config_unsupported, at("input", i, part), "{}", text);
    };
    const Address& place = input.info.address;
    if (input.bus == InputBus::usb && !std::holds_alternative<std::monostate>(place) &&
        !std::holds_alternative<UsbAddress>(place)) {
        problem(out, domain_conf, Code::xml_error, at("input", i, "/address"),
                "Invalid address for a USB device");
    }
    if (input.bus == InputBus::ps2 && input.type != InputType::mouse && input.type != InputType::keyboard) {
        problem(out, domain_conf, Code::internal_error, at("input", i, "/@bus"),
                "ps2 bus does not support {} input device", schema::word(input.type));
    }
    const bool foreign = input.bus == InputBus::xen || input.bus == InputBus::parallels;
    if (foreign && is_qemu(domain)) {
        problem(out, domain_conf, Code::internal_error, at("input", i, "/@bus"), "unsupported input bus {}",
                schema::word(input.bus));
    }
    if (input.type == InputType::passthrough && input.bus != InputBus::virtio) {
        unsupported("/@bus", "only bus 'virtio' is supported for 'passthrough' input devices");
    }
    if (input.type == InputType::evdev && input.bus != InputBus::unset && input.bus != InputBus::none) {
        unsupported("/@bus", "input evdev doesn't support bus element");
    }
    const bool passes = input.type == InputType::passthrough || input.type == InputType::evdev;
    const std::string path = !input.source                          ? std::string()
                             : input.type == InputType::passthrough ? input.source->evdev
                                                                    : input.source->device;
    if (passes && path.empty()) {
        problem(out, domain_conf, Code::xml_error, at("input", i, "/source"),
                "Missing evdev path for input device");
    }
    if (input.model == InputModel::unset) { return; }
    if (input.bus != InputBus::virtio) {
        unsupported("/@model", fmt::format("only bus 'virtio' is supported for input model '{}'",
                                           schema::word(input.model)));
    } else if (input.model != InputModel::virtio && is_qemu(domain)) {
        problem(out, driver, Code::config_unsupported, at("input", i, "/@model"),
                "virtio (non-)transitional models are not supported for input type={}",
                schema::word(input.type));
    }
}

/// What the model of a card has to do with its numbers, as libvirt says for every driver.
void check_video_model(const Video& video, std::size_t i, Diagnostics& out) {
    const VideoModel& model = video.model;
    const auto unsupported = [&](std::string_view part, std::string text) {
        problem(out, domain_conf, Code::config_unsupported, at("video", i, part), "{}", text);
    };
    if (model.type != VideoType::qxl) {
        const auto only_qxl = [&](std::string_view name, std::optional<std::uint32_t> value) {
            if (value) {
                unsupported("/model", fmt::format("{} attribute only supported for video type qxl", name));
            }
        };
        only_qxl("ram", model.ram);
        only_qxl("vram64", model.vram64);
        only_qxl("vgamem", model.vgamem);
    }
    const bool vhost = video.driver && video.driver->backend == VideoBackend::vhostuser;
    if (vhost && model.type != VideoType::virtio) {
        unsupported("/driver/@name", "'vhostuser' driver is only supported with 'virtio' device");
    }
    if (!vhost && model.acceleration && !model.acceleration->rendernode.empty()) {
        unsupported("/model/acceleration", "unsupported rendernode accel attribute without 'vhostuser'");
    }
    if (model.resolution && (model.resolution->x == 0 || model.resolution->y == 0)) {
        unsupported("/model/resolution", "video resolution values must be greater than 0");
    }
    const bool no_place = model.type == VideoType::ramfb || model.type == VideoType::none;
    if (no_place && !std::holds_alternative<std::monostate>(video.info.address)) {
        unsupported("/address",
                    fmt::format("address not supported for video type {}", schema::word(model.type)));
    }
    if (video.driver && model.type != VideoType::virtio) {
        check_no_virtio(video.driver->virtio, at("video", i, "/driver"), out);
    }
}

/// What QEMU's driver adds.
void check_video_qemu(const Video& video, std::size_t i, Diagnostics& out) {
    const VideoModel& model = video.model;
    const auto unsupported = [&](std::string_view part, std::string text) {
        problem(out, driver, Code::config_unsupported, at("video", i, part), "{}", text);
    };
    const bool foreign = model.type == VideoType::xen || model.type == VideoType::vbox ||
                         model.type == VideoType::parallels || model.type == VideoType::gop;
    if (foreign) {
        unsupported("/model/@type", fmt::format("domain configuration does not support video model '{}'",
                                                schema::word(model.type)));
        return;
    }
    const bool secondary = model.type == VideoType::qxl || model.type == VideoType::virtio;
    if (i > 0 && !secondary && model.type != VideoType::none) {
        unsupported("/model/@type", fmt::format("video type '{}' is only valid as primary video device",
                                                schema::word(model.type)));
    }
    if (model.heads.value_or(1) != 1 && !secondary) {
        unsupported("/model/@heads", fmt::format("video type '{}' doesn't support multiple 'heads'",
                                                 schema::word(model.type)));
    }
    if (model.acceleration && model.acceleration->accel2d == schema::YesNo::yes) {
        unsupported("/model/acceleration", "qemu does not support the accel2d setting");
    }
    if (model.acceleration && model.acceleration->accel3d == schema::YesNo::yes &&
        model.type != VideoType::virtio) {
        unsupported("/model/acceleration", "3d acceleration is supported only with 'virtio' video device");
    }
    constexpr std::uint32_t kib_a_mib = 1024;
    const bool in_mib = model.type == VideoType::vga || model.type == VideoType::vmvga;
    if (in_mib && model.vram.value_or(kib_a_mib) < kib_a_mib) {
        unsupported("/model/@vram", "value for 'vram' must be at least 1 MiB (1024 KiB)");
    }
    constexpr std::uint32_t most_kib = 4194303; // 32 bits of bytes
    const auto bounded = [&](std::string_view name, std::optional<std::uint32_t> value) {
        if (model.type == VideoType::qxl && value.value_or(0) > most_kib) {
            problem(out, driver, Code::overflow, at("video", i, "/model"),
                    "value for '{}' must be less than '{}'", name, most_kib);
        }
    };
    bounded("vram", model.vram);
    bounded("ram", model.ram);
    const bool resolves = model.type == VideoType::vga || model.type == VideoType::qxl ||
                          model.type == VideoType::virtio || model.type == VideoType::bochs;
    if (model.resolution && !resolves) {
        problem(out, driver, Code::xml_error, at("video", i, "/model/resolution"),
                "model resolution is not supported");
    }
}

void check_videos(const Domain& domain, Diagnostics& out) {
    const std::vector<Video>& videos = domain.devices.videos;
    for (std::size_t i = 0; i < videos.size(); ++i) {
        check_video_model(videos[i], i, out);
        if (is_qemu(domain)) { check_video_qemu(videos[i], i, out); }
    }
    const auto primaries = std::ranges::count_if(
        videos, [](const Video& video) { return video.model.primary == schema::YesNo::yes; });
    if (primaries > 1) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/devices/video/model/@primary",
                "Only one primary video device is supported");
    }
    if (videos.size() > 1 &&
        std::ranges::any_of(videos, [](const Video& video) { return video.model.type == VideoType::none; })) {
        problem(out, domain_conf, Code::config_unsupported, "/domain/devices/video/model/@type",
                "a 'none' video type must be the only video device defined for the domain");
    }
}

void check_stream(const AudioStream& stream, const std::string& path, Diagnostics& out) {
    const bool fixed = stream.fixed_settings == schema::YesNo::yes;
    if (fixed && stream.mixing_engine != schema::YesNo::yes) {
        problem(out, domain_conf, Code::config_unsupported, path,
                "fixed audio settings requires mixing engine");
    }
    if (!fixed && stream.settings) {
        problem(out, domain_conf, Code::config_unsupported, path,
                "audio settings specified without fixed settings flag");
    }
}

void check_sounds(const Domain& domain, Diagnostics& out) {
    const Devices& d = domain.devices;
    for (std::size_t i = 0; i < d.sounds.size(); ++i) {
        if (d.sounds[i].audio) { check_audio(domain, *d.sounds[i].audio, at("sound", i, "/audio/@id"), out); }
    }
    std::set<std::uint32_t> ids;
    for (std::size_t i = 0; i < d.audios.size(); ++i) {
        const Audio& audio = d.audios[i];
        if (audio.id == 0) {
            problem(out, ErrorSource::xml, Code::xml_error, at("audio", i, "/@id"),
                    "Invalid value for attribute 'id' in element 'audio': Zero is not permitted");
        } else if (!ids.insert(audio.id).second) {
            problem(out, domain_conf, Code::xml_error, at("audio", i, "/@id"),
                    "audio ID {} is used multiple times", audio.id);
        }
        std::visit(
            [&](const auto& backend) {
                if (backend.input) { check_stream(*backend.input, at("audio", i, "/input"), out); }
                if (backend.output) { check_stream(*backend.output, at("audio", i, "/output"), out); }
            },
            audio.backend);
        if (std::holds_alternative<SpiceAudio>(audio.backend) && is_qemu(domain) && !has_graphics<Spice>(d)) {
            problem(out, driver, Code::config_unsupported, at("audio", i, "/@type"),
                    "Spice audio is not supported without spice graphics");
        }
    }
}

} // namespace

void check_screens(const Domain& domain, Diagnostics& out) {
    const std::vector<Input>& inputs = domain.devices.inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i) { check_input(domain, inputs[i], i, out); }
    check_videos(domain, out);
    check_sounds(domain, out);
}

} // namespace yado::model
