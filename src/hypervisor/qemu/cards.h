// SPDX-License-Identifier: Apache-2.0
// The host side of guests' network cards: a port of a virtual network, a tap in a bridge, a macvtap on a card
// of the host, or a tap of the user's. The same calls serve a start and hotplug: claim() says what it will
// be, which goes into the status file; open() makes it, close() takes it away.
#pragma once

#include "base/async/loop.h"
#include "base/async/task.h"
#include "base/unique_fd.h"
#include "guest/ports.h"
#include "host/netlink/network.h"
#include "host/processes.h"
#include "hypervisor/qemu/plan/attachments.h"
#include "model/domain/domain.h"

#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yado::qemu {

/// What QEMU gets of a card; closing it before QEMU has it ends the tap.
struct OpenedCard {
    std::string alias;
    std::vector<UniqueFd> queues;
    std::vector<UniqueFd> vhost; ///< as many, or none
};

class Cards {
  public:
    /// All must outlive it. In `state_dir` it is noted what a card of the host was like before a guest had it
    /// (/run/libvirt/qemu, where libvirtd looks for it).
    Cards(Loop& loop, host::Processes& processes, host::Network& network, const guest::Ports& ports,
          std::string state_dir)
        : loop_(loop), processes_(processes), network_(network), ports_(ports),
          state_dir_(std::move(state_dir)) {}

    /// Asks the network for a port and finds a name for the tap; both are in `card` afterwards. Nothing for
    /// cards that have no host side. On failure `card` is as before and nothing is left.
    Task<void> claim(model::Domain& domain, model::Interface& card);
    /// Makes what was claimed: up, plugged in, limited. Nothing for cards that need nothing opened. What it
    /// made is gone again when it throws; the claim is for close().
    Task<std::optional<OpenedCard>> open(model::Domain& domain, model::Interface card);
    /// Takes away what open() made and what claim() got. Harmless where there is nothing. Throws nothing.
    Task<void> close(model::Domain& domain, model::Interface card);
    /// A card of a guest that a former daemon started.
    Task<void> keep(model::Domain& domain, model::Interface card);

  private:
    OpenedCard make(const NetworkAttachment& wish);
    host::Tap make_tap(const NetworkAttachment& wish);
    host::Tap make_macvtap(const NetworkAttachment& wish, const NetworkAttachment::Direct& direct);
    void set_up_tap(const NetworkAttachment& wish, const std::string& device);
    void plug_in(const NetworkAttachment& wish, const std::string& device);
    void limit(const NetworkAttachment& wish, const std::string& device);
    void plug_in_again(const model::Domain& domain, const model::Interface& card);
    std::vector<UniqueFd> open_vhost(const NetworkAttachment& wish);
    void take_away(const model::Interface& card, const std::string& lower_device, model::DirectMode mode);
    void remove(const model::Interface& card);
    void remember_mac(const std::string& device);
    void restore_mac(const std::string& device);
    std::string free_name(std::string_view prefix, std::atomic<unsigned>& next);
    Task<void> run_script(std::string path, std::string device);
    guest::NetworkPortRequest request(const model::Domain& domain, model::Interface card) const;

    Loop& loop_;
    host::Processes& processes_;
    host::Network& network_;
    const guest::Ports& ports_;
    std::string state_dir_;
    // As libvirt: a number is not given again soon, so that who looks after a tap that has gone does not meet
    // another guest's.
    std::atomic<unsigned> next_tap_ = 0, next_macvtap_ = 0;
};

/// The port's settings: the network's choice, else the card's own.
const model::SwitchPort& port_of(const model::Interface& card);

} // namespace yado::qemu
