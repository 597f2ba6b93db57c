// SPDX-License-Identifier: Apache-2.0
#include "model/domain/device.h"

#include "model/domain/rules.h"

namespace yado::schema {

template <> struct Text<model::Alias> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "device alias";
    static bool present(const model::Alias& alias) { return !alias.name.empty(); }
    static bool belongs(const model::Alias& alias, View view) { return view.live || alias.by_user(); }
    static Problem parse(std::string_view text, model::Alias& alias) {
        alias.name = text;
        return no_problem;
    }
    static void print(const model::Alias& alias, std::string& out) { out += alias.name; }
};

} // namespace yado::schema

namespace yado::model {

using schema::Io;

void describe_alias(Io& io, Alias& alias) { io.nested("alias", "name", alias); }

void describe(Io& io, Rom& r) {
    io.attribute("enabled", r.enabled);
    io.attribute("bar", r.bar);
    io.attribute("file", r.file);
}

void describe_acpi(Io& io, DeviceInfo& info) { io.nested("acpi", "index", info.acpi_index, abi); }

void describe_info(Io& io, DeviceInfo& info, Tail tail) {
    if (tail.boot) {
        io.group("boot", [&] {
            io.attribute("order", info.boot_order, required);
            io.attribute("loadparm", info.load_parameter);
        });
    }
    describe_alias(io, info.alias);
    if (tail.rom) { io.child("rom", info.rom, {.drop_empty = true}); }
    describe_acpi(io, info);
    describe_address(io, info.address);
}

void describe_virtio(Io& io, VirtioOptions& options) {
    io.attribute("iommu", options.iommu, abi);
    io.attribute("ats", options.ats, abi);
    io.attribute("packed", options.packed, abi);
    io.attribute("page_per_vq", options.page_per_vq, abi);
}
void describe(Io& io, VirtioDriver& driver) { describe_virtio(io, driver.virtio); }

} // namespace yado::model
