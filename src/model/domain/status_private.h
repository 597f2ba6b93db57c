// SPDX-License-Identifier: Apache-2.0
// <privateData>: what libvirt's QEMU driver notes inside the devices of a status file (names of block nodes,
// QOM paths, secrets' ids). It stands in no other document, so it is kept beside the domain and not in it: by
// the device's alias and the place below the device. libvirt cannot go on with a disk without it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace yado::model {

struct StatusPrivate {
    std::string device; ///< its alias
    std::string inside; ///< "", "source", "backingStore/source" …: below which element of the device
    std::string xml;    ///< compact: "<privateData>…</privateData>"

    friend bool operator==(const StatusPrivate&, const StatusPrivate&) = default;
};

/// All of them in a status document, which is known to be well-formed. Takes them out of `text`.
std::vector<StatusPrivate> take_private(std::string& text);

/// Puts them into a status document that write_document() made. Those whose device or place is not there are
/// left out.
void put_private(std::string& text, const std::vector<StatusPrivate>& parts);

} // namespace yado::model
