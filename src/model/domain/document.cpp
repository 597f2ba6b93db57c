// SPDX-License-Identifier: Apache-2.0
#include "model/domain/document.h"

#include <fmt/format.h>

#include "model/domain/check.h"
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

Domain parse_definition(std::string_view text, const CompleteContext& context, const schema::ReadOptions& options) {
    Domain domain = read_domain(text, options);
    complete(domain, context);
    schema::Diagnostics problems;
    problems.source = ErrorSource::domain;
    check(domain, problems);
    problems.throw_if_any();
    return domain;
}

std::string file_comment(std::string_view command, std::string_view name) {
    std::string shown(name);
    // "--" would end the comment, and the name is the user's.
    for (std::size_t at = shown.find("--"); at != std::string::npos; at = shown.find("--", at)) {
        shown.replace(at, 2, "- -");
    }
    return fmt::format("<!--\n"
                       "This file is written by the virtualization daemon; changes made here are lost.\n"
                       "To change what it describes use\n"
                       "  {} {}\n"
                       "or another program that speaks to the daemon.\n"
                       "-->\n\n",
                       command, shown);
}

std::string definition_file(const Domain& domain) {
    std::string text = file_comment("virsh edit", domain.name);
    schema::write_document(text, "domain", &domain, schema::detail::body_of<Domain>, schema::definition_view);
    return text;
}

} // namespace yado::model
