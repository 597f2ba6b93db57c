// SPDX-License-Identifier: Apache-2.0
#include "network/metadata.h"

#include "network/events.h"
#include "protocol/constants.h"
#include "schema/metadata.h"

namespace yado::network {
namespace {

namespace Type = protocol::NetworkMetadataType;
[[noreturn]] void refuse_type(std::int32_t type) {
    fail(source, Code::invalid_arg, "unknown metadata type {}", type);
}

const std::string& required_uri(const std::optional<std::string>& uri) {
    if (!uri || uri->empty())
        fail(source, Code::invalid_arg, "an element of metadata is named by its namespace");
    return *uri;
}

} // namespace

std::string metadata_of(const model::Network& network, std::int32_t type,
                        const std::optional<std::string>& uri) {
    std::optional<std::string> found;
    switch (type) {
    case Type::description:
        if (!network.description.empty()) found = network.description;
        break;
    case Type::title:
        if (!network.title.empty()) found = network.title;
        break;
    case Type::element: found = schema::metadata_element(network.metadata, required_uri(uri)); break;
    default: refuse_type(type);
    }
    if (!found) fail(source, Code::no_network_metadata, "Requested metadata element is not present");
    return *found;
}

void set_metadata_of(model::Network& network, std::int32_t type, const std::optional<std::string>& metadata,
                     const std::optional<std::string>& key, const std::optional<std::string>& uri) {
    switch (type) {
    case Type::description: network.description = metadata.value_or(""); return;
    case Type::title:
        if (metadata && metadata->find('\n') != std::string::npos) {
            fail(source, Code::invalid_arg, "Network title can't contain newlines");
        }
        network.title = metadata.value_or("");
        return;
    case Type::element:
        network.metadata = schema::with_metadata_element(network.metadata, key.value_or(""),
                                                         required_uri(uri), metadata, source);
        return;
    default: refuse_type(type);
    }
}

} // namespace yado::network
