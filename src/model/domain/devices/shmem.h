// SPDX-License-Identifier: Apache-2.0
// <shmem>: memory that guests share, with or without a server that passes interrupts between them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/domain/device.h"

namespace yado::model {

enum class ShmemRole : std::uint8_t { unset, master, peer };
enum class ShmemModel : std::uint8_t { unset, ivshmem, plain, doorbell };

struct ShmemServer {
    std::string path; ///< of its socket; empty: libvirt's usual place
};
struct ShmemInterrupts {
    std::optional<std::uint32_t> vectors;
    schema::OnOff ioeventfd{};
};
struct Shmem {
    std::string name;
    ShmemRole role{};
    ShmemModel model{};
    std::uint64_t size = 0; ///< bytes
    schema::Rare<ShmemServer> server;
    schema::Rare<ShmemInterrupts> interrupts;
    DeviceInfo info;
};
void describe(schema::Io& io, Shmem& shmem);

} // namespace yado::model

namespace yado::schema {
template <> struct EnumNames<model::ShmemRole> {
    static constexpr std::string_view values[] = {"", "master", "peer"};
};
template <> struct EnumNames<model::ShmemModel> {
    static constexpr std::string_view values[] = {"", "ivshmem", "ivshmem-plain", "ivshmem-doorbell"};
};
} // namespace yado::schema
