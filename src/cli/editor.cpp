// SPDX-License-Identifier: Apache-2.0
#include "cli/editor.h"

#include "base/files.h"
#include "base/text.h"
#include "cli/failure.h"

#include <cctype>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace yado::cli {
namespace {

constexpr std::size_t document_max = std::size_t{10} * 1024 * 1024; ///< bytes, as for files given to commands

std::string editor_command() {
    for (const char* name : {"VISUAL", "EDITOR"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
    return "vi";
}

/// Keys that interrupt belong to the editor while it runs.
class IgnoredSignals {
  public:
    IgnoredSignals() : interrupt_(::signal(SIGINT, SIG_IGN)), quit_(::signal(SIGQUIT, SIG_IGN)) {}
    IgnoredSignals(const IgnoredSignals&) = delete;
    IgnoredSignals& operator=(const IgnoredSignals&) = delete;
    ~IgnoredSignals() {
        ::signal(SIGINT, interrupt_);
        ::signal(SIGQUIT, quit_);
    }

  private:
    sighandler_t interrupt_;
    sighandler_t quit_;
};

/// The wait status of `sh -c COMMAND`.
int run_shell(std::string command) {
    std::string shell = "sh";
    std::string option = "-c";
    char* words[] = {shell.data(), option.data(), command.data(), nullptr};
    posix_spawnattr_t attributes{};
    ::posix_spawnattr_init(&attributes);
    sigset_t defaults;
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGINT);
    ::sigaddset(&defaults, SIGQUIT);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    const IgnoredSignals ignored;
    pid_t child = 0;
    const int error = ::posix_spawn(&child, "/bin/sh", nullptr, &attributes, words, environ);
    ::posix_spawnattr_destroy(&attributes);
    if (error != 0) refuse("cannot execute binary /bin/sh: {}", std::strerror(error));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return status;
}

/// One key from the terminal, without waiting for the line's end; 0 at the end of the input.
char read_key() {
    termios before{};
    if (::tcgetattr(STDIN_FILENO, &before) != 0) return 0;
    termios raw = before;
    ::cfmakeraw(&raw);
    raw.c_oflag = before.c_oflag;
    raw.c_lflag |= ISIG;
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    char key = 0;
    const ssize_t got = ::read(STDIN_FILENO, &key, 1);
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    return got == 1 ? key : '\0';
}

/// What to do about a refused document: y, n, i or f. 'n' without a terminal to ask on.
char ask_again(Session& session, std::string_view problem, bool relaxable) {
    if (::isatty(STDIN_FILENO) == 0) return 'n';
    for (;;) {
        session.raw(fmt::format("\r{} Try again? {}: ", problem, relaxable ? "[y,n,i,f,?]" : "[y,n,f,?]"));
        const int key = std::tolower(static_cast<unsigned char>(read_key()));
        if (key == '?')
            session.raw(fmt::format("\ny - yes, start editor again\nn - no, throw away my changes\n{}"
                                    "f - force, try to redefine again\n? - print this help\n",
                                    relaxable ? "i - turn off validation and try to redefine again\n" : ""));
        if (key == 'y' || key == 'f' || key == 'n' || (key == 'i' && relaxable) || key == 0) {
            session.raw("\r\n");
            return key == 0 ? 'n' : static_cast<char>(key);
        }
    }
}

constexpr std::string_view others_change = "The XML configuration was changed by another user.";

/// Nothing when it was accepted, else what to say before asking.
std::string_view try_write(Session& session, const EditedDocument& document, std::string& known,
                           const std::string& edited) {
    if (const std::string now = document.read(); now != known) {
        known = now; // seen now: "f" overwrites it
        return others_change;
    }
    try {
        document.write(edited);
        return {};
    } catch (const Error& error) {
        if (!session.connected()) throw;
        session.error(error.message());
        return "Failed.";
    }
}

} // namespace

std::string edit_text(std::string_view text, std::string_view suffix) {
    const TemporaryDirectory directory("yado-edit");
    const std::string path = fmt::format("{}/document{}", directory.path(), suffix);
    write_all(open_file(path, O_WRONLY | O_CREAT | O_EXCL).get(), text, path);
    const std::string command = fmt::format("{} {}", editor_command(), shell_quote(path));
    const int status = run_shell(command);
    if (WIFSIGNALED(status))
        refuse("internal error: Child process ({}) unexpected fatal signal {}", command, WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        refuse("internal error: Child process ({}) unexpected exit status {}", command, WEXITSTATUS(status));
    return explain(fmt::format("{}: failed to read temporary file", path),
                   [&] { return read_file(path, document_max); });
}

bool edit_document(Session& session, const EditedDocument& document) {
    std::string known = document.read();
    bool relaxable = document.relax != nullptr;
    std::string edited = known;
    for (char answer = 'y'; answer != 'n';) {
        if (answer == 'y') {
            edited = edit_text(edited, ".xml");
            if (edited == known) return false;
        } else if (answer == 'i') {
            document.relax();
            relaxable = false;
        }
        const std::string_view problem = try_write(session, document, known, edited);
        if (problem.empty()) return true;
        answer = ask_again(session, problem, relaxable);
    }
    throw Failure();
}

} // namespace yado::cli
