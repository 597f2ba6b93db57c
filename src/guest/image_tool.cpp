// SPDX-License-Identifier: Apache-2.0
#include "guest/image_tool.h"

#include "base/error.h"

#include <chrono>

namespace yado::guest {
namespace {

constexpr const char* program = "/usr/bin/qemu-img";
constexpr std::chrono::hours patience{24}; // copying a large image takes as long as the disk does

std::string word(model::ImageFormat format) {
    return std::string(schema::word(format == model::ImageFormat::unset ? model::ImageFormat::raw : format));
}

/// A comma in an option's value is doubled.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) out.append(c == ',' ? 2 : 1, c);
    return out;
}

const std::string& local_path(const model::ChainImage& image) {
    const std::string& path = model::path_of(image.source);
    if (path.empty()) {
        fail(ErrorSource::qemu, Code::operation_unsupported,
             "images that are not files of this host can only be worked on while the guest runs");
    }
    return path;
}

} // namespace

Task<void> ImageTool::run(std::vector<std::string> arguments) {
    if (processes_ == nullptr) fail(Code::no_support, "this hypervisor has no images");
    host::ProcessSpec spec;
    spec.path = program;
    spec.arguments = std::move(arguments);
    spec.arguments.insert(spec.arguments.begin(), program);
    spec.environment = {"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"};
    spec.no_new_privileges = true;
    spec.nice = 5;
    host::CommandLimits limits;
    limits.timeout = patience;
    const host::CommandResult result = co_await processes_->run(std::move(spec), limits);
    if (result.success()) co_return;
    std::string why = result.error_output;
    while (why.ends_with('\n')) why.pop_back();
    fail(ErrorSource::qemu, Code::operation_failed, "{}",
         why.empty() ? "qemu-img: " + result.status.text() : why);
}

Task<void> ImageTool::create_overlay(std::string path, model::ImageFormat format, model::ChainImage below) {
    return run(
        {"create", "-q", "-f", word(format), "-b", local_path(below), "-F", word(below.format.type), path});
}

Task<void> ImageTool::snapshot(Snapshot what, std::string name, model::ChainImage image) {
    const char* option = what == Snapshot::create ? "-c" : what == Snapshot::apply ? "-a" : "-d";
    // a name may begin with a dash
    return run({"snapshot", "-q", option, std::move(name), "--image-opts",
                fmt::format("driver={},file.driver={},file.filename={}", word(image.format.type),
                            std::holds_alternative<model::BlockSource>(image.source) ? "host_device" : "file",
                            escaped(local_path(image)))});
}

Task<void> ImageTool::commit(model::ChainImage image) {
    return run({"commit", "-q", "-d", "-f", word(image.format.type), local_path(image)});
}

Task<void> ImageTool::rebase(model::ChainImage image, model::ChainImage below, bool copy) {
    std::vector<std::string> arguments{"rebase", "-q"};
    if (!copy) arguments.emplace_back("-u");
    for (std::string each : {std::string("-f"), word(image.format.type), std::string("-b"), local_path(below),
                             std::string("-F"), word(below.format.type), local_path(image)})
        arguments.push_back(std::move(each));
    return run(std::move(arguments));
}

} // namespace yado::guest
