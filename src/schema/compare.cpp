// SPDX-License-Identifier: Apache-2.0
#include "schema/compare.h"

#include <ranges>
#include <unordered_map>
#include <unordered_set>

#include "schema/write.h"

namespace yado::schema {
namespace {

using Parts = std::vector<Part>;

/// A piece of a list: what one element holds.
struct Range {
    const Parts* all;
    std::size_t begin, end;
    std::size_t place; ///< length of the element's own path

    const Part& operator[](std::size_t i) const { return (*all)[i]; }
    /// Within the element, so that it is the same where the element itself is numbered otherwise.
    std::string_view path(std::size_t i) const { return std::string_view((*all)[i].path).substr(place); }
    Range inside(std::size_t i) const { return {all, i + 1, (*all)[i].end, (*all)[i].path.size()}; }
};

/// Everything an element holds as one text, without its own place.
std::string content(const Parts& all, std::size_t at) {
    std::string text;
    const std::size_t prefix = all[at].path.size();
    for (std::size_t i = at; i < all[at].end; ++i) {
        text.append(all[i].path, prefix).append("=").append(all[i].value).append("\n");
    }
    return text;
}

/// The elements of one name that have no keys, as indices in their lists.
struct Numbered {
    std::vector<std::size_t> before, after;
};

class Comparison {
  public:
    explicit Comparison(View view) : view_(view) {}
    std::vector<Difference> found;

    void compare(Range before, Range after) {
        const std::unordered_map<std::size_t, std::size_t> partner = match(before, after);
        std::vector<bool> taken(before.end - before.begin, false);
        for (std::size_t i = after.begin; i < after.end; i = after[i].end) {
            const auto match = partner.find(i);
            if (match == partner.end()) {
                only_one(after, i, Difference::Kind::added);
                continue;
            }
            taken[match->second - before.begin] = true;
            const Part& old = before[match->second];
            const Part& now = after[i];
            if (!now.is_leaf()) {
                compare(before.inside(match->second), after.inside(i));
            } else if (old.value != now.value) {
                found.push_back(
                    {now.path, old.value, now.value, Difference::Kind::changed, now.change, now.guest_abi});
            }
        }
        for (std::size_t i = before.begin; i < before.end; i = before[i].end) {
            if (!taken[i - before.begin]) { only_one(before, i, Difference::Kind::removed); }
        }
    }

  private:
    /// index in `after` → index in `before`
    static std::unordered_map<std::size_t, std::size_t> match(Range before, Range after) {
        std::unordered_map<std::size_t, std::size_t> partner;
        std::unordered_map<std::string_view, std::size_t> by_path;
        std::unordered_map<std::string_view, Numbered> by_position;
        for (std::size_t i = before.begin; i < before.end; i = before[i].end) {
            if (before[i].by_position) {
                by_position[before[i].name].before.push_back(i);
            } else {
                by_path.emplace(before.path(i), i);
            }
        }
        for (std::size_t i = after.begin; i < after.end; i = after[i].end) {
            if (after[i].by_position) {
                by_position[after[i].name].after.push_back(i);
            } else if (const auto same = by_path.find(after.path(i)); same != by_path.end()) {
                partner.emplace(i, same->second);
                by_path.erase(same);
            }
        }
        for (const auto& [name, places] : by_position) { pair_up(*before.all, *after.all, places, partner); }
        return partner;
    }

    /// The same content first, wherever it stands; the rest one after the other.
    static void pair_up(const Parts& before, const Parts& after, const Numbered& places,
                        std::unordered_map<std::size_t, std::size_t>& partner) {
        std::unordered_map<std::string, std::vector<std::size_t>> contents;
        for (const std::size_t i : std::views::reverse(places.before)) {
            contents[content(before, i)].push_back(i);
        }
        std::unordered_set<std::size_t> taken;
        for (const std::size_t i : places.after) {
            const auto same = contents.find(content(after, i));
            if (same == contents.end() || same->second.empty()) { continue; }
            partner.emplace(i, same->second.back());
            taken.insert(same->second.back());
            same->second.pop_back();
        }
        auto next = places.before.begin();
        for (const std::size_t i : places.after) {
            if (partner.contains(i)) { continue; }
            while (next != places.before.end() && taken.contains(*next)) { ++next; }
            if (next == places.before.end()) { return; }
            partner.emplace(i, *next++);
        }
    }

    void only_one(Range range, std::size_t at, Difference::Kind kind) {
        const Part& part = range[at];
        Difference difference{part.path, {}, {}, kind, part.change, part.guest_abi, !part.is_leaf()};
        std::string& text = kind == Difference::Kind::added ? difference.after : difference.before;
        if (part.is_leaf()) {
            text = part.value;
        } else {
            write_document(text, part.name, part.slot, part.body, view_);
            if (text.ends_with('\n')) { text.pop_back(); }
            for (std::size_t i = at + 1; i < part.end; ++i) {
                difference.guest_abi = difference.guest_abi || range[i].guest_abi;
            }
        }
        found.push_back(std::move(difference));
    }

    View view_;
};

} // namespace

std::vector<Difference> compare(std::string_view root, const void* before, const void* after, Body body,
                                View view) {
    const Parts old = parts(root, before, body, view);
    const Parts now = parts(root, after, body, view);
    Comparison comparison(view);
    comparison.compare({&old, 0, old.size(), 0}, {&now, 0, now.size(), 0});
    return std::move(comparison.found);
}

} // namespace yado::schema
