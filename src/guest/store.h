// SPDX-License-Identifier: Apache-2.0
// Where domains live on disk, in libvirt's own places and form, so that either daemon can take over from the
// other. Every change is on disk when its task ends.
#pragma once

#include "base/async/loop.h"
#include "service/document_files.h"

#include <string>
#include <vector>

namespace yado::guest {

using service::StoredDocument;

class Store {
  public:
    virtual ~Store() = default;
    /// `text` is the whole file.
    virtual Task<void> save_definition(std::string name, std::string text) = 0;
    /// The definition and its autostart link.
    virtual Task<void> remove_definition(std::string name) = 0;
    virtual Task<void> set_autostart(std::string name, bool on) = 0;
    virtual Task<void> save_status(std::string name, std::string text) = 0;
    virtual Task<void> remove_status(std::string name) = 0;

    // Read once at start, before anything is written. Files that cannot be read are logged and left alone.
    // Blocking.
    virtual std::vector<StoredDocument> load_definitions() = 0;
    virtual std::vector<StoredDocument> load_statuses() = 0;
    /// True the first time since the host booted: autostart is due.
    virtual bool claim_autostart() = 0;
};

/// Keeps nothing: for hypervisors whose domains live in memory.
class NoStore final : public Store {
  public:
    Task<void> save_definition(std::string, std::string) override { co_return; }
    Task<void> remove_definition(std::string) override { co_return; }
    Task<void> set_autostart(std::string, bool) override { co_return; }
    Task<void> save_status(std::string, std::string) override { co_return; }
    Task<void> remove_status(std::string) override { co_return; }
    std::vector<StoredDocument> load_definitions() override { return {}; }
    std::vector<StoredDocument> load_statuses() override { return {}; }
    bool claim_autostart() override { return false; }
};

class FileStore final : public Store {
  public:
    /// `config`: e.g. /etc/libvirt/qemu; `runtime`: e.g. /run/libvirt/qemu. Both are made when first needed.
    FileStore(Loop& loop, std::string config, std::string runtime);

    Task<void> save_definition(std::string name, std::string text) override;
    Task<void> remove_definition(std::string name) override;
    Task<void> set_autostart(std::string name, bool on) override;
    Task<void> save_status(std::string name, std::string text) override;
    Task<void> remove_status(std::string name) override;
    std::vector<StoredDocument> load_definitions() override;
    std::vector<StoredDocument> load_statuses() override;
    bool claim_autostart() override;

  private:
    Loop& loop_;
    service::DocumentFiles definitions_;
    service::DocumentFiles statuses_;
};

} // namespace yado::guest
