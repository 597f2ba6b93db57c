// SPDX-License-Identifier: Apache-2.0
// Output in columns and in "Title: value" lines, laid out as virsh does, and the same as JSON.
#pragma once

#include "cli/value.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::cli {

/// What stands in a table and what it is in JSON; from one value when they are the same.
struct Cell {
    std::string text;
    Value value;

    Cell(std::string both) : text(both), value(std::move(both)) {}
    Cell(std::string_view both) : Cell(std::string(both)) {}
    Cell(const char* both) : Cell(std::string(both)) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    Cell(T both) : text(std::to_string(both)), value(both) {}
    Cell(std::string shown, Value json) : text(std::move(shown)), value(std::move(json)) {}
};

struct Column {
    std::string_view title;
    std::string_view key; ///< in JSON
};

/// virsh's listings: a blank at the left, columns three blanks apart, as wide as their widest cell.
class Table {
  public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}
    /// One cell a column.
    void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
    bool empty() const { return rows_.empty(); }

    /// With the headings and the line below them, or without; no blank line at the end.
    std::string text(bool headings) const;
    /// A list of objects.
    Value value() const;

  private:
    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

/// "Id:             1" lines of the info commands.
class Fields {
  public:
    /// `width`: where values begin, the title with its colon filled up to it.
    explicit Fields(unsigned width) : width_(width) {}
    void add(std::string_view key, std::string_view title, Cell cell) {
        rows_.push_back({std::string(key), std::string(title), std::move(cell)});
    }
    /// Only in JSON.
    void add_hidden(std::string_view key, Value value) {
        rows_.push_back({std::string(key), std::string(), Cell(std::string(), std::move(value))});
    }

    std::string text() const;
    Value value() const;

  private:
    struct Row {
        std::string key;
        std::string title; ///< empty: JSON only
        Cell cell;
    };
    unsigned width_;
    std::vector<Row> rows_;
};

/// Columns `text` takes on a terminal.
std::size_t display_width(std::string_view text);

} // namespace yado::cli
