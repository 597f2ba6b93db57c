// SPDX-License-Identifier: Apache-2.0
#include "model/checkpoint/document.h"

#include "model/checkpoint/check.h"
#include "model/domain/document.h"
#include "model/grammar.h"
#include "schema/write.h"

namespace yado::model {

Checkpoint read_checkpoint(std::string_view text, const schema::ReadOptions& options,
                           schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::domain_checkpoint; }
    if (ours.document == schema::ReadOptions().document) { ours.document = "(domain_checkpoint)"; }
    return schema::read_xml<Checkpoint>(text, "domaincheckpoint", ours, diagnostics);
}

std::string write_checkpoint(const Checkpoint& checkpoint, schema::View view, bool with_domain) {
    if (with_domain || !checkpoint.domain) { return schema::write_xml(checkpoint, "domaincheckpoint", view); }
    Checkpoint bare = checkpoint;
    bare.domain.reset();
    return schema::write_xml(bare, "domaincheckpoint", view);
}

Checkpoint parse_checkpoint(std::string_view text, const CheckpointContext& context) {
    schema::Diagnostics found;
    Checkpoint checkpoint = read_checkpoint(text, {.unknown = schema::Unknown::reject}, &found);
    against_grammar(found).throw_if_any();
    schema::Diagnostics misfits;
    complete(checkpoint, context, misfits);
    schema::Diagnostics problems;
    check(checkpoint, context, problems);
    for (const schema::Finding& misfit : misfits.problems()) { problems.add(misfit); }
    problems.throw_if_any();
    return checkpoint;
}

std::string checkpoint_file(const Checkpoint& checkpoint) {
    return file_comment("virsh checkpoint-edit",
                        checkpoint.domain ? checkpoint.domain->name : checkpoint.name) +
           write_checkpoint(checkpoint, schema::definition_view);
}

} // namespace yado::model
