// SPDX-License-Identifier: Apache-2.0
// The texts of a domain: documents from clients, files on disk, answers to dumpxml.
#pragma once

#include <string>
#include <string_view>

#include "model/domain/complete.h"
#include "model/domain/domain.h"
#include "schema/diagnostics.h"
#include "schema/read.h"

namespace yado::model {

/// Reads a <domain> document; definition_view forgets what only running guests have. `options.document` names
/// it in messages. Throws Error with all problems when `diagnostics` is null, else adds the semantic ones
/// there.
Domain read_domain(std::string_view text, const schema::ReadOptions& options = {},
                   schema::Diagnostics* diagnostics = nullptr);

/// The <domain> document in libvirt's format, ending in a line end. The migratable view is a definition
/// without what complete() has added by itself, for hosts whose libvirt is older.
std::string write_domain(const Domain& domain, schema::View view);

/// Whether a document that was written with secrets can have any: a quick look at the text.
bool may_have_secrets(std::string_view document);

/// Reads, completes and checks a client's document: what define and create start with. Throws Error with
/// everything that is wrong with it.
Domain parse_definition(std::string_view text, const CompleteContext& context,
                        const schema::ReadOptions& options = {});

/// The comment at the head of files the daemon writes, naming the command that edits the object, and an empty
/// line.
std::string file_comment(std::string_view command, std::string_view name);

/// The file libvirt keeps a definition in: a comment naming the command to edit it, then the document with
/// secrets.
std::string definition_file(const Domain& domain);

} // namespace yado::model
