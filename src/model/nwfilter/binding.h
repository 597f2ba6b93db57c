// SPDX-License-Identifier: Apache-2.0
// A network filter in force on a guest's interface: the <filterbinding> document as a plain value.
#pragma once

#include <optional>
#include <string>

#include "model/filter_reference.h"
#include "model/mac.h"
#include "model/uuid.h"

namespace yado::model {

struct BindingOwner {
    std::string name;
    Uuid uuid;
};

struct BindingDevice {
    std::string name;
};

struct FilterBinding {
    BindingOwner owner;
    BindingDevice port;               ///< the host's end of the guest's card
    schema::Rare<BindingDevice> link; ///< of macvtap: the card of the host below
    std::optional<Mac> mac;
    FilterReference filter;
};
void describe(schema::Io& io, FilterBinding& binding);

} // namespace yado::model
