// SPDX-License-Identifier: Apache-2.0
#include "cli/descriptors.h"

#include "base/text.h"
#include "cli/failure.h"

#include <cstring>
#include <fcntl.h>

namespace yado::cli {

std::vector<int> passed_numbers(const Arguments& arguments) {
    std::vector<int> numbers;
    const auto list = arguments.text("pass-fds");
    if (!list) return numbers;
    for (const std::string_view word : split(*list, ',')) {
        const auto number = parse_number<int>(word, 10, 0);
        if (!number) refuse("Unable to parse FD number '{}'", word);
        numbers.push_back(*number);
    }
    return numbers;
}

std::vector<UniqueFd> copy_descriptors(const std::vector<int>& numbers) {
    std::vector<UniqueFd> copies;
    for (const int number : numbers) {
        UniqueFd copy(::fcntl(number, F_DUPFD_CLOEXEC, 0));
        if (!copy) fail(Code::system_error, "Cannot duplicate FD {}: {}", number, std::strerror(errno));
        copies.push_back(std::move(copy));
    }
    return copies;
}

} // namespace yado::cli
