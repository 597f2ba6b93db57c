// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/devices/secret_object.h"

#include "base/base64.h"
#include "base/error.h"

namespace yado::qemu {

namespace json = boost::json;

json::object secret_object(const DeviceContext& context, std::string_view id, std::string_view value) {
    SealedSecret sealed;
    if (context.facts.disks.seal) {
        sealed = context.facts.disks.seal(value);
    } else {
        sealed.data = base64({reinterpret_cast<const std::uint8_t*>(value.data()), value.size()});
    }
    json::object object;
    object["qom-type"] = "secret";
    object["id"] = id;
    object["data"] = sealed.data;
    if (!sealed.key_id.empty()) {
        object["keyid"] = sealed.key_id;
        object["iv"] = sealed.iv;
    }
    object["format"] = "base64";
    return object;
}

std::string secret_value(const DeviceContext& context, const model::SecretReference& secret,
                         model::SecretUsage usage) {
    std::optional<std::string> value;
    if (context.facts.disks.secret) value = context.facts.disks.secret(secret, usage);
    if (value) return std::move(*value);
    if (!secret.uuid.is_null()) {
        fail(ErrorSource::secret, Code::no_secret, "no secret with matching uuid '{}'", secret.uuid.text());
    }
    fail(ErrorSource::secret, Code::no_secret, "no secret with matching usage '{}'", secret.usage);
}

} // namespace yado::qemu
