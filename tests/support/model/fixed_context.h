// SPDX-License-Identifier: Apache-2.0
// A CompleteContext without chance and without a host: what QEMU 7.2's x86 emulators offer, addresses that
// count up.
#pragma once

#include "model/domain/complete.h"

namespace yado::test {

/// Cards get 52:54:00:00:00:01, …:02 and so on; a domain without a UUID gets
/// 00000000-0000-4000-8000-000000000001.
model::CompleteContext fixed_context();

} // namespace yado::test
