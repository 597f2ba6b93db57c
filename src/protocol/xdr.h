// SPDX-License-Identifier: Apache-2.0
// XDR (RFC 4506) both ways. The reader trusts nothing: every count is held against its limit and against the
// bytes that are left before anything is allocated.
#pragma once

#include "protocol/wire.h"

#include <span>

namespace yado::protocol {

/// Fills structures from a payload. Throws Error(rpc, "Unable to decode message payload") when bytes are
/// missing or a limit is exceeded. As stock does: padding is not looked at, any non-zero "present" word means
/// present, and bytes after the last field are left alone. A string ends at its first NUL, as it does for a C
/// client.
class XdrReader final : public Wire {
  public:
    explicit XdrReader(std::span<const std::uint8_t> input) : input_(input) {}

    std::size_t remaining() const { return input_.size() - position_; }

    void i32(std::string_view name, std::int32_t& value) override;
    void u32(std::string_view name, std::uint32_t& value) override;
    void i64(std::string_view name, std::int64_t& value) override;
    void u64(std::string_view name, std::uint64_t& value) override;
    void f64(std::string_view name, double& value) override;
    void uuid(std::string_view name, Uuid& value) override;
    void text(std::string_view name, std::string& value) override;
    void blob(std::string_view name, Blob& value, std::uint32_t limit) override;
    void char_text(std::string_view name, std::string& value, std::uint32_t limit) override;
    void char_text_fixed(std::string_view name, std::string& value, std::uint32_t size) override;
    void char_blob(std::string_view name, Blob& value, std::uint32_t limit) override;
    void typed_value(std::string_view name, TypedValue& value) override;
    bool begin_optional(std::string_view name, bool present) override;
    std::size_t begin_list(std::string_view name, std::size_t size, ListRule rule) override;

  private:
    /// The next `size` bytes and the padding after them.
    const std::uint8_t* take(std::string_view name, std::size_t size);
    std::uint32_t word(std::string_view name);
    std::uint64_t long_word(std::string_view name);
    /// A count of elements that take at least `element_bytes` each.
    std::uint32_t count(std::string_view name, std::uint32_t limit, std::uint32_t element_bytes);
    void char_words(std::string_view name, std::string& value, std::uint32_t words);

    std::span<const std::uint8_t> input_;
    std::size_t position_ = 0;
};

/// Appends structures to a growing buffer. Throws Error(rpc, "Unable to encode message payload: ...") when a
/// limit of the protocol is exceeded: the peer would refuse the message.
class XdrWriter final : public Wire {
  public:
    explicit XdrWriter(Blob& output) : output_(output) {}

    void i32(std::string_view name, std::int32_t& value) override;
    void u32(std::string_view name, std::uint32_t& value) override;
    void i64(std::string_view name, std::int64_t& value) override;
    void u64(std::string_view name, std::uint64_t& value) override;
    void f64(std::string_view name, double& value) override;
    void uuid(std::string_view name, Uuid& value) override;
    void text(std::string_view name, std::string& value) override;
    void blob(std::string_view name, Blob& value, std::uint32_t limit) override;
    void char_text(std::string_view name, std::string& value, std::uint32_t limit) override;
    /// Text that does not fit is cut to `size` - 1 characters: the C structure behind it holds no more.
    void char_text_fixed(std::string_view name, std::string& value, std::uint32_t size) override;
    void char_blob(std::string_view name, Blob& value, std::uint32_t limit) override;
    void typed_value(std::string_view name, TypedValue& value) override;
    bool begin_optional(std::string_view name, bool present) override;
    std::size_t begin_list(std::string_view name, std::size_t size, ListRule rule) override;

  private:
    void word(std::uint32_t value);
    void long_word(std::uint64_t value);
    void padded(const void* data, std::size_t size);
    void char_words(std::string_view text, std::size_t words);

    Blob& output_;
};

/// Appends `value` to `output`. On an Error `output` may end in part of the value.
template <class T> void encode(Blob& output, const T& value) {
    XdrWriter writer(output);
    describe(writer, const_cast<T&>(value)); // writers do not write to the structure
}

/// The structure at the start of `payload`; see XdrReader for errors.
template <class T> T decode(std::span<const std::uint8_t> payload) {
    T value;
    XdrReader reader(payload);
    describe(reader, value);
    return value;
}

} // namespace yado::protocol
