// SPDX-License-Identifier: Apache-2.0
#include "hypervisor/qemu/blockjobs/block_graph.h"

#include "base/async/start.h"
#include "base/error.h"
#include "base/log.h"
#include "hypervisor/qemu/devices/disk.h"
#include "hypervisor/qemu/events.h"
#include "hypervisor/qemu/ownership.h"

#include <algorithm>
#include <ranges>

namespace yado::qemu {

namespace json = boost::json;

namespace {

[[noreturn]] void fail_gone() {
    fail(ErrorSource::qemu, Code::operation_failed, "domain is no longer running");
}

const model::Domain nobody; // disks are not looked for in it

std::string_view format_word(const model::ChainImage& image) {
    const model::ImageFormat type = image.format.type;
    return type == model::ImageFormat::unset ? schema::word(model::ImageFormat::raw) : schema::word(type);
}

bool true_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::vector<std::string> paths_of(const std::vector<model::ChainImage>& images) {
    std::vector<std::string> paths;
    for (const model::ChainImage& image : images) {
        if (const std::string& path = model::path_of(image.source); !path.empty()) paths.push_back(path);
    }
    return paths;
}

/// What undoes adding one, and is fine where there is none.
json::object named(std::string_view key, std::string_view value) {
    json::object arguments;
    arguments[key] = value;
    return arguments;
}

} // namespace

std::shared_ptr<QemuMachine::State> BlockGraph::machine() const {
    auto state = machine_.lock();
    if (!state || state->gone) fail_gone();
    return state;
}

Task<json::value> BlockGraph::execute(std::string command, json::object arguments) {
    const std::shared_ptr<QemuMachine::State> state = machine();
    json::value value = co_await state->monitor->execute(std::move(command), std::move(arguments));
    co_return value;
}

std::uint32_t BlockGraph::new_number() {
    auto& last = machine()->parts.status.node_name;
    if (!last) last.emplace();
    return static_cast<std::uint32_t>(++last->index);
}

void BlockGraph::note_chain(const model::Disk& disk) {
    const std::shared_ptr<QemuMachine::State> state = machine();
    const std::string& alias = disk.info.alias.name;
    state->disk_sources[alias] = disk.path();
    if (const auto index = model::parts_of(disk.source).index)
        state->block_nodes[format_node(*index)] = alias;
}

Task<std::uint64_t> BlockGraph::capacity(std::uint32_t image) {
    json::object flat{{"flat", true}};
    const json::value nodes = co_await execute("query-named-block-nodes", std::move(flat));
    const std::string name = format_node(image);
    for (const json::value& each : array_of(nodes, "block nodes")) {
        const json::object& node = object_of(each, "a block node");
        const json::value* about = node.if_contains("image");
        if (text_in(node, "node-name") == name && about != nullptr && about->is_object())
            co_return number_in(about->get_object(), "virtual-size");
    }
    fail(ErrorSource::qemu, Code::operation_failed, "QEMU does not have the image '{}'", name);
}

Task<std::vector<guest::BlockPort::Top>> BlockGraph::tops() {
    json::object nothing;
    const json::value devices = co_await execute("query-block", std::move(nothing));
    std::vector<Top> found;
    for (const json::value& each : array_of(devices, "block devices")) {
        const json::object& device = object_of(each, "a block device");
        const json::value* inserted = device.if_contains("inserted");
        if (inserted == nullptr || !inserted->is_object()) continue;
        const json::object& node = inserted->get_object();
        const std::string name = text_in(node, "node-name");
        if (!name.ends_with("-format")) continue;
        found.push_back({.alias = alias_of(text_in(device, "qdev")),
                         .path = text_in(node, "file"),
                         .format = text_in(node, "drv"),
                         .backing_path = text_in(node, "backing_file"),
                         .image = static_cast<std::uint32_t>(number_of_node(name))});
    }
    co_return found;
}

// The path, or what QEMU makes its nodes of.
std::string BlockGraph::header_name(const model::ChainImage& image) const {
    if (const std::string& path = model::path_of(image.source); !path.empty()) return path;
    const std::shared_ptr<QemuMachine::State> state = machine();
    const DeviceContext context{nobody, *state->parts.capabilities, state->parts.facts};
    DiskBackend ignored;
    Image bare;
    bare.source = image.source;
    const model::Disk disk;
    json::object name{{"driver", format_word(image)}, {"file", storage_node(context, bare, disk, ignored)}};
    return "json:" + json::serialize(name);
}

Task<void> BlockGraph::create(std::string node, guest::NewImage image) {
    const std::string number = std::to_string(number_of_node(node));
    const model::StorageFormat format = model::chain_of(image.disk).images.front().format;
    if (format.type == model::ImageFormat::raw) co_return; // has no header, and the file is long enough
    const std::string_view driver = schema::word(format.type);
    json::object options{{"driver", driver}, {"file", node}, {"size", image.format->capacity}};
    if (const auto& backing = image.format->backing) {
        options["backing-file"] = header_name(*backing);
        const bool names_format =
            format.type == model::ImageFormat::qcow2 || format.type == model::ImageFormat::qed;
        if (names_format) options["backing-fmt"] = format_word(*backing);
    }
    if (image.disk.encryption_used() != nullptr && format.type == model::ImageFormat::qcow2) {
        options["encrypt"] = json::object{{"format", "luks"},
                                          {"key-secret", "libvirt-" + number + "-format-encryption-secret0"}};
    }
    json::object arguments{{"job-id", "create-libvirt-" + number + "-format"},
                           {"options", std::move(options)}};
    co_await run_job("blockdev-create", std::move(arguments));
}

Task<void> BlockGraph::open(guest::NewImage image) {
    const std::shared_ptr<QemuMachine::State> state = machine();
    Loop& loop = state->parts.loop;
    image.disk.driver.copy_on_read = schema::OnOff::unset;
    image.disk.throttle_filters.clear();
    const DeviceContext context{nobody, *state->parts.capabilities, state->parts.facts};
    DiskBackend backend = disk_backend(context, image.disk, 0);
    if (image.below) {
        const std::string last = format_node(model::chain_of(image.disk).images.back().index.value_or(0));
        for (json::object& node : backend.nodes) {
            if (text_in(node, "node-name") == last) node["backing"] = format_node(*image.below);
        }
    }
    std::exception_ptr failure;
    std::vector<std::string> lent, objects, nodes;
    try {
        auto lend = [&] {
            for (const std::string& path : backend.paths) {
                if (!state->parts.borrower) break;
                lend_file(path, *state->parts.borrower, state->parts.remember_owners);
                lent.push_back(path);
            }
        };
        co_await blocking(loop, lend);
        for (json::object& each : backend.objects) {
            const std::string id = text_in(each, "id");
            co_await execute("object-add", std::move(each));
            objects.push_back(id);
        }
        for (json::object& each : backend.nodes) {
            const std::string name = text_in(each, "node-name");
            if (image.format && name.ends_with("-format")) co_await create(text_in(each, "file"), image);
            co_await execute("blockdev-add", std::move(each));
            nodes.push_back(name);
        }
    } catch (...) { failure = std::current_exception(); }
    if (!failure) co_return;
    for (const std::string& name : nodes | std::views::reverse) {
        try {
            co_await execute("blockdev-del", named("node-name", name));
        } catch (const Error& error) { log_debug("qemu.blocks", "{}", error.message()); }
    }
    for (const std::string& id : objects | std::views::reverse) {
        try {
            co_await execute("object-del", named("id", id));
        } catch (const Error& error) { log_debug("qemu.blocks", "{}", error.message()); }
    }
    auto give_back = [&] {
        for (const std::string& path : lent) return_file(path, *state->parts.borrower);
    };
    co_await blocking(loop, give_back);
    std::rethrow_exception(failure);
}

Task<void> BlockGraph::close(std::vector<model::ChainImage> images) {
    const std::shared_ptr<QemuMachine::State> state = machine();
    std::vector<Completion<json::value>> told; // QEMU takes them in order
    for (const model::ChainImage& image : images) {
        if (!image.index) continue;
        std::vector<std::uint32_t> numbers{*image.index};
        if (const auto& store = model::parts_of(image.source).data_store)
            numbers.push_back(model::parts_of(store->source).index.value_or(*image.index + 1));
        for (const std::uint32_t number : numbers) {
            for (const char* layer : {"format", "slice-sto", "storage"}) {
                const bool there =
                    std::string_view(layer) != "slice-sto" || !model::parts_of(image.source).slices.empty();
                if (!there) continue;
                told.push_back(
                    yado::start(state->parts.loop,
                                execute("blockdev-del", named("node-name", image_node(number, layer)))));
            }
        }
        if (model::parts_of(image.source).encryption) {
            const std::string id = image_node(*image.index, "format-encryption-secret0");
            told.push_back(yado::start(state->parts.loop, execute("object-del", named("id", id))));
        }
        state->block_nodes.erase(format_node(*image.index));
    }
    for (const Completion<json::value>& each : told) {
        try {
            co_await each;
        } catch (const Error& error) { // closed already, before a daemon ended in the middle of this
            log_debug("qemu.blocks", "{}", error.message());
        }
    }
    auto give_back = [&, paths = paths_of(images)] {
        if (!state->parts.borrower) return;
        for (const std::string& path : paths)
            return_file(path, *state->parts.borrower, GiveBack::if_remembered);
    };
    co_await blocking(state->parts.loop, give_back);
}

Task<void> BlockGraph::put_on_top(std::vector<guest::Overlay> overlays) {
    json::array actions;
    for (const guest::Overlay& overlay : overlays) {
        actions.push_back(json::object{{"type", "blockdev-snapshot"},
                                       {"data", json::object{{"node", format_node(overlay.below)},
                                                             {"overlay", format_node(overlay.above)}}}});
    }
    std::exception_ptr failure;
    std::string why;
    Code code = Code::internal_error;
    try {
        json::object all{{"actions", std::move(actions)}};
        co_await execute("transaction", std::move(all));
        co_return;
    } catch (const Error& error) {
        failure = std::current_exception();
        why = error.detail();
        code = error.code();
    }
    for (const guest::Overlay& overlay : overlays) {
        const bool named_in = why.contains("'" + format_node(overlay.below) + "'") ||
                              why.contains("'" + format_node(overlay.above) + "'");
        if (code == Code::internal_error && (named_in || overlays.size() == 1))
            fail(ErrorSource::qemu, Code::internal_error, "snapshot of disk '{}': {}", overlay.target, why);
    }
    std::rethrow_exception(failure);
}

Task<void> BlockGraph::start(guest::BlockJobOrder order) {
    json::object arguments{{"job-id", order.name}, {"device", top_node(order.disk)}, {"auto-dismiss", false}};
    if (order.speed != 0) arguments["speed"] = order.speed;
    const bool renames = order.kind == guest::BlockJobKind::commit || order.kind == guest::BlockJobKind::pull;
    if (renames && order.base) {
        const model::DiskChain chain = model::chain_of(order.disk);
        const auto base = std::ranges::find(chain.images, order.base, &model::ChainImage::index);
        if (!order.backing_name.empty()) arguments["backing-file"] = order.backing_name;
        else if (base != chain.images.end()) arguments["backing-file"] = header_name(*base);
    }
    std::string command;
    switch (order.kind) {
    case guest::BlockJobKind::pull:
        command = "block-stream";
        if (order.base) arguments["base-node"] = format_node(*order.base);
        break;
    case guest::BlockJobKind::commit:
    case guest::BlockJobKind::active_commit:
        command = "block-commit";
        arguments["top-node"] = format_node(order.top.value());
        arguments["base-node"] = format_node(order.base.value());
        break;
    case guest::BlockJobKind::copy:
        command = "blockdev-mirror";
        arguments["target"] = format_node(order.target.value());
        arguments["sync"] = order.shallow ? "top" : "full";
        if (order.granularity != 0) arguments["granularity"] = order.granularity;
        if (order.buffer != 0) arguments["buf-size"] = order.buffer;
        if (order.synchronous) arguments["copy-mode"] = "write-blocking";
        break;
    }
    co_await execute(std::move(command), std::move(arguments));
}

Task<std::vector<guest::BlockJobState>> BlockGraph::jobs() {
    const std::shared_ptr<QemuMachine::State> state = machine();
    Loop& loop = state->parts.loop;
    const Completion<json::value> all = yado::start(loop, state->monitor->execute("query-jobs"));
    const Completion<json::value> block = yado::start(loop, state->monitor->execute("query-block-jobs"));
    const json::value job_list = co_await all;
    const json::value block_list = co_await block;
    std::vector<guest::BlockJobState> found;
    for (const json::value& each : array_of(job_list, "jobs")) {
        const json::object& job = object_of(each, "a job");
        found.push_back({.name = text_in(job, "id"),
                         .status = text_in(job, "status"),
                         .error = text_in(job, "error"),
                         .done = number_in(job, "current-progress"),
                         .total = number_in(job, "total-progress")});
    }
    for (const json::value& each : array_of(block_list, "block jobs")) {
        const json::object& job = object_of(each, "a block job");
        const auto known = std::ranges::find(found, text_in(job, "device"), &guest::BlockJobState::name);
        if (known == found.end()) continue;
        known->speed = number_in(job, "speed");
        known->done = number_in(job, "offset");
        known->total = number_in(job, "len");
        known->ready = true_in(job, "ready");
    }
    co_return found;
}

Task<void> BlockGraph::cancel(std::string name, bool lossless) {
    json::object arguments{{"device", name}, {"force", !lossless}};
    co_await execute("block-job-cancel", std::move(arguments));
}

Task<void> BlockGraph::complete(std::string name) { co_await execute("job-complete", named("id", name)); }

Task<void> BlockGraph::dismiss(std::string name) { co_await execute("job-dismiss", named("id", name)); }

Task<void> BlockGraph::set_speed(std::string name, std::uint64_t bytes_per_second) {
    json::object arguments{{"device", name}, {"speed", bytes_per_second}};
    co_await execute("block-job-set-speed", std::move(arguments));
}

bool BlockGraph::on_job(const std::string& name, const std::string& status) {
    const auto waiting = waiting_.find(name);
    if (waiting == waiting_.end()) return false;
    if (status != "concluded") return true;
    Completion<void>::Resolver resolver = waiting->second;
    waiting_.erase(waiting);
    resolver.set();
    return true;
}

void BlockGraph::on_closed() {
    auto waiting = std::exchange(waiting_, {});
    for (auto& [name, resolver] : waiting)
        resolver.fail_with(Error(Code::operation_failed, "domain is no longer running", ErrorSource::qemu));
}

Task<void> BlockGraph::run_job(std::string command, json::object arguments) {
    const std::shared_ptr<QemuMachine::State> state = machine();
    const std::string name = text_in(arguments, "job-id");
    const Completion<void> ended(state->parts.loop);
    waiting_.insert_or_assign(name, ended.resolver());
    std::exception_ptr failure;
    try {
        co_await execute(command, std::move(arguments));
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        waiting_.erase(name);
        std::rethrow_exception(failure);
    }
    co_await ended;
    const json::value list = co_await state->monitor->execute("query-jobs");
    std::string why;
    for (const json::value& each : array_of(list, "jobs")) {
        const json::object& job = object_of(each, "a job");
        if (text_in(job, "id") == name) why = text_in(job, "error");
    }
    co_await dismiss(name);
    if (!why.empty())
        fail(ErrorSource::qemu, Code::operation_failed, "QEMU's job '{}' failed: {}", command, why);
}

Task<void> BlockGraph::snapshot_job(std::string command, guest::InternalSnapshot snapshot) {
    json::array nodes;
    for (const auto& [target, image] : snapshot.disks) nodes.push_back(json::value(format_node(image)));
    json::object arguments{{"job-id", fmt::format("yado-{}-{}", command, ++snapshot_jobs_)},
                           {"tag", snapshot.name},
                           {"devices", nodes}};
    if (command != "snapshot-delete") arguments["vmstate"] = nodes.front();
    co_await run_job(std::move(command), std::move(arguments));
}

Task<void> BlockGraph::save_internal(guest::InternalSnapshot snapshot) {
    return snapshot_job("snapshot-save", std::move(snapshot));
}

Task<void> BlockGraph::load_internal(guest::InternalSnapshot snapshot) {
    return snapshot_job("snapshot-load", std::move(snapshot));
}

Task<void> BlockGraph::delete_internal(guest::InternalSnapshot snapshot) {
    return snapshot_job("snapshot-delete", std::move(snapshot));
}

} // namespace yado::qemu
