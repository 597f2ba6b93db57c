// SPDX-License-Identifier: Apache-2.0
#include "client/autostart.h"

#include "base/error.h"
#include "base/text.h"

#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace yado::client {
namespace {

bool runnable(const std::string& path) { return ::access(path.c_str(), X_OK) == 0; }

std::string find_program(const std::string& name) {
    std::vector<std::string> directories{"/usr/sbin", "/usr/local/sbin"};
    if (const char* path = std::getenv("PATH"); path != nullptr)
        for (const auto part : split(path, ':')) directories.emplace_back(part);
    for (const std::string& directory : directories)
        if (!directory.empty() && runnable(directory + "/" + name)) return directory + "/" + name;
    return {};
}

std::string daemon_path(const Target& target) {
    for (const char* variable : {"YADO_DAEMON", "LIBVIRTD_PATH"})
        if (const char* path = std::getenv(variable); path != nullptr && runnable(path)) return path;
    std::vector<std::string> names{"yadod", "libvirtd"};
    if (!target.driver.empty() && is_utf8(target.driver) && target.driver.find('/') == std::string::npos)
        names.push_back("virt" + target.driver + "d");
    for (const std::string& name : names)
        if (std::string path = find_program(name); !path.empty()) return path;
    fail(ErrorSource::rpc, Code::internal_error, "Unable to locate the session daemon (yadod) in $PATH");
}

} // namespace

void start_session_daemon(const Target& target) {
    const std::string path = daemon_path(target);
    const pid_t child = ::fork();
    if (child < 0) fail_errno("cannot fork child process");
    if (child == 0) {
        // only async-signal-safe calls: the parent may have threads
        ::setsid();
        if (const pid_t grandchild = ::fork(); grandchild != 0) ::_exit(grandchild < 0 ? 1 : 0);
        if (const int null = ::open("/dev/null", O_RDWR); null >= 0) {
            ::dup2(null, 0);
            ::dup2(null, 1);
            ::dup2(null, 2);
        }
        ::execl(path.c_str(), path.c_str(), "--timeout=120", nullptr);
        ::_exit(127);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
}

} // namespace yado::client
