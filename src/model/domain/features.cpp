// SPDX-License-Identifier: Apache-2.0
#include "model/domain/features.h"

#include "model/domain/rules.h"

namespace yado::model {

using schema::Io;

namespace {

constexpr schema::Rule switch_rule{.required = true, .guest_abi = true};
/// <pmu/> alone switches it on.
constexpr schema::Rule bare_is_on{.guest_abi = true, .implied = "on"};

} // namespace

void describe(Io& io, Apic& a) { io.attribute("eoi", a.eoi, abi); }
void describe(Io& io, Hap& h) { io.attribute("state", h.state, bare_is_on); }

void describe(Io& io, HypervSpinlocks& s) {
    io.attribute("state", s.state, switch_rule);
    io.attribute("retries", s.retries, abi);
}
void describe(Io& io, HypervStimer& s) {
    io.attribute("state", s.state, switch_rule);
    io.nested("direct", "state", s.direct, switch_rule);
}
void describe(Io& io, HypervTlbFlush& t) {
    io.attribute("state", t.state, switch_rule);
    io.nested("direct", "state", t.direct, {.required = true, .guest_abi = true, .since = "11.0.0"});
    io.nested("extended", "state", t.extended, {.required = true, .guest_abi = true, .since = "11.0.0"});
}
void describe(Io& io, HypervVendor& v) {
    io.attribute("state", v.state, switch_rule);
    io.attribute("value", v.value, abi);
}

void describe(Io& io, Hyperv& h) {
    io.attribute("mode", h.mode, abi);
    io.nested("relaxed", "state", h.relaxed, switch_rule);
    io.nested("vapic", "state", h.vapic, switch_rule);
    io.child("spinlocks", h.spinlocks);
    io.nested("vpindex", "state", h.vpindex, switch_rule);
    io.nested("runtime", "state", h.runtime, switch_rule);
    io.nested("synic", "state", h.synic, switch_rule);
    io.child("stimer", h.stimer);
    io.nested("reset", "state", h.reset, switch_rule);
    io.child("vendor_id", h.vendor_id);
    io.nested("frequencies", "state", h.frequencies, switch_rule);
    io.nested("reenlightenment", "state", h.reenlightenment, switch_rule);
    io.child("tlbflush", h.tlbflush);
    io.nested("ipi", "state", h.ipi, switch_rule);
    io.nested("evmcs", "state", h.evmcs, switch_rule);
    io.nested("avic", "state", h.avic, switch_rule);
    io.nested("emsr_bitmap", "state", h.emsr_bitmap,
              {.required = true, .guest_abi = true, .since = "10.7.0"});
    io.nested("xmm_input", "state", h.xmm_input, {.required = true, .guest_abi = true, .since = "10.7.0"});
    io.rest(h.unknown);
}

void describe(Io& io, KvmDirtyRing& r) {
    io.attribute("state", r.state, switch_rule);
    io.attribute("size", r.size);
}

void describe(Io& io, KvmFeatures& k) {
    io.nested("hidden", "state", k.hidden, switch_rule);
    io.nested("hint-dedicated", "state", k.hint_dedicated, switch_rule);
    io.nested("poll-control", "state", k.poll_control, switch_rule);
    io.nested("pv-ipi", "state", k.pv_ipi, switch_rule);
    io.child("dirty-ring", k.dirty_ring);
    io.rest(k.unknown);
}

void describe(Io& io, Hpt& h) {
    io.attribute("resizing", h.resizing, abi);
    io.value<schema::SizeInKiB>("maxpagesize", h.max_page_kib,
                                {.guest_abi = true,
                                 .code = Code::config_unsupported,
                                 .invalid = "Unable to parse HPT maxpagesize setting"});
}

void describe(Io& io, XenPassthrough& p) {
    io.attribute("state", p.state, switch_rule);
    io.attribute("mode", p.mode);
}

void describe(Io& io, XenFeatures& x) {
    io.nested("e820_host", "state", x.e820_host, switch_rule);
    io.child("passthrough", x.passthrough);
    io.rest(x.unknown);
}

void describe(Io& io, TcgFeatures& t) { io.value<schema::SizeInKiB>("tb-cache", t.tb_cache_kib); }

void describe(Io& io, Gic& g) { io.attribute("version", g.version, abi); }

void describe(Io& io, Smm& s) {
    io.attribute("state", s.state, bare_is_on);
    io.value<schema::ReadableSize>("tseg", s.tseg, abi);
}

void describe(Io& io, Features& f) {
    io.flag("acpi", f.acpi, abi);
    io.child("apic", f.apic, abi);
    io.flag("pae", f.pae, abi);
    io.child("hap", f.hap);
    io.flag("viridian", f.viridian, abi);
    io.flag("privnet", f.privnet);
    io.child("hyperv", f.hyperv, {.expand_empty = true});
    io.child("kvm", f.kvm, {.expand_empty = true});
    io.nested("pvspinlock", "state", f.pvspinlock, bare_is_on);
    io.child("capabilities", f.capabilities, {.drop_empty = true});
    io.nested("pmu", "state", f.pmu, bare_is_on);
    io.nested("vmport", "state", f.vmport, bare_is_on);
    io.child("gic", f.gic);
    io.child("smm", f.smm);
    io.nested("ioapic", "driver", f.ioapic, abi);
    io.child("hpt", f.hpt, {.drop_empty = true});
    io.nested("vmcoreinfo", "state", f.vmcoreinfo, bare_is_on);
    io.nested("htm", "state", f.htm, switch_rule);
    io.nested("nested-hv", "state", f.nested_hv, switch_rule);
    io.nested("msrs", "unknown", f.msrs, required);
    io.nested("ccf-assist", "state", f.ccf_assist, switch_rule);
    io.child("xen", f.xen, {.drop_empty = true});
    io.nested("cfpc", "value", f.cfpc, abi);
    io.nested("sbbc", "value", f.sbbc, abi);
    io.nested("ibs", "value", f.ibs, abi);
    io.child("tcg", f.tcg, {.drop_empty = true});
    io.nested("async-teardown", "enabled", f.async_teardown, {.since = "9.6.0"});
    io.nested("ras", "state", f.ras, {.guest_abi = true, .implied = "on", .since = "10.4.0"});
    io.nested("ps2", "state", f.ps2, {.guest_abi = true, .implied = "on", .since = "10.7.0"});
    io.nested("aia", "value", f.aia, {.guest_abi = true, .since = "11.1.0"});
    io.rest(f.unknown);
}

} // namespace yado::model
