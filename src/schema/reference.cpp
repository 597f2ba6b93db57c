// SPDX-License-Identifier: Apache-2.0
#include "schema/reference.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "schema/codec.h"

namespace yado::schema {
namespace {

/// What may stand in a cell of a table.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|' || c == '<') { safe += '\\'; }
        safe += c == '\n' ? ' ' : c;
    }
    return safe;
}

std::string code(std::string_view text) { return fmt::format("`{}`", text); }

std::string list(const std::vector<std::string_view>& words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!word.empty()) { text += fmt::format("{}{}", text.empty() ? "" : ", ", code(word)); }
    }
    return text;
}

std::string type_of(const OutlineEntry& entry) {
    if (entry.type == "kept") { return "XML, carried along"; }
    if (entry.type == "verbatim") { return "XML, yours"; }
    if (entry.type == "flag") { return "there or not"; }
    if (entry.words.empty()) { return cell(entry.type); }
    std::vector<std::string_view> words(entry.words.begin(), entry.words.end());
    words.insert(words.end(), entry.others.begin(), entry.others.end());
    return list(words);
}

std::string change_of(const OutlineEntry& entry) {
    if (entry.rule.show == Show::live || entry.rule.show == Show::running) { return "by the host"; }
    switch (entry.rule.change) {
    case Change::live: return "live";
    case Change::never: return "never";
    case Change::next_boot: break;
    }
    return "next start";
}

std::string meaning_of(const OutlineEntry& entry, const Meanings& meanings) {
    std::string text = cell(meanings.find(entry.path));
    const auto add = [&text](std::string_view sentence) {
        if (!text.empty()) { text += ' '; }
        text += sentence;
    };
    if (const std::string words = list(entry.when); !words.empty()) { add(fmt::format("With {}.", words)); }
    if (entry.rule.required) { add("Required."); }
    if (!entry.rule.implied.empty()) { add(fmt::format("Alone it means {}.", code(entry.rule.implied))); }
    if (entry.rule.show == Show::secure) { add("Secret: shown only when asked for."); }
    if (entry.rule.show == Show::inactive) { add("Only in the definition."); }
    if (entry.rule.guest_abi) { add("The guest sees it."); }
    if (entry.rule.read_only_alias) { add("Older spelling, never written."); }
    return text;
}

/// One element and what stands directly in it, groups included.
struct Section {
    const OutlineEntry* element;
    std::vector<const OutlineEntry*> fields;
};

std::string table(const Section& section, const Meanings& meanings) {
    if (section.fields.empty()) { return {}; }
    const bool has_since = std::ranges::any_of(
        section.fields, [](const OutlineEntry* field) { return !field->rule.since.empty(); });
    std::string text = fmt::format("| field | values | default | changes |{} meaning |\n"
                                   "|---|---|---|---|{}---|\n",
                                   has_since ? " since |" : "", has_since ? "---|" : "");
    for (const OutlineEntry* field : section.fields) {
        const std::string name = field->path.substr(section.element->path.size() + 1);
        text += fmt::format("| {} | {} | {} | {} |{} {} |\n", code(name), type_of(*field),
                            field->preset.empty() || field->rule.required ? "" : code(field->preset),
                            change_of(*field),
                            has_since ? fmt::format(" {} |", field->rule.since) : std::string(),
                            meaning_of(*field, meanings));
    }
    return text;
}

/// Groups of many fields, such as addresses, are shown like elements with a type.
bool has_section(const std::vector<OutlineEntry>& outline, const OutlineEntry& element) {
    constexpr std::ptrdiff_t many = 8;
    const std::string inside = element.path + "/";
    return !element.group || std::ranges::count_if(outline, [&](const OutlineEntry& entry) {
                                 return entry.type != "element" && entry.path.starts_with(inside);
                             }) >= many;
}

std::vector<Section> sections_of(const std::vector<OutlineEntry>& outline, const OutlineEntry& root) {
    std::vector<Section> sections{{&root, {}}};
    std::map<std::string, std::size_t, std::less<>> by_path{{root.path, 0}};
    for (const OutlineEntry& entry : outline) {
        if (entry.type == "element" && has_section(outline, entry)) {
            by_path.emplace(entry.path, sections.size());
            sections.push_back({&entry, {}});
        } else if (entry.type != "element") {
            std::string_view around = entry.path;
            auto own = by_path.end();
            while (own == by_path.end()) {
                around = around.substr(0, around.rfind('/'));
                own = by_path.find(around);
            }
            sections[own->second].fields.push_back(&entry);
        }
    }
    return sections;
}

} // namespace

std::string reference_page(std::string_view title, const std::vector<OutlineEntry>& outline,
                           const Meanings& meanings) {
    if (outline.empty()) { return {}; }
    const std::string& first = outline.front().path;
    OutlineEntry root;
    root.path = first.substr(0, first.find('/', 1));
    std::string page = fmt::format(
        "# {}\n\n"
        "Every field of `<{}>`. Generated from the description of the document and the sentences in\n"
        "`meanings/`; do not edit this page. \"Changes\" says when a changed field takes effect on what "
        "runs.\n",
        title, root.path.substr(1));
    // element name and table → where the same stands
    std::map<std::string, std::vector<std::string>> same;
    const std::vector<Section> sections = sections_of(outline, root);
    const auto key = [&meanings](const Section& section) {
        const std::string& path = section.element->path;
        return path.substr(path.rfind('/')) + "\n" + table(section, meanings);
    };
    for (const Section& section : sections) { same[key(section)].push_back(section.element->path); }
    for (const Section& section : sections) {
        const std::vector<std::string>& places = same[key(section)];
        if (places.front() != section.element->path) { continue; }
        page += fmt::format("\n## {}\n\n", code(section.element->path));
        std::string about = meaning_of(*section.element, meanings);
        if (section.element->repeated) { about += about.empty() ? "Any number." : " Any number."; }
        if (section.element->rule.change == Change::live) { about += " Can be plugged and unplugged."; }
        if (!about.empty()) { page += about + "\n\n"; }
        if (places.size() > 1) {
            page += "The same in";
            for (std::size_t i = 1; i < places.size(); ++i) {
                page += fmt::format("{} {}", i == 1 ? "" : ",", code(places[i]));
            }
            page += ".\n\n";
        }
        const std::string fields = table(section, meanings);
        page += fields.empty() ? "Nothing of its own.\n" : fields;
    }
    return page;
}

} // namespace yado::schema
