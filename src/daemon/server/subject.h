// SPDX-License-Identifier: Apache-2.0
// What a call, or one item of an answer, is about: the details that access rules are asked with.
#pragma once

#include "daemon/drivers.h"
#include "daemon/server/access.h"
#include "protocol/procedures.h"
#include "protocol/types.h"

#include <string_view>

namespace yado::daemon {

// Of an item in an answer, which the daemon itself has written.
AccessDetails details_of(const protocol::DomainRef& ref);
AccessDetails details_of(const protocol::NetworkRef& ref);
AccessDetails details_of(const protocol::NetworkPortRef& ref);
AccessDetails details_of(const protocol::StoragePoolRef& ref);
AccessDetails details_of(const protocol::StorageVolRef& ref);
AccessDetails details_of(const protocol::InterfaceRef& ref);
AccessDetails details_of(const protocol::NodeDeviceRef& ref);
AccessDetails details_of(const protocol::SecretRef& ref);
AccessDetails details_of(const protocol::NwfilterRef& ref);
AccessDetails details_of(const protocol::NwfilterBindingRef& ref);
/// Of one that is only named, or numbered: `object` as in access rules.
AccessDetails details_of(const Driver* driver, std::string_view object, std::string_view name);
AccessDetails details_of(const Driver* driver, std::string_view object, int id);

/// Of the pool whose volumes an answer lists.
AccessDetails details_of_pool(const Driver* driver, const Uuid& uuid);

/// Of the object of kind `object` that a call's arguments mean: a reference, a name, a number, or a document.
/// Empty when they mean none, and for one that is not there, where the call itself will say so.
AccessDetails details_of_call(const Driver* driver, const protocol::ProcedureInfo& info,
                              const void* arguments, std::string_view object);

/// With the driver that is meant, which every question names.
AccessDetails with_driver(const Driver* driver, AccessDetails details);

} // namespace yado::daemon
