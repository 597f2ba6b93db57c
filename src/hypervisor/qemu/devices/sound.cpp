// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/sound.h"

namespace yado::qemu {

namespace json = boost::json;
using model::SoundModel;

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
    const std::string backend = context.domain.devices.audios.empty()
                                    ? "audio1"
                                    : fmt::format("audio{}", context.domain.devices.audios.front().id);
    std::vector<json::object> devices;
    devices.push_back(device_object(context, driver, sound.info.alias.name));
    add_address(devices.back(), context, sound.info);
    if (!codec) {
        devices.back()["audiodev"] = backend;
        return devices;
    }
    json::object duplex = device_object(context, "hda-duplex", sound.info.alias.name + "-codec0");
    duplex["bus"] = sound.info.alias.name + ".0";
    duplex["cad"] = 0;
    duplex["audiodev"] = backend;
    devices.push_back(std::move(duplex));
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
