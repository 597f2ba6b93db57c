// SPDX-License-Identifier: Apache-2.0
#include "base/version.h"
#include "cli/failure.h"
#include "cli/help.h"
#include "cli/log_file.h"
#include "cli/options.h"
#include "cli/parser.h"
#include "cli/run.h"
#include "cli/shell.h"

#include <clocale>
#include <csignal>
#include <cstdio>
#include <fmt/format.h>
#include <memory>

namespace {

using namespace yado::cli;

void put(std::FILE* file, std::string_view text) { std::fwrite(text.data(), 1, text.size(), file); }

std::string long_version() {
    return fmt::format("Yado command line tool {}\n\nSpeaks the protocol of libvirt {}.\n", yado::version,
                       yado::libvirt_version_text);
}

int run(Session& session, const Invocation& invocation) {
    if (invocation.words.empty()) return run_shell(session) ? EXIT_SUCCESS : EXIT_FAILURE;
    if (invocation.words.size() == 1 && invocation.words.front().empty()) return EXIT_FAILURE;
    if (invocation.words.size() == 1)
        return run_line(session, invocation.words.front()) ? EXIT_SUCCESS : EXIT_FAILURE;
    std::vector<Word> words;
    for (const std::string& text : invocation.words) words.push_back({text, false});
    std::vector<Arguments> commands;
    try {
        commands = Parser::parse(words);
    } catch (const Failure&) {
        report(session);
        return EXIT_FAILURE;
    }
    return run_commands(session, commands) ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int main(int argc, char** argv) {
    std::setlocale(LC_CTYPE, ""); // for the width of names on the terminal
    std::signal(SIGPIPE, SIG_IGN);
    Invocation invocation;
    try {
        invocation = read_options(argc, argv);
    } catch (const Failure& failure) {
        for (const std::string& line : failure.lines()) put(stderr, fmt::format("error: {}\n", line));
        return EXIT_FAILURE;
    }
    switch (invocation.action) {
    case Invocation::Action::help: put(stdout, usage()); return EXIT_SUCCESS;
    case Invocation::Action::version: put(stdout, fmt::format("{}\n", yado::version)); return EXIT_SUCCESS;
    case Invocation::Action::long_version: put(stdout, long_version()); return EXIT_SUCCESS;
    case Invocation::Action::run: break;
    }

    std::unique_ptr<LogFile> log;
    bool output_lost = false;
    const auto out = [&output_lost](std::string_view text) {
        output_lost |= std::fwrite(text.data(), 1, text.size(), stdout) != text.size();
        output_lost |= std::fflush(stdout) != 0;
    };
    const auto errors = [&log](std::string_view text) {
        put(stderr, text);
        if (log != nullptr) log->write(text);
    };
    Session session(invocation.settings, out, errors);
    try {
        if (!invocation.settings.log_file.empty())
            log = std::make_unique<LogFile>(invocation.settings.log_file);
    } catch (const std::exception&) {
        report(session);
        return EXIT_FAILURE;
    }
    for (const std::string& warning : invocation.warnings) session.error(warning);
    const int result = run(session, invocation);
    return output_lost ? EXIT_FAILURE : result;
}
