// SPDX-License-Identifier: Apache-2.0
// The texts of checkpoints: documents from clients, files on disk, answers to checkpoint-dumpxml.
#pragma once

#include <string>
#include <string_view>

#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/complete.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <domaincheckpoint> document. Throws Error with all problems when `diagnostics` is null, else adds
/// the semantic ones there.
Checkpoint read_checkpoint(std::string_view text, const schema::ReadOptions& options = {},
                           schema::Diagnostics* diagnostics = nullptr);
/// The document in libvirt's format, ending in a line end; passwords of the domain only in a secure view.
/// `with_domain`: clients may ask to leave the domain out.
std::string write_checkpoint(const Checkpoint& checkpoint, schema::View view, bool with_domain = true);
/// Reads, completes and checks a client's document. As libvirt does, it is held against its grammar whatever
/// flags the client gives: what is not understood is error 92. The domain in a document that defines a
/// checkpoint again is as it was written: completing it is the caller's part.
Checkpoint parse_checkpoint(std::string_view text, const CheckpointContext& context);
/// The file libvirt keeps a checkpoint in.
std::string checkpoint_file(const Checkpoint& checkpoint);

} // namespace yado::model
