// SPDX-License-Identifier: Apache-2.0
// tests/golden/abi: a domain, and what libvirt says of each difference when a guest is to go on under it. The
// differential test asks both daemons the same.
#include "model/domain/abi.h"

#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "model/domain/document.h"
#include "support/model/golden_file.h"

namespace yado::model {
namespace {

const std::filesystem::path folder = std::filesystem::path(YADO_SOURCE_DIR) / "tests/golden/abi";

/// The guest would see these too, though libvirt does not look at them.
const std::set<std::string> ours_alone = {"blockio",       "cellcpus", "diskdriver", "geometry", "loader",
                                          "multifunction", "nvram",    "pcichassis", "pciport",  "readonly",
                                          "rmserial",      "timer",    "usbaddr"};

/// libvirt completes the target before it compares: it gives the new processor to a NUMA cell, adds the
/// devices that every such machine has and empty options, and tells of these.
const std::set<std::string> other_words = {"ctrlqueues", "rminput", "rmvideo", "vcpumax"};

struct Row {
    std::string name, from, to, text;
    int source = 0;
};

std::vector<Row> rows() {
    std::vector<Row> found;
    std::istringstream file(test::read_text(folder / "differences.tsv"));
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('#')) { continue; }
        std::vector<std::string> cells;
        std::istringstream columns(line);
        for (std::string cell; std::getline(columns, cell, '\t');) { cells.push_back(cell); }
        cells.resize(5);
        found.push_back({cells[0], cells[1], cells[2], cells[4], std::stoi(cells[3])});
    }
    return found;
}

/// A document of a running guest: whole, so that libvirt adds and recounts nothing in it.
Domain defined(const std::string& text) { return read_domain(text); }

schema::Diagnostics judged(const Domain& source, const Domain& target) {
    schema::Diagnostics problems;
    check_abi(source, target, problems);
    return problems;
}

std::string all(const schema::Diagnostics& problems) {
    std::string text;
    for (const schema::Finding& finding : problems.problems()) { text += finding.text() + "\n"; }
    return text;
}

TEST(DomainAbi, DifferencesAreToldInLibvirtsWords) {
    const std::string text = test::read_text(folder / "rich.xml");
    const Domain source = defined(text);
    for (const Row& row : rows()) {
        const std::string changed =
            std::regex_replace(text, std::regex(row.from), row.to, std::regex_constants::format_first_only);
        ASSERT_NE(changed, text) << row.name;
        Domain target;
        try {
            target = defined(changed);
        } catch (const Error& error) {
            ADD_FAILURE() << row.name << ": " << error.message();
            continue;
        }
        const schema::Diagnostics problems = judged(source, target);
        if (row.text.empty()) {
            EXPECT_EQ(problems.ok(), !ours_alone.contains(row.name)) << row.name << "\n" << all(problems);
            continue;
        }
        ASSERT_FALSE(problems.ok()) << row.name << ": " << row.text;
        if (other_words.contains(row.name)) { continue; }
        EXPECT_EQ(problems.problems().front().message, row.text) << row.name << "\n" << all(problems);
        EXPECT_EQ(static_cast<int>(problems.problems().front().source), row.source) << row.name;
        EXPECT_EQ(problems.problems().front().code, Code::config_unsupported) << row.name;
    }
}

TEST(DomainAbi, EveryDifferenceIsToldWithItsPlace) {
    const Domain source = defined(test::read_text(folder / "rich.xml"));
    Domain target = source;
    target.devices.disks[0].serial = "other";
    target.devices.disks[1].device = DiskDevice::disk;
    target.devices.rngs.clear();
    EXPECT_EQ(all(judged(source, target)),
              "/domain/devices/disk[1]/serial: Target disk serial other does not match source ser\n"
              "/domain/devices/disk[2]/@device: Target disk device disk does not match source cdrom\n"
              "/domain/devices/rng: Target domain RNG device count 0 does not match source 1\n");
}

TEST(DomainAbi, TheHostsSideDoesNotCount) {
    const Domain source = defined(test::read_text(folder / "rich.xml"));
    Domain target = source;
    assign_aliases(target);
    target.id = 7;
    target.devices.emulator = "/opt/qemu";
    std::get<FileSource>(target.devices.disks[0].source).path = "/elsewhere";
    std::swap(target.devices.disks[0], target.devices.disks[1]);
    target.security_labels.clear();
    EXPECT_EQ(all(judged(source, target)), "");
}

} // namespace
} // namespace yado::model
