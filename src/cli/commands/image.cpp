// SPDX-License-Identifier: Apache-2.0
// Disk images of this host, by what their headers say. No daemon is asked and nothing is changed.
#include "base/error.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/failure.h"
#include "cli/pools.h"
#include "cli/session.h"
#include "host/images/chain.h"

namespace yado::cli {
namespace {

std::string_view encryption_word(host::ImageEncryption encryption) {
    switch (encryption) {
    case host::ImageEncryption::none: return "none";
    case host::ImageEncryption::aes: return "aes";
    case host::ImageEncryption::luks1: return "luks";
    case host::ImageEncryption::luks2: return "luks2";
    }
    return "none";
}

/// What is worth saying of an image on one line.
std::string details(const host::ChainImage& image) {
    const host::ImageHeader& header = image.header;
    std::vector<std::string> parts{
        fmt::format("{} of {}", size_text(image.sizes.allocation), size_text(header.capacity))};
    if (!header.variant.empty()) parts.push_back(header.variant);
    if (!header.compat().empty()) parts.push_back(fmt::format("compat {}", header.compat()));
    if (header.encryption != host::ImageEncryption::none) {
        parts.push_back(fmt::format("encrypted ({})", encryption_word(header.encryption)));
    }
    if (header.snapshots > 0) parts.push_back(fmt::format("{} internal snapshots", header.snapshots));
    for (const host::ImageBitmap& bitmap : header.bitmaps) {
        parts.push_back(fmt::format("bitmap '{}'{}", bitmap.name, bitmap.in_use ? " (in use)" : ""));
    }
    if (header.data_file) parts.push_back(fmt::format("data in '{}'", *header.data_file));
    if (header.dirty) parts.emplace_back("not closed properly");
    if (header.corrupt) parts.emplace_back("damaged");
    return join(parts, ", ");
}

Value json_of(const host::ChainImage& image) {
    const host::ImageHeader& header = image.header;
    Value bitmaps = Value::list();
    for (const host::ImageBitmap& bitmap : header.bitmaps) bitmaps.add(bitmap.name);
    const auto text = [](std::string_view word) { return word.empty() ? Value() : Value(word); };
    return Value::object()
        .set("file", image.path)
        .set("format", host::qemu_word(header.format))
        .set("variant", text(header.variant))
        .set("capacity", header.capacity)
        .set("allocation", image.sizes.allocation)
        .set("physical", image.sizes.physical)
        .set("cluster_size", header.cluster_size)
        .set("encryption", encryption_word(header.encryption))
        .set("backing", header.backing ? Value(*header.backing) : Value())
        .set("data_file", header.data_file ? Value(*header.data_file) : Value())
        .set("snapshots", header.snapshots)
        .set("bitmaps", std::move(bitmaps))
        .set("dirty", Value(header.dirty))
        .set("corrupt", Value(header.corrupt));
}

void info(Session& session, const Arguments& arguments) {
    host::ChainOptions options;
    if (const auto word = arguments.text("format")) {
        options.format = host::image_format(*word);
        if (!options.format) refuse("unknown image format '{}'", *word);
    }
    const auto chain = host::read_backing_chain(arguments.required("file"), options);
    Value json = Value::list();
    std::string indent;
    for (const host::ChainImage& image : chain) {
        session.print("{}{}: {}, {}\n", indent, image.path, host::qemu_word(image.header.format),
                      details(image));
        json.add(json_of(image));
        indent = indent.empty() ? "└─ " : "   " + indent;
    }
    const auto& below = chain.back().backing;
    if (below)
        session.print("{}{} on another host: {}\n", indent, below->protocol, *chain.back().header.backing);
    session.show_json(json);
}

} // namespace

std::vector<Command> image_commands() {
    return {{"image-info",
             Group::self,
             "what a disk image and those below it are",
             "Reads the headers of an image and of its backing chain, on this host and without a daemon.",
             {positional("file", "path of the image").completes(Complete::file),
              text("format", "of the image, instead of finding it out").named_only()},
             info,
             false}};
}

} // namespace yado::cli
