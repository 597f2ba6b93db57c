// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/shmem.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

/// Read in any unit, written in MiB.
struct SizeInMiB {
    template <class T> struct For {
        static constexpr schema::Kind kind = schema::Kind::size;
        static constexpr std::string_view type = "size in MiB";
        static constexpr std::string_view unit = "M";
        static bool present(T value) { return value != 0; }
        static schema::Problem parse(std::string_view text, T& value) {
            return schema::parse_size(text, 1, value);
        }
        static void print(T value, std::string& out) { schema::print_integer(value >> 20U, out); }
    };
};

} // namespace

void describe(Io& io, ShmemServer& s) { io.attribute("path", s.path); }
void describe(Io& io, ShmemInterrupts& i) {
    io.attribute("vectors", i.vectors, abi);
    io.attribute("ioeventfd", i.ioeventfd);
}

void describe(Io& io, Shmem& s) {
    io.attribute(
        "name", s.name,
        {.required = true, .guest_abi = true, .missing = "shmem element must contain 'name' attribute"});
    io.attribute("role", s.role, abi);
    io.group("model", [&] { io.attribute("type", s.model, abi); });
    io.value<SizeInMiB>("size", s.size, abi);
    io.child("server", s.server);
    io.child("msi", s.interrupts);
    describe_info(io, s.info);
}

} // namespace yado::model
