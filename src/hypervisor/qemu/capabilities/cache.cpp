// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/capabilities/cache.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"

#include <algorithm>
#include <array>
#include <glob.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace yado::qemu {
namespace {

constexpr std::size_t file_limit = 8U << 20U; // bytes; QEMU 7.2's are 60 KiB
constexpr std::size_t name_limit = 200;       // of a file, without its end

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000 + time.tv_nsec; }

/// Installing a module (qemu-system-gui, -data …) gives an unchanged binary new devices.
std::int64_t newest_module_directory() {
    static constexpr std::array patterns{"/usr/lib*/qemu", "/usr/lib/*/qemu", "/usr/local/lib*/qemu",
                                         "/usr/local/lib/*/qemu"};
    std::int64_t newest = 0;
    for (const char* pattern : patterns) {
        glob_t found{};
        if (::glob(pattern, GLOB_NOSORT | GLOB_ONLYDIR, nullptr, &found) == 0) {
            for (std::size_t i = 0; i < found.gl_pathc; ++i) {
                struct stat info{};
                if (::stat(found.gl_pathv[i], &info) == 0)
                    newest = std::max(newest, nanoseconds(info.st_mtim));
            }
        }
        ::globfree(&found);
    }
    return newest;
}

BinaryStamp stamp_of(const std::string& binary, Accelerator accelerator) {
    struct stat info{};
    int problem = ::stat(binary.c_str(), &info) != 0 ? errno : 0;
    if (problem == 0 && !S_ISREG(info.st_mode)) problem = EACCES;
    if (problem != 0) {
        throw system_error(problem, fmt::format("Cannot check QEMU binary {}", binary))
            .set_source(ErrorSource::qemu);
    }
    BinaryStamp stamp{.size = static_cast<std::uint64_t>(info.st_size),
                      .modified = nanoseconds(info.st_mtim),
                      .changed = nanoseconds(info.st_ctim),
                      .modules = newest_module_directory(),
                      .kernel = {}};
    if (utsname system{}; accelerator == Accelerator::kvm && ::uname(&system) == 0)
        stamp.kernel = system.release;
    return stamp;
}

/// A readable name; two paths that share one only cost a probe, for the file says which it is about.
std::string file_of(const std::string& directory, const std::string& binary, Accelerator accelerator) {
    std::string flat = binary;
    std::ranges::replace(flat, '/', '-');
    if (flat.size() > name_limit) flat.erase(0, flat.size() - name_limit);
    flat.erase(0, flat.find_first_not_of('-'));
    return fmt::format("{}/{}.{}.json", directory, flat, name(accelerator));
}

std::optional<QemuCapabilities> load(const std::string& path, const std::string& binary,
                                     Accelerator accelerator, const BinaryStamp& stamp) {
    try {
        const std::optional<std::string> text = read_file_if_exists(path, file_limit);
        if (!text) return std::nullopt;
        return read_cache_file(*text, binary, accelerator, stamp);
    } catch (const Error& error) {
        log_warning("qemu.capabilities", "ignoring {}: {}", path, error.message());
        return std::nullopt;
    }
}

/// Without a cache on disk all still works, so a failure is only logged.
void store(const std::string& directory, const std::string& path, const std::string& text) {
    try {
        make_directories(directory, 0755);
        write_file_replacing(path, text, 0600);
    } catch (const Error& error) {
        log_warning("qemu.capabilities", "cannot keep the capabilities of QEMU: {}", error.message());
    }
}

} // namespace

struct CapabilityCache::Entry {
    std::string binary;
    Accelerator accelerator = Accelerator::tcg;
    BinaryStamp stamp;
    Pointer capabilities;
    bool busy = false;
    std::vector<Completion<Pointer>::Resolver> waiting;
};

CapabilityCache::CapabilityCache(Loop& loop, host::Processes& processes, std::string directory,
                                 std::optional<host::Credentials> credentials)
    : CapabilityCache(
          loop,
          [&loop, &processes, credentials = std::move(credentials)](std::string binary,
                                                                    Accelerator accelerator) {
              ProbeOptions options;
              options.accelerator = accelerator;
              options.credentials = credentials;
              return qemu::probe(loop, processes, std::move(binary), std::move(options));
          },
          std::move(directory)) {}

CapabilityCache::CapabilityCache(Loop& loop, Probe probe, std::string directory)
    : loop_(loop), probe_(std::move(probe)), directory_(std::move(directory)) {}

CapabilityCache::~CapabilityCache() = default;

Task<CapabilityCache::Pointer> CapabilityCache::get(std::string binary, Accelerator accelerator) {
    std::shared_ptr<Entry>& place = entries_[std::pair(binary, accelerator)];
    if (!place) {
        place = std::make_shared<Entry>();
        place->binary = binary;
        place->accelerator = accelerator;
    }
    const std::shared_ptr<Entry> entry = place;
    if (entry->busy) {
        const Completion<Pointer> turn(loop_);
        entry->waiting.push_back(turn.resolver());
        co_return co_await turn;
    }
    entry->busy = true;
    Pointer result;
    std::exception_ptr problem;
    try {
        result = co_await refresh(entry);
    } catch (...) { problem = std::current_exception(); }
    entry->busy = false;
    // Clients may name any path as an emulator: what is none leaves nothing behind.
    if (problem) entries_.erase(std::pair(binary, accelerator));
    for (auto& each : std::exchange(entry->waiting, {})) {
        if (problem) each.fail(problem);
        else each.set(result);
    }
    if (problem) std::rethrow_exception(problem);
    co_return result;
}

CapabilityCache::Pointer CapabilityCache::known(std::string_view binary, Accelerator accelerator) const {
    const auto found = entries_.find(std::pair(std::string(binary), accelerator));
    return found == entries_.end() ? nullptr : found->second->capabilities;
}

Task<CapabilityCache::Pointer> CapabilityCache::refresh(std::shared_ptr<Entry> entry) {
    struct Found {
        BinaryStamp stamp;
        std::optional<QemuCapabilities> capabilities;
    };
    const std::string path =
        directory_.empty() ? std::string() : file_of(directory_, entry->binary, entry->accelerator);
    const auto look = [entry, path] {
        Found found{.stamp = stamp_of(entry->binary, entry->accelerator), .capabilities = {}};
        const bool still_good = entry->capabilities && entry->stamp == found.stamp;
        if (!still_good && !path.empty()) {
            found.capabilities = load(path, entry->binary, entry->accelerator, found.stamp);
        }
        return found;
    };
    Found found = co_await blocking(loop_, look);
    if (entry->capabilities && entry->stamp == found.stamp) co_return entry->capabilities;

    const bool asked = !found.capabilities;
    if (asked) {
        QemuCapabilities answer = co_await probe_(entry->binary, entry->accelerator);
        found.capabilities = std::move(answer);
    }
    entry->capabilities = std::make_shared<const QemuCapabilities>(std::move(*found.capabilities));
    entry->stamp = found.stamp;
    if (asked && !path.empty()) {
        // Nobody waits for the disk: a lost file costs one probe.
        loop_.submit(
            [directory = directory_, path, text = write_cache_file(*entry->capabilities, found.stamp)] {
                store(directory, path, text);
            });
    }
    co_return entry->capabilities;
}

std::vector<FoundBinary> find_binaries(const std::vector<std::string>& directories) {
    static constexpr std::string_view prefix = "qemu-system-";
    std::vector<FoundBinary> found;
    for (const std::string& directory : directories) {
        for (const DirectoryEntry& entry : list_directory(directory)) {
            if (!entry.name.starts_with(prefix)) continue;
            const std::string arch(arch_of_target(std::string_view(entry.name).substr(prefix.size())));
            const std::string path = directory + "/" + entry.name;
            if (word_size(arch) == 0 || std::ranges::find(found, arch, &FoundBinary::arch) != found.end())
                continue;
            if (::access(path.c_str(), X_OK) == 0) found.push_back({.arch = arch, .path = path});
        }
    }
    std::ranges::sort(found, {}, &FoundBinary::arch);
    return found;
}

} // namespace yado::qemu
