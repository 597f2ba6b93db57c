// SPDX-License-Identifier: Apache-2.0
// Where the documents of snapshots are kept, in libvirt's place and form: DIRECTORY/DOMAIN/SNAPSHOT.xml.
#pragma once

#include "base/async/loop.h"
#include "guest/snapshot_tree.h"

#include <string>

namespace yado::guest {

class SnapshotStore {
  public:
    /// `directory` empty: nothing is kept.
    SnapshotStore(Loop& loop, std::string directory) : loop_(loop), directory_(std::move(directory)) {}

    Task<void> save(std::string domain, SnapshotTree::Pointer snapshot, bool current);
    Task<void> remove(std::string domain, std::string snapshot);
    /// Takes the domain's folder away when it is empty.
    Task<void> forget(std::string domain);
    /// What is there of a domain. Blocks. Files that cannot be read are logged and left alone.
    SnapshotTree load(const std::string& domain) const;

  private:
    std::string path(const std::string& domain, const std::string& snapshot) const {
        return directory_ + "/" + domain + "/" + snapshot + ".xml";
    }
    Loop& loop_;
    std::string directory_;
};

} // namespace yado::guest
