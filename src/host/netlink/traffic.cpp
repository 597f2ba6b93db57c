// SPDX-License-Identifier: Apache-2.0
// Limits of traffic, as libvirt sets them up: what the host sends is shaped by HTB with one class, what it
// receives is policed on arrival.
#include "host/netlink/system_network.h"

#include "base/error.h"
#include "base/fault.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstddef>
#include <limits>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

namespace yado::host {
namespace {

constexpr std::uint32_t htb_root = 0x00010000;   // 1:
constexpr std::uint32_t htb_class = 0x00010001;  // 1:1
constexpr std::uint32_t fair_queue = 0x00020000; // 2:
constexpr std::uint32_t ingress = 0xffff0000;    // ffff:
constexpr std::uint64_t kib = 1024;
constexpr std::uint32_t largest_frame = 65535; // with segmentation offload
constexpr std::uint32_t least_burst = 1600;    // one ordinary frame must pass

std::uint64_t bytes_per_second(std::uint64_t kib_per_second) {
    return std::min(kib_per_second, std::numeric_limits<std::uint64_t>::max() / kib) * kib;
}
std::uint32_t clamped(std::uint64_t value) {
    return static_cast<std::uint32_t>(
        std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

/// How long `bytes` take, in the kernel's ticks of 64 ns.
std::uint32_t ticks_for(std::uint64_t bytes, std::uint64_t rate) {
    constexpr double nanoseconds = 1e9, tick = 64;
    const double ticks = static_cast<double>(bytes) * nanoseconds / tick /
                         static_cast<double>(std::max<std::uint64_t>(rate, 1));
    return ticks >= std::numeric_limits<std::uint32_t>::max() ? std::numeric_limits<std::uint32_t>::max()
                                                              : static_cast<std::uint32_t>(ticks);
}

tc_ratespec rate_of(std::uint64_t rate) {
    tc_ratespec spec{};
    spec.rate = clamped(rate);
    spec.linklayer = TC_LINKLAYER_ETHERNET;
    constexpr unsigned slots = 256;
    while (largest_frame >> spec.cell_log > slots - 1) ++spec.cell_log;
    return spec;
}

/// Times for frames by their length, which older kernels look up and newer ones only want to be there.
using RateTable = std::array<std::uint32_t, 256>;
RateTable table_of(const tc_ratespec& spec) {
    RateTable table{};
    for (std::size_t i = 0; i < table.size(); ++i) table[i] = ticks_for((i + 1) << spec.cell_log, spec.rate);
    return table;
}

NetlinkRequest traffic_request(std::uint16_t type, std::uint16_t flags, int index, std::uint32_t parent,
                               std::uint32_t handle, std::uint32_t info = 0) {
    NetlinkRequest request(type, flags);
    auto& header = request.header<tcmsg>();
    header.tcm_family = AF_UNSPEC;
    header.tcm_ifindex = index;
    header.tcm_parent = parent;
    header.tcm_handle = handle;
    header.tcm_info = info;
    return request;
}

std::uint64_t peak_of(const TrafficLimit& limit) { return std::max(limit.peak, limit.average); }
/// What may go at once when the document does not say: a tenth of a second.
std::uint64_t burst_of(const TrafficLimit& limit) {
    const std::uint64_t bytes =
        limit.burst != 0 ? bytes_per_second(limit.burst) : bytes_per_second(limit.average) / 10;
    return std::max<std::uint64_t>(bytes, least_burst);
}

class Shaper {
  public:
    Shaper(int index, const std::string& name) : index_(index), name_(name) {}

    /// They may not be there.
    void clear() {
        NetlinkRequest root = traffic_request(RTM_DELQDISC, 0, index_, TC_H_ROOT, 0);
        socket_.try_run(root);
        NetlinkRequest arrival = traffic_request(RTM_DELQDISC, 0, index_, TC_H_INGRESS, 0);
        socket_.try_run(arrival);
    }

    void shape(const TrafficLimit& limit) {
        NetlinkRequest root =
            traffic_request(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, index_, TC_H_ROOT, htb_root);
        root.put(TCA_KIND, "htb");
        root.nest(TCA_OPTIONS, [&root] {
            tc_htb_glob options{};
            options.version = TC_HTB_PROTOVER;
            options.rate2quantum = 10;
            options.defcls = TC_H_MIN(htb_class);
            root.put_struct(TCA_HTB_INIT, options);
        });
        run(root, "shape");
        NetlinkRequest one =
            traffic_request(RTM_NEWTCLASS, NLM_F_CREATE | NLM_F_EXCL, index_, htb_root, htb_class);
        one.put(TCA_KIND, "htb");
        put_class(one, limit);
        run(one, "shape");
        NetlinkRequest fair =
            traffic_request(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, index_, htb_class, fair_queue);
        fair.put(TCA_KIND, "fq_codel");
        // Without it flows queue behind each other; the limit holds all the same.
        if (socket_.try_run(fair) != 0) left_out("fair queueing (fq_codel) behind its limit");
    }

    void police(const TrafficLimit& limit) {
        NetlinkRequest arrival =
            traffic_request(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, index_, TC_H_INGRESS, ingress);
        arrival.put(TCA_KIND, "ingress");
        if (socket_.try_run(arrival) != 0) return left_out("the limit of what is received (ingress)");
        constexpr std::uint32_t priority = 1;
        NetlinkRequest filter = traffic_request(RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL, index_, ingress, 0,
                                                TC_H_MAKE(priority << 16, htons(ETH_P_ALL)));
        filter.put(TCA_KIND, "u32");
        filter.nest(TCA_OPTIONS, [&] { put_policer(filter, limit); });
        if (socket_.try_run(filter) == 0) return;
        left_out("the limit of what is received (u32, police)");
        NetlinkRequest useless = traffic_request(RTM_DELQDISC, 0, index_, TC_H_INGRESS, 0);
        socket_.try_run(useless);
    }

    std::vector<std::string> warnings;

  private:
    void run(NetlinkRequest& request, std::string_view what) {
        socket_.run(request, fmt::format("cannot {} the traffic of '{}'", what, name_));
    }
    void left_out(std::string_view what) {
        warnings.push_back(fmt::format("the kernel cannot do {} of '{}'", what, name_));
    }

    static void put_class(NetlinkRequest& request, const TrafficLimit& limit) {
        const std::uint64_t rate = bytes_per_second(limit.average);
        const std::uint64_t ceiling = bytes_per_second(peak_of(limit));
        request.nest(TCA_OPTIONS, [&] {
            tc_htb_opt options{};
            options.rate = rate_of(rate);
            options.ceil = rate_of(ceiling);
            options.buffer = ticks_for(burst_of(limit), rate);
            options.cbuffer = ticks_for(std::max<std::uint64_t>(least_burst, largest_frame), ceiling);
            options.quantum = least_burst;
            if (rate > std::numeric_limits<std::uint32_t>::max()) request.put_u64(TCA_HTB_RATE64, rate);
            if (ceiling > std::numeric_limits<std::uint32_t>::max()) request.put_u64(TCA_HTB_CEIL64, ceiling);
            request.put_struct(TCA_HTB_PARMS, options);
            request.put_struct(TCA_HTB_RTAB, table_of(options.rate));
            request.put_struct(TCA_HTB_CTAB, table_of(options.ceil));
        });
    }

    static void put_policer(NetlinkRequest& request, const TrafficLimit& limit) {
        // One key with mask 0: every frame.
        std::array<std::uint8_t, sizeof(tc_u32_sel) + sizeof(tc_u32_key)> all{};
        all[offsetof(tc_u32_sel, flags)] = TC_U32_TERMINAL;
        all[offsetof(tc_u32_sel, nkeys)] = 1;
        const std::uint64_t rate = bytes_per_second(limit.average);
        tc_police police{};
        police.action = TC_POLICE_SHOT;
        police.rate = rate_of(rate);
        police.burst = ticks_for(std::max<std::uint64_t>(burst_of(limit), largest_frame), rate);
        police.mtu = largest_frame;
        request.put_u32(TCA_U32_CLASSID, 1);
        request.nest(TCA_U32_POLICE, [&] {
            request.put_struct(TCA_POLICE_TBF, police);
            request.put_struct(TCA_POLICE_RATE, table_of(police.rate));
            if (rate > std::numeric_limits<std::uint32_t>::max()) request.put_u64(TCA_POLICE_RATE64, rate);
        });
        request.put(TCA_U32_SEL, all);
    }

    NetlinkSocket socket_;
    int index_;
    const std::string& name_;
};

} // namespace

std::vector<std::string> SystemNetwork::set_traffic_limits(const std::string& name,
                                                           const TrafficLimits& limits) {
    Shaper shaper(index_of(name), name);
    fault::point("network.traffic");
    shaper.clear();
    try {
        if (limits.sent && limits.sent->average != 0) shaper.shape(*limits.sent);
        if (limits.received && limits.received->average != 0) shaper.police(*limits.received);
    } catch (...) {
        shaper.clear();
        throw;
    }
    return shaper.warnings;
}

} // namespace yado::host
