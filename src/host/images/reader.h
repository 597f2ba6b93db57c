// SPDX-License-Identifier: Apache-2.0
// Bounded access to an image's bytes, for the readers of the formats.
#pragma once

#include "base/error.h"
#include "host/images/image.h"

#include <algorithm>
#include <array>
#include <concepts>

namespace yado::host::images {

template <class... Args> [[noreturn]] void damaged(fmt::format_string<Args...> text, Args&&... args) {
    throw Error(Code::operation_failed, fmt::format(text, std::forward<Args>(args)...), ErrorSource::storage);
}

/// A piece of an image. Reading past its end is the image's fault, so an Error.
class Piece {
  public:
    explicit Piece(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

    std::size_t size() const { return bytes_.size(); }
    template <std::unsigned_integral T> T big(std::size_t offset) const { return number<T>(offset, true); }
    template <std::unsigned_integral T> T little(std::size_t offset) const {
        return number<T>(offset, false);
    }
    bool has(std::size_t offset, std::string_view magic) const {
        return offset <= size() && size() - offset >= magic.size() &&
               std::equal(magic.begin(), magic.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(offset),
                          [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
    }
    /// Up to `length` bytes; those after a zero byte are left out.
    std::string text(std::size_t offset, std::size_t length) const {
        check(offset, length);
        const char* start = reinterpret_cast<const char*>(bytes_.data()) + offset;
        return std::string(start, std::find(start, start + length, '\0'));
    }
    /// UTF-16 of up to `length` bytes until a zero, as UTF-8; what is no character becomes '?'.
    std::string text16(std::size_t offset, std::size_t length, bool big_endian) const;

    /// With zeroes.
    void extend(std::size_t size) { bytes_.resize(size); }

  private:
    void check(std::size_t offset, std::size_t length) const {
        if (offset > size() || length > size() - offset) damaged("image header is truncated");
    }
    template <class T> T number(std::size_t offset, bool big_endian) const {
        check(offset, sizeof(T));
        T value = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            const std::size_t at = big_endian ? i : sizeof(T) - 1 - i;
            value = static_cast<T>(std::uint64_t{value} << 8U | bytes_[offset + at]);
        }
        return value;
    }

    std::vector<std::uint8_t> bytes_;
};

/// Pieces of an image, with a limit on what all of them together may be.
class Reader {
  public:
    explicit Reader(ImageBytes& bytes) : bytes_(bytes) {}

    std::uint64_t size() const { return bytes_.size(); }
    /// Exactly `length` bytes.
    Piece exactly(std::uint64_t offset, std::size_t length);
    /// What there is of them.
    Piece up_to(std::uint64_t offset, std::size_t length);

  private:
    ImageBytes& bytes_;
    std::size_t read_ = 0;
};

/// `count` × `unit` bytes, as headers write sizes; an Error where no 63-bit number holds it.
std::uint64_t bytes_of(std::uint64_t count, std::uint64_t unit);

constexpr std::uint64_t sector = 512;
constexpr std::size_t name_limit = 1023; ///< of a backing file, QEMU's limit

// one a format
ImageHeader read_qcow(Reader& reader);
ImageHeader read_qcow2(Reader& reader);
ImageHeader read_qed(Reader& reader);
ImageHeader read_vmdk(Reader& reader);
ImageHeader read_vhd(Reader& reader);
ImageHeader read_vhdx(Reader& reader);
ImageHeader read_vdi(Reader& reader);
ImageHeader read_luks(Reader& reader);
ImageHeader read_dmg(Reader& reader);

} // namespace yado::host::images
