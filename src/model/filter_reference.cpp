// SPDX-License-Identifier: Apache-2.0
#include "model/filter_reference.h"

#include <map>

namespace yado::model {
namespace {

#define LETTERS_AND_DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
constexpr std::string_view of_name = LETTERS_AND_DIGITS "_";
constexpr std::string_view of_value = LETTERS_AND_DIGITS "_.:";

bool usable(const FilterParameter& p) {
    return !p.name.empty() && !p.value.empty() && p.name.find_first_not_of(of_name) == std::string::npos &&
           p.value.find_first_not_of(of_value) == std::string::npos;
}

} // namespace

void describe(schema::Io& io, FilterParameter& p) {
    io.attribute("name", p.name, {.key = true});
    io.attribute("value", p.value, {.key = true});
}

void describe(schema::Io& io, FilterReference& r) {
    io.attribute("filter", r.filter,
                 {.required = true,
                  .key = true,
                  .missing_code = Code::internal_error,
                  .missing = "filter reference has no filter"});
    io.child("parameter", r.parameters);
}

void complete(FilterReference& reference) {
    std::multimap<std::string, FilterParameter> by_name; // equal names stay in their order
    for (FilterParameter& p : reference.parameters) {
        if (usable(p)) { by_name.emplace(p.name, std::move(p)); }
    }
    reference.parameters.clear();
    for (auto& [name, parameter] : by_name) { reference.parameters.push_back(std::move(parameter)); }
}

} // namespace yado::model
