// SPDX-License-Identifier: Apache-2.0
#include "model/nodedev/check.h"

#include <algorithm>

#include "model/nodedev/complete.h"

namespace yado::model {
namespace {

template <class... Args>
void problem(schema::Diagnostics& out, Code code, std::string_view path, fmt::format_string<Args...> text,
             Args&&... args) {
    out.add({code, fmt::format(text, std::forward<Args>(args)...), fmt::format("/device{}", path), 0,
             ErrorSource::nodedev});
}

void check_parent(const NodeParent& parent, schema::Diagnostics& out) {
    if (!parent.wwnn.empty() && parent.wwpn.empty()) {
        problem(out, Code::xml_error, "/parent/@wwpn",
                "when providing parent wwnn='{}', the wwpn must also be provided", parent.wwnn);
    }
    if (parent.wwnn.empty() && !parent.wwpn.empty()) {
        problem(out, Code::xml_error, "/parent/@wwnn",
                "when providing parent wwpn='{}', the wwnn must also be provided", parent.wwpn);
    }
}

/// The name of a fibre channel port: 16 hex digits.
bool is_wwn(const std::string& text) {
    return text.size() == 16 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
}

void check_adapter(const ScsiHost& host, schema::Diagnostics& out) {
    const FibreChannelHost* names = nullptr;
    for (const ScsiHostPart& part : host.parts) {
        if (const auto* found = std::get_if<FibreChannelHost>(&part.kind)) { names = found; }
    }
    if (names == nullptr) {
        problem(out, Code::internal_error, "/capability", "Device is not a fibre channel HBA");
        return;
    }
    for (const std::string* name : {&names->wwnn, &names->wwpn}) {
        if (!name->empty() && !is_wwn(*name)) {
            problem(out, Code::xml_error, "/capability/capability", "Malformed wwn: {}", *name);
        }
    }
}

} // namespace

void check(const NodeDevice& device, NodeDeviceUse use, schema::Diagnostics& diagnostics) {
    if (device.capabilities.empty()) {
        problem(diagnostics, Code::internal_error, "/capability", "no device capabilities for '{}'",
                new_device_name);
        return;
    }
    const NodeDeviceKind& kind = device.capabilities.front().kind;
    const auto* mediated = std::get_if<MdevDevice>(&kind);
    const auto* adapter = std::get_if<ScsiHost>(&kind);
    check_parent(device.parent, diagnostics);
    if (mediated != nullptr && mediated->type.id.empty()) {
        problem(diagnostics, Code::config_unsupported, "/capability/type/@id",
                "missing type id attribute for '{}'", new_device_name);
    }
    if (mediated == nullptr && (adapter == nullptr || use == NodeDeviceUse::define)) {
        problem(diagnostics, Code::config_unsupported, "/capability/@type", "Unsupported device type");
    } else if (adapter != nullptr) {
        check_adapter(*adapter, diagnostics);
    }
    if (mediated != nullptr && !device.parent.given()) {
        problem(diagnostics, Code::config_unsupported, "/parent", "missing parent device");
    }
}

} // namespace yado::model
