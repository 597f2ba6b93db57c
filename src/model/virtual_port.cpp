// SPDX-License-Identifier: Apache-2.0
#include "model/virtual_port.h"

#include <array>

#include "model/any_base.h"

namespace yado::model {
namespace {

using Type = VirtualPortType;

constexpr schema::Rule invalid(std::string_view message) { return {.invalid = message}; }

/// One parameter: its name, whether it is given, and the types that must and may have it.
struct Parameter {
    std::string_view name;
    bool given;
    std::array<Type, 2> of;
    bool optional_in_openvswitch = false;
};

std::array<Parameter, 6> parameters_of(const VirtualPortParameters& p) {
    return {{{"managerid", p.manager_id.has_value(), {Type::qbg, Type::qbg}},
             {"typeid", p.type_id.has_value(), {Type::qbg, Type::qbg}},
             {"typeidversion", p.type_id_version.has_value(), {Type::qbg, Type::qbg}},
             {"instanceid", !p.instance_id.is_null(), {Type::qbg, Type::qbg}},
             {"profileid", !p.profile_id.empty(), {Type::qbh, Type::openvswitch}, true},
             {"interfaceid", !p.interface_id.is_null(), {Type::openvswitch, Type::midonet}}}};
}

} // namespace

void describe(schema::Io& io, VirtualPortParameters& p) {
    io.attribute<AnyBase>("managerid", p.manager_id, invalid("cannot parse value of managerid parameter"));
    io.attribute<AnyBase>("typeid", p.type_id, invalid("cannot parse value of typeid parameter"));
    io.attribute<AnyBase>("typeidversion", p.type_id_version,
                          invalid("cannot parse value of typeidversion parameter"));
    io.attribute("instanceid", p.instance_id, invalid("cannot parse instanceid parameter as a uuid"));
    io.attribute("interfaceid", p.interface_id, invalid("cannot parse interfaceid parameter as a uuid"));
    io.attribute("profileid", p.profile_id);
}

void describe(schema::Io& io, VirtualPort& v) {
    io.attribute("type", v.type,
                 {.code = Code::config_unsupported, .invalid = "unknown virtualport type {}"});
    io.child("parameters", v.parameters);
}

void complete(VirtualPort& port, const std::function<Uuid()>& new_uuid) {
    VirtualPortParameters& p = port.parameters;
    if ((port.type == Type::qbg || port.type == Type::unset) && p.instance_id.is_null()) {
        p.instance_id = new_uuid();
    }
    if ((port.type == Type::openvswitch || port.type == Type::unset) && p.interface_id.is_null()) {
        p.interface_id = new_uuid();
    }
}

void check(const VirtualPort& port, std::string_view path, VirtualPortNeeds needs, schema::Diagnostics& out) {
    const auto problem = [&](ErrorSource source, std::string_view part, std::string message) {
        out.add({Code::xml_error, std::move(message), fmt::format("{}{}", path, part), 0, source});
    };
    const VirtualPortParameters& p = port.parameters;
    constexpr std::uint32_t byte = 0xff, three_bytes = 0xffffff;
    constexpr std::size_t longest_profile = 39;
    if (p.manager_id.value_or(0) > byte) {
        problem(ErrorSource::none, "/parameters/@managerid", "value of managerid out of range");
    }
    if (p.type_id.value_or(0) > three_bytes) {
        problem(ErrorSource::none, "/parameters/@typeid", "value for typeid out of range");
    }
    if (p.type_id_version.value_or(0) > byte) {
        problem(ErrorSource::none, "/parameters/@typeidversion", "value of typeidversion out of range");
    }
    if (p.profile_id.size() > longest_profile) {
        problem(ErrorSource::none, "/parameters/@profileid", "profileid parameter too long");
    }
    const bool complete_port = needs == VirtualPortNeeds::type_and_parameters;
    if (port.type == Type::unset) {
        if (complete_port) { problem(ErrorSource::none, "/@type", "missing required virtualport type"); }
        return;
    }
    const std::string_view type = schema::word(port.type);
    for (const Parameter& parameter : parameters_of(p)) {
        const bool belongs = parameter.of[0] == port.type || parameter.of[1] == port.type;
        const bool optional = parameter.optional_in_openvswitch && port.type == Type::openvswitch;
        if (parameter.given && !belongs) {
            problem(ErrorSource::net, fmt::format("/parameters/@{}", parameter.name),
                    fmt::format("extra {} unsupported in <virtualport type='{}'>", parameter.name, type));
        }
        if (!parameter.given && belongs && !optional && complete_port) {
            problem(ErrorSource::net, "/parameters",
                    fmt::format("missing {} in <virtualport type='{}'>", parameter.name, type));
        }
    }
}

} // namespace yado::model
