// SPDX-License-Identifier: Apache-2.0
#include "model/backup/document.h"

#include "model/backup/check.h"
#include "model/grammar.h"
#include "schema/write.h"

namespace yado::model {

Backup read_backup(std::string_view text, const schema::ReadOptions& options,
                   schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::domain; }
    if (ours.document == schema::ReadOptions().document) { ours.document = "(domain_backup)"; }
    return schema::read_xml<Backup>(text, "domainbackup", ours, diagnostics);
}

std::string write_backup(const Backup& backup, schema::View view) {
    return schema::write_xml(backup, "domainbackup", view);
}

Backup parse_backup(std::string_view text, const BackupContext& context) {
    schema::Diagnostics found;
    Backup backup = read_backup(text, {.unknown = schema::Unknown::reject}, &found);
    against_grammar(found).throw_if_any();
    schema::Diagnostics misfits;
    complete(backup, context, misfits);
    schema::Diagnostics problems;
    check(backup, problems);
    for (const schema::Finding& misfit : misfits.problems()) { problems.add(misfit); }
    problems.throw_if_any();
    return backup;
}

} // namespace yado::model
