// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/cards.h"

#include "base/error.h"
#include "base/fault.h"
#include "base/files.h"
#include "base/log.h"
#include "base/text.h"
#include "host/vhost.h"

#include <boost/json.hpp>
#include <unistd.h>

namespace yado::qemu {

namespace json = boost::json;

namespace {

constexpr std::chrono::seconds script_limit{30};

host::MacBytes bytes_of(const model::Mac& mac) { return mac.bytes; }

bool is_managed(const model::Interface& card) { return card.target.managed != schema::YesNo::no; }

host::IpBytes ip_of(const model::IpAddress& address) {
    return {.v6 = address.is_v6(), .bytes = address.bytes};
}

host::MacvlanMode macvlan_mode(model::DirectMode mode) {
    switch (mode) {
    case model::DirectMode::bridge: return host::MacvlanMode::bridge;
    case model::DirectMode::private_: return host::MacvlanMode::private_;
    case model::DirectMode::passthrough: return host::MacvlanMode::passthrough;
    case model::DirectMode::unset:
    case model::DirectMode::vepa: break;
    }
    return host::MacvlanMode::vepa;
}

host::TrafficLimit limit_of(const model::Rate& rate) {
    return {.average = rate.average, .peak = rate.peak, .burst = rate.burst};
}

model::MacTable mac_table_of(const model::Interface& card) {
    if (card.actual) {
        if (const auto* network = std::get_if<model::ActualNetwork>(&card.actual->kind))
            return network->mac_table;
        const auto* bridge = std::get_if<model::ActualBridge>(&card.actual->kind);
        return bridge == nullptr ? model::MacTable::unset : bridge->mac_table;
    }
    const auto* bridge = std::get_if<model::BridgeNet>(&card.kind);
    return bridge == nullptr ? model::MacTable::unset : bridge->mac_table;
}

/// The number behind a generated name: "vnet7" → 7.
std::optional<unsigned> number_of(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return std::nullopt;
    return parse_number<unsigned>(name.substr(prefix.size()));
}
void count_past(std::atomic<unsigned>& next, std::optional<unsigned> number) {
    if (number && *number >= next) next = *number + 1;
}

constexpr std::string_view tap_prefix = "vnet", macvtap_prefix = "macvtap";

} // namespace

const model::SwitchPort& port_of(const model::Interface& card) {
    return card.actual ? card.actual->port : card.port;
}

guest::NetworkPortRequest Cards::request(const model::Domain& domain, model::Interface card) const {
    return {.guest = domain.name, .guest_uuid = domain.uuid, .card = std::move(card)};
}

std::string Cards::free_name(std::string_view prefix, std::atomic<unsigned>& next) {
    constexpr unsigned most_tries = 10'000;
    for (unsigned tries = 0; tries < most_tries; ++tries) {
        std::string name = fmt::format("{}{}", prefix, next++);
        if (!network_.link(name)) return name;
    }
    fail(Code::internal_error, "no name like '{}0' is free", prefix);
}

Task<void> Cards::claim(model::Domain& domain, model::Interface& card) {
    const model::Interface before = card;
    auto* network = std::get_if<model::NetworkNet>(&card.kind);
    if (network != nullptr && !card.actual) {
        if (!ports_.network.attach) {
            fail(ErrorSource::network, Code::no_network, "no network with matching name '{}'",
                 network->network);
        }
        guest::NetworkPortRequest wish = request(domain, card);
        guest::NetworkPort port = co_await ports_.network.attach(std::move(wish));
        network->port_id = port.id;
        card.actual = std::move(port.actual);
    }
    std::exception_ptr failure;
    try {
        const std::optional<NetworkAttachment> wish = network_attachment(domain, card);
        const bool macvtap = wish && wish->direct();
        const std::string& name = card.target.device;
        const bool generated = number_of(name, tap_prefix) || number_of(name, macvtap_prefix);
        if (wish && (name.empty() || generated)) {
            auto find = [this, macvtap] {
                return macvtap ? free_name(macvtap_prefix, next_macvtap_) : free_name(tap_prefix, next_tap_);
            };
            card.target.device = co_await blocking(loop_, find);
        } else if (wish) {
            auto look = [this, name] { return network_.link(name).has_value(); };
            const bool there = co_await blocking(loop_, look);
            if (there && is_managed(card)) {
                fail(ErrorSource::qemu, Code::operation_invalid, "The {} interface already exists", name);
            }
            if (!there && !is_managed(card)) {
                fail(ErrorSource::qemu, Code::internal_error,
                     "target managed='no' but specified dev doesn't exist: '{}'", name);
            }
        }
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return;
    model::Interface claimed = std::exchange(card, before);
    claimed.target.device.clear();
    co_await close(domain, std::move(claimed));
    std::rethrow_exception(failure);
}

std::vector<UniqueFd> Cards::open_vhost(const NetworkAttachment& wish) {
    if (wish.vhost == VhostUse::never) return {};
    const std::string node = wish.interface.backend && !wish.interface.backend->vhost.empty()
                                 ? wish.interface.backend->vhost
                                 : "/dev/vhost-net";
    try {
        return host::open_vhost_net(wish.queues, node);
    } catch (const Error& error) {
        if (wish.vhost == VhostUse::required) {
            fail(ErrorSource::qemu, Code::config_unsupported,
                 "vhost-net was requested for an interface, but is unavailable: {}", error.detail());
        }
        log_debug("qemu.cards", "without vhost: {}", error.message());
        return {};
    }
}

void Cards::plug_in(const NetworkAttachment& wish, const std::string& device) {
    const std::string bridge = wish.bridge();
    if (bridge.empty()) return;
    network_.add_port(bridge, device);
    host::PortFlags flags;
    if (port_of(wish.interface).options.isolated == schema::YesNo::yes) flags.isolated = true;
    const bool own_table = mac_table_of(wish.interface) == model::MacTable::libvirt;
    if (own_table) flags.learning = flags.flood = false;
    if (flags.isolated || own_table) network_.set_port_flags(device, flags);
    if (own_table) network_.add_port_mac(device, bytes_of(wish.interface.mac.address));
}

void Cards::set_up_tap(const NetworkAttachment& wish, const std::string& device) {
    const model::Interface& card = wish.interface;
    network_.set_mac(device, host::tap_mac(bytes_of(card.mac.address)));
    std::uint32_t mtu = card.mtu;
    if (const std::string bridge = wish.bridge(); mtu == 0 && !bridge.empty()) {
        const std::optional<host::Link> link = network_.link(bridge);
        if (!link) throw system_error(ENODEV, fmt::format("Cannot get interface MTU on '{}'", bridge));
        mtu = link->mtu;
    }
    if (mtu != 0) network_.set_mtu(device, mtu);
    if (card.rx_max_frames != 0) network_.set_receive_batch(device, card.rx_max_frames);
    plug_in(wish, device);
    const auto* ethernet = std::get_if<model::EthernetNet>(&card.kind);
    if (ethernet == nullptr) return;
    network_.set_up(device, true); // before its addresses: routes need it
    for (const model::InterfaceAddress& each : ethernet->host.addresses) {
        host::LinkAddress address{.address = ip_of(each.address),
                                  .prefix = static_cast<std::uint8_t>(each.prefix)};
        if (each.prefix == 0) {
            const auto usual = model::prefix_of(each.address, {}, std::nullopt);
            address.prefix = static_cast<std::uint8_t>(usual.value_or(each.address.bits()));
        }
        if (each.peer.is_given()) address.peer = ip_of(each.peer);
        network_.add_address(device, address);
    }
    for (const model::InterfaceRoute& each : ethernet->host.routes) {
        const auto prefix = model::prefix_of(each.address, each.netmask, each.prefix);
        network_.add_route(device, {.destination = ip_of(each.address),
                                    .prefix = static_cast<std::uint8_t>(prefix.value_or(0)),
                                    .gateway = ip_of(each.gateway),
                                    .metric = each.metric.value_or(0)});
    }
}

host::Tap Cards::make_tap(const NetworkAttachment& wish) {
    const model::Interface& card = wish.interface;
    host::TapRequest request{
        .name = card.target.device, .queues = wish.queues, .vnet_header = wish.vnet_header};
    if (card.backend && !card.backend->tap.empty()) request.node = card.backend->tap;
    host::Tap tap = network_.open_tap(request);
    if (is_managed(card)) set_up_tap(wish, tap.name);
    return tap;
}

// The card below gets the guest's address; what it had is noted where libvirtd would look for it.
void Cards::remember_mac(const std::string& device) {
    const std::string path = fmt::format("{}/{}", state_dir_, device);
    if (::access(path.c_str(), F_OK) == 0)
        return; // of a guest that did not end well: the first is the true one
    const std::optional<host::Link> link = network_.link(device);
    if (!link) throw system_error(ENODEV, fmt::format("Cannot get interface MAC on '{}'", device));
    model::Mac mac;
    mac.bytes = link->mac;
    make_directories(state_dir_, 0755);
    write_file_replacing(path, fmt::format("{{\n  \"mac\": \"{}\"\n}}\n", mac.text()), 0600);
}

void Cards::restore_mac(const std::string& device) {
    constexpr std::size_t longest = 4096;
    const std::string path = fmt::format("{}/{}", state_dir_, device);
    const std::optional<std::string> text = read_file_if_exists(path, longest);
    if (!text) return;
    boost::system::error_code problem;
    const json::value noted = json::parse(*text, problem);
    const json::value* word = noted.is_object() ? noted.get_object().if_contains("mac") : nullptr;
    if (word != nullptr && word->is_string()) {
        if (const auto mac = model::Mac::parse(std::string_view(word->get_string())))
            network_.set_mac(device, mac->bytes);
    }
    ::unlink(path.c_str());
}

host::Tap Cards::make_macvtap(const NetworkAttachment& wish, const NetworkAttachment::Direct& direct) {
    const model::Interface& card = wish.interface;
    if (!network_.link(direct.device)) {
        throw system_error(ENODEV, fmt::format("Unable to get index for interface {}", direct.device));
    }
    if (direct.mode == model::DirectMode::passthrough) {
        remember_mac(direct.device);
        network_.set_mac(direct.device, bytes_of(card.mac.address));
    }
    host::Tap tap = network_.open_macvtap({.name = card.target.device,
                                           .lower = direct.device,
                                           .mode = macvlan_mode(direct.mode),
                                           .mac = bytes_of(card.mac.address),
                                           .queues = wish.queues,
                                           .vnet_header = wish.vnet_header});
    return tap;
}

void Cards::limit(const NetworkAttachment& wish, const std::string& device) {
    const auto& bandwidth = port_of(wish.interface).bandwidth;
    if (!bandwidth) return;
    host::TrafficLimits limits;
    if (bandwidth->inbound) limits.sent = limit_of(*bandwidth->inbound);
    if (bandwidth->outbound) limits.received = limit_of(*bandwidth->outbound);
    if (wish.direct()) std::swap(limits.sent, limits.received); // a macvtap's host is on the far side
    for (const std::string& each : network_.set_traffic_limits(device, limits))
        log_warning("qemu.cards", "{}", each);
}

OpenedCard Cards::make(const NetworkAttachment& wish) {
    fault::point("cards.open");
    const auto direct = wish.direct();
    OpenedCard opened;
    opened.alias = wish.alias;
    try {
        host::Tap tap = direct ? make_macvtap(wish, *direct) : make_tap(wish);
        opened.queues = std::move(tap.queues);
        if (is_managed(wish.interface)) limit(wish, tap.name);
        opened.vhost = open_vhost(wish);
    } catch (...) {
        opened.queues.clear();
        remove(wish.interface);
        throw;
    }
    return opened;
}

void Cards::take_away(const model::Interface& card, const std::string& lower_device, model::DirectMode mode) {
    const std::string& device = card.target.device;
    const std::optional<host::Link> link = device.empty() ? std::nullopt : network_.link(device);
    const std::optional<host::Link> lower = network_.link(lower_device);
    const bool ours = link && lower && link->kind == "macvtap" && link->lower == lower->index &&
                      link->mac == bytes_of(card.mac.address);
    if (ours) network_.delete_link(device);
    if (mode == model::DirectMode::passthrough && (ours || !link)) restore_mac(lower_device);
}

void Cards::remove(const model::Interface& card) {
    NetworkAttachment wish;
    wish.interface = card;
    const auto direct = wish.direct();
    if (!direct) return;          // a tap ends with its last descriptor
    constexpr int most_tries = 2; // nobody else comes back to it
    for (int tries = 1; tries <= most_tries; ++tries) {
        try {
            return take_away(card, direct->device, direct->mode);
        } catch (const std::exception& error) {
            log_warning("qemu.cards", "while taking away '{}': {}", card.target.device, error.what());
        }
    }
}

Task<void> Cards::run_script(std::string path, std::string device) {
    host::ProcessSpec spec;
    spec.path = path;
    spec.arguments = {path, device};
    spec.environment = {"LC_ALL=C", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=/root"};
    host::CommandLimits limits;
    limits.timeout = script_limit;
    const host::CommandResult result = co_await processes_.run(std::move(spec), limits);
    if (result.success()) co_return;
    const std::string what =
        result.timed_out ? "timeout" : fmt::format("unexpected {}", result.status.text());
    fail(Code::internal_error, "Child process ({} {}) {}: {}", path, device, what, trim(result.error_output));
}

Task<std::optional<OpenedCard>> Cards::open(model::Domain& domain, model::Interface card) {
    std::optional<NetworkAttachment> wish = network_attachment(domain, card);
    if (!wish) co_return std::nullopt;
    const std::string device = card.target.device;
    auto work = [this, &wish] { return make(*wish); };
    std::optional<OpenedCard> opened;
    opened = co_await blocking(loop_, work);
    std::exception_ptr failure;
    try {
        if (!card.script.empty()) co_await run_script(card.script, device);
        if (card.filter) {
            if (!ports_.network.filter) {
                fail(ErrorSource::qemu, Code::config_unsupported,
                     "network filters are not available, and interface {} names filter '{}'",
                     card.mac.address.text(), card.filter->filter);
            }
            guest::NetworkPortRequest wanted = request(domain, card);
            co_await ports_.network.filter(std::move(wanted));
        }
        auto rise = [this, &card, &device] {
            if (is_managed(card)) network_.set_up(device, true);
        };
        co_await blocking(loop_, rise);
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return opened;
    opened.reset();
    auto undo = [this, &card] { remove(card); };
    co_await blocking(loop_, undo);
    std::rethrow_exception(failure);
}

Task<void> Cards::close(model::Domain& domain, model::Interface card) {
    const auto said = [&card](const std::exception& error) {
        log_warning("qemu.cards", "while taking away interface {}: {}", card.mac.address.text(),
                    error.what());
    };
    auto work = [this, &card] { remove(card); };
    co_await blocking(loop_, work);
    try {
        if (!card.downscript.empty() && !card.target.device.empty())
            co_await run_script(card.downscript, card.target.device);
    } catch (const std::exception& error) { said(error); }
    try {
        guest::NetworkPortRequest gone = request(domain, card);
        if (card.filter && ports_.network.unfilter) co_await ports_.network.unfilter(std::move(gone));
    } catch (const std::exception& error) { said(error); }
    try {
        guest::NetworkPortRequest gone = request(domain, card);
        const bool port = std::holds_alternative<model::NetworkNet>(card.kind);
        if (port && ports_.network.release) co_await ports_.network.release(std::move(gone));
    } catch (const std::exception& error) { said(error); }
}

// A bridge that went and came back, as when its network was started anew, has lost its ports.
void Cards::plug_in_again(const model::Domain& domain, const model::Interface& card) {
    const auto wish = network_attachment(domain, card);
    if (!wish || wish->bridge().empty() || !is_managed(card) || card.target.device.empty()) return;
    const std::optional<host::Link> tap = network_.link(card.target.device);
    const std::optional<host::Link> bridge = network_.link(wish->bridge());
    if (tap && bridge && tap->master != bridge->index) plug_in(*wish, tap->name);
}

Task<void> Cards::keep(model::Domain& domain, model::Interface card) {
    count_past(next_tap_, number_of(card.target.device, tap_prefix));
    count_past(next_macvtap_, number_of(card.target.device, macvtap_prefix));
    try {
        guest::NetworkPortRequest kept = request(domain, card);
        const bool port = std::holds_alternative<model::NetworkNet>(card.kind);
        if (port && ports_.network.keep) co_await ports_.network.keep(std::move(kept));
        auto plug = [this, &domain, &card] { plug_in_again(domain, card); };
        co_await blocking(loop_, plug);
        guest::NetworkPortRequest filtered = request(domain, card);
        if (card.filter && ports_.network.filter) co_await ports_.network.filter(std::move(filtered));
    } catch (const std::exception& error) {
        log_warning("qemu.cards", "guest '{}', interface {}: {}", domain.name, card.mac.address.text(),
                    error.what());
    }
}

} // namespace yado::qemu
