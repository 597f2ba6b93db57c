// SPDX-License-Identifier: Apache-2.0
// What libvirt says about a difference that a guest would see.
#pragma once

#include <string>
#include <string_view>

#include "model/domain/address.h"
#include "schema/compare.h"

namespace yado::model {

struct AbiMessage {
    ErrorSource source = ErrorSource::domain;
    std::string text;
};

/// `path` is the difference's own, from /domain on. Differences libvirt has no words for are told as
/// schema::check_guest_abi tells them.
AbiMessage libvirt_message(const schema::Difference& difference, std::string_view path);

/// About the addresses of a device; empty when they are the same, or of a kind that is compared part by part.
std::string address_difference(const Address& source, const Address& target);

} // namespace yado::model
