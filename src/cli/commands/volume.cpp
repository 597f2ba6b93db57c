// SPDX-License-Identifier: Apache-2.0
// Volumes: the disk images, logical volumes and partitions of storage pools.
#include "base/text.h"
#include "base/units.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/lookup.h"
#include "cli/pools.h"
#include "cli/show_document.h"
#include "cli/table.h"
#include "cli/volume_copy.h"
#include "protocol/constants.h"
#include "protocol/storage_calls.h"

#include <algorithm>
#include <array>

namespace yado::cli {
namespace {

namespace p = protocol;

constexpr std::array<std::string_view, 6> type_names{"file", "block", "dir", "network", "netdir", "ploop"};
constexpr std::array<std::string_view, 10> wipe_names{
    "zero", "nnsa", "dod", "bsi", "gutmann", "schneier", "pfitzner7", "pfitzner33", "random", "trim"};

std::string_view type_name(std::int32_t type) {
    const auto index = static_cast<std::size_t>(type);
    return index < type_names.size() ? type_names[index] : "unknown";
}

std::uint32_t create_flags(const Arguments& arguments) {
    namespace Flags = p::StorageVolCreateFlags;
    return arguments.flags({{"prealloc-metadata", Flags::prealloc_metadata},
                            {"reflink", Flags::reflink},
                            {"validate", Flags::validate}});
}

void create(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const std::string& file = arguments.required("file");
    const std::string xml = read_input_file(file);
    const auto volume = explain(fmt::format("Failed to create vol from {}", file), [&] {
        return session.call(p::StorageVolCreateXmlArgs{pool, xml, create_flags(arguments)}).vol;
    });
    session.done("Vol {} created from {}", volume.name, file);
}

void create_from(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const std::string& file = arguments.required("file");
    const auto input = find_volume(session, arguments, "inputpool");
    const std::string xml = read_input_file(file);
    const auto volume = explain(fmt::format("Failed to create vol from {}", file), [&] {
        return session.call(p::StorageVolCreateXmlFromArgs{pool, xml, input, create_flags(arguments)}).vol;
    });
    session.done("Vol {} created from input vol {}", volume.name, input.name);
}

/// Bytes of an option that must be there.
std::uint64_t bytes_of(const Arguments& arguments, std::string_view option) {
    return arguments.scaled(option, 1).value_or(0);
}

void create_as(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    const std::string& name = arguments.required("name");
    std::string xml = fmt::format("<volume>\n  <name>{}</name>\n  <capacity>{}</capacity>\n",
                                  xml_escape(name), bytes_of(arguments, "capacity"));
    if (arguments.has("allocation")) {
        xml += fmt::format("  <allocation>{}</allocation>\n", bytes_of(arguments, "allocation"));
    }
    if (const auto format = arguments.text("format")) {
        xml += fmt::format("  <target>\n    <format type='{}'/>\n  </target>\n", xml_escape(*format));
    }
    if (const auto backing = arguments.text("backing-vol")) {
        const auto below = find_volume(session, *backing, &pool);
        const std::string path = session.call(p::StorageVolGetPathArgs{below}).name;
        xml += fmt::format("  <backingStore>\n    <path>{}</path>\n", xml_escape(path));
        if (const auto format = arguments.text("backing-vol-format")) {
            xml += fmt::format("    <format type='{}'/>\n", xml_escape(*format));
        }
        xml += "  </backingStore>\n";
    }
    xml += "</volume>\n";
    if (arguments.has("print-xml")) {
        session.show("xml", trim(xml));
        return;
    }
    explain(fmt::format("Failed to create vol {}", name),
            [&] { session.call(p::StorageVolCreateXmlArgs{pool, xml, create_flags(arguments)}); });
    session.done("Vol {} created", name);
}

/// The document of a volume under another name.
std::string renamed(const std::string& xml, const std::string& name) {
    const std::size_t begin = xml.find("<name>");
    const std::size_t end = xml.find("</name>");
    if (begin == std::string::npos || end == std::string::npos) refuse("Failed to get vol name");
    return xml.substr(0, begin + 6) + xml_escape(name) + xml.substr(end);
}

void clone(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    const auto pool = session.call(p::StoragePoolLookupByVolumeArgs{volume}).pool;
    const std::string& name = arguments.required("newname");
    const std::string xml = renamed(session.call(p::StorageVolGetXmlDescArgs{volume, 0}).xml, name);
    if (arguments.has("print-xml")) {
        session.show("xml", trim(xml));
        return;
    }
    const auto made = explain(fmt::format("Failed to clone vol from {}", volume.name), [&] {
        return session.call(p::StorageVolCreateXmlFromArgs{pool, xml, volume, create_flags(arguments)}).vol;
    });
    session.done("Vol {} cloned from {}", made.name, volume.name);
}

void remove(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    const std::uint32_t flags =
        arguments.flags({{"delete-snapshots", p::StorageVolDeleteFlags::with_snapshots}});
    explain(fmt::format("Failed to delete vol {}", volume.name),
            [&] { session.call(p::StorageVolDeleteArgs{volume, flags}); });
    session.done("Vol {} deleted", volume.name);
}

void wipe(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    std::uint32_t algorithm = 0;
    if (const auto word = arguments.text("algorithm")) {
        const auto found = std::ranges::find(wipe_names, *word);
        if (found == wipe_names.end()) refuse("Unsupported algorithm '{}'", *word);
        algorithm = static_cast<std::uint32_t>(found - wipe_names.begin());
    }
    explain(fmt::format("Failed to wipe vol {}", volume.name),
            [&] { session.call(p::StorageVolWipePatternArgs{volume, algorithm, 0}); });
    session.done("Vol {} wiped", volume.name);
}

void resize(Session& session, const Arguments& arguments) {
    namespace Flags = p::StorageVolResizeFlags;
    const auto volume = find_volume(session, arguments);
    std::uint32_t flags =
        arguments.flags({{"allocate", Flags::allocate}, {"delta", Flags::delta}, {"shrink", Flags::shrink}});
    const std::string& word = arguments.required("capacity");
    std::string_view digits = word;
    if (digits.starts_with('-')) { // less by so much
        if ((flags & Flags::delta) == 0 || (flags & Flags::shrink) == 0)
            refuse("negative size requires --delta and --shrink");
        digits.remove_prefix(1);
    }
    std::uint64_t capacity = 0;
    try {
        capacity = parse_bytes(digits).value;
    } catch (const Error&) { refuse("Malformed size {}", word); }
    const bool delta = (flags & Flags::delta) != 0;
    explain(fmt::format("Failed to change size of volume '{}' {} {}", volume.name, delta ? "by" : "to", word),
            [&] { session.call(p::StorageVolResizeArgs{volume, capacity, flags}); });
    session.done("Size of volume '{}' successfully changed {} {}", volume.name, delta ? "by" : "to", word);
}

void dumpxml(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    show_document(session, arguments, session.call(p::StorageVolGetXmlDescArgs{volume, 0}).xml);
}

void info(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    const bool physical = arguments.has("physical");
    const std::uint32_t flags = physical ? p::StorageVolInfoFlags::get_physical : 0;
    const auto info = session.call(p::StorageVolGetInfoFlagsArgs{volume, flags});
    const auto size = [&](std::uint64_t bytes) {
        return Cell(arguments.has("bytes") ? fmt::format("{} bytes", bytes) : size_text(bytes), Value(bytes));
    };
    constexpr unsigned width = 16;
    Fields fields(width);
    fields.add("name", "Name:", volume.name);
    fields.add("type", "Type:", type_name(info.type));
    fields.add("capacity", "Capacity:", size(info.capacity));
    if (physical) fields.add("physical", "Physical:", size(info.allocation));
    else fields.add("allocation", "Allocation:", size(info.allocation));
    session.show(fields);
}

void list(Session& session, const Arguments& arguments) {
    const auto pool = find_pool(session, arguments);
    auto volumes = explain("Failed to list volumes",
                           [&] { return session.call(p::StoragePoolListAllVolumesArgs{pool, 1, 0}).vols; });
    std::ranges::sort(volumes, {}, &p::StorageVolRef::name);
    const bool details = arguments.has("details");
    std::vector<Column> columns{{"Name", "name"}, {"Path", "path"}};
    if (details) {
        for (const Column& column :
             {Column{"Type", "type"}, Column{"Capacity", "capacity"}, Column{"Allocation", "allocation"}}) {
            columns.push_back(column);
        }
    }
    Table table(std::move(columns));
    for (const auto& volume : volumes) {
        std::vector<Cell> row{volume.name, session.call(p::StorageVolGetPathArgs{volume}).name};
        if (details) {
            const auto info = session.call(p::StorageVolGetInfoArgs{volume});
            row.emplace_back(type_name(info.type));
            row.emplace_back(size_text(info.capacity), Value(info.capacity));
            row.emplace_back(size_text(info.allocation), Value(info.allocation));
        }
        table.add(std::move(row));
    }
    session.show(table);
}

void key(Session& session, const Arguments& arguments) {
    session.show("key", find_volume(session, arguments).key);
}
void path(Session& session, const Arguments& arguments) {
    session.show("path", session.call(p::StorageVolGetPathArgs{find_volume(session, arguments)}).name);
}
void name(Session& session, const Arguments& arguments) {
    session.show("name", find_volume(session, arguments).name);
}
void pool(Session& session, const Arguments& arguments) {
    const auto volume = find_volume(session, arguments);
    const auto pool = session.call(p::StoragePoolLookupByVolumeArgs{volume}).pool;
    if (arguments.has("uuid")) session.show("uuid", pool.uuid.text());
    else session.show("name", pool.name);
}

} // namespace

std::vector<Command> volume_commands() {
    const Option volume = positional("vol", "vol name, key or path");
    const Option in_pool = text("pool", "pool name or uuid");
    const Option prealloc =
        flag("prealloc-metadata", "preallocate metadata (for qcow2 instead of full allocation)");
    const Option reflink = flag("reflink", "use btrfs COW lightweight copy");
    const Option validate = flag("validate", "validate the XML against the schema");
    const Option file = positional("file", "file").completes(Complete::file);
    const Option document =
        positional("file", "file containing an XML vol description").completes(Complete::file);
    return {
        {"vol-clone",
         Group::volume,
         "clone a volume.",
         "Clone an existing volume within the parent pool.",
         {volume, positional("newname", "clone name"), in_pool, prealloc, reflink,
          flag("print-xml", "print XML document rather than clone the volume")},
         clone},
        {"vol-create-as",
         Group::volume,
         "create a volume from a set of args",
         "Create a vol.",
         {positional("pool", "pool name"), positional("name", "name of the volume"),
          positional("capacity", "size of the vol, as scaled integer (default bytes)"),
          text("allocation", "initial allocation size, as scaled integer (default bytes)"),
          text("format", "file format type raw,bochs,qcow,qcow2,qed,vmdk"),
          text("backing-vol", "the backing volume if taking a snapshot"),
          text("backing-vol-format", "format of backing volume if taking a snapshot"), prealloc,
          flag("print-xml", "print XML document, but don't define/create")},
         create_as},
        {"vol-create",
         Group::volume,
         "create a vol from an XML file",
         "Create a vol.",
         {positional("pool", "pool name"), document, prealloc, validate},
         create},
        {"vol-create-from",
         Group::volume,
         "create a vol, using another volume as input",
         "Create a vol from an existing volume.",
         {pool_option(), document, volume, text("inputpool", "pool name or uuid of the input volume's pool"),
          prealloc, reflink, validate},
         create_from},
        {"vol-delete",
         Group::volume,
         "delete a vol",
         "Delete a given vol.",
         {volume, in_pool,
          flag("delete-snapshots",
               "delete snapshots associated with volume (must be supported by storage driver)")},
         remove},
        {"vol-download",
         Group::volume,
         "download volume contents to a file",
         "Download volume contents to a file",
         {volume, file, in_pool, number("offset", "volume offset to download from"),
          number("length", "amount of data to download"), flag("sparse", "preserve sparseness of volume")},
         download_volume},
        {"vol-dumpxml",
         Group::volume,
         "vol information in XML",
         "Output the vol information as an XML dump to stdout.",
         {volume, in_pool, xpath_option(), wrap_option()},
         dumpxml},
        {"vol-info",
         Group::volume,
         "storage vol information",
         "Returns basic information about the storage vol.",
         {volume, in_pool, flag("bytes", "sizes are represented in bytes rather than pretty units"),
          flag("physical", "return the physical size of the volume in allocation field")},
         info},
        {"vol-key",
         Group::volume,
         "returns the volume key for a given volume name or path",
         "",
         {positional("vol", "volume name or path"), in_pool},
         key},
        {"vol-list",
         Group::volume,
         "list vols",
         "Returns list of vols by pool.",
         {pool_option(), flag("details", "display extended details for volumes")},
         list},
        {"vol-name",
         Group::volume,
         "returns the volume name for a given volume key or path",
         "",
         {positional("vol", "volume key or path")},
         name},
        {"vol-path",
         Group::volume,
         "returns the volume path for a given volume name or key",
         "",
         {positional("vol", "volume name or key"), in_pool},
         path},
        {"vol-pool",
         Group::volume,
         "returns the storage pool for a given volume key or path",
         "",
         {positional("vol", "volume key or path"),
          flag("uuid", "return the pool uuid rather than pool name")},
         pool},
        {"vol-resize",
         Group::volume,
         "resize a vol",
         "Resizes a storage volume. This is safe only for storage volumes not in use by an active guest.\n"
         "See blockresize for live resizing.",
         {volume, positional("capacity", "new capacity for the vol, as scaled integer (default bytes)"),
          in_pool, flag("allocate", "allocate the new capacity, rather than leaving it sparse"),
          flag("delta", "use capacity as a delta to current size, rather than the new size"),
          flag("shrink", "allow the resize to shrink the volume")},
         resize},
        {"vol-upload",
         Group::volume,
         "upload file contents to a volume",
         "Upload file contents to a volume",
         {volume, file, in_pool, number("offset", "volume offset to upload to"),
          number("length", "amount of data to upload"), flag("sparse", "preserve sparseness of volume")},
         upload_volume},
        {"vol-wipe",
         Group::volume,
         "wipe a vol",
         "Ensure data previously on a volume is not accessible to future reads",
         {volume, in_pool, text("algorithm", "perform selected wiping algorithm")},
         wipe},
    };
}

} // namespace yado::cli
