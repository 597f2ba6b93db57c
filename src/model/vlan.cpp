// SPDX-License-Identifier: Apache-2.0
#include "model/vlan.h"

#include <algorithm>

namespace yado::model {

using schema::YesNo;

void describe(schema::Io& io, VlanTag& t) {
    io.attribute("id", t.id, {.required = true, .source = ErrorSource::xml});
    io.attribute("nativeMode", t.native, {.source = ErrorSource::xml});
}

void describe(schema::Io& io, Vlan& v) {
    io.attribute("trunk", v.trunk, {.invalid = "invalid \"trunk='{}'\" in <vlan> - must be yes or no"});
    io.child("tag", v.tags);
}

void complete(Vlan& vlan) {
    if (vlan.tags.size() > 1) {
        if (vlan.trunk == YesNo::unset) { vlan.trunk = YesNo::yes; }
    } else if (vlan.trunk == YesNo::no) {
        vlan.trunk = YesNo::unset;
    }
}

void check(const Vlan& vlan, std::string_view path, schema::Diagnostics& out) {
    const auto problem = [&](std::string message) {
        out.add({Code::xml_error, std::move(message), std::string(path), 0, ErrorSource::none});
    };
    if (vlan.tags.empty()) {
        problem("missing tag id - each <vlan> must have at least one <tag id='n'/> subelement");
    }
    for (const VlanTag& tag : vlan.tags) {
        if (tag.id > VlanTag::last) {
            problem(fmt::format("vlan tag id {} too large (maximum {})", tag.id, VlanTag::last));
        }
    }
    const auto is_native = [](const VlanTag& tag) { return tag.native != NativeVlan::unset; };
    if (std::ranges::count_if(vlan.tags, is_native) > 1) { problem("duplicate native vlan setting"); }
    if (vlan.tags.size() > 1 && vlan.trunk == YesNo::no) {
        problem("invalid \"trunk='no'\" in <vlan> - trunk='yes' is required for more than one vlan tag");
    }
}

} // namespace yado::model
