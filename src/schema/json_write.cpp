// SPDX-License-Identifier: Apache-2.0
#include "schema/json.h"

#include <algorithm>
#include <limits>

#include <boost/json.hpp>

#include "base/units.h"
#include "schema/compact.h"
#include "schema/json_names.h"
#include "schema/shown.h"

namespace yado::schema {
namespace {

namespace json = boost::json;

json::string_view view_of(std::string_view text) { return {text.data(), text.size()}; }

/// Decimal, 0x… or 0… as the spelling prints it; what is no number at all stays a string.
json::value number_of(const std::string& text) {
    std::uint64_t positive = 0;
    if (!text.starts_with('-') && parse_integer(text, positive, 0) == no_problem) { return positive; }
    std::int64_t negative = 0;
    if (parse_integer(text, negative) == no_problem) { return negative; }
    return json::string(view_of(text));
}

/// Sizes past 2^64 bytes, which no document can state, become the largest number.
json::value bytes_of(const std::string& text, const Codec& codec) {
    std::uint64_t bytes = 0;
    try {
        const bool has_unit = text.find(' ') != std::string::npos;
        parse_size(has_unit ? text : fmt::format("{} {}", text, codec.unit), 1, bytes);
    } catch (const Error&) { bytes = std::numeric_limits<std::uint64_t>::max(); }
    return bytes;
}

json::value value_of(const Codec& codec, const void* slot) {
    std::string text;
    codec.print(slot, text);
    switch (codec.kind) {
    case Kind::boolean: return text == "yes" || text == "on" || text == "true" || text == "1";
    case Kind::integer: return number_of(text);
    case Kind::size: return bytes_of(text, codec);
    case Kind::word:
        if (const auto on = switch_value(codec.words, text)) { return *on; }
        break;
    case Kind::text: break;
    }
    return json::string(view_of(text));
}

class JsonWriter final : public Io {
  public:
    explicit JsonWriter(View view) : view_(view) {}

    json::object object(Body body, void* value) {
        json::object made;
        JsonNames names;
        json::object* outer = std::exchange(current_, &made);
        JsonNames* outer_names = std::exchange(names_, &names);
        body(*this, value);
        current_ = outer;
        names_ = outer_names;
        return made;
    }

  private:
    void set(std::string_view name, json::value value) {
        current_->insert_or_assign(view_of(name), std::move(value));
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        const std::string member = names_->leaf(place, name, codec);
        if (!shown(view_, place, rule, codec, slot)) { return; }
        if (place != Place::flag) {
            set(member, value_of(codec, slot));
        } else if (*static_cast<const bool*>(slot)) {
            set(member, true);
        }
    }

    void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) override {
        const std::string member = names_->element(name);
        if (hidden(view_, rule)) { return; }
        const std::size_t count = type.count(slot);
        const bool keep_empty = type.plain ? kept_empty(rule) : !rule.drop_empty;
        json::array several;
        for (std::size_t i = 0; i < count; ++i) {
            json::object one = object(type.body, type.at(slot, i));
            if (one.empty() && !keep_empty) { continue; }
            if (type.repeated) {
                several.push_back(std::move(one));
            } else {
                set(member, std::move(one));
            }
        }
        if (!several.empty()) { set(member, std::move(several)); }
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        const std::string member = names_->element(name);
        if (hidden(view_, rule)) { return; }
        json::object made = object([](Io&, void* inner) { (*static_cast<Inner*>(inner))(); }, &body);
        if (!made.empty() || kept_empty(rule)) { set(member, std::move(made)); }
    }

    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        const std::string member = names_->attribute(tag);
        const std::string_view word = selected_word(type, slot);
        if (!hidden(view_, rule) && !word.empty()) { set(member, json::string(view_of(word))); }
    }

    void keep(std::string_view name, Kept& kept) override {
        for (const std::string& part : kept.parts()) {
            if (Kept::is_attribute(part)) {
                const std::size_t value = part.find('=') + 1;
                add_kept(part.substr(0, value) + unescape(std::string_view(part).substr(value)));
            } else if (name.empty() || Kept::name(part) == name) {
                add_kept(part);
            }
        }
    }
    void add_kept(std::string_view part) {
        json::value& all = (*current_)[view_of(kept_member)];
        if (!all.is_array()) { all = json::array(); }
        all.get_array().emplace_back(view_of(part));
    }

    void foreign(std::string_view, std::string_view, Kept& kept, bool declaration) override {
        if (!declaration) { keep({}, kept); }
    }

    void keep_verbatim(std::string_view name, std::string& member) override {
        const std::string own = names_->element(name);
        if (!member.empty()) { set(own, json::string(view_of(member))); }
    }

    View view_;
    json::object* current_ = nullptr;
    JsonNames* names_ = nullptr;
};

/// Lists of words and numbers read better side by side.
bool fits_line(const json::value& value) { return !value.is_array() && !value.is_object(); }

void lay_out(std::string& out, const json::value& value, std::size_t depth) {
    const auto line = [&out](std::size_t level) { out.append("\n").append(level * 2, ' '); };
    bool first = true;
    const auto next = [&] {
        if (!std::exchange(first, false)) { out += ','; }
        line(depth + 1);
    };
    if (value.is_object() && !value.get_object().empty()) {
        out += '{';
        for (const auto& member : value.get_object()) {
            next();
            out.append(json::serialize(member.key())).append(": ");
            lay_out(out, member.value(), depth + 1);
        }
        line(depth);
        out += '}';
    } else if (value.is_array() && !std::ranges::all_of(value.get_array(), fits_line)) {
        out += '[';
        for (const json::value& element : value.get_array()) {
            next();
            lay_out(out, element, depth + 1);
        }
        line(depth);
        out += ']';
    } else {
        out += json::serialize(value);
    }
}

} // namespace

boost::json::object json_object(const void* value, Body body, View view) {
    // describe() takes a mutable value for the walkers that read; this one only looks.
    return JsonWriter(view).object(body, const_cast<void*>(value));
}

std::string json_text(const void* value, Body body, View view) {
    return json::serialize(json_object(value, body, view));
}

std::string laid_out(const boost::json::value& value) {
    std::string out;
    lay_out(out, value, 0);
    return out;
}

} // namespace yado::schema
