// SPDX-License-Identifier: Apache-2.0
#include "model/secret/document.h"

#include "schema/write.h"

namespace yado::model {

Secret read_secret(std::string_view text, const schema::ReadOptions& options,
                   schema::Diagnostics* diagnostics) {
    schema::ReadOptions ours = options;
    if (ours.source == ErrorSource::none) { ours.source = ErrorSource::secret; }
    if (ours.document == schema::ReadOptions().document) { ours.document = "(definition_of_secret)"; }
    return schema::read_xml<Secret>(text, "secret", ours, diagnostics);
}

std::string write_secret(const Secret& secret) {
    return schema::write_xml(secret, "secret", schema::definition_view);
}

Secret parse_secret(std::string_view text, const schema::ReadOptions& options, const SecretContext& context) {
    Secret secret = read_secret(text, options);
    complete(secret, context);
    return secret;
}

} // namespace yado::model
