// SPDX-License-Identifier: Apache-2.0
#include "model/domain/devices/character.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule known_type{.code = Code::config_unsupported,
                                  .invalid = "unknown type presented to host for character device: {}"};
constexpr schema::Rule known_target{.code = Code::config_unsupported,
                                    .invalid = "unknown target type '{}' specified for character device"};
constexpr schema::Rule port_rule{.guest_abi = true, .invalid = "Invalid port number: {}"};

} // namespace

void describe(Io&, NullChar&) {}
void describe(Io&, VirtualConsoleChar&) {}
void describe(Io&, StdioChar&) {}
void describe(Io&, SpiceVmcChar&) {}

void describe(Io& io, PtyChar& c) {
    io.group("source", [&] {
        io.attribute("path", c.path, live_only);
        io.child("seclabel", c.labels, live_only);
    });
}
void describe(Io& io, DeviceChar& c) {
    io.group("source", [&] {
        io.attribute("path", c.path);
        io.child("seclabel", c.labels);
    });
}
void describe(Io& io, FileChar& c) {
    io.group("source", [&] {
        io.attribute("path", c.path);
        io.attribute("append", c.append);
        io.child("seclabel", c.labels);
    });
}
void describe(Io& io, PipeChar& c) {
    io.group("source", [&] {
        io.attribute("path", c.path);
        io.child("seclabel", c.labels);
    });
}
void describe(Io& io, UdpEndpoint& e) {
    io.attribute("mode", e.mode);
    io.attribute("host", e.host);
    io.attribute("service", e.service);
}
void describe(Io& io, UdpChar& c) { io.child("source", c.endpoints); }
void describe(Io& io, TcpChar& c) {
    io.group("source", [&] {
        io.attribute("mode", c.mode);
        io.attribute("host", c.host);
        io.attribute("service", c.service);
        io.attribute("tls", c.tls);
        io.child("reconnect", c.reconnect);
    });
    io.nested("protocol", "type", c.protocol, unsupported("Unknown protocol '{}'"));
}
void describe(Io& io, UnixChar& c) {
    io.group("source", [&] {
        io.attribute("mode", c.mode);
        io.attribute("path", c.path);
        io.child("seclabel", c.labels);
        io.child("reconnect", c.reconnect);
    });
}
void describe(Io& io, SpicePortChar& c) { io.nested("source", "channel", c.channel); }
void describe(Io& io, NmdmChar& c) {
    io.group("source", [&] {
        io.attribute("master", c.master);
        io.attribute("slave", c.slave);
    });
}
void describe(Io& io, VdAgentChar& c) {
    io.group("source", [&] {
        io.nested("clipboard", "copypaste", c.copy_paste, required);
        io.nested("mouse", "mode", c.mouse, required);
    });
}
void describe(Io& io, DbusChar& c) { io.nested("source", "channel", c.channel); }

void describe(Io& io, CharLog& l) {
    io.attribute("file", l.file);
    io.attribute("append", l.append);
}

void describe_backend_type(Io& io, CharBackend& backend, const schema::Rule& rule) {
    io.choice_tag("type", backend, rule);
}
void describe_backend(Io& io, CharBackend& backend) { io.choice_body(backend); }

namespace {

void describe_host_side(Io& io, CharDevice& device) {
    describe_backend(io, device.backend);
    io.child("log", device.log);
}

} // namespace

void describe(Io& io, Serial& s) {
    io.choice_tag("type", s.backend, known_type);
    describe_host_side(io, s);
    io.group("target", [&] {
        io.attribute("type", s.target, known_target);
        io.attribute("port", s.port, port_rule);
        io.nested("model", "name", s.model,
                  {.guest_abi = true,
                   .code = Code::config_unsupported,
                   .invalid = "unknown target model '{}' specified for character device"});
    });
    describe_info(io, s.info);
}

void describe(Io& io, Parallel& p) {
    io.choice_tag("type", p.backend, known_type);
    describe_host_side(io, p);
    io.group("target", [&] { io.attribute("port", p.port, port_rule); });
    describe_info(io, p.info);
}

void describe(Io& io, Console& c) {
    io.choice_tag("type", c.backend, known_type);
    io.attribute("tty", c.tty, live_only);
    describe_host_side(io, c);
    io.group("target", [&] {
        io.attribute("type", c.target, known_target);
        io.attribute("port", c.port, port_rule);
    });
    describe_info(io, c.info);
}

void describe(Io& io, Channel& c) {
    io.choice_tag("type", c.backend, known_type);
    describe_host_side(io, c);
    io.group("target",
             [&] {
                 io.attribute("type", c.target,
                              {.required = true,
                               .guest_abi = true,
                               .code = Code::config_unsupported,
                               .missing_code = Code::config_unsupported,
                               .missing = "unknown target type '(null)' specified for character device",
                               .invalid = "unknown target type '{}' specified for character device"});
                 io.attribute("address", c.address, abi);
                 io.attribute("port", c.port, abi);
                 io.attribute("name", c.name, abi);
                 io.attribute("state", c.state, live_only);
             },
             {.required = true, .missing = "target type must be specified for channel device"});
    describe_info(io, c.info);
}

} // namespace yado::model
