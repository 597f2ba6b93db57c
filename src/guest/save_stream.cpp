// SPDX-License-Identifier: Apache-2.0
#include "guest/save_stream.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace yado::guest {
namespace {

constexpr std::array<std::string_view, 6> words{"raw", "gzip", "bzip2", "xz", "lzop", "zstd"};
constexpr const char* path_variable = "PATH=/usr/local/bin:/usr/bin:/bin";

/// Empty when it is not installed.
std::string find_program(std::string_view name) {
    for (const std::string_view folder : {"/usr/local/bin", "/usr/bin", "/bin"}) {
        std::string path = fmt::format("{}/{}", folder, name);
        if (::access(path.c_str(), X_OK) == 0) return path;
    }
    return {};
}

std::string require_program(std::string_view name) {
    std::string path = find_program(name);
    if (path.empty()) {
        fail(ErrorSource::qemu, Code::operation_failed,
             "Compression program for save image format in configuration file isn't available: install the "
             "package {}",
             name);
    }
    return path;
}

/// Its own open file, so that the flag is nobody else's, standing where `file` stands.
UniqueFd open_past_cache(const std::string& path, const UniqueFd& file, int flags) {
    UniqueFd direct(::open(path.c_str(), flags | O_DIRECT | O_CLOEXEC));
    if (!direct) fail_errno("Failed to open file '{}' past the page cache", path);
    const off_t place = ::lseek(file.get(), 0, SEEK_CUR);
    if (place < 0 || ::lseek(direct.get(), place, SEEK_SET) < 0) fail_errno("cannot seek in '{}'", path);
    return direct;
}

} // namespace

std::string_view word(SaveFormat format) { return words.at(static_cast<std::size_t>(format)); }

std::optional<SaveFormat> save_format_of(std::string_view text) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == text) return static_cast<SaveFormat>(i);
    }
    return std::nullopt;
}

bool can_pack(SaveFormat format) { return format == SaveFormat::raw || !find_program(word(format)).empty(); }

// Puts a program between the present end and a new one.
Task<void> SaveStream::insert(Direction direction, host::Processes& processes,
                              std::vector<std::string> command) {
    fault::point("save.program");
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail_errno("cannot make a pipe");
    UniqueFd out(ends[0]);
    UniqueFd in(ends[1]);
    host::ProcessSpec spec;
    spec.path = command.front();
    spec.arguments = std::move(command);
    spec.environment = {"LC_ALL=C", path_variable};
    spec.stdin_fd = direction == Direction::write ? out.get() : end_.get();
    spec.stdout_fd = direction == Direction::write ? end_.get() : in.get();
    Program program;
    program.name = spec.path;
    program.child = co_await processes.spawn(std::move(spec));
    programs_.push_back(std::move(program));
    end_ = direction == Direction::write ? std::move(in) : std::move(out);
}

Task<SaveStream> SaveStream::make(Direction direction, host::Processes* processes, SaveRoute route,
                                  std::string path, UniqueFd file) {
    SaveStream stream;
    const bool writes = direction == Direction::write;
    stream.end_ = std::move(file);
    if (route.format == SaveFormat::raw && !route.bypass_cache) co_return stream;
    if (processes == nullptr) {
        fail(ErrorSource::qemu, Code::operation_unsupported, "'{}' cannot be packed or read here", path);
    }
    std::exception_ptr failure;
    try {
        if (route.bypass_cache) {
            stream.end_ = open_past_cache(path, stream.end_, writes ? O_WRONLY : O_RDONLY);
            std::vector<std::string> copy{require_program("dd"), "bs=1M", "iflag=fullblock", "status=none"};
            // it leaves the flag off for a last piece that is no whole block
            copy.emplace_back(writes ? "oflag=direct" : "iflag=direct");
            co_await stream.insert(direction, *processes, std::move(copy));
        }
        if (route.format != SaveFormat::raw) {
            std::vector<std::string> pack{require_program(word(route.format)), writes ? "-c" : "-dc"};
            co_await stream.insert(direction, *processes, std::move(pack));
        }
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return stream;
    stream.abandon();
    std::rethrow_exception(failure);
}

Task<SaveStream> SaveStream::writer(host::Processes* processes, SaveRoute route, std::string path,
                                    UniqueFd file) {
    return make(Direction::write, processes, route, std::move(path), std::move(file));
}
Task<SaveStream> SaveStream::reader(host::Processes* processes, SaveRoute route, std::string path,
                                    UniqueFd file) {
    return make(Direction::read, processes, route, std::move(path), std::move(file));
}

Task<void> SaveStream::finish() {
    end_.reset();
    std::string problem;
    for (const Program& each : programs_) {
        const host::ExitStatus status = co_await each.child->wait();
        if (!status.success() && problem.empty()) problem = fmt::format("{}: {}", each.name, status.text());
    }
    programs_.clear();
    if (!problem.empty()) fail(ErrorSource::qemu, Code::operation_failed, "{}", problem);
}

void SaveStream::abandon() {
    end_.reset();
    for (const Program& each : programs_) each.child->signal(SIGKILL);
    programs_.clear();
}

} // namespace yado::guest
