// SPDX-License-Identifier: Apache-2.0
#include "model/nodedev/document.h"

#include "model/nodedev/complete.h"
#include "schema/write.h"

namespace yado::model {

NodeDevice read_node_device(std::string_view text, const schema::ReadOptions& options,
                            schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::nodedev; }
    if (ours.document == schema::ReadOptions().document) { ours.document = "(node_device_definition)"; }
    return schema::read_xml<NodeDevice>(text, "device", ours, diagnostics);
}

std::string write_node_device(const NodeDevice& device) { return schema::write_xml(device, "device", {}); }

NodeDevice parse_node_device(std::string_view text, NodeDeviceUse use, const schema::ReadOptions& options) {
    NodeDevice device = read_node_device(text, options);
    complete(device);
    schema::Diagnostics problems;
    check(device, use, problems);
    problems.throw_if_any();
    return device;
}

} // namespace yado::model
