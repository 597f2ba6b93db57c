// SPDX-License-Identifier: Apache-2.0
// How much of the host's block devices a domain may use (blkiotune).
#include "guest/tuning_service.h"

#include "base/text.h"
#include "protocol/constants.h"
#include "protocol/typed_params.h"

#include <algorithm>
#include <array>
#include <limits>

namespace yado::guest {

namespace Flags = p::DomainModificationImpact;

namespace {

constexpr std::uint32_t both = Flags::live | Flags::config;

/// What is said of single devices: "PATH,VALUE,PATH,VALUE".
struct DeviceField {
    std::string_view field;
    void (*set)(model::BlockDeviceTuning&, std::uint64_t);
    std::uint64_t (*get)(const model::BlockDeviceTuning&);
    std::uint64_t most;
};
constexpr std::uint64_t most32 = std::numeric_limits<std::uint32_t>::max(),
                        most64 = std::numeric_limits<std::uint64_t>::max();
using Device = model::BlockDeviceTuning;
std::uint32_t narrow(std::uint64_t value) { return static_cast<std::uint32_t>(value); } // bounded by `most`
constexpr std::array<DeviceField, 5> device_fields{{
    {"device_weight", [](Device& d, std::uint64_t v) { d.weight = narrow(v); },
     [](const Device& d) -> std::uint64_t { return d.weight; }, most32},
    {"device_read_iops_sec", [](Device& d, std::uint64_t v) { d.read_iops = narrow(v); },
     [](const Device& d) -> std::uint64_t { return d.read_iops; }, most32},
    {"device_write_iops_sec", [](Device& d, std::uint64_t v) { d.write_iops = narrow(v); },
     [](const Device& d) -> std::uint64_t { return d.write_iops; }, most32},
    {"device_read_bytes_sec", [](Device& d, std::uint64_t v) { d.read_bytes = v; },
     [](const Device& d) { return d.read_bytes; }, most64},
    {"device_write_bytes_sec", [](Device& d, std::uint64_t v) { d.write_bytes = v; },
     [](const Device& d) { return d.write_bytes; }, most64},
}};

constexpr p::ParamRule rules[] = {{"weight", p::ParamType::u32},
                                  {"device_weight", p::ParamType::text},
                                  {"device_read_iops_sec", p::ParamType::text},
                                  {"device_write_iops_sec", p::ParamType::text},
                                  {"device_read_bytes_sec", p::ParamType::text},
                                  {"device_write_bytes_sec", p::ParamType::text}};
constexpr std::size_t most_devices = 1024;

using Values = std::vector<std::pair<std::string, std::uint64_t>>;

Values values_in(const DeviceField& field, const std::string& text) {
    Values values;
    if (text.empty()) return values;
    const auto parts = split(text, ',');
    bool good = parts.size() % 2 == 0 && parts.size() <= 2 * most_devices;
    for (std::size_t i = 0; good && i < parts.size(); i += 2) {
        const auto value = parse_number<std::uint64_t>(parts[i + 1], 10, 0, field.most);
        good = value && !parts[i].empty();
        if (good) values.emplace_back(parts[i], *value);
    }
    if (!good)
        fail(ErrorSource::qemu, Code::invalid_arg, "unable to parse blkio device '{}' '{}'", field.field,
             text);
    return values;
}

void change_block(model::Domain& domain, const p::TypedParams& params) {
    model::BlockTuning& tuning = domain.block_tuning.ensure();
    if (const auto weight = p::get<std::uint32_t>(params, "weight")) tuning.weight = *weight;
    for (const DeviceField& field : device_fields) {
        const auto text = p::get<std::string>(params, field.field);
        if (!text) continue;
        for (const auto& [path, value] : values_in(field, *text)) {
            auto device = std::ranges::find(tuning.devices, path, &Device::path);
            if (device == tuning.devices.end()) {
                tuning.devices.push_back({.path = path});
                device = tuning.devices.end() - 1;
            }
            field.set(*device, value);
        }
    }
    std::erase_if(tuning.devices, [](const Device& device) {
        return std::ranges::all_of(device_fields,
                                   [&device](const DeviceField& f) { return f.get(device) == 0; });
    });
    if (tuning.weight == 0 && tuning.devices.empty()) domain.block_tuning.reset();
}

void require_controller(const HeldLimits& held) {
    if (!held.block) fail(ErrorSource::qemu, Code::operation_invalid, "blkio cgroup isn't mounted");
}

} // namespace

Task<p::DomainGetBlkioParametersResult> TuningService::get_block(CallContext,
                                                                 p::DomainGetBlkioParametersArgs args) {
    require_flags(ErrorSource::domain, args.flags, both | p::TypedParameterFlags::string_okay,
                  "qemuDomainGetBlkioParameters");
    const Registry::Pointer guest = require(args.dom);
    const model::Domain domain = asked_model(*guest, args.flags & both);
    static const model::BlockTuning none;
    const model::BlockTuning& tuning = domain.block_tuning ? *domain.block_tuning : none;
    std::uint32_t weight = tuning.weight;
    if (guest->active() && (args.flags & Flags::config) == 0) {
        const HeldLimits held = co_await guest->require_machine().limits();
        require_controller(held);
        weight = static_cast<std::uint32_t>(held.io_weight.value_or(0));
    }
    p::ParamsBuilder out;
    out.u32("weight", weight);
    for (const DeviceField& field : device_fields) {
        std::string text;
        for (const Device& device : tuning.devices) {
            if (const std::uint64_t value = field.get(device); value != 0)
                text += fmt::format("{}{},{}", text.empty() ? "" : ",", device.path, value);
        }
        out.text(std::string(field.field), std::move(text));
    }
    p::ParamsAnswer answer =
        p::answer(out.take(), args.nparams, args.flags, p::limits::domain_blkio_parameters);
    co_return {.params = std::move(answer.params), .nparams = answer.nparams};
}

Task<p::DomainSetBlkioParametersResult> TuningService::set_block(CallContext,
                                                                 p::DomainSetBlkioParametersArgs args) {
    require_flags(ErrorSource::domain, args.flags, both, "qemuDomainSetBlkioParameters");
    p::check(args.params, rules);
    for (const DeviceField& field : device_fields)
        if (const auto text = p::get<std::string>(args.params, field.field)) values_in(field, *text);
    const Registry::Pointer guest = require(args.dom);
    const JobQueue::Job job = co_await guest->jobs.begin("change block device limits");
    const Impact affected = impact(*guest, args.flags);
    if (affected.live) {
        const HeldLimits held = co_await guest->require_machine().limits();
        require_controller(held);
    }
    Change change = [&args](model::Domain& domain) { change_block(domain, args.params); };
    co_await apply(guest, affected, std::move(change));
    co_return p::DomainSetBlkioParametersResult();
}

} // namespace yado::guest
