// SPDX-License-Identifier: Apache-2.0
// Reading documents: XML text → the value that a describe() describes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "schema/diagnostics.h"
#include "schema/io.h"

namespace yado::schema {

/// What to do with attributes and elements that nobody describes.
enum class Unknown : std::uint8_t {
    ignore, ///< libvirt's way
    report, ///< as notes in the diagnostics
    reject, ///< error 92, as the VALIDATE flags ask for
};

struct ReadOptions {
    Unknown unknown = Unknown::ignore;
    View view = definition_view;
    std::string_view document = "(domain_definition)"; ///< its name in messages about malformed text
    std::size_t max_bytes = 16 * 1024 * 1024;
    std::size_t max_nodes = 200'000; ///< elements and attributes
    ErrorSource source =
        ErrorSource::none; ///< of problems found; malformed text is ErrorSource::none's unless given
};

/// Reads one element called `root` into the value `body` describes. Malformed text, a document type
/// declaration, a wrong root and anything past a limit throw; other problems go to `diagnostics`.
void read_document(std::string_view text, std::string_view root, void* value, Body body,
                   const ReadOptions& options, Diagnostics& diagnostics);

/// Reads one element as a child of the element that `body` describes, which is called `parent` in messages: a
/// device on its own, for instance. Gives the child's name.
std::string read_child(std::string_view text, std::string_view parent, void* value, Body body,
                       const ReadOptions& options, Diagnostics& diagnostics);

/// Throws all problems as one Error unless `diagnostics` is given.
template <class T>
T read_xml(std::string_view text, std::string_view root, const ReadOptions& options = {},
           Diagnostics* diagnostics = nullptr) {
    T value{};
    Diagnostics own;
    Diagnostics& findings = diagnostics != nullptr ? *diagnostics : own;
    findings.source = options.source;
    read_document(text, root, &value, detail::body_of<T>, options, findings);
    if (diagnostics == nullptr) { findings.throw_if_any(); }
    return value;
}

} // namespace yado::schema
