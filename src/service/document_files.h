// SPDX-License-Identifier: Apache-2.0
// Where the documents of one kind live on disk, in libvirt's form: DIRECTORY/NAME.xml, and for those that
// start by themselves a link DIRECTORY/autostart/NAME.xml. Every change is on disk when its task ends.
#pragma once

#include "base/async/loop.h"

#include <string>
#include <vector>

namespace yado::service {

struct StoredDocument {
    std::string name; ///< from the file name
    std::string text; ///< the file
    bool autostart = false;
};

enum class Keep {
    autostarted, ///< survives a power cut; may start by itself
    durable,     ///< survives a power cut
    state,       ///< survives the daemon: of what runs now
};

class DocumentFiles {
  public:
    /// The directories are made when they are not there, and what a crash left behind is removed. Blocking.
    /// `log_name`: the topic of log lines, e.g. "guest.store".
    DocumentFiles(Loop& loop, std::string directory, Keep keep, std::string log_name);

    /// `text` is the whole file.
    Task<void> save(std::string name, std::string text);
    /// The document and its autostart link.
    Task<void> remove(std::string name);
    Task<void> set_autostart(std::string name, bool on);
    /// Read once at start, before anything is written. Files that cannot be read are logged and left alone;
    /// links to nothing are removed. Blocking.
    std::vector<StoredDocument> load();

    std::string path(const std::string& name) const { return directory_ + "/" + name + ".xml"; }
    const std::string& directory() const { return directory_; }

  private:
    std::string link(const std::string& name) const { return directory_ + "/autostart/" + name + ".xml"; }

    Loop& loop_;
    const std::string directory_;
    const Keep keep_;
    const std::string log_name_;
};

} // namespace yado::service
