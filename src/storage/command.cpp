// SPDX-License-Identifier: Apache-2.0
#include "storage/command.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

#include <csignal>
#include <sys/mman.h>
#include <unistd.h>

namespace yado::storage {
namespace {

constexpr int background_nice = 10; ///< guests go first
constexpr int secret_fd = 3;

/// In memory alone, gone with its descriptor.
UniqueFd memory_file(std::string_view content) {
    UniqueFd fd(::memfd_create("secret", MFD_CLOEXEC));
    if (!fd) fail_errno("cannot hold a secret");
    write_all(fd.get(), content, "secret");
    return fd;
}

} // namespace

std::optional<std::string> find_program(const std::string& name) {
    for (const char* folder :
         {"/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"}) {
        std::string path = std::string(folder) + "/" + name;
        if (::access(path.c_str(), X_OK) == 0) return path;
    }
    return std::nullopt;
}

Task<std::string> run(Tools& tools, Command command) {
    auto find = [find = tools.find, name = command.program] { return find(name); };
    const std::optional<std::string> path = co_await blocking(tools.loop, find);
    if (!path) {
        fail(ErrorSource::storage, Code::operation_unsupported,
             "'{}' is not installed: it is in Debian's package {}", command.program, command.package);
    }
    host::ProcessSpec spec;
    spec.path = *path;
    spec.arguments.push_back(*path);
    for (const std::string& argument : command.arguments) spec.arguments.push_back(argument);
    spec.environment = {"LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    spec.nice = background_nice;
    spec.death_signal = SIGKILL; // half a volume must not grow on when nobody cares for it any more
    UniqueFd secret;
    if (!command.secret.empty()) {
        secret = memory_file(command.secret);
        spec.fds.push_back({secret_fd, secret.get()});
    }
    host::CommandLimits limits;
    limits.timeout = command.timeout;
    const std::string line = *path + " " + join(command.arguments, " ");
    const host::CommandResult result = co_await tools.processes.run(std::move(spec), limits);
    if (result.timed_out) {
        fail(ErrorSource::storage, Code::operation_timeout, "'{}' did not end within {} minutes", line,
             command.timeout.count());
    }
    if (!result.success()) {
        fail(ErrorSource::storage, Code::internal_error, "Child process ({}) unexpected {}: {}", line,
             result.status.text(), trim(result.error_output));
    }
    co_return result.output;
}

} // namespace yado::storage
