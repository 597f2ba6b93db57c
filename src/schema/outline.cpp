// SPDX-License-Identifier: Apache-2.0
#include "schema/outline.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace yado::schema {
namespace {

class OutlineWalker final : public Io {
  public:
    explicit OutlineWalker(std::string root) : path_(std::move(root)) {}
    std::vector<OutlineEntry> found;

  private:
    template <class F> void step(std::string_view name, F&& inner) {
        const std::size_t length = path_.size();
        path_.append("/").append(name);
        inner();
        path_.resize(length);
    }
    /// Alternatives of a union may describe the same part; it is listed once.
    void add(std::string path, std::string_view type, std::span<const std::string_view> words,
             const Rule& rule, bool repeated = false) {
        if (const auto [known, is_new] = seen_.emplace(path, found.size()); !is_new) {
            std::vector<std::string_view>& when = found[known->second].when;
            if (!when.empty()) { when.insert(when.end(), when_.begin(), when_.end()); }
            return;
        }
        OutlineEntry& entry = found.emplace_back();
        entry.path = std::move(path);
        entry.type = type;
        entry.words = words;
        entry.rule = rule;
        entry.repeated = repeated;
        entry.when = when_;
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        const std::size_t before = found.size();
        add_leaf(place, name, codec, rule);
        if (found.size() > before && place != Place::flag && codec.present(slot)) {
            codec.print(slot, found.back().preset);
        }
    }
    void add_leaf(Place place, std::string_view name, const Codec& codec, const Rule& rule) {
        switch (place) {
        case Place::attribute: add(fmt::format("{}/@{}", path_, name), codec.type, codec.words, rule); return;
        case Place::text: add(fmt::format("{}/text()", path_), codec.type, codec.words, rule); return;
        case Place::element: add(fmt::format("{}/{}", path_, name), codec.type, codec.words, rule); return;
        case Place::flag: add(fmt::format("{}/{}", path_, name), "flag", {}, rule); return;
        }
    }

    void elements(std::string_view name, void*, const Elements& type, const Rule& rule) override {
        if (std::ranges::find(open_, type.body) != open_.end()) { return; }
        step(name, [&] {
            add(path_, "element", {}, rule, type.repeated);
            open_.push_back(type.body);
            // The condition is the element's; inside it holds anyway.
            const std::vector<std::string_view> outer = std::exchange(when_, {});
            type.with_blank(*this, type.body);
            when_ = outer;
            open_.pop_back();
        });
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        step(name, [&] {
            const std::size_t before = found.size();
            add(path_, "element", {}, rule);
            if (found.size() > before) { found.back().group = true; }
            body();
        });
    }

    void one_of(std::string_view tag, void*, const Union& type, const Rule& rule) override {
        const std::size_t before = found.size();
        add(fmt::format("{}/@{}", path_, tag), "word", type.words, rule);
        if (found.size() > before) { found.back().others = type.others; }
    }

    void choices(void* slot, const Union& type) override {
        const std::size_t alternatives = type.words.size() + (type.others.empty() ? 0 : 1);
        const std::vector<std::string_view> outer = when_;
        for (std::size_t i = 0; i < alternatives; ++i) {
            when_.assign(type.others.begin(), type.others.end());
            if (i < type.words.size()) { when_.assign(1, type.words[i]); }
            type.select(slot, i);
            type.body(*this, slot);
        }
        when_ = outer;
        type.select(slot, 0);
    }

    void keep(std::string_view name, Kept&) override {
        add(fmt::format("{}/{}", path_, name.empty() ? "*" : name), "kept", {}, {}, true);
    }
    void foreign(std::string_view prefix, std::string_view, Kept&, bool declaration) override {
        if (!declaration) { add(fmt::format("{}/{}:*", path_, prefix), "kept", {}, {}, true); }
    }
    void keep_verbatim(std::string_view name, std::string&) override {
        add(fmt::format("{}/{}", path_, name), "verbatim", {}, {});
    }

    std::string path_;
    std::vector<Body> open_;
    std::map<std::string, std::size_t> seen_;
    std::vector<std::string_view> when_;
};

} // namespace

std::vector<OutlineEntry> outline(std::string_view root, void* blank, Body body) {
    OutlineWalker walker(fmt::format("/{}", root));
    body(walker, blank);
    return std::move(walker.found);
}

} // namespace yado::schema
