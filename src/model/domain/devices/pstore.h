// SPDX-License-Identifier: Apache-2.0
// <pstore>: where the guest's firmware keeps records of errors across reboots; in libvirt since 10.8.
#pragma once

#include <cstdint>
#include <string>

#include "model/domain/device.h"

namespace yado::model {

enum class PstoreBackend : std::uint8_t { acpi_erst };

struct Pstore {
    PstoreBackend backend{};
    std::string path; ///< of the file behind it
    std::uint64_t size_kib = 0;
    DeviceInfo info;
};
void describe(schema::Io& io, Pstore& pstore);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::PstoreBackend> {
    static constexpr std::string_view values[] = {"acpi-erst"};
};
} // namespace yado::schema
