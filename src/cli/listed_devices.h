// SPDX-License-Identifier: Apache-2.0
// What listings show of a domain's devices, read from its document as plain text: listing must work for
// documents of daemons and hypervisors whose device kinds the model does not know.
#pragma once

#include "schema/io.h"

#include <string>
#include <string_view>
#include <vector>

namespace yado::cli {

struct ListedDisk {
    std::string type, device, target;
    std::string source; ///< path or name, of whatever kind; may be empty
    bool network = false;
};
struct ListedNic {
    std::string type, target, source, model, mac;
};
struct ListedGraphics {
    std::string type, port, tls_port, listen, listen_type, socket, password;
};
struct ListedConsole {
    std::string type, tty, path;
};
struct ListedDevices {
    std::vector<ListedDisk> disks;
    std::vector<ListedNic> nics;
    std::vector<ListedGraphics> graphics;
    std::vector<ListedConsole> consoles, serials;
};
/// Throws Error on malformed documents.
ListedDevices listed_devices(std::string_view domain_xml);

} // namespace yado::cli
