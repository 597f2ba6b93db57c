// SPDX-License-Identifier: Apache-2.0
#include "support/model/documents.h"

#include "model/backup/backup.h"
#include "model/capabilities/capabilities.h"
#include "model/capabilities/domain_capabilities.h"
#include "model/checkpoint/checkpoint.h"
#include "model/domain/status.h"
#include "model/interface/interface.h"
#include "model/network/network.h"
#include "model/network/port.h"
#include "model/nodedev/device.h"
#include "model/nwfilter/binding.h"
#include "model/nwfilter/filter.h"
#include "model/secret/secret.h"
#include "model/snapshot/snapshot.h"
#include "model/storage/capabilities.h"
#include "model/storage/pool.h"
#include "model/storage/volume.h"

namespace yado::test {

std::span<const DocumentKind> document_kinds() {
    static constexpr DocumentKind kinds[] = {
        document_kind<model::Domain>("domain", "Domain", "domain"),
        document_kind<model::DomainStatus>("domain-status", "Status of a running domain", "domstatus",
                                           Audience::daemon),
        document_kind<model::Capabilities>("capabilities", "Capabilities of a host", "capabilities"),
        document_kind<model::DomainCapabilities>("domain-capabilities", "What domains can have",
                                                 "domainCapabilities"),
        document_kind<model::Network>("network", "Network", "network"),
        document_kind<model::NetworkPort>("network-port", "Port of a network", "networkport"),
        document_kind<model::NetworkFilter>("network-filter", "Network filter", "filter"),
        document_kind<model::FilterBinding>("network-filter-binding", "Binding of a network filter",
                                            "filterbinding"),
        document_kind<model::HostInterface>("interface", "Network interface of a host", "interface"),
        document_kind<model::NodeDevice>("node-device", "Device of a host", "device"),
        document_kind<model::StoragePool>("storage-pool", "Storage pool", "pool"),
        document_kind<model::StorageVolume>("storage-volume", "Storage volume", "volume"),
        document_kind<model::StorageCapabilities>("storage-capabilities", "Kinds of storage pools",
                                                  "storagepoolCapabilities"),
        document_kind<model::Secret>("secret", "Secret", "secret"),
        document_kind<model::Snapshot>("snapshot", "Snapshot of a domain", "domainsnapshot"),
        document_kind<model::Checkpoint>("checkpoint", "Checkpoint of a domain", "domaincheckpoint"),
        document_kind<model::Backup>("backup", "Backup of a domain", "domainbackup"),
    };
    return kinds;
}

} // namespace yado::test
