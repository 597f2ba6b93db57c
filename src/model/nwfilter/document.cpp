// SPDX-License-Identifier: Apache-2.0
#include "model/nwfilter/document.h"

#include <map>

#include "model/nwfilter/check.h"
#include "model/nwfilter/complete.h"
#include "schema/write.h"
#include "schema/xml_tree.h"

namespace yado::model {
namespace {

schema::ReadOptions of_filter(schema::ReadOptions options, std::string_view document) {
    if (options.source == ErrorSource::none) { options.source = ErrorSource::nwfilter; }
    if (options.document == schema::ReadOptions().document) { options.document = document; }
    return options;
}

/// The reader takes the children of each name apart; their order is looked up in the text.
void find_positions(NetworkFilter& filter, std::string_view text, const schema::ReadOptions& options) {
    if (filter.rules.empty() || filter.inclusions.empty()) { return; }
    schema::XmlDocument document(text, {options.max_bytes, options.max_nodes}, options.document,
                                 options.source);
    FilterPosition position = 0;
    std::size_t rule = 0;
    std::size_t inclusion = 0;
    for (const schema::XmlNode* node = document.root().first; node != nullptr; node = node->next) {
        if (node->kind != schema::XmlNode::Kind::element || node->href != document.root().href) { continue; }
        if (node->name == "rule" && rule < filter.rules.size()) {
            filter.rules[rule++].position = position++;
        } else if (node->name == "filterref" && inclusion < filter.inclusions.size()) {
            filter.inclusions[inclusion++].position = position++;
        }
    }
}

/// One thing of a filter that has its place in the order of evaluation.
struct Step {
    FilterRule* rule;
    FilterInclusion* inclusion;
};

/// A filter as it is written: what the description lists by name, in order. Only for writing.
struct OrderedFilter {
    NetworkFilter& filter;
    std::vector<Step> steps;
};

void describe(schema::Io& io, OrderedFilter& ordered) {
    describe_head(io, ordered.filter);
    for (const Step& step : ordered.steps) {
        if (step.rule != nullptr) {
            io.child("rule", *step.rule);
        } else {
            io.child("filterref", *step.inclusion);
        }
    }
}

} // namespace

NetworkFilter read_filter(std::string_view text, const schema::ReadOptions& options,
                          schema::Diagnostics* diagnostics) {
    const schema::ReadOptions ours = of_filter(options, "(nwfilter_definition)");
    auto filter = schema::read_xml<NetworkFilter>(text, "filter", ours, diagnostics);
    find_positions(filter, text, ours);
    return filter;
}

std::string write_filter(const NetworkFilter& filter) {
    NetworkFilter copy = filter;
    // Equal positions, of values that were not read, leave rules first and each list in its order.
    std::multimap<FilterPosition, Step> steps;
    for (FilterRule& rule : copy.rules) { steps.emplace(rule.position, Step{&rule, nullptr}); }
    for (FilterInclusion& i : copy.inclusions) { steps.emplace(i.position, Step{nullptr, &i}); }
    OrderedFilter ordered{copy, {}};
    for (const auto& [position, step] : steps) { ordered.steps.push_back(step); }
    return schema::write_xml(ordered, "filter", {});
}

NetworkFilter parse_filter(std::string_view text, const std::function<Uuid()>& new_uuid,
                           const schema::ReadOptions& options) {
    NetworkFilter filter = read_filter(text, options);
    complete(filter, new_uuid);
    schema::Diagnostics problems;
    check(filter, problems);
    problems.throw_if_any();
    return filter;
}

FilterBinding read_filter_binding(std::string_view text, const schema::ReadOptions& options,
                                  schema::Diagnostics* diagnostics) {
    return schema::read_xml<FilterBinding>(text, "filterbinding",
                                           of_filter(options, "(nwfilterbinding_definition)"), diagnostics);
}

std::string write_filter_binding(const FilterBinding& binding) {
    return schema::write_xml(binding, "filterbinding", {});
}

FilterBinding parse_filter_binding(std::string_view text, const schema::ReadOptions& options) {
    FilterBinding binding = read_filter_binding(text, options);
    complete(binding);
    schema::Diagnostics problems;
    check(binding, problems);
    problems.throw_if_any();
    return binding;
}

} // namespace yado::model
