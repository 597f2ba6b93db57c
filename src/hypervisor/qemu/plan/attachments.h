// SPDX-License-Identifier: Apache-2.0
// What a guest's devices need opened on the host before QEMU starts, and what came of it: taps, vhost, USB
// and SCSI devices. network_attachments() says what to open, the host opens it, NetworkFacts and HostdevFacts
// carry the descriptors into the plan, which stays a pure function.
#pragma once

#include "model/domain/domain.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace yado::qemu {

/// Whether the kernel serves a card's queues instead of QEMU.
enum class VhostUse { never, when_there, required };

/// The host side of one network card.
struct NetworkAttachment {
    std::string alias;
    /// bridge, network (then actual says which bridge), direct or ethernet; with MAC, MTU, switch port, names
    /// and scripts.
    model::Interface interface;
    unsigned queues = 1;
    bool vnet_header = false; ///< frames come with the header that offloads need: virtio cards
    VhostUse vhost = VhostUse::never;

    /// The bridge to plug a tap into; empty for none.
    std::string bridge() const;
    /// The card that a macvtap sits on, and how; null for taps.
    struct Direct {
        std::string device;
        model::DirectMode mode{};
    };
    std::optional<Direct> direct() const;
};

/// Those of a domain with aliases, in its order. Throws config_unsupported for queues and other settings that
/// the kind cannot have.
std::vector<NetworkAttachment> network_attachments(const model::Domain& domain);
/// Of one card, for hotplug; nothing for cards that need nothing opened.
std::optional<NetworkAttachment> network_attachment(const model::Domain& domain,
                                                    const model::Interface& interface);

/// What QEMU knows descriptors by: numbers in the child, or names that "getfd" has given them.
struct AttachedFds {
    std::vector<std::string> queues;
    std::vector<std::string> vhost; ///< as many, or none
};
struct NetworkFacts {
    std::map<std::string, AttachedFds> cards; ///< by alias
    std::string passt = "/usr/bin/passt";
};

struct HostdevFacts {
    std::map<std::string, std::string> scsi_generic; ///< by alias: "/dev/sg3"
    std::map<std::string, int> vhost;                ///< of scsi_host and vsock devices, by alias
};

} // namespace yado::qemu
