// SPDX-License-Identifier: Apache-2.0
#include "guest/disk_images.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "host/images/image.h"
#include "model/domain/document.h"
#include "model/domain/named_disk.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::guest {

model::Disk& require_disk(Live& live, std::string_view path) {
    const model::Disk* disk = model::named_disk(live.domain, path);
    if (disk == nullptr) fail(ErrorSource::qemu, Code::invalid_arg, "disk '{}' not found in domain", path);
    return live.domain.devices.disks[static_cast<std::size_t>(disk - live.domain.devices.disks.data())];
}

void require_no_block_job(const Live& live, const model::Disk& disk) {
    if (disk.mirror) {
        fail(ErrorSource::qemu, Code::block_copy_active, "disk '{}' already in active block job",
             disk.target.dev);
    }
    for (const auto& [name, job] : live.block_jobs) {
        if (job.target == disk.target.dev) {
            fail(ErrorSource::qemu, Code::operation_unsupported, "disk '{}' already in active block job",
                 disk.target.dev);
        }
    }
}

std::size_t require_image(const model::DiskChain& chain, const model::Disk& disk, std::size_t from,
                          const std::optional<std::string>& name) {
    const std::string& target = disk.target.dev;
    if (!name || name->empty()) {
        if (chain.images.size() > from + 1) return chain.images.size() - 1;
        fail(ErrorSource::storage, Code::invalid_arg, "could not find base image in chain for '{}'", target);
    }
    const auto found = model::find_image(chain, target, *name);
    if (found && *found > from) return *found;
    const std::size_t bracket = name->find('[');
    if (bracket != std::string::npos && name->ends_with(']') && name->substr(0, bracket) == target) {
        fail(ErrorSource::storage, Code::invalid_arg,
             "could not find backing store index '{}' in chain for '{}'",
             name->substr(bracket + 1, name->size() - bracket - 2), target);
    }
    fail(ErrorSource::storage, Code::invalid_arg, "could not find image '{}' beneath '{}' in chain for '{}'",
         *name, model::path_of(chain.images.at(from).source), target);
}

void make_image_file(const std::string& path, std::string_view disk, std::uint64_t size) {
    UniqueFd fd(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
    if (!fd && errno == EEXIST) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "external destination file for disk {} already exists and is not a block device: {}", disk,
             path);
    }
    if (!fd) fail_errno("failed to create image file '{}'", path);
    if (size != 0 && ::ftruncate(fd.get(), static_cast<off_t>(size)) != 0) {
        const int number = errno;
        ::unlink(path.c_str());
        throw system_error(number, fmt::format("cannot make '{}' {} bytes long", path, size));
    }
}

Task<void> remove_images(Parts parts, std::vector<model::ChainImage> images, NotCounted besides) {
    for (const model::ChainImage& image : images) {
        const auto* file = std::get_if<model::FileSource>(&image.source);
        if (file == nullptr || file->path.empty()) continue;
        const std::string user = co_await user_of(parts, file->path, besides);
        if (!user.empty()) {
            log_warning("guest.images", "'{}' is left alone: {} refers to it", file->path, user);
            continue;
        }
        auto remove = [path = file->path] {
            try {
                remove_file_durably(path);
            } catch (const Error& error) { log_warning("guest.images", "{}", error.message()); }
        };
        co_await blocking(parts.loop, remove);
    }
}

std::string relative_name(const model::DiskChain& chain, std::size_t from, std::size_t to) {
    std::string name;
    for (std::size_t i = from; i < to; ++i) {
        const model::ChainImage& image = chain.images.at(i);
        const std::string& path = model::path_of(image.source);
        const host::ImageHeader header =
            host::image_header(path, host::image_format(schema::word(image.format.type)));
        const std::string below = header.backing.value_or("");
        if (below.empty() || below.starts_with('/') || below.contains(':')) {
            fail(ErrorSource::qemu, Code::operation_unsupported,
                 "can't keep relative backing relationship: '{}' names '{}'", path, below);
        }
        name = name.substr(0, name.rfind('/') + 1) + below;
    }
    return name;
}

Task<void> save_definition(Parts parts, Registry::Pointer guest, model::Domain domain) {
    auto definition = Definition::of(domain);
    co_await parts.store.save_definition(guest->name, model::definition_file(domain));
    guest->definition = std::move(definition);
}

Task<void> move_definition(Parts parts, Registry::Pointer guest, std::string target,
                           model::StorageSource before, model::DiskChain chain) {
    if (!guest->persistent || !guest->definition || chain.images.empty()) co_return;
    model::Domain domain = guest->config_model();
    const auto disk = std::ranges::find_if(
        domain.devices.disks, [&target](const model::Disk& each) { return each.target.dev == target; });
    if (disk == domain.devices.disks.end() || !model::same_storage(disk->source, before)) co_return;
    const bool explicit_chain = disk->backing.has_value();
    if (!explicit_chain && model::same_storage(chain.images.front().source, before)) co_return;
    if (!explicit_chain) { // what lies below is looked up at each start
        chain.images.resize(1);
        chain.complete = false;
    }
    for (model::ChainImage& image : chain.images) {
        image.index.reset();
        model::parts_of(image.source).index.reset();
    }
    model::set_chain(*disk, chain);
    co_await save_definition(parts, std::move(guest), std::move(domain));
}

} // namespace yado::guest
