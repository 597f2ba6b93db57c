// SPDX-License-Identifier: Apache-2.0
#include "model/domain/device_document.h"

#include "base/error.h"

namespace yado::model {
namespace {

/// The kind as a literal; empty when nothing was read.
std::string_view kind_in(const Devices& devices) {
    std::string_view found;
    each_device_list(devices, [&found](std::string_view kind, const auto& list) {
        if (!list.empty()) { found = kind; }
    });
    each_device(devices, [&found](std::string_view kind, const auto&) { found = kind; });
    return found;
}

} // namespace

DeviceDocument read_device(std::string_view text, const schema::ReadOptions& options) {
    schema::ReadOptions ours = options;
    ours.document = "(device_definition)";
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::domain; }
    DeviceDocument document;
    schema::Diagnostics findings;
    findings.source = ours.source;
    const std::string name = schema::read_child(text, "devices", &document.devices,
                                                schema::detail::body_of<Devices>, ours, findings);
    findings.throw_if_any();
    document.kind = kind_in(document.devices);
    if (document.kind.empty()) {
        fail(ErrorSource::domain, Code::config_unsupported, "unknown device type '{}'", name);
    }
    return document;
}

} // namespace yado::model
