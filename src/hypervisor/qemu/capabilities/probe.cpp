// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/probe.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "hypervisor/qemu/capabilities/answers.h"
#include "hypervisor/qemu/monitor/monitor.h"

#include <algorithm>
#include <boost/json.hpp>
#include <csignal>
#include <memory>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

namespace json = boost::json;

constexpr int monitor_fd = 3;
// What a binary may write to stderr, and how much of its end is looked at. Bytes.
constexpr std::uint64_t words_limit = 4U << 20U;
constexpr off_t words_shown = 4096;

host::ProcessSpec specification(const std::string& binary, const ProbeOptions& options) {
    host::ProcessSpec spec;
    spec.path = binary;
    spec.arguments = {binary, "-S", "-no-user-config", "-nodefaults", "-nographic", "-machine",
                      // A QEMU built for KVM alone has no TCG; who asked for TCG then learns just that.
                      options.accelerator == Accelerator::kvm ? "none,accel=kvm" : "none,accel=tcg:kvm",
                      "-chardev", fmt::format("socket,id=monitor,fd={}", monitor_fd), "-mon",
                      "chardev=monitor,mode=control"};
    spec.environment = {"LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=/", "XDG_CACHE_HOME=/nonexistent"};
    spec.credentials = options.credentials;
    spec.no_new_privileges = true;
    spec.death_signal = SIGKILL;
    spec.limits = {{.resource = RLIMIT_CORE, .soft = 0, .hard = 0, .best_effort = true},
                   {.resource = RLIMIT_FSIZE, .soft = words_limit, .hard = words_limit, .best_effort = true}};
    return spec;
}

/// The last line with something in it.
std::string last_words(int fd) {
    const off_t size = ::lseek(fd, 0, SEEK_END);
    if (size <= 0) return {};
    std::string text(static_cast<std::size_t>(std::min(size, words_shown)), '\0');
    const ssize_t got = ::pread(fd, text.data(), text.size(), size - static_cast<off_t>(text.size()));
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    const std::string_view whole = trim(text);
    return printable(whole.substr(whole.find_last_of('\n') + 1));
}

/// Throws what went wrong, with the program's own last words where it had any.
[[noreturn]] void explain(const std::string& binary, std::exception_ptr problem, const std::string& words,
                          const host::ExitStatus& status) {
    try {
        std::rethrow_exception(problem);
    } catch (Error& error) {
        if (error.code() == Code::operation_timeout) throw error.add_context(binary);
        if (!words.empty()) {
            fail(ErrorSource::qemu, Code::internal_error, "Failed to probe QEMU binary {} with QMP: {}",
                 binary, words);
        }
        if (error.code() != Code::operation_failed) throw error.add_context(binary);
        const std::string how =
            status.known && status.signal != SIGKILL ? status.text() : "it does not speak QMP";
        fail(ErrorSource::qemu, Code::internal_error, "Failed to probe QEMU binary {} with QMP: {}", binary,
             how);
    }
}

/// All questions are on their way before the first answer is waited for.
Task<std::vector<json::value>> ask_all(Loop& loop, std::shared_ptr<Monitor> monitor,
                                       std::vector<Question> questions, Loop::Duration limit) {
    std::vector<Completion<json::value>> waiting;
    for (const Question& question : questions) {
        json::object arguments;
        if (!question.arguments.empty()) arguments = json::parse(question.arguments).as_object();
        waiting.push_back(start(loop, monitor->execute(question.command, std::move(arguments), limit)));
    }
    std::vector<json::value> answers;
    std::exception_ptr problem;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        try {
            json::value answer = co_await waiting[i];
            answers.push_back(std::move(answer));
        } catch (const Error& error) {
            // A refusal says that this QEMU lacks it; all else ends the matter, after the others have ended
            // too.
            const bool refused = error.code() == Code::internal_error && questions[i].optional;
            if (!refused && !problem) problem = std::current_exception();
            answers.emplace_back(nullptr);
        }
    }
    if (problem) std::rethrow_exception(problem);
    co_return answers;
}

Task<QemuCapabilities> converse(Loop& loop, std::shared_ptr<Monitor> monitor, std::string binary,
                                ProbeOptions options) {
    co_await monitor->negotiate(options.limit);
    std::vector<Question> first = questions();
    std::vector<json::value> answers = co_await ask_all(loop, monitor, std::move(first), options.limit);
    QemuCapabilities result = read_answers(answers);
    result.binary = binary;
    result.accelerator = options.accelerator;
    std::vector<Question> second = model_questions(result);
    answers = co_await ask_all(loop, monitor, std::move(second), options.limit);
    read_models(result, answers);
    co_return result;
}

} // namespace

Task<QemuCapabilities> probe(Loop& loop, host::Processes& processes, std::string binary,
                             ProbeOptions options) {
    const UniqueFd words(::memfd_create("qemu-probe-stderr", MFD_CLOEXEC));
    if (!words) fail_errno("cannot make a file for the words of {}", binary);
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        fail_errno("cannot make a socket pair");
    UniqueFd ours(ends[0]);
    UniqueFd theirs(ends[1]);

    host::ProcessSpec spec = specification(binary, options);
    spec.stderr_fd = words.get();
    spec.fds.push_back({.target = monitor_fd, .source = theirs.get()});
    const std::unique_ptr<host::Child> child = co_await processes.spawn(std::move(spec));
    theirs.reset();

    std::exception_ptr problem;
    QemuCapabilities result;
    try {
        const auto monitor = std::make_shared<Monitor>(loop, std::move(ours), Monitor::Callbacks{});
        result = co_await converse(loop, monitor, binary, options);
    } catch (...) { problem = std::current_exception(); }
    // It has nothing to save, and "quit" takes longer.
    child->signal(SIGKILL);
    const host::ExitStatus status = co_await child->wait();
    if (problem) explain(binary, problem, last_words(words.get()), status);
    co_return result;
}

} // namespace yado::qemu
