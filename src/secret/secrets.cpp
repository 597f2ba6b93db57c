// SPDX-License-Identifier: Apache-2.0
#include "secret/secrets.h"

#include "base/base64.h"
#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "model/secret/document.h"

namespace yado::secret {
namespace {

constexpr std::size_t value_file_max = 128 * 1024; ///< the wire limits a value to 65536 bytes

/// How a document names what it is for, as messages of libvirt do.
std::string usage_of(const model::Secret& secret) { return std::string(secret.usage_id()); }

} // namespace

Secrets::Secrets(Loop& loop, std::string directory) : loop_(loop), changing_(loop) {
    if (!directory.empty()) {
        files_.emplace(loop, std::move(directory), service::Keep::durable, "secret.store");
    }
}

void Secrets::load() {
    if (!files_) return;
    for (const service::StoredDocument& stored : files_->load()) {
        try {
            auto secret = std::make_shared<Secret>(model::read_secret(stored.text), std::nullopt);
            if (secret->uuid().text() != stored.name) {
                log_error("secret.store", "skipped: '{}' holds the secret {}", files_->path(stored.name),
                          secret->uuid().text());
                continue;
            }
            const auto text = read_file_if_exists(value_path(secret->uuid()), value_file_max);
            if (text) secret->value = from_base64(*text);
            if (text && !secret->value) {
                log_error("secret.store", "the value in '{}' is not base64", value_path(secret->uuid()));
            }
            by_uuid_.emplace(stored.name, std::move(secret));
        } catch (const Error& error) { // one bad file must not keep the others away
            log_error("secret.store", "skipped '{}': {}", files_->path(stored.name), error.message());
        }
    }
}

Secrets::Pointer Secrets::find(const Uuid& uuid) const {
    const auto row = by_uuid_.find(uuid.text());
    return row == by_uuid_.end() ? nullptr : row->second;
}

Secrets::Pointer Secrets::find_usage(model::SecretUsageType type, std::string_view id) const {
    for (const auto& [uuid, secret] : by_uuid_) {
        if (secret->definition.usage_type() == type && secret->definition.usage_id() == id) return secret;
    }
    return nullptr;
}

Secrets::Pointer Secrets::require(const Uuid& uuid) const {
    if (Pointer secret = find(uuid)) return secret;
    fail(ErrorSource::secret, Code::no_secret, "no secret with matching uuid '{}'", uuid.text());
}

std::vector<Secrets::Pointer> Secrets::all() const {
    std::vector<Pointer> secrets;
    secrets.reserve(by_uuid_.size());
    for (const auto& [uuid, secret] : by_uuid_) secrets.push_back(secret);
    return secrets;
}

Task<Secrets::Pointer> Secrets::define(model::Secret definition) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    Pointer secret = find(definition.uuid);
    if (secret != nullptr) {
        const model::Secret& old = secret->definition;
        if (old.usage_type() != definition.usage_type() || usage_of(old) != usage_of(definition)) {
            fail(ErrorSource::secret, Code::internal_error,
                 "a secret with UUID {} is already defined for use with {}", old.uuid.text(), usage_of(old));
        }
        if (old.is_private() && !definition.is_private()) {
            fail(ErrorSource::secret, Code::internal_error, "cannot change private flag on existing secret");
        }
    } else if (definition.usage_type() != model::SecretUsageType::none) {
        const Pointer other = find_usage(definition.usage_type(), definition.usage_id());
        if (other != nullptr) {
            fail(ErrorSource::secret, Code::internal_error,
                 "a secret with UUID {} already defined for use with {}", other->uuid().text(),
                 usage_of(definition));
        }
    }
    const std::string name = definition.uuid.text();
    if (files_ &&
        definition.is_ephemeral()) { // it may have been there before; no value may outlive its secret
        co_await write_value(definition.uuid, std::nullopt);
        co_await files_->remove(name);
    } else if (files_) {
        co_await files_->save(name, model::write_secret(definition));
        std::optional<Value> value;
        if (secret != nullptr) value = secret->value;
        co_await write_value(definition.uuid, std::move(value));
    }
    if (secret == nullptr) {
        secret = std::make_shared<Secret>();
        by_uuid_.emplace(name, secret);
    }
    secret->definition = std::move(definition);
    events_.publish({SecretEvent::What::defined, secret->definition});
    co_return secret;
}

/// On disk: there with this content, or not there.
Task<void> Secrets::write_value(Uuid uuid, std::optional<Value> value) {
    auto work = [path = value_path(uuid), &value] {
        if (value) write_file_atomically(path, base64(*value), 0600);
        else remove_file_durably(path);
    };
    co_await blocking(loop_, std::move(work));
}

Task<void> Secrets::set_value(Pointer secret, Value value) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    if (find(secret->uuid()) != secret) require(secret->uuid()); // undefined meanwhile
    if (files_ && !secret->definition.is_ephemeral()) co_await write_value(secret->uuid(), value);
    secret->value = std::move(value);
    events_.publish({SecretEvent::What::value_changed, secret->definition});
}

Task<void> Secrets::undefine(Pointer secret) {
    const AsyncMutex::Lock lock = co_await changing_.lock();
    if (find(secret->uuid()) != secret) require(secret->uuid());
    if (files_) {
        const std::string name = secret->uuid().text();
        co_await write_value(secret->uuid(), std::nullopt); // first: no value may outlive its secret
        co_await files_->remove(name);
    }
    by_uuid_.erase(secret->uuid().text());
    events_.publish({SecretEvent::What::undefined, secret->definition});
}

} // namespace yado::secret
