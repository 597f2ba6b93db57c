// SPDX-License-Identifier: Apache-2.0
// What an image file holds: of disks, volumes and file systems.
#pragma once

#include <cstdint>

#include "schema/codec.h"

namespace yado::model {

enum class ImageFormat : std::uint8_t {
    unset,
    none,
    raw,
    dir,
    bochs,
    cloop,
    dmg,
    iso,
    vpc,
    vdi,
    fat,
    vhd,
    ploop,
    cow,
    qcow,
    qcow2,
    qed,
    vmdk,
};

/// Whether images of this format can lie on top of others.
constexpr bool may_have_backing(ImageFormat format) {
    return format == ImageFormat::qcow2 || format == ImageFormat::qcow || format == ImageFormat::qed ||
           format == ImageFormat::vmdk || format == ImageFormat::cow;
}

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::ImageFormat> {
    static constexpr std::string_view values[] = {"",      "none", "raw",  "dir",   "bochs", "cloop",
                                                  "dmg",   "iso",  "vpc",  "vdi",   "fat",   "vhd",
                                                  "ploop", "cow",  "qcow", "qcow2", "qed",   "vmdk"};
};
