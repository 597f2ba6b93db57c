// SPDX-License-Identifier: Apache-2.0
#include "protocol/dump.h"

#include "protocol/typed_params.h"

#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace yado::protocol {
namespace {

constexpr std::size_t text_shown = 80;
/// Where a line that has grown too long ends.
constexpr std::size_t line_shown = 4000;

/// Common to both: blanks between fields, braces around structures, names before values.
class Printer : public Wire {
  public:
    std::string take() {
        if (out_.size() > line_shown) out_.replace(line_shown, std::string::npos, "...");
        return std::move(out_);
    }

    void begin_struct(std::string_view name) override {
        leaf(name, "{");
        glue();
    }
    void end_struct() override { append("}"); }

  protected:
    explicit Printer(char between) : between_(between) {}

    void leaf(std::string_view name, std::string_view text) {
        if (!glued_) append(" ");
        if (!name.empty()) {
            append(name);
            append({&between_, 1});
        }
        append(std::exchange(mark_, {}));
        append(text);
    }
    /// Stands before the text of the next leaf.
    void mark(std::string_view text) { mark_ = text; }
    /// The next leaf follows without a blank.
    void glue() { glued_ = true; }
    void append(std::string_view text) {
        if (out_.size() <= line_shown) out_ += text;
        glued_ = false;
    }

  private:
    char between_;
    std::string_view mark_;
    bool glued_ = true;
    std::string out_;
};

class Dumper final : public Printer {
  public:
    Dumper() : Printer('=') {}

    void i32(std::string_view name, std::int32_t& value) override { leaf(name, fmt::to_string(value)); }
    void u32(std::string_view name, std::uint32_t& value) override { leaf(name, fmt::to_string(value)); }
    void i64(std::string_view name, std::int64_t& value) override { leaf(name, fmt::to_string(value)); }
    void u64(std::string_view name, std::uint64_t& value) override { leaf(name, fmt::to_string(value)); }
    void f64(std::string_view name, double& value) override { leaf(name, fmt::to_string(value)); }
    void uuid(std::string_view name, Uuid& value) override { leaf(name, value.text()); }
    void text(std::string_view name, std::string& value) override { leaf(name, quoted(name, value)); }
    void blob(std::string_view name, Blob& value, std::uint32_t) override {
        leaf(name, counted(value.size()));
    }
    void char_text(std::string_view name, std::string& value, std::uint32_t) override { text(name, value); }
    void char_text_fixed(std::string_view name, std::string& value, std::uint32_t) override {
        text(name, value);
    }
    void char_blob(std::string_view name, Blob& value, std::uint32_t) override {
        leaf(name, counted(value.size()));
    }
    void typed_value(std::string_view name, TypedValue& value) override {
        if (const auto* string = std::get_if<std::string>(&value)) return leaf(name, quoted(name, *string));
        if (const auto* boolean = std::get_if<Boolean>(&value))
            return leaf(name, boolean->value ? "yes" : "no");
        std::visit(
            [&]<class T>(const T& number) {
                if constexpr (std::is_arithmetic_v<T>)
                    leaf(name, fmt::format("{}:{}", name_of(type_of(value)), number));
            },
            value);
    }
    bool begin_optional(std::string_view name, bool present) override {
        if (!present) leaf(name, "-");
        return present;
    }
    std::size_t begin_list(std::string_view name, std::size_t size, ListRule) override {
        leaf(name, fmt::format("{}[", size));
        glue();
        return size;
    }
    void end_list() override { append("]"); }

  private:
    static std::string counted(std::size_t size) { return fmt::format("<{} bytes>", size); }
    static std::string quoted(std::string_view name, std::string_view value) {
        if (name == "password") return counted(value.size());
        std::string shown = "'";
        for (const char c : value.substr(0, text_shown)) {
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
            else shown += c;
        }
        return shown + (value.size() > text_shown ? fmt::format("'... ({} bytes)", value.size()) : "'");
    }
};

class Outliner final : public Printer {
  public:
    Outliner() : Printer(':') {}

    void i32(std::string_view name, std::int32_t&) override { leaf(name, "i32"); }
    void u32(std::string_view name, std::uint32_t&) override { leaf(name, "u32"); }
    void i64(std::string_view name, std::int64_t&) override { leaf(name, "i64"); }
    void u64(std::string_view name, std::uint64_t&) override { leaf(name, "u64"); }
    void f64(std::string_view name, double&) override { leaf(name, "f64"); }
    void uuid(std::string_view name, Uuid&) override { leaf(name, "uuid"); }
    void text(std::string_view name, std::string&) override { leaf(name, "text"); }
    void blob(std::string_view name, Blob&, std::uint32_t limit) override {
        leaf(name, fmt::format("bytes[0..{}]", limit));
    }
    void char_text(std::string_view name, std::string&, std::uint32_t limit) override {
        leaf(name, fmt::format("char_text[1..{}]", limit));
    }
    void char_text_fixed(std::string_view name, std::string&, std::uint32_t size) override {
        leaf(name, fmt::format("char_text[{}]", size));
    }
    void char_blob(std::string_view name, Blob&, std::uint32_t limit) override {
        leaf(name, fmt::format("char_bytes[0..{}]", limit));
    }
    void typed_value(std::string_view name, TypedValue&) override { leaf(name, "typed"); }
    bool begin_optional(std::string_view, bool) override {
        mark("?");
        return true;
    }
    std::size_t begin_list(std::string_view name, std::size_t, ListRule rule) override {
        leaf(name, fmt::format("[0..{} x >={}]", rule.limit, rule.element_min_bytes));
        glue();
        return 1;
    }
};

} // namespace

std::string dump(const BodyType& type, const void* body) {
    Dumper dumper;
    type.describe(dumper, const_cast<void*>(body)); // the dumper only looks
    return dumper.take();
}

std::string outline(const BodyType& type) {
    Outliner outliner;
    Body scratch(type);
    scratch.walk(outliner);
    return outliner.take();
}

} // namespace yado::protocol
