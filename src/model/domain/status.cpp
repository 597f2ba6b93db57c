// SPDX-License-Identifier: Apache-2.0
#include "model/domain/status.h"

#include "schema/read.h"
#include "schema/write.h"

namespace yado::model {

void describe(schema::Io& io, MonitorAddress& monitor) {
    io.attribute("path", monitor.path);
    io.attribute("type", monitor.type);
}
void describe(schema::Io& io, VcpuThread& vcpu) {
    io.attribute("id", vcpu.id);
    io.attribute("pid", vcpu.pid);
}
void describe(schema::Io& io, StatusDevice& device) { io.attribute("alias", device.alias); }
void describe(schema::Io& io, StatusExtra& extra) {
    io.attribute("processStart", extra.process_start, {.omit_default = true});
}

void describe(schema::Io& io, DomainStatus& status) {
    io.attribute("state", status.state);
    io.attribute("reason", status.reason);
    io.attribute("pid", status.pid);
    io.child("monitor", status.monitor);
    io.group("vcpus", [&] { io.child("vcpu", status.vcpus); });
    io.group("devices", [&] { io.child("device", status.devices); });
    io.flag("fakereboot", status.reboot_at_shutdown);
    io.child("yado", status.extra);
    io.rest(status.rest);
    io.child("domain", status.domain);
}

std::string write_status(const DomainStatus& status) {
    return schema::write_xml(status, "domstatus", schema::status_view);
}

DomainStatus read_status(std::string_view text) {
    schema::ReadOptions options;
    options.view = schema::status_view;
    options.document = "(domain_status)";
    return schema::read_xml<DomainStatus>(text, "domstatus", options);
}

} // namespace yado::model
