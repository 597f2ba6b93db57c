// SPDX-License-Identifier: Apache-2.0
#include "model/grammar.h"

namespace yado::model {

schema::Diagnostics against_grammar(const schema::Diagnostics& found) {
    schema::Diagnostics out;
    for (schema::Finding finding : found.problems()) {
        if (finding.code == Code::xml_error) {
            finding.code = Code::xml_invalid_schema;
            finding.source = ErrorSource::xml;
        }
        out.add(std::move(finding));
    }
    for (const schema::Finding& note : found.notes()) { out.add_note(note); }
    return out;
}

} // namespace yado::model
