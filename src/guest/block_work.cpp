// SPDX-License-Identifier: Apache-2.0
// How jobs begin. How they end: block_ends.cpp.
#include "guest/block_work.h"

#include "base/error.h"
#include "base/files.h"
#include "host/images/image.h"
#include "model/domain/named_disk.h"
#include "protocol/constants.h"

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

namespace yado::guest {
namespace {

namespace Copy = protocol::DomainBlockCopyFlags;
namespace Commit = protocol::DomainBlockCommitFlags;

std::string job_name(std::string_view word, const model::Disk& disk, std::uint32_t image) {
    return fmt::format("{}-{}-libvirt-{}-format", word, disk.target.dev, image);
}

/// The running guest's disk with its chain, no job at work.
struct IdleDisk {
    model::Disk disk; ///< a copy: the guest's may move while we wait
    model::DiskChain chain;
    std::uint32_t image(std::size_t place) const { return chain.images.at(place).index.value_or(0); }
};

IdleDisk idle_disk(Live& live, const std::string& name) {
    model::Disk& disk = require_disk(live, name);
    require_no_block_job(live, disk);
    return {disk, model::chain_of(disk)};
}

void require_images(const IdleDisk& of) {
    if (of.chain.images.empty()) {
        fail(ErrorSource::qemu, Code::operation_invalid, "disk '{}' has no medium", of.disk.target.dev);
    }
    if (!of.chain.images.front().index) {
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "the images of disk '{}' are not known: another process serves them", of.disk.target.dev);
    }
}

BlockPort& require_blocks(const Guest& guest) {
    BlockPort* port = guest.require_machine().blocks();
    if (port == nullptr) fail(Code::no_support, "this hypervisor has no jobs on disks");
    return *port;
}

/// Whether the place of a copy is there already, and is to be written into as it is.
struct Place {
    std::string path; ///< empty: not on this host
    bool make = false;
};

Place look_at_place(const model::StorageSource& source, std::string_view disk, bool reuse) {
    Place place{.path = model::path_of(source)};
    if (place.path.empty()) return place;
    if (!place.path.starts_with('/'))
        fail(ErrorSource::qemu, Code::invalid_arg, "mirror path '{}' must be absolute", place.path);
    struct stat status{};
    const bool there = ::stat(place.path.c_str(), &status) == 0;
    if (!there && (reuse || std::holds_alternative<model::BlockSource>(source)))
        fail_errno("missing destination file for disk {}: {}", disk, place.path);
    if (there && !reuse && !S_ISBLK(status.st_mode)) {
        fail(ErrorSource::qemu, Code::config_unsupported,
             "external destination file for disk {} already exists and is not a block device: {}", disk,
             place.path);
    }
    place.make = !there;
    return place;
}

} // namespace

Task<void> BlockWork::begin(Registry::Pointer guest, std::string name, BlockJob job, BlockJobOrder order) {
    const std::shared_ptr<Live> live = guest->live;
    BlockPort& port = require_blocks(*guest);
    order.name = name;
    const std::string target = job.target;
    live->block_jobs.insert_or_assign(name, std::move(job));
    std::exception_ptr failure;
    try {
        co_await power_.save_status(guest); // what it means is known before it runs
        co_await port.start(std::move(order));
    } catch (...) { failure = std::current_exception(); }
    const auto running = live->block_jobs.find(name);
    if (!failure) {
        if (running != live->block_jobs.end() && running->second.phase == BlockJobPhase::fresh)
            running->second.phase = BlockJobPhase::running;
        co_return;
    }
    live->block_jobs.erase(name);
    if (const model::Disk* disk = model::named_disk(live->domain, target))
        require_disk(*live, disk->target.dev).mirror.reset();
    co_await power_.save_status(guest);
    std::rethrow_exception(failure);
}

Task<std::string> BlockWork::pull(Registry::Pointer guest, PullOrder order) {
    Live& live = guest->require_active();
    const IdleDisk of = idle_disk(live, order.disk);
    require_images(of);
    BlockJob job{.kind = BlockJobKind::pull, .target = of.disk.target.dev};
    BlockJobOrder begun{.kind = job.kind, .disk = of.disk, .speed = order.speed};
    if (order.base) {
        const std::size_t base = require_image(of.chain, of.disk, 0, order.base);
        begun.base = job.base = of.image(base);
        if (order.relative) {
            auto look = [&] { return relative_name(of.chain, 0, base); };
            begun.backing_name = co_await blocking(parts_.loop, look);
        }
    }
    std::string name = job_name("pull", of.disk, of.image(0));
    co_await begin(std::move(guest), name, std::move(job), std::move(begun));
    co_return name;
}

Task<std::string> BlockWork::commit(Registry::Pointer guest, CommitOrder order) {
    Live& live = guest->require_active();
    const IdleDisk of = idle_disk(live, order.disk);
    const std::string& target = of.disk.target.dev;
    const bool shallow = (order.flags & Commit::shallow) != 0;
    if (of.chain.images.empty())
        fail(ErrorSource::storage, Code::invalid_arg, "could not find base image in chain for '{}'", target);
    require_images(of);
    std::size_t top = 0;
    if (order.top && *order.top != target && *order.top != model::path_of(of.chain.images.front().source))
        top = require_image(of.chain, of.disk, 0, order.top);
    std::size_t base = top + 1;
    if (order.base || !shallow) base = require_image(of.chain, of.disk, top, order.base);
    const bool active = (order.flags & Commit::active) != 0;
    if (top == 0 && !active) {
        fail(ErrorSource::qemu, Code::invalid_arg, "commit of '{}' active layer requires active flag",
             target);
    }
    const std::string& top_path = model::path_of(of.chain.images[top].source);
    if (top != 0 && active) {
        fail(ErrorSource::qemu, Code::invalid_arg, "active commit requested but '{}' is not active",
             top_path);
    }
    if (top + 1 >= of.chain.images.size()) {
        fail(ErrorSource::qemu, Code::invalid_arg, "top '{}' in chain for '{}' has no backing file", top_path,
             order.disk);
    }
    if (shallow && base != top + 1) {
        fail(ErrorSource::qemu, Code::invalid_arg,
             "base '{}' is not immediately below '{}' in chain for '{}'", order.base.value_or(""), top_path,
             order.disk);
    }
    BlockJob job{.kind = active ? BlockJobKind::active_commit : BlockJobKind::commit,
                 .target = target,
                 .flags = order.flags,
                 .top = of.image(top),
                 .base = of.image(base),
                 .delete_merged = (order.flags & Commit::delete_) != 0};
    if (top != 0) job.above_top = of.image(top - 1);
    BlockJobOrder begun{
        .kind = job.kind, .disk = of.disk, .top = job.top, .base = job.base, .speed = order.speed};
    if ((order.flags & Commit::relative) != 0 && top != 0) {
        auto look = [&] { return relative_name(of.chain, top - 1, base); };
        begun.backing_name = co_await blocking(parts_.loop, look);
    }
    std::string name = job_name("commit", of.disk, of.image(top));
    if (active) {
        model::Mirror& mirror = require_disk(live, target).mirror.emplace();
        model::set_chain(mirror, {{of.chain.images[base]}, false});
        mirror.job = model::MirrorJob::active_commit;
    }
    co_await begin(std::move(guest), name, std::move(job), std::move(begun));
    co_return name;
}

Task<std::string> BlockWork::copy(Registry::Pointer guest, CopyOrder order) {
    guest->require_active();
    const std::shared_ptr<Live> live = guest->live;
    const IdleDisk of = idle_disk(*live, order.disk);
    const std::string& target = of.disk.target.dev;
    const bool reuse = (order.flags & Copy::reuse_ext) != 0;
    const bool shallow = (order.flags & Copy::shallow) != 0;
    if ((order.flags & Copy::transient_job) == 0 && guest->persistent)
        fail(ErrorSource::qemu, Code::operation_invalid, "domain is not transient");
    require_images(of);
    auto source = model::source_of(order.target.source);
    if (!source)
        fail(ErrorSource::qemu, Code::invalid_arg, "the place to copy disk '{}' to is missing", target);
    model::complete_source(*source);
    BlockPort& port = require_blocks(*guest);
    const std::uint64_t capacity = co_await port.capacity(of.image(0));

    model::ChainImage image{*source, order.target.format, port.new_number()};
    Place place;
    auto look = [&] {
        place = look_at_place(*source, target, reuse);
        if (image.format.type == model::ImageFormat::unset) {
            image.format.type = of.chain.images.front().format.type;
            if (reuse && !place.path.empty()) {
                const std::string_view word = host::libvirt_word(host::image_header(place.path).format);
                for (std::size_t i = 0; i < std::size(schema::EnumNames<model::ImageFormat>::values); ++i) {
                    if (schema::EnumNames<model::ImageFormat>::values[i] == word)
                        image.format.type = static_cast<model::ImageFormat>(i);
                }
            }
        }
        const bool raw = image.format.type == model::ImageFormat::raw;
        if (place.make) make_image_file(place.path, target, raw ? capacity : 0);
    };
    co_await blocking(parts_.loop, look);

    model::DiskChain chain{{image}, true};
    NewImage opened{.disk = of.disk};
    model::set_chain(opened.disk, chain);
    opened.disk.mirror.reset();
    const bool shares = shallow && model::may_have_backing(image.format.type) && of.chain.images.size() > 1;
    if (shares) {
        opened.below = of.image(1);
        chain.images.insert(chain.images.end(), of.chain.images.begin() + 1, of.chain.images.end());
        chain.complete = of.chain.complete;
    }
    if (!reuse) {
        opened.format = NewImage::Format{.capacity = capacity};
        if (shares) opened.format->backing = of.chain.images[1];
    }
    BlockJob job{
        .kind = BlockJobKind::copy, .target = target, .flags = order.flags, .shallow_new = shares && !reuse};
    BlockJobOrder begun{.kind = job.kind,
                        .disk = of.disk,
                        .target = image.index,
                        .speed = order.speed,
                        .shallow = shallow,
                        .synchronous = (order.flags & Copy::synchronous_writes) != 0,
                        .granularity = order.granularity,
                        .buffer = order.buffer};
    std::string name = job_name("copy", of.disk, of.image(0));
    std::exception_ptr failure;
    bool is_open = false;
    try {
        co_await port.open(std::move(opened));
        is_open = true;
        model::Mirror& mirror = require_disk(*live, target).mirror.emplace();
        model::set_chain(mirror, chain);
        mirror.job = model::MirrorJob::copy;
        if (const auto* file = std::get_if<model::FileSource>(&*source)) { // the two of older clients
            mirror.file = file->path;
            mirror.file_format = image.format.type;
        }
        co_await begin(guest, name, std::move(job), std::move(begun));
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return name;
    std::vector<model::ChainImage> opened_images(1, image);
    if (is_open && !live->ended) co_await port.close(std::move(opened_images));
    auto remove = [&] {
        if (place.make) ::unlink(place.path.c_str());
    };
    co_await blocking(parts_.loop, remove);
    std::rethrow_exception(failure);
}

} // namespace yado::guest
