// SPDX-License-Identifier: Apache-2.0
// Offsets and codes are those of the SMBIOS reference specification (DMTF DSP0134), the words for codes those
// that users know from sysinfo output.
#include "host/smbios.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/uuid.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace yado::host {
namespace {

constexpr std::size_t table_limit = 1 << 20;
constexpr std::size_t most_structures = 10'000;
constexpr std::size_t longest_text = 1024;

/// One structure: a formatted area and the strings after it.
class Structure {
  public:
    Structure(std::string_view area, std::vector<std::string_view> strings)
        : area_(area), strings_(std::move(strings)) {}

    bool has(std::size_t offset, std::size_t size = 1) const { return offset + size <= area_.size(); }
    unsigned byte(std::size_t offset) const {
        return has(offset) ? static_cast<std::uint8_t>(area_[offset]) : 0u;
    }
    unsigned word(std::size_t offset) const { return byte(offset) | byte(offset + 1) << 8; }
    std::uint32_t dword(std::size_t offset) const {
        return word(offset) | static_cast<std::uint32_t>(word(offset + 2)) << 16;
    }
    const std::vector<std::string_view>& strings() const { return strings_; }

    /// Nothing when the structure is too old to have the field.
    std::optional<std::string> text(std::size_t offset) const {
        if (!has(offset)) return std::nullopt;
        const unsigned index = byte(offset);
        if (index == 0) return "Not Specified";
        if (index > strings_.size()) return "<BAD INDEX>";
        return clean(strings_[index - 1]);
    }
    static std::string clean(std::string_view raw) {
        // Blanks at the end are padding; those in front are the vendor's and shown, as in libvirt.
        const auto last = raw.find_last_not_of(" \t");
        std::string out(raw.substr(0, last == std::string_view::npos ? 0 : std::min(last + 1, longest_text)));
        for (char& c : out)
            if (static_cast<std::uint8_t>(c) < 0x20 || static_cast<std::uint8_t>(c) > 0x7e) c = '.';
        return out;
    }

  private:
    std::string_view area_;
    std::vector<std::string_view> strings_;
};

void add(SysinfoEntries& entries, const char* name, std::optional<std::string> text) {
    if (text) entries.emplace_back(name, std::move(*text));
}

template <std::size_t N> std::string word_for(const std::array<const char*, N>& words, unsigned code) {
    return code >= 1 && code <= N ? words[code - 1] : "<OUT OF SPEC>";
}

std::string uuid_text(const Structure& structure) {
    constexpr std::size_t offset = 8;
    // Since version 2.6 the first three fields are little-endian.
    constexpr std::array<std::size_t, 16> order = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    Uuid uuid;
    for (std::size_t i = 0; i < order.size(); ++i)
        uuid.bytes[i] = static_cast<std::uint8_t>(structure.byte(offset + order[i]));
    return uuid.text();
}

SysinfoEntries bios(const Structure& s) {
    SysinfoEntries out;
    add(out, "vendor", s.text(0x04));
    add(out, "version", s.text(0x05));
    add(out, "date", s.text(0x08));
    if (s.has(0x14, 2) && s.byte(0x14) != 0xff && s.byte(0x15) != 0xff)
        out.emplace_back("release", fmt::format("{}.{}", s.byte(0x14), s.byte(0x15)));
    return out;
}

SysinfoEntries system(const Structure& s) {
    SysinfoEntries out;
    add(out, "manufacturer", s.text(0x04));
    add(out, "product", s.text(0x05));
    add(out, "version", s.text(0x06));
    add(out, "serial", s.text(0x07));
    if (s.has(0x08, 16)) out.emplace_back("uuid", uuid_text(s));
    add(out, "sku", s.text(0x19));
    add(out, "family", s.text(0x1a));
    return out;
}

SysinfoEntries base_board(const Structure& s) {
    SysinfoEntries out;
    add(out, "manufacturer", s.text(0x04));
    add(out, "product", s.text(0x05));
    add(out, "version", s.text(0x06));
    add(out, "serial", s.text(0x07));
    add(out, "asset", s.text(0x08));
    add(out, "location", s.text(0x0a));
    return out;
}

SysinfoEntries chassis(const Structure& s) {
    SysinfoEntries out;
    add(out, "manufacturer", s.text(0x04));
    add(out, "version", s.text(0x06));
    add(out, "serial", s.text(0x07));
    add(out, "asset", s.text(0x08));
    // After the elements contained, whose number and size stand before them.
    if (s.has(0x14)) add(out, "sku", s.text(0x15 + std::size_t{s.byte(0x13)} * s.byte(0x14)));
    return out;
}

std::string clock(unsigned mhz) { return mhz != 0 ? fmt::format("{} MHz", mhz) : "Unknown"; }

std::string processor_family(const Structure& s) {
    struct Family {
        unsigned code;
        const char* name;
    };
    // Of some 250 in the specification those that virtualization hosts have.
    static constexpr Family families[] = {
        {0x01, "Other"},   {0x02, "Unknown"},      {0x0c, "Pentium III"}, {0x28, "Core Duo"},
        {0x2b, "Atom"},    {0x3b, "Opteron 6100"}, {0x6b, "Zen"},         {0x83, "Athlon 64"},
        {0x84, "Opteron"}, {0xb3, "Xeon"},         {0xbf, "Core 2 Duo"},  {0xc6, "Core i7"},
        {0xcd, "Core i5"}, {0xce, "Core i3"},      {0xcf, "Core i9"},     {0x100, "ARMv7"},
        {0x101, "ARMv8"},  {0x102, "ARMv9"},       {0x118, "ARM"},        {0x201, "RISC-V RV64"}};
    constexpr unsigned in_second_field = 0xfe;
    const unsigned code = s.byte(0x06) == in_second_field && s.has(0x28, 2) ? s.word(0x28) : s.byte(0x06);
    const auto* found = std::ranges::find(families, code, &Family::code);
    return found == std::end(families) ? "<OUT OF SPEC>" : found->name;
}

SysinfoEntries processor(const Structure& s) {
    constexpr std::array types = {"Other",          "Unknown",       "Central Processor",
                                  "Math Processor", "DSP Processor", "Video Processor"};
    constexpr std::array states = {"Unknown", "Enabled", "Disabled By User", "Disabled By BIOS", "Idle"};
    SysinfoEntries out;
    add(out, "socket_destination", s.text(0x04));
    out.emplace_back("type", word_for(types, s.byte(0x05)));
    out.emplace_back("family", processor_family(s));
    add(out, "manufacturer", s.text(0x07));
    if (const std::uint32_t id = s.dword(0x08); id != 0) { // CPUID function 1, EAX
        const unsigned family = (id >> 8 & 15) + (id >> 20 & 255);
        const unsigned model = (id >> 4 & 15) | (id >> 12 & 0xf0);
        out.emplace_back("signature", fmt::format("Type {}, Family {}, Model {}, Stepping {}", id >> 12 & 3,
                                                  family, model, id & 15));
    }
    add(out, "version", s.text(0x10));
    out.emplace_back("external_clock", clock(s.word(0x12)));
    out.emplace_back("max_speed", clock(s.word(0x14)));
    const unsigned status = s.byte(0x18);
    const unsigned state = status & 7;
    if ((status & 0x40) == 0) out.emplace_back("status", "Unpopulated");
    else
        out.emplace_back("status",
                         fmt::format("Populated, {}", state < states.size() ? states[state] : "Other"));
    add(out, "serial_number", s.text(0x20));
    add(out, "part_number", s.text(0x22));
    return out;
}

std::string memory_size(const Structure& s) {
    const unsigned code = s.word(0x0c);
    if (code == 0xffff) return "Unknown";
    std::uint64_t kib = 0;
    if (code == 0x7fff) kib = std::uint64_t{s.dword(0x1c) & 0x7fffffff} * 1024;
    else if ((code & 0x8000) != 0) kib = code & 0x7fff;
    else kib = std::uint64_t{code} * 1024;
    static constexpr const char* units[] = {"kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    while (kib % 1024 == 0 && kib != 0 && unit + 1 < std::size(units)) {
        kib /= 1024;
        ++unit;
    }
    return fmt::format("{} {}", kib, units[unit]);
}

std::string memory_detail(unsigned bits) {
    static constexpr const char* words[] = {"Other",
                                            "Unknown",
                                            "Fast-paged",
                                            "Static Column",
                                            "Pseudo-static",
                                            "RAMBus",
                                            "Synchronous",
                                            "CMOS",
                                            "EDO",
                                            "Window DRAM",
                                            "Cache DRAM",
                                            "Non-Volatile",
                                            "Registered (Buffered)",
                                            "Unbuffered (Unregistered)",
                                            "LRDIMM"};
    std::vector<std::string> found;
    for (std::size_t i = 0; i < std::size(words); ++i)
        if ((bits >> (i + 1) & 1) != 0) found.emplace_back(words[i]);
    return found.empty() ? "None" : join(found, " ");
}

SysinfoEntries memory_device(const Structure& s) {
    constexpr std::array forms = {
        "Other", "Unknown", "SIMM",         "SIP",  "Chip",   "DIP",   "ZIP",     "Proprietary Card",
        "DIMM",  "TSOP",    "Row Of Chips", "RIMM", "SODIMM", "SRIMM", "FB-DIMM", "Die"};
    constexpr std::array types = {"Other",
                                  "Unknown",
                                  "DRAM",
                                  "EDRAM",
                                  "VRAM",
                                  "SRAM",
                                  "RAM",
                                  "ROM",
                                  "Flash",
                                  "EEPROM",
                                  "FEPROM",
                                  "EPROM",
                                  "CDRAM",
                                  "3DRAM",
                                  "SDRAM",
                                  "SGRAM",
                                  "RDRAM",
                                  "DDR",
                                  "DDR2",
                                  "DDR2 FB-DIMM",
                                  "Reserved",
                                  "Reserved",
                                  "Reserved",
                                  "DDR3",
                                  "FBD2",
                                  "DDR4",
                                  "LPDDR",
                                  "LPDDR2",
                                  "LPDDR3",
                                  "LPDDR4",
                                  "Logical non-volatile device",
                                  "HBM",
                                  "HBM2",
                                  "DDR5",
                                  "LPDDR5"};
    SysinfoEntries out;
    out.emplace_back("size", memory_size(s));
    out.emplace_back("form_factor", word_for(forms, s.byte(0x0e)));
    add(out, "locator", s.text(0x10));
    add(out, "bank_locator", s.text(0x11));
    out.emplace_back("type", word_for(types, s.byte(0x12)));
    out.emplace_back("type_detail", memory_detail(s.word(0x13)));
    if (s.has(0x15, 2))
        out.emplace_back("speed", s.word(0x15) != 0 ? fmt::format("{} MT/s", s.word(0x15)) : "Unknown");
    add(out, "manufacturer", s.text(0x17));
    add(out, "serial_number", s.text(0x18));
    add(out, "part_number", s.text(0x1a));
    return out;
}

void write_entries(std::string& out, const char* element, const SysinfoEntries& entries) {
    if (entries.empty()) return;
    out += fmt::format("  <{}>\n", element);
    for (const auto& [name, text] : entries)
        out += fmt::format("    <entry name='{}'>{}</entry>\n", name, xml_escape(text));
    out += fmt::format("  </{}>\n", element);
}

} // namespace

bool Sysinfo::empty() const {
    return bios.empty() && system.empty() && base_boards.empty() && chassis.empty() && processors.empty() &&
           memory_devices.empty() && oem_strings.empty();
}

std::string Sysinfo::xml() const {
    std::string out = "<sysinfo type='smbios'>\n";
    write_entries(out, "bios", bios);
    write_entries(out, "system", system);
    for (const SysinfoEntries& board : base_boards) write_entries(out, "baseBoard", board);
    write_entries(out, "chassis", chassis);
    for (const SysinfoEntries& one : processors) write_entries(out, "processor", one);
    for (const SysinfoEntries& one : memory_devices) write_entries(out, "memory_device", one);
    if (!oem_strings.empty()) {
        out += "  <oemStrings>\n";
        for (const std::string& text : oem_strings)
            out += fmt::format("    <entry>{}</entry>\n", xml_escape(text));
        out += "  </oemStrings>\n";
    }
    return out += "</sysinfo>\n";
}

Sysinfo parse_smbios(std::string_view table) {
    constexpr std::size_t header = 4; // type, length, handle
    constexpr unsigned end_of_table = 127;
    Sysinfo info;
    for (std::size_t count = 0; count < most_structures && table.size() >= header; ++count) {
        const auto type = static_cast<std::uint8_t>(table[0]);
        const std::size_t length = static_cast<std::uint8_t>(table[1]);
        if (type == end_of_table || length < header || length > table.size()) break;
        const std::string_view area = table.substr(0, length);
        table.remove_prefix(length);
        const auto end = table.find(std::string_view("\0\0", 2));
        if (end == std::string_view::npos) break;
        std::vector<std::string_view> strings;
        if (end > 0) strings = split(table.substr(0, end), '\0');
        table.remove_prefix(end + 2);
        const Structure structure(area, std::move(strings));
        switch (type) {
        case 0:
            if (info.bios.empty()) info.bios = bios(structure);
            break;
        case 1:
            if (info.system.empty()) info.system = system(structure);
            break;
        case 2: info.base_boards.push_back(base_board(structure)); break;
        case 3:
            if (info.chassis.empty()) info.chassis = chassis(structure);
            break;
        case 4: info.processors.push_back(processor(structure)); break;
        case 11:
            for (const std::string_view text : structure.strings())
                info.oem_strings.push_back(Structure::clean(text));
            break;
        case 17:
            if (structure.word(0x0c) != 0)
                info.memory_devices.push_back(memory_device(structure)); // else an empty slot
            break;
        default: break;
        }
    }
    return info;
}

Sysinfo read_sysinfo(const std::string& root) {
    const auto table = read_file_if_exists(root + "/sys/firmware/dmi/tables/DMI", table_limit);
    Sysinfo info;
    if (table) info = parse_smbios(*table);
    if (info.empty())
        fail(ErrorSource::qemu, Code::config_unsupported, "Host SMBIOS information is not available");
    return info;
}

} // namespace yado::host
