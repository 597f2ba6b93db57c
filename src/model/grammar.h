// SPDX-License-Identifier: Apache-2.0
// Some documents libvirt holds against their grammar whatever the client asks for, so that a wrong value in
// them has the number of a document that is not valid, not the one of a value that is not understood.
#pragma once

#include "schema/diagnostics.h"

namespace yado::model {

/// What reading found, as violations of the grammar (92). Problems of their own number keep it.
schema::Diagnostics against_grammar(const schema::Diagnostics& found);

} // namespace yado::model
