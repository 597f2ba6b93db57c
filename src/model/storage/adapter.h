// SPDX-License-Identifier: Apache-2.0
// <adapter>: the SCSI host or Fibre Channel port whose disks a 'scsi' pool lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/host_pci.h"
#include "schema/diagnostics.h"
#include "schema/io.h"

namespace yado::model {

enum class AdapterType : std::uint8_t { unset, scsi_host, fc_host };

/// The adapter by where it is plugged in, which survives reboots.
struct AdapterParent {
    std::optional<std::uint32_t> unique_id; ///< of the ports at one address
    std::optional<HostPci> address;
};

struct Adapter {
    AdapterType type{};
    std::string name;                                        ///< of a SCSI host: "scsi_host5"
    std::string parent;                                      ///< of a Fibre Channel port: its HBA
    std::string parent_wwnn, parent_wwpn, parent_fabric_wwn; ///< or this one
    schema::YesNo managed{};                                 ///< the port goes away with the pool
    std::string wwnn, wwpn;
    std::optional<AdapterParent> parent_address;

    bool empty() const;
};
void describe(schema::Io& io, Adapter& adapter);

/// An adapter with a name alone is a SCSI host; what belongs to the other type is forgotten.
void complete(Adapter& adapter);
void check(const Adapter& adapter, schema::Diagnostics& diagnostics);

} // namespace yado::model

template <> struct yado::schema::EnumNames<yado::model::AdapterType> {
    static constexpr std::string_view values[] = {"", "scsi_host", "fc_host"};
};
