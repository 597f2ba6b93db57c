// SPDX-License-Identifier: Apache-2.0
// Structures as one line of text for people: values for logs, shapes for the list of all structures that CI
// compares.
#pragma once

#include "protocol/body.h"

#include <string>

namespace yado::protocol {

/// "dom={name='vm1' uuid=... id=3} flags=1". Long texts and lines are cut, bytes and passwords only counted,
/// so that it may go into a log.
std::string dump(const BodyType& type, const void* body);

template <class T> std::string dump(const T& value) {
    const BodyType type = body_type<T>("");
    return dump(type, &value);
}

/// The fields with their types and bounds: "dom:{name:text uuid:uuid id:i32} params:[0..16 x >=12]{field:text
/// value:typed}".
std::string outline(const BodyType& type);

} // namespace yado::protocol
