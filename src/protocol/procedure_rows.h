// SPDX-License-Identifier: Apache-2.0
// The generated rows, for procedures.cpp alone: use find() and all().
#pragma once

#include "protocol/procedures.h"

namespace yado::protocol::rows {

extern const std::span<const ProcedureInfo> remote;
extern const std::span<const ProcedureInfo> qemu;
extern const std::span<const ProcedureInfo> lxc;
extern const std::span<const ProcedureInfo> admin;
extern const std::span<const ProcedureInfo* const> by_name;

} // namespace yado::protocol::rows
