// SPDX-License-Identifier: Apache-2.0
#include "cli/log_file.h"

#include "cli/failure.h"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace yado::cli {

LogFile::LogFile(const std::string& path)
    : file_(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0644)) {
    if (!file_)
        refuse("failed to open the log file {}: {}. check the log file path", path, std::strerror(errno));
}

void LogFile::write(std::string_view text) noexcept {
    try {
        const std::time_t now = std::time(nullptr);
        std::tm parts{};
        ::localtime_r(&now, &parts);
        char stamp[32];
        std::strftime(stamp, sizeof(stamp), "%Y.%m.%d %H:%M:%S", &parts);
        const std::string line = fmt::format("[{} yado {}] {}", stamp, ::getpid(), text);
        [[maybe_unused]] const ssize_t written = ::write(file_.get(), line.data(), line.size());
    } catch (const std::exception&) { // no memory for a line of log
    }
}

} // namespace yado::cli
