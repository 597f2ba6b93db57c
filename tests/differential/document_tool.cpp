// SPDX-License-Identifier: Apache-2.0
// document_tool KIND: reads a document on standard input, completes and checks it as a define does and writes
// what is defined, or "error N: text". What is left to chance or to the host has fixed values here. The
// differential tests hold its answers against a libvirtd's.
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/error.h"
#include "model/interface/document.h"
#include "model/network/document.h"
#include "model/nodedev/document.h"
#include "model/nwfilter/document.h"
#include "model/secret/document.h"
#include "model/storage/document.h"

namespace yado {
namespace {

struct DocumentKind {
    std::string_view name;
    std::string (*define)(std::string_view text);
};

Uuid fixed_uuid() { return *Uuid::parse("00000000-0000-4000-8000-000000000001"); }

std::string network(std::string_view text) {
    model::NetworkContext context;
    context.new_uuid = fixed_uuid;
    context.new_mac = [] { return *model::Mac::parse("52:54:00:00:00:01"); };
    context.new_bridge = [](std::string_view pattern) {
        std::string name(pattern);
        return name.replace(name.find("%d"), 2, "0");
    };
    return model::write_network(model::parse_network(text, context), schema::definition_view);
}

std::string network_port(std::string_view text) {
    return model::write_network_port(model::parse_network_port(text));
}

std::string nwfilter(std::string_view text) {
    return model::write_filter(model::parse_filter(text, fixed_uuid));
}

std::string nwfilter_binding(std::string_view text) {
    return model::write_filter_binding(model::parse_filter_binding(text));
}

std::string interface(std::string_view text) { return model::write_interface(model::parse_interface(text)); }

std::string defined_device(std::string_view text) {
    return model::write_node_device(model::parse_node_device(text, model::NodeDeviceUse::define));
}

std::string created_device(std::string_view text) {
    return model::write_node_device(model::parse_node_device(text, model::NodeDeviceUse::create));
}

/// A device that is there: read and written only.
std::string shown_device(std::string_view text) {
    return model::write_node_device(model::read_node_device(text, {.unknown = schema::Unknown::reject}));
}

std::string pool(std::string_view text) {
    return model::write_pool(model::parse_pool(text, {}, {.new_uuid = fixed_uuid}), schema::definition_view);
}

/// A volume of a directory.
std::string volume(std::string_view text) {
    return model::write_volume(model::parse_volume(text, model::PoolType::dir));
}

std::string secret(std::string_view text) {
    return model::write_secret(model::parse_secret(text, {}, {.new_uuid = fixed_uuid}));
}

constexpr DocumentKind kinds[] = {
    {"network", network},
    {"networkport", network_port},
    {"interface", interface},
    {"nodedev", shown_device},
    {"nodedev-create", created_device},
    {"nodedev-define", defined_device},
    {"nwfilter", nwfilter},
    {"nwfilterbinding", nwfilter_binding},
    {"pool", pool},
    {"secret", secret},
    {"volume", volume},
};

int run(std::string_view name) {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    for (const DocumentKind& kind : kinds) {
        if (kind.name != name) { continue; }
        try {
            std::cout << kind.define(text);
        } catch (const Error& error) {
            std::cout << "error " << static_cast<int>(error.code()) << ": " << error.message() << '\n';
        }
        return 0;
    }
    std::cerr << "unknown kind of document: " << name << '\n';
    return 2;
}

} // namespace
} // namespace yado

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: document_tool KIND < DOCUMENT\n";
        return 2;
    }
    return yado::run(argv[1]);
}
