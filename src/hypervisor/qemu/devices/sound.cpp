// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/sound.h"

#include "hypervisor/qemu/devices/graphics.h"

namespace yado::qemu {

namespace json = boost::json;
using model::SoundModel;

namespace {

std::string_view codec_driver(model::SoundCodecType type) {
    switch (type) {
    case model::SoundCodecType::micro: return "hda-micro";
    case model::SoundCodecType::output: return "hda-output";
    case model::SoundCodecType::duplex: break;
    }
    return "hda-duplex";
}

/// The codecs of an HDA card; one that plays and records when the document names none.
void add_codecs(DeviceParts& parts, const DeviceContext& context, const model::Sound& sound,
                const std::string& backend) {
    std::vector<model::SoundCodec> codecs = sound.codecs;
    if (codecs.empty()) codecs.emplace_back();
    for (unsigned number = 0; const model::SoundCodec& codec : codecs) {
        json::object part = device_object(context, codec_driver(codec.type),
                                          fmt::format("{}-codec{}", sound.info.alias.name, number));
        part["bus"] = sound.info.alias.name + ".0";
        part["cad"] = number++;
        part["audiodev"] = backend;
        parts.devices.push_back(std::move(part));
    }
}

} // namespace

DeviceParts sound_parts(const DeviceContext& context, const model::Sound& sound) {
    DeviceParts parts;
    std::string_view driver;
    switch (sound.model) {
    case SoundModel::sb16: driver = "sb16"; break;
    case SoundModel::es1370: driver = "ES1370"; break;
    case SoundModel::ac97: driver = "AC97"; break;
    case SoundModel::ich6: driver = "intel-hda"; break;
    case SoundModel::ich9: driver = "ich9-intel-hda"; break;
    case SoundModel::usb: driver = "usb-audio"; break;
    case SoundModel::virtio: driver = "virtio-sound-pci"; break;
    case SoundModel::pcspk: return parts; // an option of the machine
    case SoundModel::ich7: unsupported(context, "sound card model 'ich7'");
    }
    const std::string backend = audio_id(context, sound.audio);
    json::object device = device_object(context, driver, sound.info.alias.name);
    const bool codecs = sound.model == SoundModel::ich6 || sound.model == SoundModel::ich9;
    if (!codecs) device["audiodev"] = backend;
    if (sound.multichannel != schema::YesNo::unset)
        device["multi"] = sound.multichannel == schema::YesNo::yes;
    if (sound.streams) device["streams"] = *sound.streams;
    if (sound.driver) add_virtio(device, sound.driver->virtio);
    add_address(device, context, sound.info);
    parts.devices.push_back(std::move(device));
    if (codecs) add_codecs(parts, context, sound, backend);
    return parts;
}

namespace {

void add_flag(json::object& to, std::string_view key, schema::YesNo value) {
    if (value != schema::YesNo::unset) to[key] = value == schema::YesNo::yes;
}
template <class T> void add_number(json::object& to, std::string_view key, const std::optional<T>& value) {
    if (value) to[key] = *value;
}
void add_text(json::object& to, std::string_view key, const std::string& value) {
    if (!value.empty()) to[key] = value;
}

void add_common(json::object& to, const model::AudioStream& stream) {
    add_flag(to, "mixing-engine", stream.mixing_engine);
    add_flag(to, "fixed-settings", stream.fixed_settings);
    add_number(to, "voices", stream.voices);
    add_number(to, "buffer-length", stream.buffer_length);
    if (!stream.settings) return;
    add_number(to, "frequency", stream.settings->frequency);
    add_number(to, "channels", stream.settings->channels);
    if (stream.settings->format != model::AudioFormat::unset)
        to["format"] = schema::word(stream.settings->format);
}

void add_own(json::object&, const model::AudioStream&) {}
void add_own(json::object& to, const model::AlsaStream& stream) { add_text(to, "dev", stream.device); }
void add_own(json::object& to, const model::BufferedStream& stream) {
    add_number(to, "buffer-count", stream.buffer_count);
}
void add_own(json::object& to, const model::JackStream& stream) {
    add_text(to, "server-name", stream.server);
    add_text(to, "client-name", stream.client);
    add_text(to, "connect-ports", stream.connect_ports);
    add_flag(to, "exact-name", stream.exact_name);
}
void add_own(json::object& to, const model::OssStream& stream) {
    add_text(to, "dev", stream.device);
    add_number(to, "buffer-count", stream.buffer_count);
    add_flag(to, "try-poll", stream.try_poll);
}
void add_own(json::object& to, const model::PulseStream& stream) {
    add_text(to, "name", stream.name);
    add_text(to, "stream-name", stream.stream_name);
    add_number(to, "latency", stream.latency);
}

struct AudioWriter {
    const DeviceContext& context;
    json::object& to;

    template <class Stream> void direction(std::string_view key, const schema::Rare<Stream>& stream) const {
        if (!stream) return;
        json::object part;
        add_common(part, *stream);
        add_own(part, *stream);
        if (!part.empty()) to[key] = std::move(part);
    }

    /// QEMU's word for the driver, and what it has beside the two directions.
    std::string_view head(const model::NoAudio&) const { return "none"; }
    std::string_view head(const model::AlsaAudio&) const { return "alsa"; }
    std::string_view head(const model::CoreAudio&) const { return "coreaudio"; }
    std::string_view head(const model::JackAudio&) const { return "jack"; }
    std::string_view head(const model::OssAudio&) const { return "oss"; }
    std::string_view head(const model::PulseAudio&) const { return "pa"; }
    std::string_view head(const model::SdlAudio&) const { return "sdl"; }
    std::string_view head(const model::SpiceAudio&) const { return "spice"; }
    std::string_view head(const model::FileAudio&) const { return "wav"; }
    std::string_view head(const model::DbusAudio&) const { return "dbus"; }
    std::string_view head(const model::PipewireAudio&) const {
        constexpr std::uint64_t first = 8'001'000;
        if (context.capabilities.version < first) unsupported(context, "audio backend 'pipewire'");
        return "pipewire";
    }

    void more(const model::OssAudio& oss) const {
        add_flag(to, "try-mmap", oss.try_mmap);
        add_flag(to, "exclusive", oss.exclusive);
        add_number(to, "dsp-policy", oss.dsp_policy);
    }
    void more(const model::PulseAudio& pulse) const { add_text(to, "server", pulse.server); }
    void more(const model::FileAudio& file) const { add_text(to, "path", file.path); }
    template <class Other> void more(const Other&) const {}
};

} // namespace

json::object audio_backend(const DeviceContext& context, const model::Audio& audio) {
    json::object backend;
    backend["id"] = fmt::format("audio{}", audio.id);
    const AudioWriter writer{context, backend};
    std::visit(
        [&](const auto& each) {
            backend["driver"] = writer.head(each);
            add_number(backend, "timer-period", audio.timer_period);
            writer.more(each);
            writer.direction("in", each.input);
            writer.direction("out", each.output);
        },
        audio.backend);
    return backend;
}

std::vector<std::pair<std::string, std::string>> audio_environment(const model::Audio& audio) {
    const auto* sdl = std::get_if<model::SdlAudio>(&audio.backend);
    if (sdl != nullptr && sdl->driver != model::SdlAudioDriver::unset)
        return {{"SDL_AUDIODRIVER", std::string(schema::word(sdl->driver))}};
    const auto* pipewire = std::get_if<model::PipewireAudio>(&audio.backend);
    if (pipewire != nullptr && !pipewire->runtime_directory.empty())
        return {{"PIPEWIRE_RUNTIME_DIR", pipewire->runtime_directory}};
    return {};
}

} // namespace yado::qemu
