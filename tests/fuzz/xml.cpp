// SPDX-License-Identifier: Apache-2.0
// Domain documents as clients send them. Whatever comes, the answer is a domain or an Error; a domain that
// was accepted is written, read again and written the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "model/domain/document.h"
#include "model/domain/status.h"
#include "schema/fragment.h"
#include "support/model/fixed_context.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace yado;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const model::Domain domain = model::parse_definition(text, test::fixed_context());
        const std::string written = model::write_domain(domain, schema::definition_view);
        if (model::write_domain(model::read_domain(written), schema::definition_view) != written) {
            std::abort();
        }
        model::Domain starting = domain;
        model::assign_aliases(starting);
    } catch (const Error&) {
        // refused, which is an answer
    }
    try {
        model::read_domain(text, {.unknown = schema::Unknown::reject, .view = schema::status_view});
    } catch (const Error&) {
        // as above
    }
    try {
        model::write_status(model::read_status(text));
    } catch (const Error&) {
        // as above
    }
    try {
        schema::in_namespace(text, "key", "urn:test");
        schema::without_namespace(text);
        schema::fragment_elements(text);
    } catch (const Error&) {
        // as above
    }
    return 0;
}
