// SPDX-License-Identifier: Apache-2.0
#include "schema/diagnostics.h"

namespace yado::schema {

std::string Finding::text() const {
    std::string out;
    if (line != 0) { out += fmt::format("line {}: ", line); }
    if (!path.empty()) { out += fmt::format("{}: ", path); }
    out += message;
    return out;
}

void Diagnostics::add(Finding finding) {
    if (problems_.size() < limit) { problems_.push_back(std::move(finding)); }
}

void Diagnostics::add_note(Finding finding) {
    if (notes_.size() < limit) { notes_.push_back(std::move(finding)); }
}

void Diagnostics::throw_if_any() const {
    if (problems_.empty()) { return; }
    Error error(problems_.front().code, problems_.front().message, problems_.front().source);
    std::vector<std::string> lines;
    for (const Finding& finding : problems_) { lines.push_back(finding.text()); }
    error.set_more(std::move(lines));
    throw error;
}

} // namespace yado::schema
