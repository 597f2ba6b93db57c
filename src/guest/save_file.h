// SPDX-License-Identifier: Apache-2.0
// The file a guest is saved to, in libvirt's form so that either daemon restores it: a header of 92 bytes in
// the host's byte order (16 of magic text, then 32-bit numbers: version, length of what follows, was running,
// compression, offset of the cookie, 14 unused), the domain's document, a zero byte, the cookie document,
// zero bytes as room for a longer document, then QEMU's migration stream. Everything here blocks.
#pragma once

#include "base/unique_fd.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace yado::guest {

/// How QEMU's stream is packed; the numbers stand in the file.
enum class SaveFormat : std::uint32_t { raw, gzip, bzip2, xz, lzop, zstd };

struct SavedState {
    std::string xml;
    std::string cookie; ///< what libvirt wants to know beyond the document; may be empty
    bool was_running = false;
    SaveFormat format = SaveFormat::raw;
};

/// A file being written: its header says that it is incomplete until finish().
struct NewSaveFile {
    UniqueFd fd; ///< positioned where QEMU's stream begins
    std::string path;
};
/// Makes it, mode 0600, in place of a regular file that is there. Throws system_error.
NewSaveFile create_save_file(const std::string& path, const SavedState& state);
/// All that was written and then the header that says so, on disk.
void finish_save_file(const NewSaveFile& file);

struct OpenSaveFile {
    SavedState state;
    UniqueFd fd; ///< positioned where QEMU's stream begins
};
/// Throws system_error "Failed to open file '…'", operation_failed for what is no such file, is of a later
/// version or incomplete.
OpenSaveFile open_save_file(const std::string& path);
/// Whether the file at `path` was never finished.
bool is_incomplete_save_file(const std::string& path);
/// Replaces the document and the state the guest shall come up in; the room for documents is limited. Throws
/// operation_failed when the new one is too long.
void rewrite_save_file(const std::string& path, std::string_view xml, bool was_running);

} // namespace yado::guest
