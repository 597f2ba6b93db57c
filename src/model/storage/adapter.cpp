// SPDX-License-Identifier: Apache-2.0
#include "model/storage/adapter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace yado::model {

using schema::Io;

bool Adapter::empty() const {
    return type == AdapterType::unset && name.empty() && parent.empty() && parent_wwnn.empty() &&
           parent_wwpn.empty() && parent_fabric_wwn.empty() && managed == schema::YesNo::unset &&
           wwnn.empty() && wwpn.empty() && !parent_address;
}

void describe(Io& io, AdapterParent& p) {
    io.attribute("unique_id", p.unique_id, {.invalid = "Missing or invalid scsi adapter 'unique_id' value"});
    io.child("address", p.address);
}

void describe(Io& io, Adapter& a) {
    io.attribute("type", a.type);
    io.attribute("name", a.name);
    io.attribute("parent", a.parent);
    io.attribute("parent_wwnn", a.parent_wwnn);
    io.attribute("parent_wwpn", a.parent_wwpn);
    io.attribute("parent_fabric_wwn", a.parent_fabric_wwn);
    io.attribute("managed", a.managed);
    io.attribute("wwnn", a.wwnn);
    io.attribute("wwpn", a.wwpn);
    io.child("parentaddr", a.parent_address);
}

void complete(Adapter& adapter) {
    const bool other_parts = adapter.parent_address || !adapter.wwnn.empty() || !adapter.wwpn.empty() ||
                             !adapter.parent.empty() || adapter.managed != schema::YesNo::unset;
    if (adapter.type == AdapterType::unset && !adapter.name.empty() && !other_parts) {
        adapter.type = AdapterType::scsi_host;
    }
    if (adapter.type == AdapterType::scsi_host) {
        adapter = {.type = adapter.type, .name = adapter.name, .parent_address = adapter.parent_address};
    } else if (adapter.type == AdapterType::fc_host) {
        adapter.name.clear();
        adapter.parent_address.reset();
    }
}

namespace {

void refuse(schema::Diagnostics& out, ErrorSource source, Code code, std::string_view place,
            std::string text) {
    out.add({code, std::move(text), fmt::format("/pool/source/adapter{}", place), 0, source});
}

bool is_wwn(std::string_view text) {
    constexpr std::size_t digits = 16;
    if (text.starts_with("0x")) { text.remove_prefix(2); }
    return text.size() == digits &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

void check_untyped(const Adapter& a, schema::Diagnostics& out) {
    if (!a.wwnn.empty() || !a.wwpn.empty() || !a.parent.empty() || a.managed != schema::YesNo::unset) {
        refuse(out, ErrorSource::storage, Code::xml_error, "/@type",
               "Use of 'wwnn', 'wwpn', and 'parent' attributes requires use of the adapter 'type'");
    } else if (a.parent_address) {
        refuse(out, ErrorSource::storage, Code::xml_error, "/@type",
               "Use of 'parentaddr' element requires use of the adapter 'type'");
    } else {
        refuse(out, ErrorSource::storage, Code::xml_error, "", "missing storage pool source adapter");
    }
}

void check_parent_address(const AdapterParent& parent, schema::Diagnostics& out) {
    if (!parent.address) {
        refuse(out, ErrorSource::storage, Code::xml_error, "/parentaddr",
               "Missing scsi_host PCI address element");
        return;
    }
    if (!parent.unique_id) {
        refuse(out, ErrorSource::storage, Code::xml_error, "/parentaddr/@unique_id",
               "Missing or invalid scsi adapter 'unique_id' value");
    }
    const auto bounded = [&out](std::string_view name, std::string_view quote, std::uint32_t value,
                                std::uint32_t most, std::string_view shown) {
        if (value > most) {
            refuse(out, ErrorSource::none, Code::xml_error, fmt::format("/parentaddr/address/@{}", name),
                   fmt::format("Invalid PCI address {}={}0x{:x}{}, must be <= {}", name, quote, value, quote,
                               shown));
        }
    };
    bounded("domain", "'", parent.address->domain, 0xffff, "0xFFFF");
    bounded("slot", "'", parent.address->slot, 0x1f, "0x1F");
    bounded("function", "", parent.address->function, 7, "7");
}

void check_fibre_channel(const Adapter& a, schema::Diagnostics& out) {
    if (a.wwnn.empty() || a.wwpn.empty()) {
        refuse(out, ErrorSource::storage, Code::xml_error, "",
               "'wwnn' and 'wwpn' must be specified for adapter type 'fchost'");
    }
    const std::array<std::pair<std::string_view, const std::string*>, 5> names{
        {{"wwnn", &a.wwnn},
         {"wwpn", &a.wwpn},
         {"parent_wwnn", &a.parent_wwnn},
         {"parent_wwpn", &a.parent_wwpn},
         {"parent_fabric_wwn", &a.parent_fabric_wwn}}};
    for (const auto& [attribute, wwn] : names) {
        if (!wwn->empty() && !is_wwn(*wwn)) {
            refuse(out, ErrorSource::none, Code::internal_error, fmt::format("/@{}", attribute),
                   fmt::format("Malformed wwn: {}", *wwn));
        }
    }
    if (!a.parent_wwnn.empty() && a.parent_wwpn.empty()) {
        refuse(out, ErrorSource::storage, Code::xml_error, "/@parent_wwpn",
               fmt::format("when providing parent_wwnn='{}', the parent_wwpn must also be provided",
                           a.parent_wwnn));
    }
    if (a.parent_wwnn.empty() && !a.parent_wwpn.empty()) {
        refuse(out, ErrorSource::storage, Code::xml_error, "/@parent_wwnn",
               fmt::format("when providing parent_wwpn='{}', the parent_wwnn must also be provided",
                           a.parent_wwpn));
    }
}

} // namespace

void check(const Adapter& adapter, schema::Diagnostics& diagnostics) {
    switch (adapter.type) {
    case AdapterType::unset: check_untyped(adapter, diagnostics); return;
    case AdapterType::fc_host: check_fibre_channel(adapter, diagnostics); return;
    case AdapterType::scsi_host: break;
    }
    if (adapter.parent_address) { check_parent_address(*adapter.parent_address, diagnostics); }
    if (adapter.name.empty() && !adapter.parent_address) {
        refuse(diagnostics, ErrorSource::storage, Code::xml_error, "",
               "Either 'name' or 'parent' must be specified for the 'scsi_host' adapter");
    }
    if (!adapter.name.empty() && adapter.parent_address) {
        refuse(diagnostics, ErrorSource::storage, Code::xml_error, "",
               "Both 'name' and 'parent' cannot be specified for the 'scsi_host' adapter");
    }
}

} // namespace yado::model
