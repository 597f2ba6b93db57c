// SPDX-License-Identifier: Apache-2.0
#include "model/domain/status.h"

#include "model/domain/document.h"
#include "model/domain/rules.h"
#include "schema/write.h"

namespace yado::model {

using schema::Io;

void describe(Io& io, StatusMonitor& m) {
    io.attribute("path", m.path);
    io.attribute("type", m.type);
}
void describe(Io& io, StatusVcpu& v) {
    io.attribute("id", v.id);
    io.attribute("pid", v.pid);
}
void describe(Io& io, StatusFlag& f) { io.attribute("name", f.name); }
void describe(Io& io, StatusDevice& d) { io.attribute("alias", d.alias); }
void describe(Io& io, StatusTaint& t) { io.attribute("flag", t.flag); }
void describe(Io& io, StatusDeprecation& d) { io.text(d.what); }
void describe(Io& io, StatusIndex& i) { io.attribute("index", i.index); }

void describe(Io& io, StatusNode& n) { io.attribute("node", n.node); }
void describe(Io& io, StatusJobDisk& d) {
    io.attribute("dst", d.target);
    io.attribute("mirror", d.mirror);
}

void describe(Io& io, StatusBlockJob& j) {
    io.attribute("name", j.name);
    io.attribute("type", j.type);
    io.attribute("state", j.state);
    io.attribute("newstate", j.new_state);
    io.attribute("brokentype", j.broken_type);
    io.attribute("jobflags", j.flags);
    io.attribute("shallownew", j.shallow_new);
    io.value("errmsg", j.problem);
    io.child("disk", j.disk);
    io.child("base", j.base);
    io.child("top", j.top);
    io.child("topparent", j.above_top);
    io.flag("deleteCommittedImages", j.delete_committed);
    io.rest(j.rest);
}

void describe(Io& io, StatusBlockJobs& b) {
    io.attribute("active", b.active);
    io.child("blockjob", b.jobs);
}

void describe(Io& io, DomainStatus& s) {
    io.attribute("state", s.state, required);
    io.attribute("reason", s.reason);
    io.attribute("pid", s.pid);
    io.child("taint", s.taints);
    io.child("deprecation", s.deprecations);
    io.child("monitor", s.monitor);
    io.nested("process", "start", s.process_start);
    io.opaque("namespaces", s.rest);
    io.group("vcpus", [&] { io.child("vcpu", s.vcpus); });
    io.group("qemuCaps", [&] { io.child("flag", s.capabilities); });
    io.opaque("lockstate", s.rest);
    io.opaque("job", s.rest);
    io.flag("fakereboot", s.reboot_at_shutdown);
    io.group("devices", [&] { io.child("device", s.devices); });
    io.opaque("numad", s.rest);
    io.opaque("slirp", s.rest);
    io.nested("libDir", "path", s.lib_dir);
    io.nested("channelTargetDir", "path", s.channel_target_dir);
    io.child("cpu", s.original_cpu);
    io.flag("chardevStdioLogd", s.logged_by_daemon);
    io.opaque("allowReboot", s.rest);
    io.flag("rememberOwner", s.remember_owner);
    io.child("nodename", s.node_name);
    io.child("fdset", s.fd_set);
    io.child("blockjobs", s.block_jobs);
    io.value("agentTimeout", s.agent_timeout);
    io.opaque("backup", s.rest);
    io.child("domain", s.domain);
    io.rest(s.unknown);
}

DomainStatus read_status(std::string_view text) {
    schema::ReadOptions options;
    options.view = schema::status_view;
    options.document = "(domain_status)";
    options.source = ErrorSource::domain;
    std::string plain(text);
    std::vector<StatusPrivate> private_parts = take_private(plain);
    auto status = schema::read_xml<DomainStatus>(plain, "domstatus", options);
    status.private_parts = std::move(private_parts);
    return status;
}

std::string write_status(const DomainStatus& status) {
    std::string text = file_comment("virsh edit", status.domain.name);
    schema::write_document(text, "domstatus", &status, schema::detail::body_of<DomainStatus>,
                           schema::status_view);
    put_private(text, status.private_parts);
    return text;
}

} // namespace yado::model
