// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/vsock.h"

#include "model/domain/rules.h"

namespace yado::model {

void describe(schema::Io& io, Vsock& v) {
    io.attribute("model", v.model, abi);
    io.group("cid", [&] {
        io.attribute("auto", v.auto_cid);
        io.attribute("address", v.cid);
    });
    describe_info(io, v.info);
    io.group("driver", [&] { describe_virtio(io, v.virtio); }); // behind the address, as libvirt has it
}

} // namespace yado::model
