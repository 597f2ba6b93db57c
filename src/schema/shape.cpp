// SPDX-License-Identifier: Apache-2.0
#include "schema/shape.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "schema/json_names.h"

namespace yado::schema {
namespace {

/// "boot-menu" → "BootMenu"
std::string type_name(std::string_view element) {
    std::string name;
    bool upper = true;
    for (const char c : element) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter) { name += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
        upper = !letter;
    }
    return name;
}

class ShapeWalker final : public Io {
  public:
    ShapeWalker(Shapes& shapes, std::string root) : shapes_(shapes), path_(std::move(root)) {}

    /// Describes a type, unless it is there or being described. Its name: that of the element, with those of
    /// the elements around it as far as others have the same.
    std::string type(Body body, std::string_view element, void* blank, void (*with_blank)(Io&, Body)) {
        if (const auto known = names_.find(body); known != names_.end()) { return known->second; }
        std::string name = type_name(element);
        for (auto outer = around_.rbegin(); taken(name) && outer != around_.rend(); ++outer) {
            name = type_name(*outer) + name;
        }
        for (int number = 2; taken(name); ++number) {
            name = fmt::format("{}{}", type_name(element), number);
        }
        names_.emplace(body, name);
        std::vector<ShapePart> parts;
        Frame frame{&parts, {}, {}, {}};
        Frame* outer = std::exchange(frame_, &frame);
        around_.push_back(element);
        if (blank != nullptr) {
            body(*this, blank);
        } else {
            with_blank(*this, body);
        }
        around_.pop_back();
        frame_ = outer;
        shapes_.types.emplace(name, std::move(parts));
        return name;
    }

  private:
    /// One object of JSON.
    struct Frame {
        std::vector<ShapePart>* parts;
        JsonNames names;
        std::map<const void*, std::size_t> choices; ///< the unions whose tag was seen in this type
        std::vector<ShapePart::When> when;
    };

    bool taken(const std::string& name) const {
        return std::ranges::any_of(names_, [&](const auto& known) { return known.second == name; });
    }

    ShapePart& add(ShapePart::Kind kind, std::string member, std::string_view step, const Rule& rule) {
        ShapePart& part = frame_->parts->emplace_back();
        part.kind = kind;
        part.member = std::move(member);
        part.path = fmt::format("{}/{}", path_, step);
        part.rule = rule;
        part.optional = !rule.required || rule.show != Show::always;
        part.when = frame_->when;
        return part;
    }

    /// What an integer's type takes, by trying.
    static void find_limits(ShapePart& part, const Codec& codec, void* slot) {
        const auto takes = [&](const std::string& text) { return codec.parse(text, slot) == no_problem; };
        for (int bits = 64; bits > 0 && !part.largest; --bits) {
            const std::uint64_t largest = std::numeric_limits<std::uint64_t>::max() >> (64 - bits);
            if (takes(fmt::format("{}", largest))) { part.largest = largest; }
        }
        for (const int bits : {64, 32, 16, 8}) {
            const std::int64_t smallest = std::numeric_limits<std::int64_t>::min() >> (64 - bits);
            if (!part.smallest && takes(fmt::format("{}", smallest))) { part.smallest = smallest; }
        }
        if (!part.smallest && !takes("-1")) { part.smallest = takes("0") ? 0 : 1; }
        codec.clear(slot);
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        std::string member = frame_->names.leaf(place, name, codec);
        if (rule.read_only_alias) { return; }
        const std::string step = place == Place::attribute ? fmt::format("@{}", name)
                                 : place == Place::text    ? std::string("text()")
                                                           : std::string(name);
        ShapePart& part = add(place == Place::flag ? ShapePart::Kind::flag : ShapePart::Kind::leaf,
                              std::move(member), step, rule);
        part.codec = &codec;
        if (codec.kind == Kind::integer && codec.base == 10) { find_limits(part, codec, slot); }
    }

    void elements(std::string_view name, void*, const Elements& type, const Rule& rule) override {
        std::string member = frame_->names.element(name);
        if (rule.read_only_alias) { return; }
        // The parts of this type may move while others are added; so the name comes first.
        const std::size_t length = path_.size();
        path_.append("/").append(name);
        const std::string own = this->type(type.body, name, nullptr, type.with_blank);
        path_.resize(length);
        ShapePart& part = add(ShapePart::Kind::element, std::move(member), name, rule);
        part.type = own;
        part.repeated = type.repeated;
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        std::string member = frame_->names.element(name);
        std::vector<ShapePart> parts;
        // Conditions hold for the group as a whole; unions around it still choose what is in it.
        Frame frame{&parts, {}, frame_->choices, {}};
        Frame* outer = std::exchange(frame_, &frame);
        const std::size_t length = path_.size();
        path_.append("/").append(name);
        body();
        path_.resize(length);
        frame_ = outer;
        add(ShapePart::Kind::group, std::move(member), name, rule).inner = std::move(parts);
    }

    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        ShapePart& part =
            add(ShapePart::Kind::tag, frame_->names.attribute(tag), fmt::format("@{}", tag), rule);
        for (const std::string_view word : type.words) {
            part.tags.emplace_back(word.empty() ? std::vector<std::string_view>{}
                                                : std::vector<std::string_view>{word});
        }
        if (!type.others.empty()) { part.tags.emplace_back(type.others.begin(), type.others.end()); }
        part.choice = next_choice_++;
        frame_->choices[slot] = part.choice;
    }

    void choices(void* slot, const Union& type) override {
        const auto tagged = frame_->choices.find(slot);
        const std::size_t count = type.words.size() + (type.others.empty() ? 0 : 1);
        const JsonNames names = frame_->names;
        for (std::size_t i = 0; i < count; ++i) {
            if (tagged != frame_->choices.end()) { frame_->when.push_back({tagged->second, i}); }
            frame_->names = names;
            type.select(slot, i);
            type.body(*this, slot);
            if (tagged != frame_->choices.end()) { frame_->when.pop_back(); }
        }
        frame_->names = names;
        type.select(slot, 0);
    }

    void keep(std::string_view name, Kept&) override {
        add(ShapePart::Kind::kept, std::string(kept_member), name.empty() ? "*" : name, no_rule);
    }
    void foreign(std::string_view prefix, std::string_view, Kept&, bool declaration) override {
        if (!declaration) {
            add(ShapePart::Kind::kept, std::string(kept_member), fmt::format("{}:*", prefix), no_rule);
        }
    }
    void keep_verbatim(std::string_view name, std::string&) override {
        add(ShapePart::Kind::verbatim, frame_->names.element(name), name, no_rule);
    }

    Shapes& shapes_;
    std::string path_;
    std::map<Body, std::string> names_;
    std::vector<std::string_view> around_;
    Frame* frame_ = nullptr;
    std::size_t next_choice_ = 0;
};

} // namespace

Shapes shapes(std::string_view root, void* blank, Body body) {
    Shapes all;
    ShapeWalker walker(all, fmt::format("/{}", root));
    all.root = walker.type(body, root, blank, nullptr);
    return all;
}

namespace {

/// Whether a part, or something in it, depends on the union.
bool depends_on(const ShapePart& part, std::size_t choice) {
    return std::ranges::any_of(part.when, [&](const auto& when) { return when.choice == choice; }) ||
           std::ranges::any_of(part.inner, [&](const auto& inner) { return depends_on(inner, choice); });
}

/// `parts` seen from one alternative of a union: parts of others are gone, its own lose the condition.
std::vector<ShapePart> with_alternative(const std::vector<ShapePart>& parts, ShapePart::When chosen) {
    std::vector<ShapePart> left;
    for (const ShapePart& part : parts) {
        const auto condition = std::ranges::find(part.when, chosen.choice, &ShapePart::When::choice);
        if (condition != part.when.end() && condition->alternative != chosen.alternative) { continue; }
        ShapePart copy = part;
        std::erase_if(copy.when, [&](const auto& when) { return when.choice == chosen.choice; });
        copy.inner = with_alternative(part.inner, chosen);
        if (part.inner.empty() || !copy.inner.empty()) { left.push_back(std::move(copy)); }
    }
    return left;
}

} // namespace

SortedParts sorted(const std::vector<ShapePart>& parts) {
    SortedParts result;
    std::vector<ShapePart> left;
    for (const ShapePart& part : parts) {
        if (part.kind == ShapePart::Kind::tag && part.when.empty()) {
            result.choices.push_back({part, {}});
        } else {
            left.push_back(part);
        }
    }
    for (auto& [tag, alternatives] : result.choices) {
        std::vector<ShapePart> own;
        std::erase_if(left, [&, choice = tag.choice](const ShapePart& part) {
            if (!depends_on(part, choice)) { return false; }
            own.push_back(part);
            return true;
        });
        for (std::size_t i = 0; i < tag.tags.size(); ++i) {
            std::vector<ShapePart> seen = with_alternative(own, {tag.choice, i});
            const bool may_be_unsaid = i == 0 && !tag.tags[0].empty() && tag.optional;
            // Alternatives without parts of their own are told apart by nothing but their word.
            if (seen.empty() && !alternatives.empty() && alternatives.back().parts.empty() &&
                !alternatives.back().words.empty() && !alternatives.back().may_be_unsaid) {
                alternatives.back().words.insert(alternatives.back().words.end(), tag.tags[i].begin(),
                                                 tag.tags[i].end());
            } else {
                alternatives.push_back({tag.tags[i], may_be_unsaid, std::move(seen)});
            }
        }
    }
    for (ShapePart& part : left) {
        if (std::ranges::find(result.common, part.member, &ShapePart::member) == result.common.end()) {
            result.common.push_back(std::move(part));
        }
    }
    return result;
}

} // namespace yado::schema
