// SPDX-License-Identifier: Apache-2.0
#include "model/interface/document.h"

#include "model/interface/check.h"
#include "model/interface/complete.h"
#include "schema/write.h"

namespace yado::model {

HostInterface read_interface(std::string_view text, const schema::ReadOptions& options,
                             schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::interface; }
    if (ours.document == schema::ReadOptions().document) { ours.document = "(interface_definition)"; }
    return schema::read_xml<HostInterface>(text, "interface", ours, diagnostics);
}

std::string write_interface(const HostInterface& interface) {
    std::string text = schema::write_xml(interface, "interface", {});
    // libvirt gives an interface an end tag even when nothing is in it.
    constexpr std::string_view closed = "/>\n";
    if (text.find('\n') == text.size() - 1 && text.ends_with(closed)) {
        text.replace(text.size() - closed.size(), closed.size(), ">\n</interface>\n");
    }
    return text;
}

HostInterface parse_interface(std::string_view text, const schema::ReadOptions& options) {
    HostInterface interface = read_interface(text, options);
    complete(interface);
    schema::Diagnostics problems;
    check(interface, problems);
    problems.throw_if_any();
    return interface;
}

} // namespace yado::model
