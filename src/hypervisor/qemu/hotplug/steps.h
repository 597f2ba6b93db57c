// SPDX-License-Identifier: Apache-2.0
// Devices of a running QEMU as commands of its monitor: what makes one, each with what takes it back. The
// same parts of a device make the command line.
#pragma once

#include "base/async/loop.h"
#include "hypervisor/qemu/devices/device.h"
#include "hypervisor/qemu/monitor/monitor.h"

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace yado::qemu {

struct QmpCommand {
    std::string name;
    boost::json::object arguments;
    bool may_fail = false; ///< there may be nothing to take away: its failure is not worth a line in the log
};

struct QmpStep {
    QmpCommand act;
    std::optional<QmpCommand> undo;
    int fd = -1; ///< goes along; stays the caller's
};

/// Gives QEMU a descriptor of ours under this name. Whatever uses the name takes it over.
QmpStep pass_step(const std::string& name, int fd);
/// In the order QEMU wants them: objects, byte streams, network and block back ends, and last the device.
std::vector<QmpStep> plug_steps(const DeviceParts& parts);
/// What takes away all but the device itself, once the guest has let go of it; the reverse of plug_steps().
std::vector<QmpCommand> release_commands(const DeviceParts& parts);

/// Sends all at once; QEMU takes them in order. The answers, one a step. When one is refused, those that
/// succeeded are undone and the first refusal is thrown.
Task<std::vector<boost::json::value>> run_steps(Loop& loop, Monitor& monitor, std::vector<QmpStep> steps);

/// Sends all at once; failures are logged.
Task<void> run_commands(Loop& loop, Monitor& monitor, std::vector<QmpCommand> commands);

} // namespace yado::qemu
