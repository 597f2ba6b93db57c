// SPDX-License-Identifier: Apache-2.0
// Any bytes as an image of any format: the first byte chooses one, or detection. Reading ends in a header or
// an Error, with no more read than the limits say; a name of a backing file found in one is taken apart the
// same way.
#include "base/error.h"
#include "host/images/backing_name.h"
#include "host/images/image.h"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace yado;

class MemoryBytes final : public host::ImageBytes {
  public:
    explicit MemoryBytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
    std::uint64_t size() const override { return bytes_.size(); }
    std::size_t read(std::uint64_t offset, std::span<std::uint8_t> into) override {
        if (into.size() > host::piece_limit) std::abort();
        if (offset >= bytes_.size()) return 0;
        const std::size_t length = std::min<std::size_t>(into.size(), bytes_.size() - offset);
        std::ranges::copy(bytes_.subspan(offset, length), into.begin());
        total_ += length;
        if (total_ > host::read_limit) std::abort();
        return length;
    }
    void start_over() { total_ = 0; }

  private:
    std::span<const std::uint8_t> bytes_;
    std::size_t total_ = 0;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    MemoryBytes bytes({data + 1, size - 1});
    constexpr std::uint8_t formats = static_cast<std::uint8_t>(host::ImageFormat::iso) + 1;
    host::ImageFormat format = host::detect_image(bytes, (data[0] & 0x80U) != 0);
    if (const std::uint8_t choice = data[0] & 0x7fU; choice < formats) format = host::ImageFormat{choice};
    bytes.start_over();
    host::ImageHeader header;
    try {
        header = host::read_image_header(bytes, format);
    } catch (const Error&) {
        return 0; // refused, which is an answer
    }
    if (header.capacity > INT64_MAX || header.format != format) std::abort();
    if (header.backing) {
        if (header.backing->size() > 2000) std::abort();
        try {
            const host::BackingName name = host::parse_backing_name(*header.backing);
            if (name.local()) static_cast<void>(host::backing_path("/a/b", name.path));
        } catch (const Error&) {
            // as above
        }
    }
    return 0;
}
