// SPDX-License-Identifier: Apache-2.0
#include "model/domain/document.h"

#include <algorithm>

#include <fmt/format.h>

#include "model/domain/check.h"
#include "model/domain/complete_devices.h"
#include "model/domain/machine.h"
#include "schema/write.h"

namespace yado::model {

Domain read_domain(std::string_view text, const schema::ReadOptions& options,
                   schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::domain; }
    return schema::read_xml<Domain>(text, "domain", ours, diagnostics);
}

namespace {

/// As complete() adds it: without settings of its own.
bool is_implied(const Audio& audio, const Devices& devices) {
    const bool bare = std::visit([](const auto& each) { return !each.input && !each.output; }, audio.backend);
    const auto implied = implied_audio(devices);
    return audio.id == 1 && !audio.timer_period && bare && implied &&
           implied->index() == audio.backend.index();
}

/// For libvirt before 2.0: a VNC screen's socket is told in an attribute alone, and that there is nothing to
/// connect to a SPICE screen as a port that is not chosen.
void drop_listens(Graphics& graphics) {
    if (auto* vnc = std::get_if<Vnc>(&graphics.kind)) {
        std::erase_if(vnc->listens, [](const GraphicsListen& listen) {
            return listen.type == ListenType::socket && !listen.socket.empty();
        });
    }
    if (auto* spice = std::get_if<Spice>(&graphics.kind)) {
        const auto is_none = [](const GraphicsListen& listen) { return listen.type == ListenType::none; };
        if (std::erase_if(spice->listens, is_none) != 0) { spice->autoport = schema::YesNo::no; }
    }
}

/// What libvirt leaves out for other hosts: devices every version adds to such a machine, some of which old
/// versions do not know by name, and labels this host has made.
void drop_implied(Domain& domain) {
    Devices& d = domain.devices;
    const auto of_type = [&d](ControllerType type) {
        return std::ranges::count_if(d.controllers, [type](const Controller& c) { return c.type == type; });
    };
    const bool one_usb = of_type(ControllerType::usb) == 1;
    const bool one_pci = of_type(ControllerType::pci) == 1;
    if (board_of(domain) == Board::i440fx) {
        std::erase_if(d.controllers, [&](const Controller& c) {
            const bool usb = one_usb && c.type == ControllerType::usb && c.index == 0 &&
                             c.model == ControllerModel::piix3_uhci;
            const bool root =
                one_pci && c.type == ControllerType::pci && c.model == ControllerModel::pci_root;
            return usb || root;
        });
    }
    std::erase_if(d.inputs,
                  [](const Input& i) { return i.type == InputType::keyboard && i.bus == InputBus::ps2; });
    if (d.audios.size() == 1 && is_implied(d.audios[0], d)) { d.audios.clear(); }
    for (Graphics& graphics : d.graphics) { drop_listens(graphics); }
    std::erase_if(domain.security_labels, [](const SecurityLabel& label) {
        return label.type == LabelType::dynamic && !label.label.empty() && label.base_label.empty();
    });
}

/// Whether the domain has what only its status file says: ports of networks, states of host devices.
bool has_status_parts(const Domain& domain) {
    const auto& hostdevs = domain.devices.hostdevs;
    return std::ranges::any_of(domain.devices.interfaces,
                               [](const Interface& i) { return i.actual.has_value(); }) ||
           std::ranges::any_of(hostdevs, [](const Hostdev& h) { return h.host_pci() != nullptr; });
}

} // namespace

std::string write_domain(const Domain& domain, schema::View view) {
    if (view.live && !view.migratable && has_status_parts(domain)) {
        Domain shown = domain;
        for (Interface& i : shown.devices.interfaces) { show_actual(i); }
        for (Hostdev& h : shown.devices.hostdevs) { forget_original_states(h); }
        return schema::write_xml(shown, "domain", view);
    }
    if (!view.migratable) { return schema::write_xml(domain, "domain", view); }
    Domain portable = domain;
    drop_implied(portable);
    view.live = false;
    return schema::write_xml(portable, "domain", view);
}

bool may_have_secrets(std::string_view document) {
    constexpr auto nowhere = std::string_view::npos;
    return document.find(" passwd='") != nowhere || document.find("<cookies>") != nowhere;
}

Domain parse_definition(std::string_view text, const CompleteContext& context,
                        const schema::ReadOptions& options) {
    Domain domain = read_domain(text, options);
    complete(domain, context);
    schema::Diagnostics problems;
    problems.source = ErrorSource::domain;
    check(domain, problems);
    problems.throw_if_any();
    return domain;
}

std::string file_comment(std::string_view command, std::string_view name) {
    std::string shown(name);
    // "--" would end the comment, and the name is the user's.
    for (std::size_t at = shown.find("--"); at != std::string::npos; at = shown.find("--", at)) {
        shown.replace(at, 2, "- -");
    }
    return fmt::format("<!--\n"
                       "This file is written by the virtualization daemon; changes made here are lost.\n"
                       "To change what it describes use\n"
                       "  {} {}\n"
                       "or another program that speaks to the daemon.\n"
                       "-->\n\n",
                       command, shown);
}

std::string definition_file(const Domain& domain) {
    std::string text = file_comment("virsh edit", domain.name);
    schema::write_document(text, "domain", &domain, schema::detail::body_of<Domain>, schema::definition_view);
    return text;
}

} // namespace yado::model
