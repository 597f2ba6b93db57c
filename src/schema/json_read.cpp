// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <cmath>
#include <list>

#include <boost/json.hpp>

#include "schema/complaint.h"
#include "schema/json.h"
#include "schema/json_names.h"
#include "schema/shown.h"
#include "schema/write.h"
#include "schema/xml_tree.h"

namespace yado::schema {
namespace {

namespace json = boost::json;

std::string_view view_of(const json::string& text) { return {text.data(), text.size()}; }
json::string_view key_of(std::string_view name) { return {name.data(), name.size()}; }

/// Parts in "$xml" of one document: each is parsed by itself, which costs more than a plain value.
constexpr std::size_t most_kept_parts = 4096;

/// A part of "$xml" until somebody describes it.
struct KeptPart {
    std::string text; ///< of an attribute; of an element that did not parse, empty
    std::unique_ptr<XmlDocument> element;
    bool used = false;

    std::string_view name() const { return element ? element->root().name : Kept::name(text); }
};

/// The digits of a JSON number that is whole; nothing for others.
std::optional<std::string> digits_of(const json::value& value, int base) {
    char buffer[72];
    const auto print = [&](auto number) {
        return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, number, base).ptr);
    };
    if (value.is_uint64()) { return print(value.get_uint64()); }
    if (value.is_int64()) { return print(value.get_int64()); }
    constexpr double exact = 9007199254740992.0; // 2^53: beyond, neighbouring integers look the same
    if (value.is_double() && std::trunc(value.get_double()) == value.get_double() &&
        std::abs(value.get_double()) <= exact) {
        return print(static_cast<std::int64_t>(value.get_double()));
    }
    return std::nullopt;
}

/// XML has no way to hold most control characters and U+FFFE and U+FFFF, so nothing may bring them in.
bool fits_xml(std::string_view text) {
    if (text.contains("\xef\xbf\xbe") || text.contains("\xef\xbf\xbf")) { return false; }
    return std::ranges::none_of(text, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    });
}

class JsonReader final : public Io {
  public:
    JsonReader(const ReadOptions& options, Diagnostics& diagnostics)
        : options_(options), diagnostics_(diagnostics) {}

    void read(const json::object& object, std::string_view element, Body body, void* value) {
        Frame frame{object, element, {}, {}, {}, false};
        Frame* outer = std::exchange(frame_, &frame);
        body(*this, value);
        if (options_.unknown != Unknown::ignore) { report_unknown(); }
        frame_ = outer;
    }

  private:
    struct Frame {
        const json::object& object;
        std::string_view element; ///< its name in XML
        JsonNames names;
        std::vector<std::string> used;
        std::list<KeptPart> kept;
        bool kept_is_read;
    };

    /// The member, unless it is not there or null.
    const json::value* find(const std::string& member) {
        const json::value* value = frame_->object.if_contains(key_of(member));
        if (value == nullptr) { return nullptr; }
        frame_->used.push_back(member);
        return value->is_null() ? nullptr : value;
    }

    bool listed_enough() const { return diagnostics_.problems().size() >= Diagnostics::limit; }
    std::string path(std::string_view member) const {
        std::string where = path_;
        if (!member.empty()) { append_json_step(where, member); }
        return where;
    }
    void complain(std::string_view member, Complaint complaint) {
        if (listed_enough()) { return; }
        diagnostics_.add({complaint.code, std::move(complaint.message), path(member), 0, complaint.source});
    }
    void wrong_type(std::string_view member, std::string_view expected) {
        complain(member, {Code::invalid_arg, fmt::format("expected {}", expected), options_.source});
    }
    void lacks(Place place, const std::string& member, std::string_view name, const Rule& rule) {
        if (!rule.required) { return; }
        complain(member, place == Place::attribute
                             ? missing_attribute(frame_->element, name, rule, options_.source)
                             : missing_element(frame_->element, place == Place::text ? frame_->element : name,
                                               rule, options_.source));
    }

    /// What the XML would say for `value`; nothing (after a complaint) when the type is wrong.
    std::optional<std::string> spelled(const std::string& member, const json::value& value,
                                       const Codec& codec) {
        const bool number = codec.kind == Kind::integer || codec.kind == Kind::size;
        if (value.is_string()) {
            const std::string_view text = view_of(value.get_string());
            if (fits_xml(text)) { return std::string(text); }
            complain(member,
                     {Code::invalid_arg, "a control character that XML cannot hold", options_.source});
            return std::nullopt;
        }
        if (value.is_bool() && is_switch(codec)) { return std::string(switch_word(codec, value.get_bool())); }
        if (number) {
            if (auto digits = digits_of(value, codec.kind == Kind::integer ? codec.base : 10)) {
                return codec.kind == Kind::size ? *digits + " bytes" : *digits;
            }
        }
        wrong_type(member, number ? "an integer" : is_switch(codec) ? "true or false" : "a string");
        return std::nullopt;
    }

    void parse(Place place, const std::string& member, std::string_view name, std::string_view text,
               void* slot, const Codec& codec, const Rule& rule) {
        if (forgotten(options_.view, rule)) { return; }
        Problem why = no_problem;
        try {
            why = codec.parse(text, slot);
        } catch (const Error& error) {
            if (rule.invalid.empty() || rule.code == Code::xml_error) { // a unit that nobody knows
                complain(member, {error.code(), std::string(error.detail()), error.source()});
                return;
            }
            why = ""; // its rule has the words
        }
        if (why != no_problem) {
            const bool attribute = place == Place::attribute;
            const std::string_view element = place == Place::element ? name : frame_->element;
            complain(member, invalid_value(element, attribute ? name : std::string_view(), text, why, rule,
                                           options_.source));
        } else if (codec.belongs != nullptr && !codec.belongs(slot, options_.view)) {
            codec.clear(slot);
        }
    }

    void leaf(Place place, std::string_view name, void* slot, const Codec& codec, const Rule& rule) override {
        const std::string member = frame_->names.leaf(place, name, codec);
        if (rule.read_only_alias) { return; } // older spellings are XML's
        const json::value* value = find(member);
        if (place == Place::flag) {
            if (value != nullptr && !value->is_bool()) {
                wrong_type(member, "true or false");
            } else if (value != nullptr) {
                *static_cast<bool*>(slot) = value->get_bool() && !forgotten(options_.view, rule);
            }
            return;
        }
        if (value == nullptr) {
            if (place == Place::attribute && !rule.implied.empty()) {
                parse(place, member, name, rule.implied, slot, codec, rule);
            } else {
                lacks(place, member, name, rule);
            }
            return;
        }
        const std::optional<std::string> text = spelled(member, *value, codec);
        if (!text) { return; }
        if (text->empty() && place != Place::attribute) {
            lacks(place, member, name, rule); // an empty element says nothing in XML either
        } else {
            parse(place, member, name, *text, slot, codec, rule);
        }
    }

    void elements(std::string_view name, void* slot, const Elements& type, const Rule& rule) override {
        const std::string member = frame_->names.element(name);
        if (rule.read_only_alias) { return; }
        const json::value* value = find(member);
        if (value == nullptr) {
            lacks(Place::element, member, name, rule);
            return;
        }
        if (forgotten(options_.view, rule)) { return; }
        const auto add = [&](const json::object& object) { read(object, name, type.body, type.add(slot)); };
        std::string step;
        append_json_step(step, member);
        if (!type.repeated) {
            enter(step, *value, add);
        } else if (value->is_array()) {
            std::size_t number = 0;
            for (const json::value& one : value->get_array()) {
                enter(fmt::format("{}[{}]", step, number++), one, add);
            }
        } else {
            wrong_type(member, "an array");
        }
    }

    /// Calls `inner` with the object, its place being known while it runs.
    template <class F> void enter(const std::string& step, const json::value& value, F&& inner) {
        const std::size_t length = path_.size();
        path_ += step;
        if (value.is_object()) {
            inner(value.get_object());
        } else {
            wrong_type({}, "an object");
        }
        path_.resize(length);
    }

    void inside(std::string_view name, Inner body, const Rule& rule) override {
        const std::string member = frame_->names.element(name);
        const json::value* value = find(member);
        if (value == nullptr) {
            lacks(Place::element, member, name, rule);
            return;
        }
        std::string step;
        append_json_step(step, member);
        enter(step, *value, [&](const json::object& object) {
            read(object, name, [](Io&, void* inner) { (*static_cast<Inner*>(inner))(); }, &body);
        });
    }

    void one_of(std::string_view tag, void* slot, const Union& type, const Rule& rule) override {
        const std::string member = frame_->names.attribute(tag);
        const json::value* value = find(member);
        if (value == nullptr) {
            lacks(Place::attribute, member, tag, rule);
        } else if (!value->is_string()) {
            wrong_type(member, "a string");
        } else if (const auto word = view_of(value->get_string()); !select_word(type, slot, word)) {
            complain(member, invalid_value(frame_->element, tag, word, wrong_value, rule, options_.source));
        }
    }

    std::list<KeptPart>& kept_parts() {
        if (std::exchange(frame_->kept_is_read, true)) { return frame_->kept; }
        const json::value* all = find(std::string(kept_member));
        if (all == nullptr) { return frame_->kept; }
        if (!all->is_array()) {
            wrong_type(kept_member, "an array");
            return frame_->kept;
        }
        for (const json::value& part : all->get_array()) {
            if (!part.is_string()) {
                wrong_type(kept_member, "strings");
            } else if (++kept_count_ > most_kept_parts) {
                complain(kept_member, {Code::invalid_arg,
                                       fmt::format("more than {} parts in one document", most_kept_parts),
                                       options_.source});
                break;
            } else {
                add_part(view_of(part.get_string()));
            }
        }
        return frame_->kept;
    }

    void add_part(std::string_view text) {
        KeptPart part;
        if (Kept::is_attribute(text)) {
            // The name goes out as it is, so it has to be one.
            const std::string_view name = Kept::name(text);
            if (!is_xml_name(name) || text.size() < name.size() + 2 || text[name.size() + 1] != '=' ||
                !fits_xml(text)) {
                complain(kept_member,
                         {Code::invalid_arg, "an attribute is written \"@name=value\"", options_.source});
                return;
            }
            part.text = text;
        } else {
            try {
                const XmlLimits limits{options_.max_bytes, options_.max_nodes};
                part.element =
                    std::make_unique<XmlDocument>(text, limits, options_.document, options_.source);
            } catch (const Error& error) {
                complain(kept_member, {error.code(), std::string(error.detail()), error.source()});
                return;
            }
        }
        frame_->kept.push_back(std::move(part));
    }

    bool is_described(const KeptPart& part) const {
        const bool foreign = part.element && !part.element->root().href.empty();
        return !foreign && frame_->names.has(part.element ? Place::element : Place::attribute, part.name());
    }

    void keep(std::string_view name, Kept& kept) override {
        for (KeptPart& part : kept_parts()) {
            if (part.used || (!name.empty() && (!part.element || part.name() != name))) { continue; }
            part.used = true;
            if (name.empty() && is_described(part)) {
                complain(kept_member,
                         {Code::invalid_arg,
                          fmt::format("'{}' is not carried along, it has a member of its own", part.name()),
                          options_.source});
            } else if (part.element) {
                kept.add(compact(part.element->root()));
            } else {
                const std::size_t value = part.text.find('=') + 1;
                std::string attribute = part.text.substr(0, value);
                escape(attribute, std::string_view(part.text).substr(value));
                kept.add(std::move(attribute));
            }
        }
    }

    void foreign(std::string_view prefix, std::string_view href, Kept& kept, bool declaration) override {
        if (declaration) { return; }
        for (KeptPart& part : kept_parts()) {
            if (part.used || !part.element) { continue; }
            const XmlNode& root = part.element->root();
            // As written by us: with the prefix, which the document around it would declare.
            if (root.href == href || (root.href.empty() && root.prefix == prefix)) {
                part.used = true;
                kept.add(root.href.empty() ? compact(root) : compact(root, prefix));
            }
        }
    }

    void keep_verbatim(std::string_view name, std::string& member) override {
        const std::string own = frame_->names.element(name);
        const json::value* value = find(own);
        if (value == nullptr) { return; }
        if (!value->is_string()) {
            wrong_type(own, "a string");
            return;
        }
        try {
            const XmlLimits limits{options_.max_bytes, options_.max_nodes};
            XmlDocument document(view_of(value->get_string()), limits, options_.document, options_.source);
            if (document.root().name != name || !document.root().prefix.empty()) {
                wrong_type(own, fmt::format("a <{}> element", name));
                return;
            }
            drop_unowned(document.root());
            member = schema::verbatim(document.root());
        } catch (const Error& error) {
            complain(own, {error.code(), std::string(error.detail()), error.source()});
        }
    }

    void report_unknown() {
        for (const KeptPart& part : kept_parts()) {
            if (!part.used) { unknown(std::string(part.name())); }
        }
        for (const auto& member : frame_->object) {
            const std::string_view name(member.key().data(), member.key().size());
            if (std::ranges::find(frame_->used, name) == frame_->used.end()) { unknown(std::string(name)); }
        }
    }

    void unknown(const std::string& member) {
        if (listed_enough() || diagnostics_.notes().size() >= Diagnostics::limit) { return; }
        Finding finding{Code::xml_invalid_schema,
                        fmt::format("unknown member '{}' of '{}'", member, frame_->element), path(member), 0,
                        ErrorSource::xml};
        if (options_.unknown == Unknown::reject) {
            diagnostics_.add(std::move(finding));
        } else {
            diagnostics_.add_note(std::move(finding));
        }
    }

    const ReadOptions& options_;
    Diagnostics& diagnostics_;
    Frame* frame_ = nullptr;
    std::string path_ = "$";
    std::size_t kept_count_ = 0;
};

/// An upper bound of the values in `text`, cheap enough to be taken before anything is parsed.
std::size_t values_in(std::string_view text) {
    std::size_t count = 1;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else {
            count += c == ',' || c == '[' || c == '{' ? 1 : 0;
        }
    }
    return count;
}

json::value parsed(std::string_view text, const ReadOptions& options) {
    const auto refuse = [&options](std::size_t line, std::string_view why) {
        fail(options.source, Code::invalid_arg, "{}:{}: {}", options.document, line, why);
    };
    if (text.size() > options.max_bytes) {
        refuse(1, fmt::format("document of {} bytes is larger than the {} bytes allowed", text.size(),
                              options.max_bytes));
    }
    if (values_in(text) > options.max_nodes) {
        refuse(1, fmt::format("more than {} values", options.max_nodes));
    }
    json::parse_options rules;
    rules.max_depth = max_json_depth;
    json::parser parser({}, rules);
    json::error_code error;
    const std::size_t taken = parser.write_some(text.data(), text.size(), error);
    const std::string_view before = text.substr(0, std::min(taken, text.size()));
    const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
    if (error.failed()) { refuse(line, error.message()); }
    if (text.find_first_not_of(" \t\r\n", taken) != std::string_view::npos) {
        refuse(line, "something follows the document");
    }
    return parser.release();
}

} // namespace

void read_json_object(const boost::json::object& object, std::string_view root, void* value, Body body,
                      const ReadOptions& options, Diagnostics& diagnostics) {
    JsonReader(options, diagnostics).read(object, root, body, value);
}

void read_json_document(std::string_view text, std::string_view root, void* value, Body body,
                        const ReadOptions& options, Diagnostics& diagnostics) {
    const json::value document = parsed(text, options);
    if (!document.is_object()) {
        fail(options.source, Code::invalid_arg, "{}:1: expected an object", options.document);
    }
    read_json_object(document.get_object(), root, value, body, options, diagnostics);
}

} // namespace yado::schema
