// SPDX-License-Identifier: Apache-2.0
#include "schema/parts.h"

#include <unordered_map>

#include <fmt/format.h>

#include "schema/shown.h"

namespace yado::schema {
namespace {

/// Appends "/name" for as long as `inner` runs.
template <class F> void step(std::string& path, std::string_view name, F&& inner) {
    const std::size_t length = path.size();
    path.append("/").append(name);
    inner();
    path.resize(length);
}

/// Reads the keys of one element: "[@type='usb'][@index='0']". Empty when it has none.
class KeyWalker final : public Io {
  public:
    std::string keys;

  private:
    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        if (!rule.key || rule.read_only_alias || !codec.present(slot)) { return; }
        std::string value;
        codec.print(slot, value);
        if (value.empty() || value.find('\'') != std::string::npos) { return; }
        const std::string_view mark = place == Place::attribute ? "@" : "";
        keys += fmt::format("[{}{}{}='{}']", path_, mark, place == Place::text ? "text()" : name, value);
    }
    void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) override {
        if (type.repeated || rule.read_only_alias || type.count(slot) == 0) { return; }
        within(name, [&] { type.body(*this, type.at(slot, 0)); });
    }
    void inside(std::string_view name, Inner body, const Rule&) override {
        within(name, [&] { body(); });
    }
    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        const std::string_view word = rule.key ? selected_word(type, slot) : std::string_view();
        if (!word.empty()) { keys += fmt::format("[{}@{}='{}']", path_, tag, word); }
    }
    void keep(std::string_view, Kept&) override {}
    void foreign(std::string_view, std::string_view, Kept&, bool) override {}
    void keep_verbatim(std::string_view, std::string&) override {}

    template <class F> void within(std::string_view name, F&& inner) {
        const std::size_t length = path_.size();
        path_.append(name).append("/");
        inner();
        path_.resize(length);
    }
    std::string path_;
};

class PartWalker final : public Io {
  public:
    PartWalker(View view, std::string root) : view_(view), path_(std::move(root)) {}
    std::vector<Part> found;

  private:
    void add(std::string_view name, std::string value, const Rule& rule) {
        step(path_, name, [&] { add_here(std::move(value), rule); });
    }
    void add_here(std::string value, const Rule& rule) {
        Part& part = found.emplace_back();
        part.path = path_;
        part.value = std::move(value);
        part.guest_abi = rule.guest_abi;
        part.change = rule.change;
        part.end = found.size();
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        if (!shown(view_, place, rule, codec, slot)) { return; }
        std::string value;
        codec.print(slot, value);
        switch (place) {
        case Place::attribute: add(fmt::format("@{}", name), std::move(value), rule); return;
        case Place::text: add_here(std::move(value), rule); return;
        case Place::element: add(name, std::move(value), rule); return;
        case Place::flag:
            if (*static_cast<const bool*>(slot)) { add(name, "yes", rule); }
        }
    }

    void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) override {
        if (hidden(view_, rule)) { return; }
        if (type.plain) {
            step(path_, name, [&] { type.body(*this, type.at(slot, 0)); });
            return;
        }
        const std::size_t count = type.count(slot);
        std::unordered_map<std::string, int> numbers;
        for (std::size_t i = 0; i < count; ++i) {
            void* element = type.at(slot, i);
            if (!type.repeated) {
                add_element(std::string(name), name, element, type, rule, false);
                continue;
            }
            KeyWalker walker;
            type.body(walker, element);
            const std::string& keys = walker.keys;
            std::string called = fmt::format("{}{}", name, keys);
            const int number = keys.empty() ? static_cast<int>(i) + 1 : ++numbers[keys];
            if (keys.empty() || number > 1) { called += fmt::format("[{}]", number); }
            add_element(called, name, element, type, rule, keys.empty());
        }
    }

    void add_element(const std::string& called, std::string_view name, void* element, const Elements& type,
                     const Rule& rule, bool by_position) {
        step(path_, called, [&] {
            const std::size_t own = found.size();
            add_here({}, rule);
            found[own].name = name;
            found[own].body = type.body;
            found[own].slot = element;
            found[own].by_position = by_position;
            type.body(*this, element);
            if (rule.drop_empty && found.size() == own + 1) {
                found.pop_back();
            } else {
                found[own].end = found.size();
            }
        });
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        if (!hidden(view_, rule)) {
            step(path_, name, [&] { body(); });
        }
    }

    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        const std::string_view word = selected_word(type, slot);
        if (!word.empty() && !hidden(view_, rule)) { add(fmt::format("@{}", tag), std::string(word), rule); }
    }

    void keep(std::string_view name, Kept& kept) override {
        std::unordered_map<std::string_view, int> numbers;
        for (const std::string& part : kept.parts()) {
            const std::string_view own = Kept::name(part);
            if (Kept::is_attribute(part)) {
                add(fmt::format("@{}", own), part.substr(own.size() + 2), no_rule);
            } else if (name.empty() || own == name) {
                add(fmt::format("{}[{}]", own, ++numbers[own]), part, no_rule);
            }
        }
    }

    void foreign(std::string_view, std::string_view, Kept& kept, bool declaration) override {
        if (!declaration) { keep({}, kept); }
    }

    void keep_verbatim(std::string_view name, std::string& member) override {
        if (!member.empty()) { add(name, member, no_rule); }
    }

    View view_;
    std::string path_;
};

} // namespace

std::vector<Part> parts(std::string_view root, const void* value, Body body, View view) {
    PartWalker walker(view, fmt::format("/{}", root));
    // describe() takes a mutable value for the walkers that read; this one only looks.
    body(walker, const_cast<void*>(value));
    return std::move(walker.found);
}

std::string without_keys(std::string_view path) {
    std::string out;
    bool in_key = false;
    bool in_value = false;
    for (const char c : path) {
        in_value = in_value != (in_key && c == '\'');
        if (!in_key && c != '[') {
            out += c;
        } else if (!in_value) {
            in_key = c != ']';
        }
    }
    return out;
}

} // namespace yado::schema
