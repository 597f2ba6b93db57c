// SPDX-License-Identifier: Apache-2.0
// Passwords and keys that documents name instead of holding: what is defined, and their values, on disk in
// libvirt's places (DIRECTORY/UUID.xml, and the value as base64 in DIRECTORY/UUID.base64, mode 0600).
#pragma once

#include "base/async/loop.h"
#include "base/async/mutex.h"
#include "model/secret/secret.h"
#include "service/document_files.h"
#include "service/event_hub.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::secret {

using Value = std::vector<std::uint8_t>;

struct Secret {
    model::Secret definition;
    std::optional<Value> value;

    const Uuid& uuid() const { return definition.uuid; }
};

/// What happens to one.
struct SecretEvent {
    enum class What { defined, undefined, value_changed };
    What what;
    model::Secret definition;

    const Uuid& uuid() const { return definition.uuid; }
};

class Secrets {
  public:
    using Pointer = std::shared_ptr<Secret>;

    /// Keeps them in `directory`; with an empty one in memory alone.
    Secrets(Loop& loop, std::string directory);

    /// Reads what is on disk. Blocking; once, before anything else.
    void load();

    // Null when there is none.
    Pointer find(const Uuid& uuid) const;
    Pointer find_usage(model::SecretUsageType type, std::string_view id) const;
    /// Throws no_secret.
    Pointer require(const Uuid& uuid) const;
    /// In order of UUID.
    std::vector<Pointer> all() const;

    /// Adds or replaces one, on disk unless it is ephemeral. Throws internal_error, in libvirt's words, when
    /// the UUID or the usage is another one's.
    Task<Pointer> define(model::Secret definition);
    Task<void> set_value(Pointer secret, Value value);
    Task<void> undefine(Pointer secret);

    service::EventHub<SecretEvent>& events() { return events_; }

  private:
    std::string value_path(const Uuid& uuid) const {
        return files_->directory() + "/" + uuid.text() + ".base64";
    }
    Task<void> write_value(Uuid uuid, std::optional<Value> value);

    Loop& loop_;
    std::optional<service::DocumentFiles> files_;
    std::map<std::string, Pointer> by_uuid_; ///< by its text
    AsyncMutex changing_;                    ///< one change at a time, so that disk and memory agree
    service::EventHub<SecretEvent> events_;
};

} // namespace yado::secret
