// SPDX-License-Identifier: Apache-2.0
#include "cli/descriptors.h"

#include "base/text.h"
#include "cli/failure.h"

#include <cstring>
#include <fcntl.h>

namespace yado::cli {

std::vector<UniqueFd> passed_descriptors(const Arguments& arguments) {
    std::vector<UniqueFd> descriptors;
    const auto list = arguments.text("pass-fds");
    if (!list)
        return descriptors;
    for (const std::string_view word : split(*list, ',')) {
        const auto number = parse_number<int>(word, 10, 0);
        if (!number)
            refuse("Unable to parse FD number '{}'", word);
        UniqueFd copy(::fcntl(*number, F_DUPFD_CLOEXEC, 0));
        if (!copy)
            refuse("Cannot duplicate FD {}: {}", *number, std::strerror(errno));
        descriptors.push_back(std::move(copy));
    }
    return descriptors;
}

} // namespace yado::cli
