// SPDX-License-Identifier: Apache-2.0
#include "model/domain/address.h"

#include <fmt/format.h>

#include "base/text.h"
#include "model/domain/rules.h"

namespace yado::schema {

template <> struct Text<model::UsbPort> {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view type = "USB port chain";
    static bool present(const model::UsbPort& port) { return port.chain[0] != 0; }
    static Problem parse(std::string_view text, model::UsbPort& port) {
        model::UsbPort parsed;
        std::size_t depth = 0;
        for (const std::string_view part : split(text, '.')) {
            const auto number = parse_number<std::uint8_t>(part, 10, 1);
            if (!number || depth == parsed.chain.size()) { return wrong_value; }
            parsed.chain[depth++] = *number;
        }
        port = parsed;
        return no_problem;
    }
    static void print(const model::UsbPort& port, std::string& out) {
        for (std::size_t i = 0; i < port.chain.size() && port.chain[i] != 0; ++i) {
            out += i == 0 ? "" : ".";
            print_integer(port.chain[i], out);
        }
    }
};

} // namespace yado::schema

namespace yado::model {

using schema::Hex;
using schema::Io;

std::string PciAddress::text() const {
    return fmt::format("{:04x}:{:02x}:{:02x}.{:x}", domain, bus, slot, function);
}

void describe(Io& io, ZpciAddress& z) {
    io.attribute<Hex<4>>("uid", z.uid, abi);
    io.attribute<Hex<8>>("fid", z.fid, abi);
}
void describe(Io& io, PciAddress& a) {
    io.attribute<Hex<4>>("domain", a.domain, abi);
    io.attribute<Hex<2>>("bus", a.bus, abi);
    io.attribute<Hex<2>>("slot", a.slot, abi);
    io.attribute<Hex<1>>("function", a.function, abi);
    io.attribute("multifunction", a.multifunction, abi);
    io.child("zpci", a.zpci);
}
void describe(Io& io, DriveAddress& a) {
    io.attribute("controller", a.controller, abi);
    io.attribute("bus", a.bus, abi);
    io.attribute("target", a.target, abi);
    io.attribute("unit", a.unit, abi);
}
void describe(Io& io, VirtioSerialAddress& a) {
    io.attribute("controller", a.controller, abi);
    io.attribute("bus", a.bus, abi);
    io.attribute("port", a.port, abi);
}
void describe(Io& io, CcidAddress& a) {
    io.attribute("controller", a.controller, abi);
    io.attribute("slot", a.slot, abi);
}
void describe(Io& io, UsbAddress& a) {
    io.attribute("bus", a.bus, abi);
    io.attribute("port", a.port, abi);
}
void describe(Io& io, SpaprVioAddress& a) { io.attribute<Hex<8>>("reg", a.reg, abi); }
void describe(Io& io, CcwAddress& a) {
    io.attribute<Hex<2>>("cssid", a.cssid, abi);
    io.attribute<Hex<1>>("ssid", a.ssid, abi);
    io.attribute<Hex<4>>("devno", a.devno, abi);
}
void describe(Io&, S390Address&) {}
void describe(Io&, MmioAddress&) {}
void describe(Io& io, IsaAddress& a) {
    io.attribute<Hex<1>>("iobase", a.iobase, abi);
    io.attribute<Hex<1>>("irq", a.irq, abi);
}
void describe(Io& io, DimmAddress& a) {
    io.attribute("slot", a.slot, {.required = true, .guest_abi = true});
    io.attribute<Hex<1>>("base", a.base, abi);
}
void describe(Io&, UnassignedAddress&) {}

void describe_address(Io& io, Address& address, const schema::Rule& rule) {
    io.group(
        "address",
        [&] {
            io.choice("type", address,
                      {.required = true,
                       .code = Code::config_unsupported,
                       .missing_code = Code::internal_error,
                       .missing = "No type specified for device address",
                       .invalid = "unknown address type '{}'"});
        },
        rule);
}

} // namespace yado::model
