// SPDX-License-Identifier: Apache-2.0
// Any bytes as any structure: three bytes choose program, procedure and direction, the rest is the payload.
// What decodes must encode, and decode again to the same bytes.
#include "protocol/xdr.h"
#include "base/error.h"
#include "protocol/dump.h"
#include "protocol/error_wire.h"
#include "protocol/procedures.h"

#include <cstdlib>

using namespace yado::protocol;

namespace {

const BodyType wire_error = body_type<WireError>("WireError");

const BodyType* choose(std::uint8_t high, std::uint8_t low, bool result) {
    static constexpr std::uint32_t programs[] = {program::remote, program::qemu, program::lxc,
                                                 program::admin};
    std::size_t index = (std::size_t(high) << 8) | low;
    for (const std::uint32_t program : programs) {
        const auto rows = all(program);
        if (index < rows.size())
            return result && rows[index].result != nullptr ? rows[index].result : rows[index].args;
        index -= rows.size();
    }
    return &wire_error;
}

Blob encoded(Body& body) {
    Blob out;
    XdrWriter writer(out);
    body.walk(writer);
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const BodyType* type = choose(data[0], data[1], (data[2] & 1) != 0);
    Body body(*type);
    try {
        XdrReader reader({data + 3, size - 3});
        body.walk(reader);
    } catch (const yado::Error& error) {
        if (error.code() != yado::Code::rpc) std::abort();
        return 0;
    }
    Blob first;
    try {
        first = encoded(body);
    } catch (const yado::Error&) {
        // a label that fills its words without the terminating zero has no room for one
        return 0;
    }
    Body again(*type);
    XdrReader reader(first);
    again.walk(reader);
    if (reader.remaining() != 0 || encoded(again) != first) std::abort();
    if (dump(*type, &again.as<char>()).size() > 10'000) std::abort();
    if (type == &wire_error) static_cast<void>(to_wire(from_wire(body.as<WireError>())));
    return 0;
}
