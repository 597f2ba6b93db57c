// SPDX-License-Identifier: Apache-2.0
// What a person sits at: input devices, graphics cards, sound. Screens are in complete_graphics.
#include "model/domain/complete_devices.h"

#include <algorithm>
#include <bit>

#include "model/domain/machine.h"

namespace yado::model {

void complete_inputs(Domain& domain) {
    for (Input& input : domain.devices.inputs) {
        if (input.bus != InputBus::unset) { continue; }
        const bool pointer = input.type == InputType::tablet;
        const bool passed = input.type == InputType::passthrough;
        const bool ps2 = !pointer && !passed && is_x86(domain.os.type.arch);
        if (input.type == InputType::evdev) { continue; }
        if (passed) {
            input.bus = InputBus::virtio;
        } else {
            input.bus = ps2 ? InputBus::ps2 : InputBus::usb;
        }
    }
}

void complete_videos(Domain& domain, const CompleteContext& context) {
    Devices& d = domain.devices;
    if (d.videos.empty() && !d.graphics.empty() && context.add_devices) { d.videos.emplace_back(); }
    const auto primary = std::ranges::find_if(
        d.videos, [](const Video& video) { return video.model.primary == schema::YesNo::yes; });
    if (primary != d.videos.end()) { std::rotate(d.videos.begin(), primary, primary + 1); }
    for (Video& video : d.videos) {
        VideoModel& model = video.model;
        if (model.type == VideoType::unset && is_qemu(domain)) {
            if (!is_x86(domain.os.type.arch)) {
                model.type = VideoType::virtio;
            } else {
                model.type = has_device(domain, context, "cirrus-vga") ? VideoType::cirrus : VideoType::vga;
            }
        }
        const bool first = &video == &d.videos.front();
        switch (model.type) {
        case VideoType::vga:
        case VideoType::cirrus:
        case VideoType::vmvga:
        case VideoType::bochs:
            if (model.vram.value_or(0) == 0) { model.vram = 16 * 1024; }
            break;
        case VideoType::xen:
            if (model.vram.value_or(0) == 0) { model.vram = 4 * 1024; }
            break;
        case VideoType::qxl:
            model.ram = std::bit_ceil(model.ram.value_or(0) == 0 ? 64U * 1024 : *model.ram);
            model.vram = std::bit_ceil(model.vram.value_or(0) == 0 ? 64U * 1024 : *model.vram);
            model.vgamem = std::bit_ceil(model.vgamem.value_or(0) == 0 ? 16U * 1024 : *model.vgamem);
            if (model.vram64 == 0U) { model.vram64.reset(); }
            break;
        default: break;
        }
        if (model.type != VideoType::none && model.type != VideoType::unset) {
            if (!model.heads) { model.heads = 1; }
            if (first && std::ranges::none_of(d.videos, [](const Video& v) {
                    return v.model.primary == schema::YesNo::yes;
                })) {
                model.primary = schema::YesNo::yes;
            }
        }
        if (model.primary == schema::YesNo::no) { model.primary = schema::YesNo::unset; }
    }
}

namespace {

bool has_input(const Devices& d, InputType type) {
    return std::ranges::any_of(d.inputs,
                               [type](const Input& i) { return i.type == type && i.bus == InputBus::ps2; });
}

} // namespace

void add_screen_devices(Domain& domain) {
    Devices& d = domain.devices;
    if (is_x86(domain.os.type.arch) && domain.os.type.type == "hvm") {
        for (const InputType type : {InputType::mouse, InputType::keyboard}) {
            if (!has_input(d, type)) {
                Input& input = d.inputs.emplace_back();
                input.type = type;
                input.bus = InputBus::ps2;
            }
        }
    }
    if (const auto backend = implied_audio(d); d.audios.empty() && backend) {
        Audio& audio = d.audios.emplace_back();
        audio.id = 1;
        audio.backend = *backend;
    }
}

// The last screen decides where sound goes; SDL and D-Bus find their own way to the host's.
std::optional<AudioBackend> implied_audio(const Devices& devices) {
    if (devices.graphics.empty()) { return AudioBackend(); }
    const GraphicsKind& last = devices.graphics.back().kind;
    if (std::holds_alternative<Sdl>(last) || std::holds_alternative<DbusDisplay>(last)) {
        return std::nullopt;
    }
    return std::holds_alternative<Spice>(last) ? AudioBackend(SpiceAudio()) : AudioBackend();
}

} // namespace yado::model
