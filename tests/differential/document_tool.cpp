// SPDX-License-Identifier: Apache-2.0
// document_tool KIND [TIMES]: reads a document on standard input, completes and checks it as a define does
// and writes what is defined, or "error N: text". What is left to chance or to the host has fixed values
// here. The differential tests hold its answers against a libvirtd's. With TIMES it does so again and again
// and writes how many microseconds once takes, for the benchmark.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/error.h"
#include "model/domain/document.h"
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

std::string domain(std::string_view text) {
    model::CompleteContext context;
    context.new_uuid = fixed_uuid;
    context.new_mac = [] { return *model::Mac::parse("52:54:00:00:00:01"); };
    return model::write_domain(model::parse_definition(text, context), schema::definition_view);
}

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
    {"domain", domain},
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

void measure(const DocumentKind& kind, std::string_view text, unsigned times) {
    const auto began = std::chrono::steady_clock::now();
    for (unsigned i = 0; i < times; ++i) { kind.define(text); }
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - began;
    std::cout << took.count() / times << '\n';
}

int run(std::string_view name, unsigned times) {
    const std::string text(std::istreambuf_iterator<char>(std::cin), {});
    for (const DocumentKind& kind : kinds) {
        if (kind.name != name) { continue; }
        try {
            if (times == 0) {
                std::cout << kind.define(text);
            } else {
                measure(kind, text, times);
            }
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
    unsigned times = 0;
    if (argc == 3) {
        const std::string_view number = argv[2];
        std::from_chars(number.data(), number.data() + number.size(), times);
    }
    if (argc != 2 && times == 0) {
        std::cerr << "usage: document_tool KIND [TIMES] < DOCUMENT\n";
        return 2;
    }
    return yado::run(argv[1], times);
}
