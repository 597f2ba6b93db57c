// SPDX-License-Identifier: Apache-2.0
#include "cli/device_change.h"

#include "cli/failure.h"
#include "cli/lookup.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"
#include "schema/compact.h"
#include "schema/write.h"
#include "schema/xpath.h"

namespace yado::cli {

namespace Impacts = protocol::DomainModificationImpact;

std::vector<Option> change_options() {
    return {flag("persistent", "make live change persistent"), config_option(), live_option(),
            current_option()};
}

std::uint32_t change_impact(Session& session, const Arguments& arguments, const protocol::DomainRef& domain) {
    arguments.exclusive("persistent", "current");
    std::uint32_t flags = arguments.affect();
    if (!arguments.has("persistent")) return flags;
    flags |= Impacts::config;
    if (session.call(protocol::DomainIsActiveArgs{domain}).active > 0) flags |= Impacts::live;
    return flags;
}

void attach_xml(Session& session, const Arguments& arguments, const protocol::DomainRef& domain,
                const std::string& xml) {
    const std::uint32_t flags = change_impact(session, arguments, domain);
    if (flags != 0 || arguments.has("current"))
        session.call(protocol::DomainAttachDeviceFlagsArgs{domain, xml, flags});
    else session.call(protocol::DomainAttachDeviceArgs{domain, xml}); // every daemon knows this one
}

void detach_xml(Session& session, const Arguments& arguments, const protocol::DomainRef& domain,
                const std::string& xml) {
    const std::uint32_t flags = change_impact(session, arguments, domain);
    if (flags != 0 || arguments.has("current"))
        session.call(protocol::DomainDetachDeviceFlagsArgs{domain, xml, flags});
    else session.call(protocol::DomainDetachDeviceArgs{domain, xml});
}

std::string changed_document(Session& session, const Arguments& arguments,
                             const protocol::DomainRef& domain) {
    const bool config = arguments.has("config") || arguments.has("persistent");
    const std::uint32_t inactive = protocol::DomainXMLFlags::inactive;
    return domain_xml(session, domain, config ? inactive : 0);
}

std::string device_text(std::string_view document, std::string_view kind, std::size_t number) {
    const std::string path = fmt::format("/domain/devices/{}[{}]", kind, number + 1);
    const std::vector<std::string> found = schema::select_nodes(document, path, false);
    if (found.empty()) refuse("no {} found", kind);
    std::string text = found.front();
    constexpr std::string_view indent = "    "; // of a device in its document
    for (std::size_t line = text.find('\n'); line != std::string::npos; line = text.find('\n', line + 1))
        text.insert(line + 1, indent);
    return text;
}

void print_document(Session& session, const std::string& xml) {
    if (session.json()) session.show("xml", xml);
    else session.print("{}", xml);
}

TextRange child_range(std::string_view element, std::string_view name) {
    schema::CompactScanner scanner(element);
    using Token = schema::CompactScanner::Token;
    TextRange range;
    unsigned depth = 0;
    bool inside = false;
    for (std::size_t before = 0;; before = scanner.position()) {
        const Token token = scanner.next();
        if (token == Token::end) return range;
        if (token == Token::open) {
            if (depth == 1 && scanner.name() == name) {
                range = {before, scanner.position()};
                if (scanner.empty_element()) return range;
                inside = true;
            }
            if (!scanner.empty_element()) ++depth;
        } else if (token == Token::close) {
            --depth;
            if (inside && depth == 1) {
                range.end = scanner.position();
                return range;
            }
        }
    }
}

DeviceText& DeviceText::attribute(std::string_view name, std::string_view value) {
    if (value.empty()) return *this;
    text_.append(" ").append(name).append("='");
    schema::escape(text_, value);
    text_ += "'";
    return *this;
}

DeviceText& DeviceText::raw(std::string_view text) {
    text_ += text;
    return *this;
}

} // namespace yado::cli
