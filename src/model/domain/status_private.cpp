// SPDX-License-Identifier: Apache-2.0
#include "model/domain/status_private.h"

#include "schema/write.h"
#include "schema/xml_tree.h"

#include <fmt/format.h>
#include <map>

namespace yado::model {

using schema::XmlNode;

namespace {

constexpr std::string_view private_name = "privateData";
constexpr schema::XmlLimits limits{16U << 20U, 1'000'000}; // what the store reads at most
constexpr std::size_t device_depth = 3;                    // domstatus, domain, devices

const XmlNode* child(const XmlNode* parent, std::string_view name) {
    const XmlNode* each = parent == nullptr ? nullptr : parent->first;
    while (each != nullptr && (each->kind != XmlNode::Kind::element || each->name != name)) each = each->next;
    return each;
}

std::string alias_of(const XmlNode& device) {
    const XmlNode* alias = child(&device, "alias");
    for (std::size_t i = 0; alias != nullptr && i < alias->attribute_count; ++i) {
        if (alias->attributes[i].name == "name") return std::string(alias->attributes[i].value);
    }
    return {};
}

void collect(const XmlNode& element, const std::string& alias, const std::string& path,
             std::vector<StatusPrivate>& found) {
    for (const XmlNode* each = element.first; each != nullptr; each = each->next) {
        if (each->kind != XmlNode::Kind::element) continue;
        if (each->name == private_name) {
            found.push_back({alias, path, schema::compact(*each)});
        } else {
            collect(*each, alias,
                    path.empty() ? std::string(each->name) : fmt::format("{}/{}", path, each->name), found);
        }
    }
}

/// The lines of one element in the written <domain>; `last` is its end tag, or the first line again.
struct Lines {
    std::size_t first = 0, last = 0;
};

// Only the writer's own lines begin with '<' behind their indentation: in texts and values it is an entity.
bool opens(std::string_view line, std::size_t indent, std::string_view name) {
    if (line.find_first_not_of(' ') != indent || line[indent] != '<') return false;
    line.remove_prefix(indent + 1);
    return line.starts_with(name) && line.size() > name.size() &&
           std::string_view(" />").contains(line[name.size()]);
}

class Document {
  public:
    explicit Document(std::string_view text) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            lines_.emplace_back(text.substr(at, end - at));
            at = end + 1;
        }
        const Lines devices = find({0, lines_.size()}, device_depth - 1, "devices");
        for (std::size_t i = devices.first + 1; i < devices.last; ++i) {
            const Lines device = element_at(i, device_depth);
            note(device);
            i = device.last;
        }
    }

    void put(const StatusPrivate& part) {
        const auto device = devices_.find(part.device);
        if (device == devices_.end()) return;
        Lines place = device->second;
        std::size_t depth = device_depth;
        for (std::string_view rest = part.inside; !rest.empty();) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            place = find({place.first + 1, place.last}, ++depth, rest.substr(0, slash));
            if (place.first == place.last && !opens(lines_[place.first], 2 * depth, rest.substr(0, slash)))
                return;
            rest.remove_prefix(std::min(slash + 1, rest.size()));
        }
        std::string written;
        schema::write_compact(written, part.xml, static_cast<int>(depth) + 1);
        std::string& line = lines_[place.last];
        if (place.first != place.last) { // before the end tag
            line = written + line;
            return;
        }
        if (!line.ends_with("/>")) return; // text alone
        const std::size_t name_end = line.find_first_of(" /", 2 * depth);
        const std::string name = line.substr(2 * depth + 1, name_end - 2 * depth - 1);
        line.replace(line.size() - 2, 2, ">\n");
        line += fmt::format("{}{:{}}</{}>", written, "", 2 * depth, name);
    }

    void append_to(std::string& text) const {
        for (const std::string& line : lines_) text.append(line).append("\n");
    }

  private:
    void note(Lines device) {
        constexpr std::string_view start = "name='";
        const Lines alias = find({device.first + 1, device.last}, device_depth + 1, "alias");
        const std::string& line = lines_[alias.first];
        const std::size_t name = line.find(start);
        if (!opens(line, 2 * (device_depth + 1), "alias") || name == std::string::npos) return;
        const std::size_t begin = name + start.size();
        devices_.emplace(line.substr(begin, line.find('\'', begin) - begin), device);
    }

    /// The element that begins on a line.
    Lines element_at(std::size_t first, std::size_t depth) const {
        const std::string& line = lines_[first];
        const std::size_t name_end = line.find_first_of(" />", 2 * depth + 1);
        const std::string close = fmt::format("</{}>", line.substr(2 * depth + 1, name_end - 2 * depth - 1));
        if (line.ends_with("/>") || line.ends_with(close)) return {first, first};
        for (std::size_t i = first + 1; i < lines_.size(); ++i) {
            if (lines_[i].find_first_not_of(' ') == 2 * depth && lines_[i].ends_with(close))
                return {first, i};
        }
        return {first, first};
    }

    /// The first element called `name` at this depth between two lines; the first line alone if there is
    /// none.
    Lines find(Lines within, std::size_t depth, std::string_view name) const {
        for (std::size_t i = within.first; i < within.last; ++i) {
            if (opens(lines_[i], 2 * depth, name)) return element_at(i, depth);
        }
        return {within.first, within.first};
    }

    std::vector<std::string> lines_;
    std::map<std::string, Lines, std::less<>> devices_;
};

} // namespace

std::vector<StatusPrivate> take_private(std::string& text) {
    constexpr std::string_view open = "<privateData";
    constexpr std::string_view close = "</privateData>";
    std::vector<StatusPrivate> found;
    if (text.find(open) == std::string::npos) return found;
    {
        schema::XmlDocument document(text, limits, "(domain_status)", ErrorSource::domain);
        const XmlNode* devices = child(child(&document.root(), "domain"), "devices");
        for (const XmlNode* each = devices == nullptr ? nullptr : devices->first; each != nullptr;
             each = each->next) {
            if (each->kind != XmlNode::Kind::element) continue;
            const std::string alias = alias_of(*each);
            if (!alias.empty()) collect(*each, alias, "", found);
        }
    }
    const std::size_t metadata = text.rfind("</metadata>"); // applications may write whatever they like
    std::size_t at = metadata == std::string::npos ? 0 : metadata;
    while ((at = text.find(open, at)) != std::string::npos) {
        const std::size_t tag_end = text.find('>', at);
        if (tag_end == std::string::npos) break;
        std::size_t end = tag_end + 1;
        if (text[tag_end - 1] != '/') {
            end = text.find(close, at);
            if (end == std::string::npos) break;
            end += close.size();
        }
        // with the layout around it, which would be text where nothing else is in the element
        constexpr std::string_view layout = " \n\r\t";
        at = text.find_last_not_of(layout, at - 1) + 1;
        text.erase(at, std::min(text.find_first_not_of(layout, end), text.size()) - at);
    }
    return found;
}

void put_private(std::string& text, const std::vector<StatusPrivate>& parts) {
    const std::size_t start = text.find("\n  <domain ");
    if (parts.empty() || start == std::string::npos) return;
    Document document(std::string_view(text).substr(start + 1));
    for (const StatusPrivate& part : parts) document.put(part);
    text.resize(start + 1);
    document.append_to(text);
}

} // namespace yado::model
