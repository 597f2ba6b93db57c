// SPDX-License-Identifier: Apache-2.0
#include "guest/save_file.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"

#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace yado::guest {
namespace {

constexpr std::string_view magic = "LibvirtQemudSave";
constexpr std::string_view partial_magic = "LibvirtQemudPart";
constexpr std::uint32_t version = 2;
constexpr std::size_t room = 64 * 1024;             ///< for a document that grows, as libvirt leaves it
constexpr std::size_t block = 4096;                 ///< bytes; of every disk
constexpr std::uint32_t documents_max = 32U << 20U; ///< bytes; a domain's document is limited to 4 MiB

struct Header {
    char magic[16];
    std::uint32_t version;
    std::uint32_t length;
    std::uint32_t was_running;
    std::uint32_t format;
    std::uint32_t cookie_offset;
    std::uint32_t unused[14];
};
static_assert(sizeof(Header) == 92);

void write_all(int fd, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(fd, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) fail_errno("failed to write save file '{}'", path);
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
}

/// False at the end of the file.
bool read_all(int fd, char* out, std::size_t count, const std::string& path) {
    while (count > 0) {
        const ssize_t got = ::read(fd, out, count);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_errno("failed to read save file '{}'", path);
        if (got == 0) return false;
        out += got;
        count -= static_cast<std::size_t>(got);
    }
    return true;
}

std::string bytes_of(const Header& header, const SavedState& state, std::size_t length) {
    std::string out(reinterpret_cast<const char*>(&header), sizeof header);
    out += state.xml;
    out += '\0';
    if (!state.cookie.empty()) out += state.cookie + '\0';
    out.resize(sizeof header + length, '\0');
    return out;
}

Header header_for(const SavedState& state) {
    Header header{};
    std::memcpy(header.magic, partial_magic.data(), partial_magic.size());
    header.version = version;
    header.was_running = state.was_running ? 1 : 0;
    header.format = static_cast<std::uint32_t>(state.format);
    if (!state.cookie.empty()) header.cookie_offset = static_cast<std::uint32_t>(state.xml.size() + 1);
    return header;
}

std::size_t documents_length(const SavedState& state) {
    return state.xml.size() + 1 + (state.cookie.empty() ? 0 : state.cookie.size() + 1);
}

UniqueFd open_file(const std::string& path, int flags) {
    UniqueFd fd(::open(path.c_str(), flags | O_CLOEXEC));
    if (!fd) fail_errno("Failed to open file '{}'", path);
    return fd;
}

struct Known {
    Header header;
    bool complete;
};

Known read_header(int fd, const std::string& path) {
    Known known{};
    Header& header = known.header;
    if (!read_all(fd, reinterpret_cast<char*>(&header), sizeof header, path))
        fail(ErrorSource::qemu, Code::operation_failed, "failed to read qemu header");
    const std::string_view start(header.magic, sizeof header.magic);
    known.complete = start == magic;
    if (!known.complete && start != partial_magic)
        fail(ErrorSource::qemu, Code::operation_failed, "image magic is incorrect");
    if (header.version > version && std::byteswap(header.version) <= version) { // of another kind of host
        for (std::uint32_t* number = &header.version; number <= &header.cookie_offset; ++number)
            *number = std::byteswap(*number);
    }
    if (header.version > version) {
        fail(ErrorSource::qemu, Code::operation_failed, "image version is not supported ({} > {})",
             header.version, version);
    }
    if (header.length == 0 || header.length > documents_max) {
        fail(ErrorSource::qemu, Code::operation_failed, "invalid header data length: {}", header.length);
    }
    return known;
}

SavedState read_documents(int fd, const Header& header, const std::string& path) {
    std::string documents(header.length, '\0');
    if (!read_all(fd, documents.data(), documents.size(), path))
        fail(ErrorSource::qemu, Code::operation_failed, "failed to read domain XML");
    if (header.format > static_cast<std::uint32_t>(SaveFormat::zstd)) {
        fail(ErrorSource::qemu, Code::operation_failed, "Invalid compressed save format {}", header.format);
    }
    SavedState state{.xml = documents.c_str(),
                     .cookie = {},
                     .was_running = header.was_running != 0,
                     .format = static_cast<SaveFormat>(header.format)};
    if (header.version > 1 && header.cookie_offset > 0) {
        if (header.cookie_offset >= documents.size())
            fail(ErrorSource::qemu, Code::operation_failed, "invalid cookie offset in the save image");
        state.cookie = documents.c_str() + header.cookie_offset;
    }
    return state;
}

} // namespace

NewSaveFile create_save_file(const std::string& path, const SavedState& state) {
    fault::point("create save file");
    NewSaveFile file{
        .fd = UniqueFd(::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600)),
        .path = path};
    if (!file.fd) fail_errno("Failed to create file '{}'", path);
    Header header = header_for(state);
    // QEMU's stream begins at a whole block, which going past the page cache wants
    const std::size_t wanted = sizeof header + documents_length(state) + room;
    const std::size_t length = (wanted + block - 1) / block * block - sizeof header;
    header.length = static_cast<std::uint32_t>(length);
    try {
        fault::point("write save file");
        write_all(file.fd.get(), bytes_of(header, state, length), path);
    } catch (...) {
        ::unlink(path.c_str());
        throw;
    }
    return file;
}

void finish_save_file(const NewSaveFile& file) {
    fault::point("sync save file");
    if (::fsync(file.fd.get()) != 0) fail_errno("failed to write save file '{}'", file.path);
    if (::pwrite(file.fd.get(), magic.data(), magic.size(), 0) != static_cast<ssize_t>(magic.size()) ||
        ::fsync(file.fd.get()) != 0) {
        fail_errno("failed to write save file '{}'", file.path);
    }
    sync_directory(std::filesystem::path(file.path).parent_path());
}

OpenSaveFile open_save_file(const std::string& path) {
    OpenSaveFile opened{.state = {}, .fd = open_file(path, O_RDONLY)};
    const Known known = read_header(opened.fd.get(), path);
    if (!known.complete) fail(ErrorSource::qemu, Code::operation_failed, "save image is incomplete");
    opened.state = read_documents(opened.fd.get(), known.header, path);
    return opened;
}

bool is_incomplete_save_file(const std::string& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    char start[16];
    return fd && ::pread(fd.get(), start, sizeof start, 0) == static_cast<ssize_t>(sizeof start) &&
           std::string_view(start, sizeof start) == partial_magic;
}

void rewrite_save_file(const std::string& path, std::string_view xml, bool was_running) {
    const UniqueFd fd = open_file(path, O_RDWR);
    const Known known = read_header(fd.get(), path);
    if (!known.complete) fail(ErrorSource::qemu, Code::operation_failed, "save image is incomplete");
    SavedState state = read_documents(fd.get(), known.header, path);
    state.xml = xml;
    state.was_running = was_running;
    Header header = header_for(state);
    header.length = known.header.length;
    std::memcpy(header.magic, magic.data(), magic.size());
    if (documents_length(state) > header.length) {
        fail(ErrorSource::qemu, Code::operation_failed, "new xml too large to fit in file");
    }
    const std::string bytes = bytes_of(header, state, header.length);
    fault::point("rewrite save file");
    if (::pwrite(fd.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()) ||
        ::fsync(fd.get()) != 0) {
        fail_errno("failed to write header data to '{}'", path);
    }
}

} // namespace yado::guest
