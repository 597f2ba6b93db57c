// SPDX-License-Identifier: Apache-2.0
// The part of check() that concerns devices: one function a kind of device, each in its own file
// (check_disks.cpp …); what all devices share is in check_devices.cpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "model/domain/domain.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check_devices(const Domain& domain, schema::Diagnostics& out);

void check_controllers(const Domain& domain, schema::Diagnostics& out);
void check_disks(const Domain& domain, schema::Diagnostics& out);
void check_filesystems(const Domain& domain, schema::Diagnostics& out);
void check_interfaces(const Domain& domain, schema::Diagnostics& out);
void check_hostdevs(const Domain& domain, schema::Diagnostics& out);
void check_characters(const Domain& domain, schema::Diagnostics& out);
void check_graphics(const Domain& domain, schema::Diagnostics& out);
void check_screens(const Domain& domain, schema::Diagnostics& out);
void check_memories(const Domain& domain, schema::Diagnostics& out);
void check_others(const Domain& domain, schema::Diagnostics& out);

/// Who says it: libvirt's rules for documents, or those of its QEMU driver.
inline constexpr auto domain_conf = ErrorSource::domain;
inline constexpr auto driver = ErrorSource::qemu;

/// "/domain/devices/disk[2]/serial" of the second disk, `index` counting from 0.
std::string at(std::string_view device, std::size_t index, std::string_view part = {});
/// Whether all of `text` are letters, digits and `others`.
bool only(std::string_view text, std::string_view others);
/// Whether other processes of the host can map the guest's memory.
bool shares_memory(const Domain& domain);
/// NUMA nodes of the guest.
std::size_t numa_cells(const Domain& domain);
/// Whether the guest has an I/O thread of this number.
bool has_iothread(const Domain& domain, std::uint32_t id);
/// Whether there is an <audio> of this number, which a device plays through.
void check_audio(const Domain& domain, std::uint32_t id, std::string path, schema::Diagnostics& out);
/// Refuses options of virtio devices in the <driver> of another.
void check_no_virtio(const VirtioOptions& options, const std::string& path, schema::Diagnostics& out);
/// As libvirt's messages show a text that is not there.
std::string_view shown(const std::string& text);

/// Adds a problem at a place of the document that the client wrote or complete() filled.
template <class... Args>
void problem(schema::Diagnostics& out, ErrorSource source, Code code, std::string path,
             fmt::format_string<Args...> text, Args&&... args) {
    out.add({code, fmt::format(text, std::forward<Args>(args)...), std::move(path), 0, source});
}

} // namespace yado::model
