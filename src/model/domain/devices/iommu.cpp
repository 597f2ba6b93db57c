// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/iommu.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, IommuDriver& d) {
    io.attribute("intremap", d.interrupt_remapping, abi);
    io.attribute("caching_mode", d.caching_mode, abi);
    io.attribute("eim", d.extended_interrupts, abi);
    io.attribute("iotlb", d.device_iotlb, abi);
    io.attribute("aw_bits", d.address_bits, abi);
    io.attribute("dma_translation", d.dma_translation, {.guest_abi = true, .since = "10.7.0"});
    io.attribute("xtsup", d.x2apic, {.guest_abi = true, .since = "11.5.0"});
    io.attribute("passthrough", d.passthrough, {.guest_abi = true, .since = "11.5.0"});
}

void describe(Io& io, Iommu& i) {
    io.attribute("model", i.model, {.required = true, .guest_abi = true});
    io.child("driver", i.driver, {.drop_empty = true});
    describe_info(io, i.info);
}

} // namespace yado::model
