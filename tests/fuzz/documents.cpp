// SPDX-License-Identifier: Apache-2.0
// Every kind of document, as XML and as JSON: the first byte chooses, 'A' the first kind's XML, 'B' its JSON,
// 'C' the second kind's XML and so on. Whatever comes is refused with an Error, or survives being written and
// read again in both forms.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "support/model/documents.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace yado;
    const auto kinds = test::document_kinds();
    const std::size_t choice = size == 0 ? SIZE_MAX : std::size_t{data[0]} - 'A';
    if (choice / 2 >= kinds.size()) { return 0; }
    const test::DocumentKind& kind = kinds[choice / 2];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    std::string problem;
    try {
        problem =
            choice % 2 == 0 ? kind.problem_of_xml(text, kind.root) : kind.problem_of_json(text, kind.root);
    } catch (const Error&) {
        return 0; // refused, which is an answer
    }
    if (!problem.empty()) {
        std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(kind.name.size()), kind.name.data(),
                     problem.c_str());
        std::abort();
    }
    return 0;
}
