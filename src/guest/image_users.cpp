// SPDX-License-Identifier: Apache-2.0
#include "guest/image_users.h"

#include "base/error.h"
#include "base/log.h"
#include "host/images/chain.h"
#include "model/domain/disk_chain.h"
#include "model/snapshot/snapshot.h"

#include <algorithm>
#include <set>
#include <sys/stat.h>
#include <vector>

namespace yado::guest {
namespace {

/// What a guest or a snapshot names.
struct Claim {
    std::string who;
    std::vector<model::Disk> disks;               ///< of the running guest, of a document
    std::shared_ptr<const Definition> definition; ///< read when it is looked at
    std::shared_ptr<const model::Snapshot> snapshot;
};

std::vector<Claim> claims_of(const Registry& registry, const NotCounted& besides) {
    std::vector<Claim> claims;
    for (const Registry::Pointer& guest : registry.all()) {
        const bool itself = guest.get() == besides.guest;
        if (itself && besides.snapshot.empty()) continue;
        const std::string who = fmt::format("guest '{}'", guest->name);
        if (guest->live) claims.push_back({.who = who, .disks = guest->live->domain.devices.disks});
        if (guest->definition) claims.push_back({.who = who, .disks = {}, .definition = guest->definition});
        for (const auto& snapshot : guest->snapshots.all()) {
            if (itself && snapshot->name == besides.snapshot) continue;
            claims.push_back({.who = fmt::format("snapshot '{}' of {}", snapshot->name, who),
                              .disks = {},
                              .definition = {},
                              .snapshot = snapshot});
        }
    }
    return claims;
}

/// A file by its name and by what it is.
class File {
  public:
    explicit File(std::string path) : path_(std::move(path)) {
        struct stat status{};
        if (!path_.empty() && ::stat(path_.c_str(), &status) == 0) identity_ = {status.st_dev, status.st_ino};
    }
    bool is_at(const std::string& path) const {
        if (path.empty() || path_.empty()) return false;
        if (path == path_) return true;
        struct stat status{};
        return identity_.second != 0 && ::stat(path.c_str(), &status) == 0 &&
               identity_ == std::pair(status.st_dev, status.st_ino);
    }

  private:
    std::string path_;
    std::pair<dev_t, ino_t> identity_{};
};

/// Looks through claims for one file, reading each image's header once.
class Search {
  public:
    Search(const std::string& path, const std::string& via) : file_(path), via_(via), adds_(!via.empty()) {}

    bool concerns(const Claim& claim) {
        if (claim.definition) return in_domain(claim.definition->model());
        if (!claim.snapshot) return in_disks(claim.disks);
        const model::Snapshot& snapshot = *claim.snapshot;
        if (file_.is_at(snapshot.memory.file)) return true;
        for (const model::SnapshotDisk& disk : snapshot.disks) {
            const auto source = model::source_of(disk.source);
            // what was written after a snapshot may be added to
            if (source && in_list({{{*source, {disk.format, {}}, {}}}, false}, adds_)) return true;
        }
        return (snapshot.domain && in_domain(*snapshot.domain)) ||
               (snapshot.inactive_domain && in_domain(*snapshot.inactive_domain));
    }

  private:
    bool in_domain(const model::Domain& domain) { return in_disks(domain.devices.disks); }

    bool in_disks(const std::vector<model::Disk>& disks) {
        return std::ranges::any_of(disks, [this](const model::Disk& disk) {
            return in_list(model::chain_of(disk)) || (disk.mirror && in_list(model::chain_of(*disk.mirror)));
        });
    }

    bool in_list(const model::DiskChain& chain, bool top_is_free = false) {
        std::vector<std::string> paths;
        for (const model::ChainImage& image : chain.images) paths.push_back(model::path_of(image.source));
        if (among(paths, top_is_free)) return true;
        if (paths.empty() || paths.front().empty()) return false;
        const model::ImageFormat format = chain.images.front().format.type;
        if (!model::may_have_backing(format) || !seen_.insert(paths.front()).second) return false;
        try {
            host::ChainOptions options;
            options.guess_formats = true; // nothing is opened for good by what is guessed
            options.format = host::image_format(schema::word(format));
            const auto found = host::read_backing_chain(paths.front(), options);
            paths.clear();
            for (const host::ChainImage& image : found) paths.push_back(image.path);
            return among(paths, top_is_free);
        } catch (const Error& error) { // gone, or broken: whoever wants it finds out
            log_debug("guest.images", "'{}': {}", paths.empty() ? "" : paths.front(), error.message());
            return false;
        }
    }

    bool among(const std::vector<std::string>& chain, bool top_is_free) const {
        for (std::size_t i = top_is_free ? 1 : 0; i < chain.size(); ++i) {
            if (file_.is_at(chain[i]) && (i == 0 || !via_.is_at(chain[i - 1]))) return true;
        }
        return false;
    }

    File file_, via_;
    bool adds_; ///< the question is who needs the file as it is
    std::set<std::string> seen_;
};

} // namespace

Task<std::string> user_of(Parts parts, std::string path, NotCounted besides) {
    if (path.empty()) co_return std::string();
    const std::vector<Claim> claims = claims_of(parts.registry, besides);
    auto look = [&claims, &path, &besides] {
        Search search(path, besides.via);
        for (const Claim& claim : claims) {
            if (search.concerns(claim)) return claim.who;
        }
        return std::string();
    };
    std::string who = co_await blocking(parts.loop, look);
    co_return who;
}

} // namespace yado::guest
