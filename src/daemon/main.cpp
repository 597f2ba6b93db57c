// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"
#include "daemon/application.h"
#include "daemon/options.h"
#include "daemon/process.h"
#include "network/leases.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace yado::daemon {
namespace {

int serve(const Options& options) {
    Setup setup = prepare(options);
    Readiness readiness;
    if (options.daemonize) readiness = go_into_background();
    try {
        set_up_log(setup, readiness.in_background());
        Application application(std::move(setup));
        application.run(readiness);
        if (!application.ended_cleanly()) ::_exit(EXIT_SUCCESS);
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        log_error("daemon", "cannot start: {}", error.what());
        readiness.failed(fmt::format("yadod: error: {}", error.what()));
        return EXIT_FAILURE;
    }
}

/// dnsmasq runs us by another name for every lease.
bool is_lease_program(std::span<char* const> arguments) {
    if (arguments.empty()) return false;
    const std::string_view name = arguments.front();
    return name.substr(name.rfind('/') + 1) == network::lease_program_name;
}

int run(std::span<char* const> arguments) {
    if (is_lease_program(arguments)) {
        return network::lease_program(std::span<const char* const>(arguments.data(), arguments.size()));
    }
    const Options options = parse_options(arguments);
    if (options.help) {
        fmt::print("{}", help_text("yadod"));
        return EXIT_SUCCESS;
    }
    if (options.version) {
        fmt::print("{}\n", version_text());
        return EXIT_SUCCESS;
    }
    return serve(options);
}

} // namespace
} // namespace yado::daemon

int main(int count, char** arguments) {
    try {
        return yado::daemon::run({arguments, static_cast<std::size_t>(count)});
    } catch (const std::exception& error) {
        fmt::print(stderr, "yadod: error: {}\n", error.what());
        return EXIT_FAILURE;
    }
}
