// SPDX-License-Identifier: Apache-2.0
#include "protocol/xdr.h"

#include "base/error.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace yado::protocol {
namespace {

constexpr std::size_t word_bytes = 4;

constexpr std::size_t padding(std::size_t size) { return (word_bytes - size % word_bytes) % word_bytes; }

/// Stock's text stands alone; the field is kept beside it for logs.
[[noreturn]] void fail_decode(std::string_view name, std::string_view why) {
    Error error(Code::rpc, "Unable to decode message payload", ErrorSource::rpc);
    error.set_more({fmt::format("field '{}': {}", name, why)});
    throw error;
}

[[noreturn]] void fail_encode(std::string_view name, std::size_t size, std::size_t limit,
                              std::string_view unit) {
    fail(ErrorSource::rpc, Code::rpc,
         "Unable to encode message payload: '{}' has {} {}, the protocol allows {}", name, size, unit, limit);
}

template <class T> T load(const std::uint8_t* data) {
    T value;
    std::memcpy(&value, data, sizeof value);
    return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

template <class T> void store(Blob& output, T value) {
    const T big = std::endian::native == std::endian::little ? std::byteswap(value) : value;
    std::uint8_t bytes[sizeof big];
    std::memcpy(bytes, &big, sizeof big);
    output.insert(output.end(), bytes, bytes + sizeof bytes);
}

void cut_at_nul(std::string& text) {
    if (const auto end = text.find('\0'); end != std::string::npos) text.resize(end);
}

} // namespace

const std::uint8_t* XdrReader::take(std::string_view name, std::size_t size) {
    // sizes are at most 32 MiB here, so the sum cannot wrap
    if (size + padding(size) > remaining()) fail_decode(name, "the message ends too early");
    const std::uint8_t* data = input_.data() + position_;
    position_ += size + padding(size);
    return data;
}

std::uint32_t XdrReader::word(std::string_view name) {
    return load<std::uint32_t>(take(name, sizeof(std::uint32_t)));
}

std::uint64_t XdrReader::long_word(std::string_view name) {
    return load<std::uint64_t>(take(name, sizeof(std::uint64_t)));
}

std::uint32_t XdrReader::count(std::string_view name, std::uint32_t limit, std::uint32_t element_bytes) {
    const std::uint32_t size = word(name);
    if (size > limit) fail_decode(name, fmt::format("{} is over the limit of {}", size, limit));
    if (std::uint64_t(size) * element_bytes > remaining()) fail_decode(name, "the message ends too early");
    return size;
}

void XdrReader::i32(std::string_view name, std::int32_t& value) {
    value = static_cast<std::int32_t>(word(name));
}

void XdrReader::u32(std::string_view name, std::uint32_t& value) { value = word(name); }

void XdrReader::i64(std::string_view name, std::int64_t& value) {
    value = static_cast<std::int64_t>(long_word(name));
}

void XdrReader::u64(std::string_view name, std::uint64_t& value) { value = long_word(name); }

void XdrReader::f64(std::string_view name, double& value) { value = std::bit_cast<double>(long_word(name)); }

void XdrReader::uuid(std::string_view name, Uuid& value) {
    std::memcpy(value.bytes.data(), take(name, value.bytes.size()), value.bytes.size());
}

void XdrReader::text(std::string_view name, std::string& value) {
    const std::uint32_t size = count(name, string_max, 1);
    const std::uint8_t* data = take(name, size);
    const void* nul = size == 0 ? nullptr : std::memchr(data, 0, size);
    const std::uint8_t* end = nul == nullptr ? data + size : static_cast<const std::uint8_t*>(nul);
    value.assign(data, end);
}

void XdrReader::blob(std::string_view name, Blob& value, std::uint32_t limit) {
    const std::uint32_t size = count(name, limit, 1);
    const std::uint8_t* data = take(name, size);
    value.assign(data, data + size);
}

void XdrReader::char_words(std::string_view name, std::string& value, std::uint32_t words) {
    const std::uint8_t* data = take(name, std::size_t(words) * word_bytes);
    value.resize(words);
    for (std::size_t i = 0; i < words; i++)
        value[i] = static_cast<char>(data[i * word_bytes + word_bytes - 1]);
    cut_at_nul(value);
}

void XdrReader::char_text(std::string_view name, std::string& value, std::uint32_t limit) {
    const std::uint32_t words = count(name, limit, word_bytes);
    char_words(name, value, words);
}

void XdrReader::char_text_fixed(std::string_view name, std::string& value, std::uint32_t size) {
    char_words(name, value, size);
}

void XdrReader::char_blob(std::string_view name, Blob& value, std::uint32_t limit) {
    const std::uint32_t words = count(name, limit, word_bytes);
    const std::uint8_t* data = take(name, std::size_t(words) * word_bytes);
    value.resize(words);
    for (std::size_t i = 0; i < words; i++) value[i] = data[i * word_bytes + word_bytes - 1];
}

void XdrReader::typed_value(std::string_view name, TypedValue& value) {
    const std::uint32_t tag = word(name);
    switch (tag) {
    case 1: return i32(name, value.emplace<std::int32_t>());
    case 2: return u32(name, value.emplace<std::uint32_t>());
    case 3: return i64(name, value.emplace<std::int64_t>());
    case 4: return u64(name, value.emplace<std::uint64_t>());
    case 5: return f64(name, value.emplace<double>());
    case 6: value.emplace<Boolean>().value = word(name) != 0; return;
    case 7: return text(name, value.emplace<std::string>());
    default: fail_decode(name, fmt::format("unknown parameter type {}", tag));
    }
}

bool XdrReader::begin_optional(std::string_view name, bool) { return word(name) != 0; }

std::size_t XdrReader::begin_list(std::string_view name, std::size_t, ListRule rule) {
    return count(name, rule.limit, rule.element_min_bytes);
}

void XdrWriter::word(std::uint32_t value) { store(output_, value); }

void XdrWriter::long_word(std::uint64_t value) { store(output_, value); }

void XdrWriter::padded(const void* data, std::size_t size) {
    static constexpr std::uint8_t zeros[word_bytes] = {};
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    output_.insert(output_.end(), bytes, bytes + size);
    output_.insert(output_.end(), zeros, zeros + padding(size));
}

void XdrWriter::i32(std::string_view, std::int32_t& value) { word(static_cast<std::uint32_t>(value)); }

void XdrWriter::u32(std::string_view, std::uint32_t& value) { word(value); }

void XdrWriter::i64(std::string_view, std::int64_t& value) { long_word(static_cast<std::uint64_t>(value)); }

void XdrWriter::u64(std::string_view, std::uint64_t& value) { long_word(value); }

void XdrWriter::f64(std::string_view, double& value) { long_word(std::bit_cast<std::uint64_t>(value)); }

void XdrWriter::uuid(std::string_view, Uuid& value) { padded(value.bytes.data(), value.bytes.size()); }

void XdrWriter::text(std::string_view name, std::string& value) {
    if (value.size() > string_max) fail_encode(name, value.size(), string_max, "bytes");
    word(static_cast<std::uint32_t>(value.size()));
    padded(value.data(), value.size());
}

void XdrWriter::blob(std::string_view name, Blob& value, std::uint32_t limit) {
    if (value.size() > limit) fail_encode(name, value.size(), limit, "bytes");
    word(static_cast<std::uint32_t>(value.size()));
    padded(value.data(), value.size());
}

void XdrWriter::char_words(std::string_view text, std::size_t words) {
    const std::size_t at = output_.size();
    output_.resize(at + words * word_bytes);
    for (std::size_t i = 0; i < std::min(text.size(), words); i++)
        output_[at + i * word_bytes + word_bytes - 1] = static_cast<std::uint8_t>(text[i]);
}

void XdrWriter::char_text(std::string_view name, std::string& value, std::uint32_t limit) {
    if (value.size() + 1 > limit) fail_encode(name, value.size(), limit - 1, "characters");
    word(static_cast<std::uint32_t>(value.size() + 1));
    char_words(value, value.size() + 1);
}

void XdrWriter::char_text_fixed(std::string_view, std::string& value, std::uint32_t size) {
    char_words(std::string_view(value).substr(0, size - 1), size);
}

void XdrWriter::char_blob(std::string_view name, Blob& value, std::uint32_t limit) {
    if (value.size() > limit) fail_encode(name, value.size(), limit, "bytes");
    word(static_cast<std::uint32_t>(value.size()));
    char_words({reinterpret_cast<const char*>(value.data()), value.size()}, value.size());
}

void XdrWriter::typed_value(std::string_view name, TypedValue& value) {
    word(static_cast<std::uint32_t>(value.index() + 1));
    switch (value.index()) {
    case 0: return i32(name, *std::get_if<0>(&value));
    case 1: return u32(name, *std::get_if<1>(&value));
    case 2: return i64(name, *std::get_if<2>(&value));
    case 3: return u64(name, *std::get_if<3>(&value));
    case 4: return f64(name, *std::get_if<4>(&value));
    case 5: return word(std::get_if<5>(&value)->value ? 1 : 0);
    default: return text(name, *std::get_if<6>(&value));
    }
}

bool XdrWriter::begin_optional(std::string_view, bool present) {
    word(present ? 1 : 0);
    return present;
}

std::size_t XdrWriter::begin_list(std::string_view name, std::size_t size, ListRule rule) {
    if (size > rule.limit) fail_encode(name, size, rule.limit, "elements");
    word(static_cast<std::uint32_t>(size));
    return size;
}

} // namespace yado::protocol
