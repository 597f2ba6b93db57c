// SPDX-License-Identifier: Apache-2.0
// What libvirt refuses in a storage source by itself, whichever document it stands in.
#pragma once

#include <string>

#include "model/domain/check_devices.h"
#include "model/storage_source.h"

namespace yado::model {

/// `path` is the element that holds <source>: "/domain/devices/disk[1]".
void check_source(const StorageSource& source, const std::string& path, schema::Diagnostics& out);
/// <seclabel>s of one file; `path` is theirs.
void check_labels(const std::vector<DeviceLabel>& labels, const std::string& path, schema::Diagnostics& out);
/// Of a source or of the disk itself; `network` may be null.
void check_auth(const Auth& auth, const NetworkStorage* network, const std::string& path,
                schema::Diagnostics& out);
void check_encryption(const Encryption& encryption, const NetworkStorage* network, const std::string& path,
                      schema::Diagnostics& out);

} // namespace yado::model
