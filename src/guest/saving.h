// SPDX-License-Identifier: Apache-2.0
// Saving running guests to files and going on from them. A guest is never lost on the way: when saving fails
// it runs on, when going on fails the file stays.
#pragma once

#include "guest/power.h"
#include "guest/save_file.h"

#include <optional>
#include <string>

namespace yado::guest {

struct SaveOrder {
    std::string path;
    std::optional<std::string> xml = {};   ///< the client's document for the file
    std::optional<bool> run_again = {};    ///< nothing: as the guest is now
    std::optional<SaveFormat> format = {}; ///< nothing: as configured
    bool bypass_cache = false;             ///< do not let the file push others' pages out
};

struct RestoreOrder {
    std::string path;
    std::optional<std::string> xml = {};
    std::optional<bool> run = {}; ///< nothing: as it was when it was saved
    bool bypass_cache = false;
    bool reset_nvram = false;
};

/// How a guest goes on from its managed save.
struct ManagedStart {
    std::optional<bool> run = {}; ///< nothing: as it was
    bool bypass_cache = false;
    bool reset_nvram = false;
};

class Saving {
  public:
    Saving(Parts parts, Power& power) : parts_(parts), power_(power) {}

    std::string managed_path(const Guest& guest) const {
        return parts_.save_directory + "/" + guest.name + ".save";
    }

    /// Writes the guest to the file and ends it. The caller holds a job.
    Task<void> save(Registry::Pointer guest, SaveOrder order);
    /// Runs what the file holds, as the domain defined with its UUID or as a transient one.
    Task<void> restore(RestoreOrder order);
    /// Starts the guest from its managed save. False when there is none that can be used; an incomplete one
    /// is removed. The caller holds a job.
    Task<bool> start_managed(Registry::Pointer guest, ManagedStart how);
    Task<void> remove_managed(Registry::Pointer guest);

    /// The document in a file; `secure`: with passwords.
    Task<std::string> read_document(std::string path, bool secure);
    Task<void> replace_document(std::string path, std::string xml, std::optional<bool> run);

    /// Writes the guest to the file of a snapshot; it is there whole or not at all. The vCPUs stand
    /// afterwards, with `live` not until then. The caller holds a job.
    Task<void> write_memory(Registry::Pointer guest, std::string path, bool live);

    enum class AfterDump { go_on, crash, reset };
    struct DumpOrder {
        std::string path;
        std::optional<DumpFormat> memory_only = {}; ///< nothing: QEMU's own form, devices included
        bool live = false;
        bool bypass_cache = false;
        AfterDump after = AfterDump::go_on;
    };
    Task<void> dump(Registry::Pointer guest, DumpOrder order);

  private:
    /// Starts it from the file, and sees to the programs in between.
    Task<void> start_from(Registry::Pointer guest, model::Domain domain, StartOptions options,
                          OpenSaveFile file, SaveRoute route, std::string path);
    Task<model::Domain> document_of(SavedState state, std::optional<std::string> replacement);
    /// What clients see of the job while it runs, and of its figures afterwards.
    Task<void> begin_job(Registry::Pointer guest, int operation);
    Task<void> end_job(Registry::Pointer guest, bool success);

    Parts parts_;
    Power& power_;
};

} // namespace yado::guest
