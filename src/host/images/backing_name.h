// SPDX-License-Identifier: Apache-2.0
// The name of another image as it stands in an image's header: a path, a URI, one of QEMU's own
// "protocol:rest" forms or "json:{…}".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::host {

struct BackingHost {
    std::string name, port, socket; ///< a name and a port, or the path of a Unix socket
    bool operator==(const BackingHost&) const = default;
};

/// What a name says, taken apart.
struct BackingName {
    std::string
        protocol;       ///< libvirt's word ("nbd", "rbd", "https" …); empty for a file or device of this host
    std::string path;   ///< of the file; of a network source the export, volume or path without leading '/'
    std::string format; ///< where the name itself says it
    std::vector<BackingHost> hosts;
    std::string query;                         ///< of a URI, without '?'
    std::string snapshot, config;              ///< of RBD
    std::optional<std::uint64_t> offset, size; ///< bytes: only this part of the file

    bool local() const { return protocol.empty(); }
    bool operator==(const BackingName&) const = default;
};

/// Throws invalid_arg for json: texts that cannot be understood and protocols that are not known.
BackingName parse_backing_name(std::string_view name);

/// `name` as seen from the image `from`: relative paths start in its folder. Nothing is resolved on disk.
std::string backing_path(const std::string& from, const std::string& name);

} // namespace yado::host
