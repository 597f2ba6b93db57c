// SPDX-License-Identifier: Apache-2.0
// Values nobody thought of: fills whatever a describe() describes with plausible random parts, always the
// same ones for a seed, and proves that reading gives back what was written. One line tests a document:
//
//   for (unsigned seed = 0; seed < 200; ++seed) { EXPECT_TRUE(test::round_trips<Network>("network", seed)); }
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "schema/compare.h"
#include "schema/json.h"
#include "schema/read.h"
#include "schema/write.h"

namespace yado::test {

/// Fills a default value. Leaves whose type takes none of the texts tried stay as they are and are named in
/// `not_filled`, so that a test can insist on none.
void fill(void* value, schema::Body body, unsigned seed, schema::View view, std::string* not_filled);

template <class T>
T random_value(unsigned seed, schema::View view = schema::status_view, std::string* not_filled = nullptr) {
    T value{};
    fill(&value, schema::detail::body_of<T>, seed, view, not_filled);
    return value;
}

/// "path: before -> after", a line each.
std::string listed(const std::vector<schema::Difference>& differences);

/// Enough of a document to recognise it in a failure.
inline std::string start(const std::string& text) { return text.substr(0, 4000); }

/// A random value survives XML and JSON, with nothing in either that reading does not know, and what is
/// written is written the same again.
template <class T>
testing::AssertionResult round_trips(std::string_view root, unsigned seed,
                                     schema::View view = schema::status_view) {
    using schema::Unknown;
    const schema::ReadOptions options{.unknown = Unknown::reject, .view = view};
    const T value = random_value<T>(seed, view);
    const std::string xml = schema::write_xml(value, root, view);
    try {
        const T read = schema::read_xml<T>(xml, root, options);
        if (const auto lost = schema::compare(value, read, root, view); !lost.empty()) {
            return testing::AssertionFailure() << "seed " << seed << ", XML:\n" << listed(lost) << start(xml);
        }
        if (const std::string again = schema::write_xml(read, root, view); again != xml) {
            return testing::AssertionFailure() << "seed " << seed << ", written again:\n"
                                               << start(again) << start(xml);
        }
    } catch (const Error& error) {
        return testing::AssertionFailure() << "seed " << seed << ", XML: " << error.message() << "\n"
                                           << start(xml);
    }
    const std::string json = schema::write_json(value, view);
    try {
        const T read = schema::read_json<T>(json, root, options);
        if (const auto lost = schema::compare(value, read, root, view); !lost.empty()) {
            return testing::AssertionFailure() << "seed " << seed << ", JSON:\n"
                                               << listed(lost) << start(json);
        }
    } catch (const Error& error) {
        return testing::AssertionFailure() << "seed " << seed << ", JSON: " << error.message() << "\n"
                                           << start(json);
    }
    return testing::AssertionSuccess();
}

} // namespace yado::test
