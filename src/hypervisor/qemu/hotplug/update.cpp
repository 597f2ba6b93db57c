// SPDX-License-Identifier: Apache-2.0
// Settings of devices that change while the guest runs.
#include "hypervisor/qemu/machine_state.h"

namespace yado::qemu {

namespace json = boost::json;

Task<void> QemuMachine::set_link(std::string alias, bool up) {
    const std::shared_ptr<State> state = state_;
    json::object arguments;
    arguments["name"] = alias;
    arguments["up"] = up;
    co_await state->monitor->execute("set_link", std::move(arguments));
}

Task<void> QemuMachine::set_screen_password(model::Graphics graphics) {
    const std::shared_ptr<State> state = state_;
    for (QmpCommand& each : password_commands(graphics))
        co_await state->monitor->execute(each.name, std::move(each.arguments));
}

Task<void> QemuMachine::resize_memory(std::string alias, std::uint64_t kib) {
    const std::shared_ptr<State> state = state_;
    json::object arguments;
    arguments["path"] = "/machine/peripheral/" + alias;
    arguments["property"] = "requested-size";
    arguments["value"] = kib * 1024;
    co_await state->monitor->execute("qom-set", std::move(arguments));
}

} // namespace yado::qemu
