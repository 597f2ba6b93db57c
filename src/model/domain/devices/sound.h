// SPDX-License-Identifier: Apache-2.0
// <sound> and <audio>: the guest's sound card and where the host plays it.
#pragma once

#include <cstdint>
#include <string>

#include "model/domain/device.h"

namespace yado::model {

enum class SoundModel : std::uint8_t { sb16, es1370, pcspk, ac97, ich6, ich9, usb, ich7 };

struct Sound {
    SoundModel model{};
    schema::Kept rest; ///< codec, audio
    DeviceInfo info;
};
struct Audio {
    std::uint32_t id = 0;
    std::string type;
    schema::Kept rest;
};
void describe(schema::Io& io, Sound& sound);
void describe(schema::Io& io, Audio& audio);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::SoundModel> {
    static constexpr std::string_view values[] = {"sb16", "es1370", "pcspk", "ac97",
                                                  "ich6", "ich9",   "usb",   "ich7"};
};
} // namespace yado::schema
