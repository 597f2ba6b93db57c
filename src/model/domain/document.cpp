// SPDX-License-Identifier: Apache-2.0
#include "model/domain/document.h"

#include "schema/write.h"

namespace yado::model {

Domain read_domain(std::string_view text, const schema::ReadOptions& options, schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) {
        ours.source = ErrorSource::domain;
    }
    return schema::read_xml<Domain>(text, "domain", ours, diagnostics);
}

std::string write_domain(const Domain& domain, schema::View view) {
    return schema::write_xml(domain, "domain", view);
}

std::string definition_file(const Domain& domain) {
    // The name comes from users; "--" would end the comment.
    std::string shown = domain.name;
    for (std::size_t at = shown.find("--"); at != std::string::npos; at = shown.find("--", at + 1)) {
        shown.replace(at, 2, "- ");
    }
    std::string text = "<!--\nThis file is written by the virtualization daemon, and changes made here are lost.\n"
                       "To change the domain, use:\n  virsh edit " +
                       shown + "\nor any other client of the libvirt API.\n-->\n\n";
    schema::write_document(text, "domain", &domain, schema::detail::body_of<Domain>, schema::definition_view);
    return text;
}

} // namespace yado::model
