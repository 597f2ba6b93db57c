// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace yado {
namespace {

constexpr std::array infos{
#define YADO_ERROR(number, name, brief, detailed, http) CodeInfo{Code::name, #name, brief, detailed, http},
#include "base/error_codes.inc"
#undef YADO_ERROR
};

} // namespace

const CodeInfo& info(Code code) {
    const auto row = std::ranges::find(infos, code, &CodeInfo::code);
    return row == infos.end() ? infos.front() : *row;
}

Error::Error(Code code, std::string detail, ErrorSource source)
    : code_(code), source_(source), detail_(std::move(detail)) {
    format();
}

Error& Error::set_source(ErrorSource source) {
    source_ = source;
    return *this;
}

Error& Error::set_errno(int number) {
    errno_ = number;
    return *this;
}

Error& Error::set_more(std::vector<std::string> lines) {
    more_ = std::move(lines);
    return *this;
}

Error& Error::set_message(std::string message) {
    message_ = std::move(message);
    return *this;
}

Error& Error::add_context(std::string_view context) {
    detail_ = detail_.empty() ? std::string(context) : fmt::format("{}: {}", context, detail_);
    format();
    return *this;
}

void Error::format() {
    const CodeInfo& row = info(code_);
    message_ = detail_.empty() ? std::string(row.brief) : fmt::format(fmt::runtime(row.detailed), detail_);
}

Error system_error(int number, std::string_view what) {
    Error error(Code::system_error, fmt::format("{}: {}", what, std::generic_category().message(number)));
    error.set_errno(number);
    return error;
}

} // namespace yado
