// SPDX-License-Identifier: Apache-2.0
// check() lists what libvirt refuses about a network filter, with its numbers and words. It judges completed
// documents; whether included filters lead back to this one only their registry knows.
#pragma once

#include "model/nwfilter/binding.h"
#include "model/nwfilter/filter.h"
#include "schema/diagnostics.h"

namespace yado::model {

void check(const NetworkFilter& filter, schema::Diagnostics& diagnostics);
void check(const FilterBinding& binding, schema::Diagnostics& diagnostics);

} // namespace yado::model
