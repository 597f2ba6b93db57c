// SPDX-License-Identifier: Apache-2.0
#include "support/model/fixed_context.h"

#include <memory>

namespace yado::test {

model::CompleteContext fixed_context() {
    model::CompleteContext context;
    context.new_uuid = [] { return *Uuid::parse("00000000-0000-4000-8000-000000000001"); };
    auto cards = std::make_shared<std::uint8_t>(std::uint8_t{0});
    context.new_mac = [cards] {
        model::Mac mac;
        mac.bytes = {0x52, 0x54, 0, 0, 0, ++*cards};
        return mac;
    };
    context.canonical_machine = [](const model::Domain& domain,
                                   std::string_view machine) -> std::optional<std::string> {
        if (domain.os.type.arch == "aarch64" || domain.os.type.arch == "riscv64") {
            return machine.empty() || machine == "virt" ? "virt-7.2" : std::string(machine);
        }
        if (machine.empty() || machine == "pc") { return "pc-i440fx-7.2"; }
        if (machine == "q35") { return "pc-q35-7.2"; }
        return machine == "foo" ? std::nullopt : std::optional(std::string(machine));
    };
    context.emulator = [](const model::Domain& domain) {
        return "/usr/bin/qemu-system-" + domain.os.type.arch;
    };
    context.default_cpu = [](const model::Domain&) {
        return model::DefaultCpu{model::CpuMode::custom, "qemu64"};
    };
    context.nvram_directory = "/var/lib/libvirt/qemu/nvram";
    return context;
}

} // namespace yado::test
