// SPDX-License-Identifier: Apache-2.0
#include "storage/image_files.h"

#include "base/error.h"
#include "base/files.h"
#include "host/images/image.h"
#include "protocol/constants.h"
#include "storage/command.h"
#include "storage/scan.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::storage {
namespace {

constexpr std::size_t copy_piece = std::size_t{1} << 20;
constexpr mode_t default_mode = 0600; ///< libvirt's, of directories as well

/// Where a volume is made: a locked folder beside its place, removed with whatever is in it unless it was
/// finished.
class Workshop {
  public:
    Workshop(std::string folder, const std::string& name)
        : final_(folder + "/" + name),
          folder_(folder + "/" + std::string(unfinished_prefix) + Uuid::random().text()),
          path_(folder_ + "/" + name) {
        struct stat status{};
        if (::lstat(final_.c_str(), &status) == 0 || name == "." || name == "..") {
            fail(ErrorSource::storage, Code::operation_invalid, "volume target path '{}' already exists",
                 final_);
        }
        if (::mkdir(folder_.c_str(), 0700) != 0) fail_errno("cannot create path '{}'", final_);
        lock_ = open_file(folder_, O_RDONLY | O_DIRECTORY);
        if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) fail_errno("cannot lock '{}'", folder_);
    }
    Workshop(const Workshop&) = delete;
    Workshop& operator=(const Workshop&) = delete;
    ~Workshop() {
        try {
            remove_tree(folder_);
        } catch (const Error&) {} // it goes at the next start of the pool
    }
    const std::string& path() const { return path_; }

    void set_owner(const model::Permissions& wanted, mode_t usual) const {
        if (wanted.owner.given() || wanted.group.given()) {
            if (::lchown(path_.c_str(), wanted.owner.value, wanted.group.value) != 0) {
                fail_errno("cannot chown '{}' to ({}, {})", final_, wanted.owner.value, wanted.group.value);
            }
        }
        if (::chmod(path_.c_str(), wanted.mode.value_or(usual)) != 0)
            fail_errno("cannot set mode of '{}'", final_);
    }
    void finish() const {
        // not over a file that came meanwhile
        if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, final_.c_str(), RENAME_NOREPLACE) == 0) return;
        if (errno == EINVAL && ::access(final_.c_str(), F_OK) != 0 && // file systems without the flag
            ::rename(path_.c_str(), final_.c_str()) == 0) {
            return;
        }
        fail_errno("cannot create path '{}'", final_);
    }

  private:
    std::string final_, folder_, path_;
    UniqueFd lock_;
};

std::string kib(std::uint64_t bytes) { return fmt::format("{}K", (bytes + 1023) / 1024); }

/// A comma begins the next option of QEMU's; it is kept by doubling.
std::string option_value(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c;
        if (c == ',') out += c;
    }
    return out;
}

std::string cipher_options(const model::Encryption& encryption) {
    std::string out;
    if (encryption.cipher) {
        out += fmt::format(",encrypt.cipher-alg={}-{}", option_value(encryption.cipher->name),
                           encryption.cipher->size.value_or(256));
        if (!encryption.cipher->mode.empty()) {
            out += ",encrypt.cipher-mode=" + option_value(encryption.cipher->mode);
        }
        if (!encryption.cipher->hash.empty())
            out += ",encrypt.hash-alg=" + option_value(encryption.cipher->hash);
    }
    if (encryption.initial_vector) {
        out += ",encrypt.ivgen-alg=" + option_value(encryption.initial_vector->name);
        if (!encryption.initial_vector->hash.empty()) {
            out += ",encrypt.ivgen-hash-alg=" + option_value(encryption.initial_vector->hash);
        }
    }
    return out;
}

/// Of `-o`, in the words of qcow2; the LUKS format by itself has them without "encrypt.".
std::string format_options(const NewVolume& wanted) {
    const model::StorageVolume& volume = wanted.volume;
    const model::VolumeTarget& target = volume.target;
    std::vector<std::string> options;
    if (volume.backing) {
        options.push_back("backing_file=" + option_value(volume.backing->path));
        options.push_back("backing_fmt=" + option_value(volume.backing->format));
    }
    if (target.encryption) {
        options.push_back("encrypt.format=luks,encrypt.key-secret=key" + cipher_options(*target.encryption));
    }
    if (wanted.preallocate_metadata) {
        const bool all = volume.allocation.value_or(0) >= volume.capacity.value_or(0);
        options.push_back(all ? "preallocation=falloc" : "preallocation=metadata");
    }
    if (target.nocow) options.emplace_back("nocow=on");
    if (target.format == "qcow2") {
        options.push_back("compat=" +
                          (target.compat.empty() ? "0.10" : option_value(target.compat))); // libvirt's
        if (target.cluster_size != 0) options.push_back(fmt::format("cluster_size={}", target.cluster_size));
        if (target.features && target.features->lazy_refcounts) options.emplace_back("lazy_refcounts");
        if (target.features && target.features->extended_l2) options.emplace_back("extended_l2=on");
    }
    std::string out;
    for (const std::string& option : options) out += (out.empty() ? "" : ",") + option;
    return out;
}

Command qemu_img(Tools& tools, const NewVolume& wanted, const std::string& path) {
    const model::VolumeTarget& target = wanted.volume.target;
    Command command{.program = "qemu-img", .package = "qemu-utils", .arguments = {}};
    std::vector<std::string>& arguments = command.arguments;
    if (wanted.input && (wanted.input->target.encryption || target.encryption)) {
        fail(ErrorSource::storage, Code::operation_unsupported, "copying encrypted volumes is not supported");
    }
    std::string format = target.format == "vhd" ? "vpc" : target.format;
    std::string options = format_options(wanted);
    arguments.emplace_back(wanted.input ? "convert" : "create");
    if (target.encryption) {
        if (target.format != "raw" && target.format != "qcow2") {
            fail(ErrorSource::storage, Code::config_unsupported,
                 "volume encryption is not supported for format {}", target.format);
        }
        command.secret = tools.ports.secret_value(target.encryption->secrets.at(0).secret);
        arguments.insert(arguments.end(), {"--object", "secret,id=key,file=/dev/fd/3"});
        if (target.format == "raw") {
            format = "luks";
            options = "key-secret=key";
            for (std::string rest = cipher_options(*target.encryption); !rest.empty();) {
                const std::size_t next = rest.find(",encrypt.", 1);
                options += "," + rest.substr(9, next == std::string::npos ? next : next - 9);
                rest = next == std::string::npos ? "" : rest.substr(next);
            }
        }
    }
    if (wanted.input) {
        const auto input = host::image_format(wanted.input->target.format);
        arguments.insert(arguments.end(), {"-f", std::string(input ? host::qemu_word(*input) : "raw")});
        arguments.insert(arguments.end(), {"-O", format});
    } else {
        arguments.insert(arguments.end(), {"-f", format});
    }
    if (!options.empty()) arguments.insert(arguments.end(), {"-o", options});
    if (wanted.input) {
        arguments.insert(arguments.end(), {wanted.input->target.path, path});
    } else {
        arguments.insert(arguments.end(), {path, kib(wanted.volume.capacity.value_or(0))});
    }
    return command;
}

void allocate(int fd, std::uint64_t from, std::uint64_t to, const std::string& path) {
    if (to <= from) return;
    const auto length = static_cast<off_t>(to - from);
    if (::fallocate(fd, 0, static_cast<off_t>(from), length) == 0) return;
    if (errno != EOPNOTSUPP) fail_errno("cannot allocate {} bytes in file '{}'", to, path);
    if (const int failed = ::posix_fallocate(fd, static_cast<off_t>(from), length)) {
        throw system_error(failed, fmt::format("cannot allocate {} bytes in file '{}'", to, path));
    }
}

void make_raw(const Workshop& shop, const NewVolume& wanted, const std::string& shown) {
    const UniqueFd fd = open_file(shop.path(), O_RDWR | O_CREAT | O_EXCL, default_mode);
    const std::uint64_t capacity = wanted.volume.capacity.value_or(0);
    const auto fill = [&] {
        if (wanted.input) copy_bytes(wanted.input->target.path, fd.get(), shown, wanted.reflink);
        if (capacity > INT64_MAX || ::ftruncate(fd.get(), static_cast<off_t>(capacity)) != 0) {
            if (capacity > INT64_MAX) errno = EFBIG;
            fail_errno("cannot extend file '{}'", shown);
        }
        allocate(fd.get(), 0, std::min(wanted.volume.allocation.value_or(0), capacity), shown);
    };
    fill();
    if (::fsync(fd.get()) != 0) fail_errno("cannot sync data to file '{}'", shown);
}

/// The words scrub(1) has for the algorithms of libvirt, by their numbers.
constexpr std::array<std::string_view, 9> scrub_patterns{
    "", "nnsa", "dod", "bsi", "gutmann", "schneier", "pfitzner7", "pfitzner33", "random"};

void wipe_with_zeroes(const std::string& path) {
    const UniqueFd fd = [&] {
        UniqueFd opened(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
        if (!opened) fail_errno("Failed to open storage volume with path '{}'", path);
        return opened;
    }();
    struct stat status{};
    if (::fstat(fd.get(), &status) != 0) fail_errno("Failed to stat storage volume with path '{}'", path);
    const host::ImageSizes sizes = host::file_sizes(fd.get(), path);
    if (S_ISREG(status.st_mode) && sizes.allocation < sizes.physical) { // sparse: the blocks are given back
        if (::ftruncate(fd.get(), 0) != 0 || ::ftruncate(fd.get(), status.st_size) != 0) {
            fail_errno("Failed to truncate volume with path '{}'", path);
        }
    } else {
        const std::string zeroes(copy_piece, '\0');
        for (std::uint64_t at = 0; at < sizes.physical; at += zeroes.size()) {
            const std::uint64_t length = std::min<std::uint64_t>(zeroes.size(), sizes.physical - at);
            write_all(fd.get(), std::string_view(zeroes).substr(0, length), path);
        }
    }
    if (::fsync(fd.get()) != 0) fail_errno("cannot sync data to volume with path '{}'", path);
}

} // namespace

void copy_bytes(const std::string& from, int to, const std::string& to_path, bool must_share) {
    const UniqueFd source = open_file(from, O_RDONLY | O_NONBLOCK);
    if (::ioctl(to, FICLONE, source.get()) == 0) return;
    if (must_share) fail_errno("failed to clone files from '{}'", from);
    const std::uint64_t size = host::file_sizes(source.get(), from).physical;
    std::string buffer(copy_piece, '\0');
    const std::string zeroes(copy_piece, '\0');
    for (std::uint64_t at = 0; at < size;) {
        const off_t data = ::lseek(source.get(), static_cast<off_t>(at), SEEK_DATA);
        if (data < 0 && errno == ENXIO) break;                             // a hole to the end
        if (data > 0) at = std::max(at, static_cast<std::uint64_t>(data)); // devices cannot say
        const ssize_t got = ::pread(source.get(), buffer.data(), buffer.size(), static_cast<off_t>(at));
        if (got < 0) fail_errno("failed reading from file '{}'", from);
        if (got == 0) break;
        const std::string_view piece(buffer.data(), static_cast<std::size_t>(got));
        if (piece != std::string_view(zeroes).substr(0, piece.size())) {
            if (::lseek(to, static_cast<off_t>(at), SEEK_SET) < 0)
                fail_errno("failed writing to file '{}'", to_path);
            write_all(to, piece, to_path);
        }
        at += piece.size();
    }
}

Task<model::StorageVolume> create_file_volume(Tools& tools, std::string folder, NewVolume wanted) {
    const std::string name = wanted.volume.name;
    auto prepare = [folder, name] { return std::make_unique<Workshop>(folder, name); };
    const std::unique_ptr<Workshop> shop = co_await blocking(tools.loop, prepare);
    const model::VolumeTarget& target = wanted.volume.target;
    const std::string shown = folder + "/" + name;
    const bool is_folder = target.format == "dir";
    const bool plain =
        target.format == "raw" && !target.encryption &&
        (!wanted.input || (wanted.input->target.format == "raw" && !wanted.input->target.encryption) ||
         wanted.input->target.format == "iso");
    if (wanted.input && (is_folder || wanted.input->type == model::VolumeType::dir)) {
        fail(ErrorSource::storage, Code::operation_unsupported,
             "volume '{}' is a directory: it has nothing to copy", wanted.input->name);
    }
    if (is_folder) {
        auto make = [&shop] {
            if (::mkdir(shop->path().c_str(), 0700) != 0) fail_errno("cannot create path");
        };
        co_await blocking(tools.loop, make);
    } else if (plain) {
        auto make = [&shop, &wanted, &shown] { make_raw(*shop, wanted, shown); };
        co_await blocking(tools.loop, make);
    } else {
        if (wanted.reflink) {
            fail(ErrorSource::storage, Code::operation_unsupported, "metadata of format {} cannot be shared",
                 target.format);
        }
        Command command = qemu_img(tools, wanted, shop->path());
        co_await run(tools, std::move(command));
        const std::uint64_t input_size = wanted.input ? wanted.input->capacity.value_or(0) : 0;
        const std::uint64_t capacity = wanted.volume.capacity.value_or(0);
        if (wanted.input && capacity > input_size) {
            model::StorageVolume grown = wanted.volume;
            grown.target.path = shop->path();
            co_await resize_image(tools, std::move(grown), capacity, false, false);
        }
    }
    auto finish = [&shop, &target, &folder, &name] {
        shop->set_owner(target.permissions, default_mode);
        shop->finish();
        sync_directory(folder);
        auto made = scan_volume(folder, name);
        if (!made) fail(ErrorSource::storage, Code::operation_failed, "volume '{}' has vanished", name);
        return std::move(*made);
    };
    model::StorageVolume made = co_await blocking(tools.loop, finish);
    // what was asked for is known better than what the first bytes look like
    made.target.format = target.format;
    if (target.encryption) made.target.encryption = target.encryption;
    co_return made;
}

Task<void> resize_image(Tools& tools, model::StorageVolume volume, std::uint64_t capacity, bool allocate_all,
                        bool shrink) {
    const std::string path = volume.target.path;
    if (volume.type == model::VolumeType::dir) {
        fail(ErrorSource::storage, Code::operation_unsupported, "volume '{}' is a directory: it has no size",
             volume.name);
    }
    if (volume.target.format == "raw" && !volume.target.encryption) {
        auto work = [path, capacity, allocate_all] {
            const UniqueFd fd = open_file(path, O_RDWR | O_NONBLOCK | O_NOCTTY);
            const host::ImageSizes sizes = host::file_sizes(fd.get(), path);
            if (capacity > INT64_MAX || ::ftruncate(fd.get(), static_cast<off_t>(capacity)) != 0) {
                if (capacity > INT64_MAX) errno = EFBIG;
                fail_errno("Failed to truncate file '{}'", path);
            }
            if (allocate_all) allocate(fd.get(), std::min(sizes.allocation, sizes.physical), capacity, path);
        };
        co_await blocking(tools.loop, work);
        co_return;
    }
    if (allocate_all) {
        fail(ErrorSource::storage, Code::operation_unsupported,
             "preallocate is only supported for raw type volume");
    }
    if (volume.target.encryption) {
        fail(ErrorSource::storage, Code::operation_unsupported,
             "resizing encrypted volumes is not supported");
    }
    const auto format = host::image_format(volume.target.format);
    Command command{.program = "qemu-img", .package = "qemu-utils", .arguments = {"resize"}};
    if (shrink) command.arguments.emplace_back("--shrink");
    // the format is said: what a guest wrote into a raw image must not choose it
    command.arguments.insert(
        command.arguments.end(),
        {"-f", std::string(format ? host::qemu_word(*format) : "raw"), path, fmt::format("{}", capacity)});
    co_await run(tools, std::move(command));
}

Task<void> wipe_image(Tools& tools, model::StorageVolume volume, std::uint32_t algorithm) {
    const std::string path = volume.target.path;
    namespace Algorithm = protocol::StorageVolWipeAlgorithm;
    if (std::cmp_equal(algorithm, Algorithm::zero)) {
        auto work = [path] { wipe_with_zeroes(path); };
        co_await blocking(tools.loop, work);
        co_return;
    }
    if (std::cmp_equal(algorithm, Algorithm::trim)) {
        fail(ErrorSource::storage, Code::argument_unsupported, "'trim' algorithm not supported");
    }
    if (algorithm >= scrub_patterns.size()) {
        fail(ErrorSource::storage, Code::invalid_arg, "wiping algorithm {} not supported", algorithm);
    }
    Command command{.program = "scrub",
                    .package = "scrub",
                    .arguments = {"-f", "-p", std::string(scrub_patterns[algorithm]), path}};
    command.timeout = std::chrono::hours(24);
    co_await run(tools, std::move(command));
}

} // namespace yado::storage
