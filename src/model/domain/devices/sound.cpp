// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/sound.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, SoundCodec& c) {
    io.attribute("type", c.type,
                 {.required = true,
                  .guest_abi = true,
                  .code = Code::config_unsupported,
                  .missing_code = Code::config_unsupported,
                  .missing = "unknown codec type '(null)'",
                  .invalid = "unknown codec type '{}'"});
}

void describe(Io& io, Sound& s) {
    io.attribute("model", s.model, {.required = true, .guest_abi = true});
    io.attribute("multichannel", s.multichannel, {.guest_abi = true, .since = "9.4.0"});
    io.attribute("streams", s.streams, {.guest_abi = true, .since = "10.4.0"});
    io.child("codec", s.codecs);
    io.nested("audio", "id", s.audio, required);
    io.child("driver", s.driver, {.drop_empty = true, .since = "10.4.0"});
    describe_info(io, s.info);
}

void describe(Io& io, AudioSettings& s) {
    io.attribute("frequency", s.frequency);
    io.attribute("channels", s.channels);
    io.attribute("format", s.format);
}

namespace {

void describe_common(Io& io, AudioStream& s) {
    io.attribute("mixingEngine", s.mixing_engine);
    io.attribute("fixedSettings", s.fixed_settings);
    io.attribute("voices", s.voices);
    io.attribute("bufferLength", s.buffer_length);
}
void describe_settings(Io& io, AudioStream& s) { io.child("settings", s.settings, {.drop_empty = true}); }

template <class Stream> void describe_directions(Io& io, AudioDirections<Stream>& d) {
    io.child("input", d.input, {.drop_empty = true});
    io.child("output", d.output, {.drop_empty = true});
}

} // namespace

void describe(Io& io, AudioStream& s) {
    describe_common(io, s);
    describe_settings(io, s);
}
void describe(Io& io, AlsaStream& s) {
    describe_common(io, s);
    io.attribute("dev", s.device);
    describe_settings(io, s);
}
void describe(Io& io, BufferedStream& s) {
    describe_common(io, s);
    io.attribute("bufferCount", s.buffer_count);
    describe_settings(io, s);
}
void describe(Io& io, JackStream& s) {
    describe_common(io, s);
    io.attribute("serverName", s.server);
    io.attribute("clientName", s.client);
    io.attribute("connectPorts", s.connect_ports);
    io.attribute("exactName", s.exact_name);
    describe_settings(io, s);
}
void describe(Io& io, OssStream& s) {
    describe_common(io, s);
    io.attribute("dev", s.device);
    io.attribute("bufferCount", s.buffer_count);
    io.attribute("tryPoll", s.try_poll);
    describe_settings(io, s);
}
void describe(Io& io, PulseStream& s) {
    describe_common(io, s);
    io.attribute("name", s.name);
    io.attribute("streamName", s.stream_name);
    io.attribute("latency", s.latency);
    describe_settings(io, s);
}

void describe(Io& io, NoAudio& a) { describe_directions(io, a); }
void describe(Io& io, AlsaAudio& a) { describe_directions(io, a); }
void describe(Io& io, CoreAudio& a) { describe_directions(io, a); }
void describe(Io& io, JackAudio& a) { describe_directions(io, a); }
void describe(Io& io, OssAudio& a) {
    io.attribute("tryMMap", a.try_mmap);
    io.attribute("exclusive", a.exclusive);
    io.attribute("dspPolicy", a.dsp_policy);
    describe_directions(io, a);
}
void describe(Io& io, PulseAudio& a) {
    io.attribute("serverName", a.server);
    describe_directions(io, a);
}
void describe(Io& io, SdlAudio& a) {
    io.attribute("driver", a.driver);
    describe_directions(io, a);
}
void describe(Io& io, SpiceAudio& a) { describe_directions(io, a); }
void describe(Io& io, FileAudio& a) {
    io.attribute("path", a.path);
    describe_directions(io, a);
}
void describe(Io& io, DbusAudio& a) { describe_directions(io, a); }
void describe(Io& io, PipewireAudio& a) {
    io.attribute("runtimeDir", a.runtime_directory, {.since = "9.10.0"});
    describe_directions(io, a);
}

void describe(Io& io, Audio& a) {
    io.attribute("id", a.id, required);
    io.choice_tag("type", a.backend, required);
    io.attribute("timerPeriod", a.timer_period);
    io.choice_body(a.backend);
}

} // namespace yado::model
