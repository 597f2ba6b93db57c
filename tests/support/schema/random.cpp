// SPDX-License-Identifier: Apache-2.0
#include "support/schema/random.h"

#include <random>

#include <fmt/format.h>

#include "schema/shown.h"

namespace yado::test {
namespace {

using namespace schema;

/// Texts of all shapes that leaf types in documents have: whatever a type accepts is taken.
constexpr std::string_view shapes[] = {
    "52:54:00:ab:cd:ef",
    "0a9bb3f4-33d2-4a3c-8a5e-3f0b6c2d1e55",
    "1f6a2d9c-7f4e-4c1a-9d3b-55f1c2aa0e01",
    "0-3,7",
    "5",
    "0x1f",
    "1.2",
    "192.0.2.17",
    "2001:db8::17",
    "192.0.2.0/24",
    "0000:03:00.1",
    "2026-11-22T07:00:00",
    "0755",
    "1.5",
    "-1",
    "100%",
    "50060e801049cfd1",
    "0xfffffffe",
    "yes",
    "on",
    "all",
};

class RandomWalker final : public Io {
  public:
    RandomWalker(unsigned seed, View view, std::string* not_filled)
        : random_(seed), view_(view), not_filled_(not_filled) {}

  private:
    std::size_t below(std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
    }
    bool maybe() { return below(2) == 0; }

    /// Letters, and now and then what has to be escaped somewhere.
    std::string plain_text() {
        static constexpr std::string_view pieces[] = {"a",     "vm",  "/dev/x", "ü",  "日", "&", "<",
                                                      ">",     "'",   "\"",     "\\", "7",  "-", "_",
                                                      "x.img", "ua-", "\n",     "\t", "\r", " "};
        std::string text = "t";
        for (std::size_t count = below(6); count > 0; --count) { text += pieces[below(std::size(pieces))]; }
        return text + "t";
    }

    std::string integer_text() {
        const std::size_t bits = below(65);
        std::uint64_t number = std::uniform_int_distribution<std::uint64_t>()(random_);
        number = bits == 0 ? 0 : number >> (64 - bits);
        if (below(8) == 0) { return fmt::format("-{}", number >> 1U); }
        return fmt::format("{}", number);
    }

    /// Something the leaf's type understands and that counts as being there.
    bool try_text(const std::string& text, void* slot, const Codec& codec) {
        try {
            if (codec.parse(text, slot) == no_problem && codec.present(slot) &&
                (codec.belongs == nullptr || codec.belongs(slot, view_))) {
                return true;
            }
        } catch (const Error&) {
            // out of range for its unit
        }
        codec.clear(slot);
        return false;
    }

    bool fill_leaf(void* slot, const Codec& codec) {
        for (int attempt = 0; attempt < 40; ++attempt) {
            std::string text;
            switch (codec.kind) {
            case Kind::boolean: text = maybe() ? "yes" : "no"; break;
            case Kind::integer: text = integer_text(); break;
            case Kind::size: text = fmt::format("{} KiB", below(1U << 30U)); break;
            case Kind::word: text = codec.words[below(codec.words.size())]; break;
            case Kind::text: text = plain_text(); break;
            }
            if (!text.empty() && try_text(text, slot, codec)) { return true; }
        }
        const std::size_t first = below(std::size(shapes));
        for (std::size_t i = 0; i < std::size(shapes); ++i) {
            if (try_text(std::string(shapes[(first + i) % std::size(shapes)]), slot, codec)) { return true; }
        }
        return false;
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        if (hidden(view_, rule) || forgotten(view_, rule)) { return; }
        if (place == Place::flag) {
            *static_cast<bool*>(slot) = maybe();
            return;
        }
        // Readers insist on the attribute, not on a word in it.
        if (insisted_on(place, rule, codec) && rule.implied.empty() && below(8) == 0) { return; }
        // What is left out while it is required or implied would come back as something else.
        if (!rule.required && rule.implied.empty() && below(3) == 0) { return; }
        if (!fill_leaf(slot, codec) && not_filled_ != nullptr) {
            not_filled_->append(fmt::format("{} ({})\n", name, codec.type));
        }
    }

    void elements(std::string_view, void* slot, const Elements& type, const Rule& rule) override {
        if (hidden(view_, rule) || forgotten(view_, rule)) { return; }
        constexpr int deepest = 12;
        std::size_t count = type.plain ? 1 : type.repeated ? below(4) : below(2);
        if (depth_ >= deepest && !type.plain) { count = 0; }
        if (rule.required) { count = std::max<std::size_t>(count, 1); }
        ++depth_;
        for (std::size_t i = 0; i < count; ++i) { type.body(*this, type.add(slot)); }
        --depth_;
    }

    void inside(std::string_view, Inner body, const Rule& rule) override {
        if (!hidden(view_, rule)) { body(); }
    }

    void one_of(std::string_view, void* slot, const Union& type, const Rule& rule) override {
        const std::size_t absent = !type.words.empty() && type.words[0].empty() && rule.required ? 1 : 0;
        const std::size_t index = absent + below(type.words.size() + type.others.size() - absent);
        if (index < type.words.size()) {
            type.select(slot, index);
        } else {
            select_word(type, slot, type.others[index - type.words.size()]);
        }
    }

    void keep(std::string_view name, Kept& kept) override {
        if (below(3) != 0) { return; }
        const std::string_view own = name.empty() ? "unheard-of" : name;
        kept.add(fmt::format("<{} a='{}'><b/><c>x &amp; y</c></{}>", own, below(10), own));
    }

    void foreign(std::string_view prefix, std::string_view, Kept& kept, bool declaration) override {
        if (!declaration && maybe()) {
            kept.add(fmt::format("<{0}:own><{0}:arg value='1'/></{0}:own>", prefix));
        }
    }

    void keep_verbatim(std::string_view name, std::string& member) override {
        if (maybe()) {
            member = fmt::format("<{0}><a:b xmlns:a=\"urn:a\" x=\"{1}\"/></{0}>", name, below(10));
        }
    }

    std::mt19937 random_;
    View view_;
    std::string* not_filled_;
    int depth_ = 0;
};

} // namespace

void fill(void* value, schema::Body body, unsigned seed, schema::View view, std::string* not_filled) {
    RandomWalker walker(seed, view, not_filled);
    body(walker, value);
}

std::string listed(const std::vector<schema::Difference>& differences) {
    std::string text;
    for (const schema::Difference& d : differences) {
        text += fmt::format("  {}: {} -> {}\n", d.path, d.before, d.after);
    }
    return text;
}

} // namespace yado::test
