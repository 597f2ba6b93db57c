// SPDX-License-Identifier: Apache-2.0
// <sound> and <audio>: the guest's sound card and where the host plays it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/domain/device.h"

namespace yado::model {

enum class SoundModel : std::uint8_t { sb16, es1370, pcspk, ac97, ich6, ich9, usb, ich7, virtio };
enum class SoundCodecType : std::uint8_t { duplex, micro, output };
struct SoundCodec {
    SoundCodecType type{};
};

struct Sound {
    SoundModel model{};
    schema::YesNo multichannel{};         ///< of usb: more than stereo
    std::optional<std::uint32_t> streams; ///< of virtio
    std::vector<SoundCodec> codecs;
    std::optional<std::uint32_t> audio; ///< the <audio> it plays through; the first when not given
    schema::Rare<VirtioDriver> driver;
    DeviceInfo info;
};

enum class AudioFormat : std::uint8_t { unset, u8, s8, u16, s16, u32, s32, f32 };
/// How the host's device is opened, whatever the guest plays.
struct AudioSettings {
    std::optional<std::uint32_t> frequency; ///< Hz
    std::optional<std::uint32_t> channels;
    AudioFormat format{};
};
/// What all back ends have for each direction.
struct AudioStream {
    schema::YesNo mixing_engine{}, fixed_settings{};
    std::optional<std::uint32_t> voices;
    std::optional<std::uint32_t> buffer_length; ///< microseconds
    schema::Rare<AudioSettings> settings;
};
struct AlsaStream : AudioStream {
    std::string device;
};
struct BufferedStream : AudioStream {
    std::optional<std::uint32_t> buffer_count;
};
struct JackStream : AudioStream {
    std::string server, client, connect_ports;
    schema::YesNo exact_name{};
};
struct OssStream : AudioStream {
    std::string device;
    std::optional<std::uint32_t> buffer_count;
    schema::YesNo try_poll{};
};
struct PulseStream : AudioStream {
    std::string name, stream_name;
    std::optional<std::uint32_t> latency; ///< microseconds
};
enum class SdlAudioDriver : std::uint8_t { unset, esd, alsa, arts, pulseaudio };

/// Both directions of a back end.
template <class Stream> struct AudioDirections {
    schema::Rare<Stream> input, output;
};
struct NoAudio : AudioDirections<AudioStream> {};
struct AlsaAudio : AudioDirections<AlsaStream> {};
struct CoreAudio : AudioDirections<BufferedStream> {};
struct JackAudio : AudioDirections<JackStream> {};
struct OssAudio : AudioDirections<OssStream> {
    schema::YesNo try_mmap{}, exclusive{};
    std::optional<std::int32_t> dsp_policy;
};
struct PulseAudio : AudioDirections<PulseStream> {
    std::string server;
};
struct SdlAudio : AudioDirections<BufferedStream> {
    SdlAudioDriver driver{};
};
struct SpiceAudio : AudioDirections<AudioStream> {};
struct FileAudio : AudioDirections<AudioStream> {
    std::string path;
};
struct DbusAudio : AudioDirections<AudioStream> {};
struct PipewireAudio : AudioDirections<PulseStream> {
    std::string runtime_directory;
};
using AudioBackend = std::variant<NoAudio, AlsaAudio, CoreAudio, JackAudio, OssAudio, PulseAudio, SdlAudio,
                                  SpiceAudio, FileAudio, DbusAudio, PipewireAudio>;

struct Audio {
    std::uint32_t id = 0;
    std::optional<std::uint32_t> timer_period; ///< microseconds
    AudioBackend backend;
};
void describe(schema::Io& io, Sound& sound);
void describe(schema::Io& io, Audio& audio);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::SoundModel> {
    static constexpr std::string_view values[] = {"sb16", "es1370", "pcspk", "ac97",  "ich6",
                                                  "ich9", "usb",    "ich7",  "virtio"};
};
template <> struct EnumNames<model::SoundCodecType> {
    static constexpr std::string_view values[] = {"duplex", "micro", "output"};
};
template <> struct EnumNames<model::AudioFormat> {
    static constexpr std::string_view values[] = {"", "u8", "s8", "u16", "s16", "u32", "s32", "f32"};
};
template <> struct EnumNames<model::SdlAudioDriver> {
    static constexpr std::string_view values[] = {"", "esd", "alsa", "arts", "pulseaudio"};
};
template <> struct UnionTags<model::AudioBackend> {
    static constexpr std::string_view values[] = {
        "none", "alsa", "coreaudio", "jack", "oss", "pulseaudio", "sdl", "spice", "file", "dbus", "pipewire"};
};
} // namespace yado::schema
