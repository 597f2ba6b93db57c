// SPDX-License-Identifier: Apache-2.0
#include "protocol/error_wire.h"

namespace yado::protocol {
namespace {

constexpr std::int32_t level_error = 2;
/// What libvirt puts where there is no number.
constexpr std::int32_t no_number = -1;
/// Bytes. Above any message worth reading, and a document quoted in one does not fill clients' logs.
constexpr std::size_t text_max = 2048;
constexpr std::string_view cut_mark = "...";

/// At a character's boundary: clients refuse text that is no UTF-8.
std::string cut(std::string_view text) {
    if (text.size() <= text_max) return std::string(text);
    std::size_t end = text_max - cut_mark.size();
    const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U; };
    for (int back = 0; back < 3 && continues(text[end]); ++back) --end;
    return std::string(text.substr(0, end)).append(cut_mark);
}

/// libvirt's own template: "%s" for our "{}".
std::string printf_template(std::string_view detailed) {
    std::string text(detailed);
    if (const auto at = text.find("{}"); at != std::string::npos) text.replace(at, 2, "%s");
    return text;
}

/// The part of `message` that stands for "{}" in the code's text; nothing when the text is worded otherwise.
std::optional<std::string> detail_of(Code code, std::string_view message) {
    if (message == info(code).brief) return "";
    const std::string_view detailed = info(code).detailed;
    const auto at = detailed.find("{}");
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view before = detailed.substr(0, at);
    const std::string_view after = detailed.substr(at + 2);
    if (message.size() < before.size() + after.size() || !message.starts_with(before) ||
        !message.ends_with(after))
        return std::nullopt;
    return std::string(message.substr(before.size(), message.size() - before.size() - after.size()));
}

} // namespace

WireError to_wire(const Error& error) {
    WireError wire;
    wire.code = static_cast<std::int32_t>(error.code());
    wire.domain = static_cast<std::int32_t>(error.source());
    wire.message = cut(error.message());
    wire.level = level_error;
    if (error.detail().empty()) {
        wire.str1 = std::string(info(error.code()).brief);
    } else {
        wire.str1 = printf_template(info(error.code()).detailed);
        wire.str2 = cut(error.detail());
    }
    wire.int1 = error.system_errno();
    wire.int2 = no_number;
    return wire;
}

Error from_wire(const WireError& wire) {
    const auto code = static_cast<Code>(wire.code);
    const std::string message = wire.message.value_or("");
    const std::string detail = detail_of(code, message).value_or(wire.str2.value_or(""));
    Error error(code, detail, static_cast<ErrorSource>(wire.domain));
    if (error.message() != message && !message.empty()) error.set_message(message);
    if (code == Code::system_error) error.set_errno(wire.int1);
    return error;
}

} // namespace yado::protocol
