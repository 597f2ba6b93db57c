// SPDX-License-Identifier: Apache-2.0
#include "protocol/procedures.h"

#include "protocol/procedure_rows.h"

#include <algorithm>

namespace yado::protocol {
namespace {

/// Picks one integer out of a structure, by the name of the field.
class IntegerFinder final : public Wire {
  public:
    explicit IntegerFinder(std::string_view wanted) : wanted_(wanted) {}

    std::uint32_t found() const { return found_; }

    void i32(std::string_view name, std::int32_t& value) override {
        see(name, static_cast<std::uint32_t>(value));
    }
    void u32(std::string_view name, std::uint32_t& value) override { see(name, value); }
    void i64(std::string_view name, std::int64_t& value) override {
        see(name, static_cast<std::uint32_t>(value));
    }
    void u64(std::string_view name, std::uint64_t& value) override {
        see(name, static_cast<std::uint32_t>(value));
    }
    void f64(std::string_view, double&) override {}
    void uuid(std::string_view, Uuid&) override {}
    void text(std::string_view, std::string&) override {}
    void blob(std::string_view, Blob&, std::uint32_t) override {}
    void char_text(std::string_view, std::string&, std::uint32_t) override {}
    void char_text_fixed(std::string_view, std::string&, std::uint32_t) override {}
    void char_blob(std::string_view, Blob&, std::uint32_t) override {}
    void typed_value(std::string_view, TypedValue&) override {}
    void begin_struct(std::string_view) override { depth_++; }
    void end_struct() override { depth_--; }
    bool begin_optional(std::string_view, bool present) override { return present; }
    std::size_t begin_list(std::string_view, std::size_t size, ListRule) override { return size; }

  private:
    void see(std::string_view name, std::uint32_t value) {
        if (depth_ == 0 && name == wanted_) found_ = value;
    }

    std::string_view wanted_;
    std::uint32_t found_ = 0;
    int depth_ = 0;
};

} // namespace

std::span<const ProcedureInfo> all(std::uint32_t program) {
    switch (program) {
    case program::remote: return rows::remote;
    case program::qemu: return rows::qemu;
    case program::lxc: return rows::lxc;
    case program::admin: return rows::admin;
    default: return {};
    }
}

const ProcedureInfo* find(std::uint32_t program, std::int32_t number) {
    // numbers run from 1 without gaps; the generator checks that
    const auto rows = all(program);
    if (number < 1 || static_cast<std::size_t>(number) > rows.size()) return nullptr;
    return &rows[static_cast<std::size_t>(number) - 1];
}

const ProcedureInfo* find(std::string_view name) {
    const auto at = std::ranges::lower_bound(rows::by_name, name, {}, &ProcedureInfo::name);
    return at == rows::by_name.end() || (*at)->name != name ? nullptr : *at;
}

bool holds(const Condition& condition, const BodyType& type, const void* args) {
    IntegerFinder finder(condition.argument);
    if (condition.when != Condition::When::always && condition.when != Condition::When::never)
        type.describe(finder, const_cast<void*>(args)); // the finder only looks
    switch (condition.when) {
    case Condition::When::never: return false;
    case Condition::When::always: return true;
    case Condition::When::any_set: return (finder.found() & condition.value) != 0;
    case Condition::When::none_set: return (finder.found() & condition.value) == 0;
    case Condition::When::equals: return finder.found() == condition.value;
    }
    return false;
}

} // namespace yado::protocol
