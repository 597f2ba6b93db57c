// SPDX-License-Identifier: Apache-2.0
// All golden files of one kind of document: beside the cases of golden_document.h, forms/ has documents that
// are only shown. A kind's test file names its functions once; each check is one line then.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/model/golden_document.h"
#include "support/model/golden_file.h"
#include "support/schema/coverage.h"

namespace yado::test {

template <class T> struct DocumentGoldens {
    std::filesystem::path folder;
    std::string root; ///< the element
    /// Reads, completes, checks and writes the document of a case.
    std::string (*define)(const std::string& text, const std::string& name);
    /// Reads everything, parts of running objects too; what nobody describes is refused when `strict`.
    T (*read)(const std::string& text, bool strict);
    /// Writes everything.
    std::string (*write)(const T& value);
    /// One name for parts of the same kind at several places; see Coverage.
    std::function<std::string(std::string)> shared = {};

    testing::AssertionResult defines_as_recorded(const std::string& name) const {
        return defined_as_recorded(folder, name, [&](const std::string& text) { return define(text, name); });
    }

    /// What is defined and what is shown.
    std::vector<std::string> documents() const {
        std::vector<std::string> texts = golden_outputs(folder);
        if (std::filesystem::exists(folder / "forms")) {
            for (const std::string& name : golden_cases(folder / "forms")) {
                texts.push_back(read_text(folder / "forms" / (name + ".xml")));
            }
        }
        return texts;
    }

    /// Documents are read without anything unknown in them and written as they were.
    testing::AssertionResult written_as_read() const {
        const std::vector<std::string> texts = documents();
        if (texts.empty()) { return testing::AssertionFailure() << "no documents in " << folder; }
        for (const std::string& text : texts) {
            try {
                if (const std::string again = write(read(text, true)); again != text) {
                    return testing::AssertionFailure() << again << "instead of\n" << text;
                }
            } catch (const Error& error) { return testing::AssertionFailure() << error.message() << text; }
        }
        return testing::AssertionSuccess();
    }

    /// What is defined is defined again as it is.
    testing::AssertionResult defined_once_and_for_all() const {
        for (const std::string& text : golden_outputs(folder)) {
            if (const std::string again = define(text, {}); again != text) {
                return testing::AssertionFailure() << again << "instead of\n" << text;
            }
        }
        return testing::AssertionSuccess();
    }

    /// Described parts that are in no document, a path a line. FIELDS_NOT_COVERED.txt beside the documents
    /// names those that may be missing, each with its reason.
    std::string not_covered() const {
        Coverage coverage(root, shared);
        for (const std::string& text : documents()) { coverage.note(read(text, false)); }
        const std::filesystem::path gaps = folder / "FIELDS_NOT_COVERED.txt";
        return coverage.missing<T>(std::filesystem::exists(gaps) ? gaps : std::filesystem::path());
    }
};

} // namespace yado::test
