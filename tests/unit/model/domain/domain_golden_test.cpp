// SPDX-License-Identifier: Apache-2.0
// Every document under tests/golden/domain is read, completed and checked: CASE.out.xml is what is defined,
// CASE.errors what is said about it. KNOWN_DIFFERENCES.md there tells where libvirt's answer is another one.
#include "model/domain/document.h"

#include <algorithm>
#include <regex>

#include <gtest/gtest.h>

#include "schema/write.h"
#include "support/model/fixed_context.h"
#include "support/model/golden_file.h"
#include "support/schema/coverage.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden/domain";

std::string document(const std::string& name) { return test::read_text(folder / (name + ".xml")); }

class GoldenDomain : public testing::TestWithParam<std::string> {};

TEST_P(GoldenDomain, IsDefinedAsRecorded) {
    std::string defined;
    std::string errors;
    try {
        defined = write_domain(parse_definition(document(GetParam()), test::fixed_context()),
                               schema::definition_view);
    } catch (const Error& error) {
        errors = fmt::format("{} {} {}\n", static_cast<int>(error.code()), static_cast<int>(error.source()),
                             error.message());
        for (const std::string& line : error.more()) { errors += "  " + line + "\n"; }
    }
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".out.xml"), defined)) << defined << errors;
    EXPECT_TRUE(test::matches_golden(folder / (GetParam() + ".errors"), errors)) << errors;
}

INSTANTIATE_TEST_SUITE_P(All, GoldenDomain, testing::ValuesIn(test::golden_cases(folder)),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

std::vector<std::string> outputs() {
    std::vector<std::string> texts;
    for (const std::string& name : test::golden_cases(folder)) {
        if (std::filesystem::exists(folder / (name + ".out.xml"))) {
            texts.push_back(test::read_text(folder / (name + ".out.xml")));
        }
    }
    return texts;
}

TEST(DomainGolden, OutputsAreWrittenAsTheyWereRead) {
    for (const std::string& text : outputs()) {
        EXPECT_EQ(write_domain(read_domain(text), schema::definition_view), text);
    }
}

/// Documents of running guests and of other kinds of hosts, which are only read and written. "running" is
/// libvirt's.
TEST(DomainGolden, FormsAreWrittenAsTheyWereRead) {
    const schema::ReadOptions options{.unknown = schema::Unknown::reject, .view = schema::status_view};
    for (const std::string& name : test::golden_cases(folder / "forms")) {
        const std::string text = test::read_text(folder / "forms" / (name + ".xml"));
        EXPECT_EQ(write_domain(read_domain(text, options), {.live = true}), text) << name;
    }
}

/// Documents as they stand in status files, with parts that clients do not see.
TEST(DomainGolden, StatusFormsAreWrittenAsTheyWereRead) {
    const schema::ReadOptions options{.unknown = schema::Unknown::reject, .view = schema::status_view};
    for (const std::string& name : test::golden_cases(folder / "status")) {
        const std::string text = test::read_text(folder / "status" / (name + ".xml"));
        EXPECT_EQ(schema::write_xml(read_domain(text, options), "domain", schema::status_view), text) << name;
    }
}

TEST(DomainGolden, OutputsHoldNothingUnknown) {
    for (const std::string& text : outputs()) {
        EXPECT_NO_THROW(read_domain(text, {.unknown = schema::Unknown::reject})) << text;
    }
}

/// Controllers that libvirt adds stand last and are put in order when the document is defined again, so the
/// second definition may order them anew; addresses stay.
TEST(DomainGolden, DefiningAgainMovesNoAddress) {
    for (const std::string& text : outputs()) {
        const Domain first = parse_definition(text, test::fixed_context());
        const std::string second = write_domain(first, schema::definition_view);
        const Domain again = parse_definition(second, test::fixed_context());
        EXPECT_EQ(write_domain(again, schema::definition_view), second);
        for (const Controller& before : read_domain(text).devices.controllers) {
            const auto same = std::ranges::find_if(first.devices.controllers, [&](const Controller& after) {
                return after.type == before.type && after.index == before.index &&
                       after.model == before.model;
            });
            ASSERT_NE(same, first.devices.controllers.end()) << text;
            ASSERT_EQ(before.info.pci() != nullptr, same->info.pci() != nullptr);
            if (before.info.pci() != nullptr) {
                EXPECT_TRUE(before.info.pci()->same_place(*same->info.pci())) << text;
            }
        }
        EXPECT_EQ(first.devices.controllers.size(), read_domain(text).devices.controllers.size()) << text;
    }
}

/// Parts that one function describes for many devices count once, wherever they are seen: addresses, the tail
/// of every device, virtio options, the host side of character devices.
std::string shared_name(std::string path) {
    static const std::regex tail(
        "/domain/devices/[a-z]+/(address/(zpci/)?@.*|boot/@.*|rom|acpi|alias/@name)");
    static const std::regex virtio("/domain/devices/[a-z]+/driver/@(iommu|ats|packed|page_per_vq)");
    static const std::regex character("/domain/devices/(serial|parallel|console|channel|rng/"
                                      "backend|smartcard|redirdev)/((source|protocol|log)/.*)");
    static const std::regex storage("/domain/(os/nvram/(source/dataStore/)*|devices/disk/"
                                    "((mirror|backingStore|source/dataStore)/)+)source/");
    static const std::regex mirrored("/domain/devices/disk/mirror/backingStore/");
    static const std::regex access("/domain/devices/disk/(auth|encryption)/");
    static const std::regex throttle("/domain/throttlegroups/throttlegroup/");
    path = std::regex_replace(path, storage, "/domain/devices/disk/source/");
    path = std::regex_replace(path, mirrored, "/domain/devices/disk/backingStore/");
    path = std::regex_replace(path, access, "/domain/devices/disk/source/$1/");
    path = std::regex_replace(path, throttle, "/domain/devices/disk/iotune/");
    path = std::regex_replace(path, tail, "/domain/devices/*/$1");
    path = std::regex_replace(path, virtio, "/domain/devices/*/driver/@$1");
    return std::regex_replace(path, character, "/domain/devices/*/$2");
}

TEST(DomainGolden, CoversEveryDescribedField) {
    test::Coverage coverage("domain", shared_name);
    const schema::ReadOptions with_live_parts{.view = schema::status_view};
    for (const std::string& name : test::golden_cases(folder)) {
        try {
            coverage.note(read_domain(document(name), with_live_parts));
        } catch (const Error&) {
            continue; // a document with errors covers nothing
        }
    }
    for (const std::string& text : outputs()) { coverage.note(read_domain(text, with_live_parts)); }
    for (const std::string_view kind : {"forms", "status"}) {
        for (const std::string& name : test::golden_cases(folder / kind)) {
            coverage.note(read_domain(test::read_text(folder / kind / (name + ".xml")), with_live_parts));
        }
    }
    EXPECT_EQ(coverage.missing<Domain>(folder / "FIELDS_NOT_COVERED.txt"), "")
        << "described, but in no document of tests/golden/domain";
}

} // namespace
} // namespace yado::model
