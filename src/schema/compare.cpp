// SPDX-License-Identifier: Apache-2.0
#include "schema/compare.h"

#include <unordered_map>

#include <fmt/format.h>

namespace yado::schema {
namespace {

class FieldWalker final : public Io {
  public:
    FieldWalker(View view, std::string root) : view_(view), path_(std::move(root)) {}
    std::vector<Field> found;

  private:
    /// Adds a step for as long as `inner` runs.
    template <class F> void step(std::string_view name, F&& inner) {
        const std::size_t length = path_.size();
        path_.append("/").append(name);
        inner();
        path_.resize(length);
    }
    void add(std::string_view name, std::string value, const Rule& rule) {
        step(name, [&] { found.push_back({path_, std::move(value), rule.guest_abi}); });
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        if (rule.read_only_alias || !view_.shows(rule.show) || !codec.present(slot)) { return; }
        std::string value;
        codec.print(slot, value);
        switch (place) {
        case Place::attribute: add(fmt::format("@{}", name), std::move(value), rule); return;
        case Place::text: found.push_back({path_, std::move(value), rule.guest_abi}); return;
        case Place::element: add(name, std::move(value), rule); return;
        case Place::flag:
            if (*static_cast<const bool*>(slot)) { add(name, "yes", rule); }
        }
    }

    void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) override {
        if (rule.read_only_alias || !view_.shows(rule.show)) { return; }
        const std::size_t count = type.count(slot);
        for (std::size_t i = 0; i < count; ++i) {
            step(type.repeated ? fmt::format("{}[{}]", name, i + 1) : std::string(name), [&] {
                const std::size_t before = found.size();
                type.body(*this, type.at(slot, i));
                if (found.size() == before && !type.plain) { found.push_back({path_, "", rule.guest_abi}); }
            });
        }
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        if (view_.shows(rule.show)) {
            step(name, [&] { body(); });
        }
    }

    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        const std::string* other = type.other_word(slot);
        const std::string_view word =
            other != nullptr ? std::string_view(*other) : type.words[type.index(slot)];
        if (!word.empty()) { add(fmt::format("@{}", tag), std::string(word), rule); }
    }

    void keep(std::string_view name, Kept& kept) override {
        std::unordered_map<std::string_view, int> numbers;
        for (const std::string& part : kept.parts()) {
            const std::string_view own = Kept::name(part);
            if (Kept::is_attribute(part)) {
                add(fmt::format("@{}", own), part.substr(own.size() + 2), {});
            } else if (name.empty() || own == name) {
                add(fmt::format("{}[{}]", own, ++numbers[own]), part, {});
            }
        }
    }

    void foreign(std::string_view, std::string_view, Kept& kept, bool declaration) override {
        if (!declaration) { keep({}, kept); }
    }

    void keep_verbatim(std::string_view name, std::string& member) override {
        if (!member.empty()) { add(name, member, {}); }
    }

    View view_;
    std::string path_;
};

} // namespace

std::vector<Field> fields(std::string_view root, const void* value, Body body, View view) {
    FieldWalker walker(view, fmt::format("/{}", root));
    // describe() takes a mutable value for the walkers that read; this one only looks.
    body(walker, const_cast<void*>(value));
    return std::move(walker.found);
}

std::vector<Difference> differences(const std::vector<Field>& before, const std::vector<Field>& after) {
    std::unordered_map<std::string_view, const Field*> old;
    for (const Field& field : before) { old.emplace(field.path, &field); }
    std::vector<Difference> found;
    for (const Field& field : after) {
        const auto match = old.find(field.path);
        if (match == old.end()) {
            found.push_back({field.path, {}, field.value, field.guest_abi});
            continue;
        }
        if (match->second->value != field.value) {
            found.push_back({field.path, match->second->value, field.value, field.guest_abi});
        }
        old.erase(match);
    }
    for (const Field& field : before) {
        if (const auto gone = old.find(field.path); gone != old.end() && gone->second == &field) {
            found.push_back({field.path, field.value, {}, field.guest_abi});
        }
    }
    return found;
}

} // namespace yado::schema
