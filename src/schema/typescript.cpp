// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "schema/json_names.h"
#include "schema/types.h"

namespace yado::schema {

std::string remark(const ShapePart& part, const Meanings& meanings) {
    std::string text(meanings.find(part.path));
    const auto add = [&text](std::string_view sentence) {
        if (!text.empty()) { text += ' '; }
        text += sentence;
    };
    if (part.kind == ShapePart::Kind::leaf && part.codec->kind != Kind::word && !is_switch(*part.codec) &&
        part.codec->type != "string") {
        const bool is_size = part.codec->kind == Kind::size;
        std::string type(is_size ? "number of bytes" : part.codec->type);
        if (type[0] >= 'a' && type[0] <= 'z') { type[0] = static_cast<char>(type[0] - 'a' + 'A'); }
        add(type + ".");
    }
    if (part.rule.show == Show::live || part.rule.show == Show::running) { add("While it runs."); }
    if (part.rule.show == Show::secure) { add("Shown only when secrets are asked for."); }
    if (part.rule.change == Change::live) { add("Can change while it runs."); }
    if (part.rule.change == Change::never) { add("Never changes."); }
    if (!part.rule.since.empty()) { add(fmt::format("Since libvirt {}.", part.rule.since)); }
    return text;
}

namespace {

bool is_identifier(std::string_view name) {
    return !name.empty() && (name.front() < '0' || name.front() > '9') &&
           std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '$';
           });
}

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", text); }

template <class Words> std::string union_of(const Words& words) {
    std::string text;
    for (const std::string_view word : words) {
        if (word.empty()) { continue; }
        text += fmt::format("{}{}", text.empty() ? "" : " | ", in_quotes(word));
    }
    return text;
}

class TypeScript {
  public:
    explicit TypeScript(const Meanings& meanings) : meanings_(meanings) {}
    std::string out;

    void object(const std::vector<ShapePart>& parts, std::size_t depth, std::string_view tag_line = {}) {
        const SortedParts parted = sorted(parts);
        out += "{\n";
        if (!tag_line.empty()) { line(depth + 1).append(tag_line).append("\n"); }
        for (const ShapePart& part : parted.common) { member(part, depth + 1); }
        line(depth) += '}';
        for (const SortedParts::Choice& choice : parted.choices) {
            out += " & (\n";
            for (const SortedParts::Alternative& alternative : choice.alternatives) {
                line(depth + 1) += "| ";
                object(alternative.parts, depth + 1, tag(choice.tag, alternative));
                out += '\n';
            }
            line(depth) += ')';
        }
    }

  private:
    std::string& line(std::size_t depth) { return out.append(depth * 2, ' '); }

    static std::string named(const ShapePart& part, bool optional) {
        return fmt::format("{}{}: ", is_identifier(part.member) ? part.member : in_quotes(part.member),
                           optional ? "?" : "");
    }

    static std::string tag(const ShapePart& part, const SortedParts::Alternative& alternative) {
        if (alternative.words.empty()) { return named(part, true) + "undefined;"; }
        return named(part, alternative.may_be_unsaid) + union_of(alternative.words) + ";";
    }

    void member(const ShapePart& part, std::size_t depth) {
        if (const std::string about = remark(part, meanings_); !about.empty()) {
            // A comment must not be ended by what it says.
            std::string safe = about;
            for (std::size_t at = safe.find("*/"); at != std::string::npos; at = safe.find("*/")) {
                safe.replace(at, 2, "* /");
            }
            line(depth).append("/** ").append(safe).append(" */\n");
        }
        line(depth) += named(part, part.optional);
        switch (part.kind) {
        case ShapePart::Kind::leaf: out += leaf(*part.codec); break;
        case ShapePart::Kind::flag: out += "boolean"; break;
        case ShapePart::Kind::tag: out += "string"; break; // of a union nobody could sort out
        case ShapePart::Kind::element: out += part.type + (part.repeated ? "[]" : ""); break;
        case ShapePart::Kind::group: object(part.inner, depth); break;
        case ShapePart::Kind::kept: out += "string[]"; break;
        case ShapePart::Kind::verbatim: out += "string"; break;
        }
        out += ";\n";
    }

    static std::string leaf(const Codec& codec) {
        if (is_switch(codec)) { return "boolean"; }
        switch (codec.kind) {
        case Kind::integer:
        case Kind::size: return "number";
        case Kind::word: return union_of(codec.words);
        case Kind::text:
        case Kind::boolean: break;
        }
        return "string";
    }

    const Meanings& meanings_;
};

} // namespace

std::string typescript(const Shapes& shapes, const Meanings& meanings) {
    TypeScript writer(meanings);
    writer.out = "// SPDX-License-Identifier: Apache-2.0\n"
                 "// Generated from the description of the document; do not edit.\n";
    for (const auto& [name, parts] : shapes.types) {
        writer.out += fmt::format("\nexport type {} = ", name);
        writer.object(parts, 0);
        writer.out += ";\n";
    }
    return std::move(writer.out);
}

} // namespace yado::schema
