// SPDX-License-Identifier: Apache-2.0
#include "host/neighbours.h"

#include "base/files.h"

#include <cstdlib>
#include <sstream>

namespace yado::host {

std::vector<Neighbour> neighbours() {
    constexpr std::size_t table_limit = 4U << 20U;
    constexpr unsigned long complete = 2; // ATF_COM of <net/if_arp.h>
    std::vector<Neighbour> found;
    std::istringstream lines(read_file_if_exists("/proc/net/arp", table_limit).value_or(""));
    std::string line;
    std::getline(lines, line); // headings
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        std::string address, type, flags, mac, mask, interface;
        if (!(words >> address >> type >> flags >> mac >> mask >> interface)) continue;
        if ((std::strtoul(flags.c_str(), nullptr, 16) & complete) != 0)
            found.push_back({address, mac, interface});
    }
    return found;
}

} // namespace yado::host
