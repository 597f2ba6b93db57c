// SPDX-License-Identifier: Apache-2.0
// A domain's disks and network interfaces.
#include "base/units.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/listed_devices.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "cli/table.h"
#include "protocol/constants.h"
#include "protocol/domain_calls.h"

namespace yado::cli {
namespace {

ListedDevices devices_of(Session& session, const protocol::DomainRef& domain, bool inactive) {
    return listed_devices(domain_xml(session, domain, inactive ? protocol::DomainXMLFlags::inactive : 0));
}

/// "-" for what is not there.
Cell or_dash(const std::string& text) { return text.empty() ? Cell("-", Value()) : Cell(text); }

void domblklist(Session& session, const Arguments& arguments) {
    const auto devices = devices_of(session, find_domain(session, arguments), arguments.has("inactive"));
    const bool details = arguments.has("details") || session.json();
    std::vector<Column> columns{{"Target", "target"}, {"Source", "source"}};
    if (details) columns.insert(columns.begin(), {{"Type", "type"}, {"Device", "device"}});
    Table table(columns);
    for (const ListedDisk& disk : devices.disks) {
        std::vector<Cell> row;
        if (details) row = {or_dash(disk.type), disk.device};
        row.push_back(or_dash(disk.target));
        row.push_back(or_dash(disk.source));
        table.add(std::move(row));
    }
    session.show(table);
}

void domiflist(Session& session, const Arguments& arguments) {
    const auto devices = devices_of(session, find_domain(session, arguments), arguments.has("inactive"));
    Table table({{"Interface", "interface"},
                 {"Type", "type"},
                 {"Source", "source"},
                 {"Model", "model"},
                 {"MAC", "mac"}});
    for (const ListedNic& nic : devices.nics)
        table.add({or_dash(nic.target), or_dash(nic.type), or_dash(nic.source), or_dash(nic.model),
                   or_dash(nic.mac)});
    session.show(table);
}

/// "16.000 MiB"
std::string for_people(std::uint64_t bytes) {
    static constexpr std::string_view units[] = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double amount = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (; amount >= 1024 && unit + 1 < std::size(units); ++unit) amount /= 1024;
    return fmt::format("{:.3f} {}", amount, units[unit]);
}

Cell size_cell(std::uint64_t bytes, bool human) {
    return {human ? for_people(bytes) : std::to_string(bytes), Value(bytes)};
}

void all_sizes(Session& session, const protocol::DomainRef& domain, bool human) {
    Table table({{"Target", "target"},
                 {"Capacity", "capacity"},
                 {"Allocation", "allocation"},
                 {"Physical", "physical"}});
    const bool active = session.call(protocol::DomainIsActiveArgs{domain}).active > 0;
    for (const ListedDisk& disk : devices_of(session, domain, false).disks) {
        const auto none = [] { return Cell("-", Value()); };
        std::vector<Cell> row{disk.target, none(), none(), none()};
        // an empty drive has no size, and of a network disk only QEMU itself could tell
        if (!disk.source.empty() && (!disk.network || active)) {
            try {
                const auto info = session.call(protocol::DomainGetBlockInfoArgs{domain, disk.target});
                row = {disk.target, size_cell(info.capacity, human), size_cell(info.allocation, human),
                       size_cell(info.physical, human)};
            } catch (const Error&) {
                if (!disk.network) throw;
            }
        }
        table.add(std::move(row));
    }
    session.show(table);
}

void domblkinfo(Session& session, const Arguments& arguments) {
    arguments.exclusive("all", "device");
    const bool human = arguments.has("human");
    if (!arguments.has("all") && !arguments.has("device"))
        refuse("command 'domblkinfo' requires <device> option");
    const auto domain = find_domain(session, arguments);
    if (arguments.has("all")) {
        all_sizes(session, domain, human);
        return;
    }
    const auto info = session.call(protocol::DomainGetBlockInfoArgs{domain, arguments.required("device")});
    Fields fields(16);
    fields.add("capacity", "Capacity:", size_cell(info.capacity, human));
    fields.add("allocation", "Allocation:", size_cell(info.allocation, human));
    fields.add("physical", "Physical:", size_cell(info.physical, human));
    session.show(fields);
}

} // namespace

std::vector<Command> device_list_commands() {
    return {
        {"domblkinfo",
         Group::monitor,
         "domain block device size information",
         "Get block device size info for a domain.",
         {domain_option(), text("device", "block device"), flag("human", "Human readable output"),
          flag("all", "display all block devices info")},
         domblkinfo},
        {"domblklist",
         Group::monitor,
         "list all domain blocks",
         "Get the summary of block devices for a domain.",
         {domain_option(), flag("inactive", "get inactive rather than running configuration"),
          flag("details", "additionally display the type and device value")},
         domblklist},
        {"domiflist",
         Group::monitor,
         "list all domain virtual interfaces",
         "Get the summary of virtual interfaces for a domain.",
         {domain_option(), flag("inactive", "get inactive rather than running configuration")},
         domiflist},
    };
}

} // namespace yado::cli
