// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/pstore.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Pstore& p) {
    io.attribute("backend", p.backend, {.required = true, .guest_abi = true, .since = "10.8.0"});
    io.value("path", p.path);
    io.value<schema::SizeInKiB>("size", p.size_kib, {.required = true, .guest_abi = true});
    describe_info(io, p.info);
}

} // namespace yado::model
