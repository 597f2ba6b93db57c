// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/sound.h"

namespace yado::qemu {

namespace json = boost::json;
using model::SoundModel;

namespace {

std::string backend_of(const DeviceContext& context, const model::Sound& sound) {
    const std::string chosen = schema::attribute_of(sound.rest.element("audio"), "id");
    if (!chosen.empty()) return "audio" + chosen;
    const auto& audios = context.domain.devices.audios;
    return audios.empty() ? "audio1" : fmt::format("audio{}", audios.front().id);
}

// QEMU's devices for the <codec> elements; one that plays and records when there are none.
std::vector<std::string_view> codecs_of(const DeviceContext& context, const model::Sound& sound) {
    std::vector<std::string_view> drivers;
    for (const std::string& part : sound.rest.parts()) {
        if (schema::Kept::name(part) != "codec") continue;
        const std::string type = schema::attribute_of(part, "type");
        if (type == "duplex") {
            drivers.emplace_back("hda-duplex");
        } else if (type == "micro") {
            drivers.emplace_back("hda-micro");
        } else if (type == "output") {
            drivers.emplace_back("hda-output");
        } else {
            unsupported(context, fmt::format("sound codec '{}'", type));
        }
    }
    if (drivers.empty()) drivers.emplace_back("hda-duplex");
    return drivers;
}

} // namespace

std::vector<json::object> sound_devices(const DeviceContext& context, const model::Sound& sound) {
    std::string_view driver;
    bool codec = false;
    switch (sound.model) {
    case SoundModel::sb16: driver = "sb16"; break;
    case SoundModel::es1370: driver = "ES1370"; break;
    case SoundModel::ac97: driver = "AC97"; break;
    case SoundModel::ich6:
        driver = "intel-hda";
        codec = true;
        break;
    case SoundModel::ich9:
        driver = "ich9-intel-hda";
        codec = true;
        break;
    case SoundModel::usb: driver = "usb-audio"; break;
    default: unsupported(context, fmt::format("sound card model '{}'", schema::word(sound.model)));
    }
    refuse_kept(context, sound.rest, fmt::format("sound card '{}'", sound.info.alias.name),
                {"codec", "audio"});
    const std::string backend = backend_of(context, sound);
    std::vector<json::object> devices;
    devices.push_back(device_object(context, driver, sound.info.alias.name));
    add_address(devices.back(), context, sound.info);
    if (!codec) {
        devices.back()["audiodev"] = backend;
        return devices;
    }
    for (unsigned number = 0; const std::string_view driver_of_codec : codecs_of(context, sound)) {
        json::object part =
            device_object(context, driver_of_codec, fmt::format("{}-codec{}", sound.info.alias.name, number));
        part["bus"] = sound.info.alias.name + ".0";
        part["cad"] = number++;
        part["audiodev"] = backend;
        devices.push_back(std::move(part));
    }
    return devices;
}

json::object audio_backend(const DeviceContext& context, const model::Audio& audio) {
    if (!audio.type.empty() && audio.type != "none") {
        unsupported(context, fmt::format("audio backend '{}'", audio.type));
    }
    json::object backend;
    backend["id"] = fmt::format("audio{}", audio.id);
    backend["driver"] = "none";
    return backend;
}

} // namespace yado::qemu
