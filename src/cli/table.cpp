// SPDX-License-Identifier: Apache-2.0
#include "cli/table.h"

#include "base/text.h"

#include <algorithm>
#include <cwchar>

namespace yado::cli {
namespace {

/// Names come from guests' definitions: nothing in them may drive the terminal.
std::string safe(std::string_view text) { return printable(text); }

void add_line(std::string& out, const std::vector<std::string>& cells,
              const std::vector<std::size_t>& widths) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += i == 0 ? " " : "   ";
        out += cells[i];
        if (i + 1 < cells.size()) out.append(widths[i] - display_width(cells[i]), ' ');
    }
    out += '\n';
}

} // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    std::mbstate_t state{};
    while (!text.empty()) {
        wchar_t character = 0;
        const std::size_t size = std::mbrtowc(&character, text.data(), text.size(), &state);
        if (size == 0 || size > text.size()) { // not text in the user's locale
            ++width;
            text.remove_prefix(1);
            state = {};
            continue;
        }
        width += static_cast<std::size_t>(std::max(0, ::wcwidth(character)));
        text.remove_prefix(size);
    }
    return width;
}

std::string Table::text(bool headings) const {
    std::vector<std::vector<std::string>> lines;
    if (headings) {
        auto& line = lines.emplace_back();
        for (const Column& column : columns_) line.emplace_back(column.title);
    }
    for (const auto& row : rows_) {
        auto& line = lines.emplace_back();
        for (const Cell& cell : row) line.push_back(safe(cell.text));
    }
    std::vector<std::size_t> widths(columns_.size(), 0);
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], display_width(line[i]));

    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        add_line(out, lines[i], widths);
        if (i > 0 || !headings) continue;
        for (const std::size_t width : widths) out.append(width + 3, '-');
        out += '\n';
    }
    return out;
}

Value Table::value() const {
    Value list = Value::list();
    for (const auto& row : rows_) {
        Value object = Value::object();
        for (std::size_t i = 0; i < row.size(); ++i) object.set(std::string(columns_[i].key), row[i].value);
        list.add(std::move(object));
    }
    return list;
}

std::string Fields::text() const {
    std::string out;
    for (const Row& row : rows_) {
        if (row.title.empty()) continue;
        const std::size_t used = display_width(row.title);
        out += row.title;
        out.append(used < width_ ? width_ - used : 1, ' ');
        out += safe(row.cell.text) + '\n';
    }
    return out;
}

Value Fields::value() const {
    Value object = Value::object();
    for (const Row& row : rows_) object.set(row.key, row.cell.value);
    return object;
}

} // namespace yado::cli
