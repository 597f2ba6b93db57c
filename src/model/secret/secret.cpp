// SPDX-License-Identifier: Apache-2.0
#include "model/secret/secret.h"

#include "model/domain/rules.h"
#include "model/uuid.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule needed(std::string_view missing) {
    return {.required = true, .missing_code = Code::internal_error, .missing = missing};
}

} // namespace

std::string_view Secret::usage_id() const {
    return std::visit(
        []<class T>(const T& purpose) -> std::string_view {
            if constexpr (std::is_same_v<T, std::monostate>) {
                return {};
            } else if constexpr (requires { purpose.volume; }) {
                return purpose.volume;
            } else if constexpr (requires { purpose.target; }) {
                return purpose.target;
            } else {
                return purpose.name;
            }
        },
        usage);
}

void describe(Io& io, VolumeUsage& u) {
    io.value("volume", u.volume, needed("volume usage specified, but volume path is missing"));
}
void describe(Io& io, CephUsage& u) {
    io.value("name", u.name, needed("Ceph usage specified, but name is missing"));
}
void describe(Io& io, IscsiUsage& u) {
    io.value("target", u.target, needed("iSCSI usage specified, but target is missing"));
}
void describe(Io& io, TlsUsage& u) {
    io.value("name", u.name, needed("TLS usage specified, but name is missing"));
}
void describe(Io& io, VtpmUsage& u) {
    io.value("name", u.name, needed("vTPM usage specified, but name is missing"));
}

void describe(Io& io, Secret& s) {
    io.attribute("ephemeral", s.ephemeral, {.invalid = "invalid value of 'ephemeral'"});
    io.attribute("private", s.private_flag, {.invalid = "invalid value of 'private'"});
    io.value("uuid", s.uuid, internal("malformed uuid element"));
    io.value("description", s.description);
    io.group("usage", [&] {
        io.choice("type", s.usage,
                  {.required = true,
                   .code = Code::config_unsupported,
                   .missing = "unknown secret usage type",
                   .invalid = "unknown secret usage type {}"});
    });
}

} // namespace yado::model
