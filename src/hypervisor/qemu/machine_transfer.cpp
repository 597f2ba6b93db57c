// SPDX-License-Identifier: Apache-2.0
// Copying a whole guest to and from a descriptor: saving, restoring, dumping. QEMU tells by events how it
// goes; nothing is polled.
#include "hypervisor/qemu/machine_state.h"

#include "base/async/start.h"
#include "base/error.h"

#include <csignal>
#include <limits>
#include <utility>

namespace yado::qemu {

namespace json = boost::json;

namespace {

/// More than any disk takes: QEMU's own default, 128 MiB/s, is for networks.
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max() / (1024 * 1024) * (1024 * 1024);
constexpr const char* stream_name = "yado-stream";

std::string_view word_of(guest::DumpFormat format) {
    switch (format) {
    case guest::DumpFormat::elf: return "elf";
    case guest::DumpFormat::kdump_zlib: return "kdump-zlib";
    case guest::DumpFormat::kdump_lzo: return "kdump-lzo";
    case guest::DumpFormat::kdump_snappy: return "kdump-snappy";
    case guest::DumpFormat::win_dmp: return "win-dmp";
    }
    return "elf";
}

} // namespace

void QemuMachine::State::on_transfer_event(const Monitor::Event& event) {
    if (event.name == "MIGRATION_PASS") {
        report(guest::TransferPass{static_cast<int>(number_in(event.data, "pass"))});
        return;
    }
    std::string end;
    if (event.name == "MIGRATION") {
        const std::string status = text_in(event.data, "status");
        if (status == "completed" || status == "failed" || status == "cancelled") end = status;
    } else if (event.name == "DUMP_COMPLETED") {
        const std::string why = text_in(event.data, "error");
        end = why.empty() ? "completed" : "error: " + why;
    }
    if (end.empty()) return;
    if (auto waiting = std::exchange(transfer, std::nullopt)) waiting->set(end);
}

Task<void> QemuMachine::write_state(UniqueFd fd) {
    const std::shared_ptr<State> state = state_;
    Loop& loop = state->parts.loop;
    Monitor& monitor = *state->monitor;
    const Completion<std::string> ended(loop);
    state->transfer = ended.resolver();
    std::exception_ptr failure;
    try { // all sent at once; QEMU takes them in order
        const json::object events{{"capability", "events"}, {"state", true}};
        json::object capabilities{{"capabilities", json::array{events}}};
        const Completion<json::value> told =
            yado::start(loop, monitor.execute("migrate-set-capabilities", std::move(capabilities)));
        json::object parameters{{"max-bandwidth", no_limit}};
        const Completion<json::value> set =
            yado::start(loop, monitor.execute("migrate-set-parameters", std::move(parameters)));
        json::object name{{"fdname", stream_name}};
        const Completion<json::value> given =
            yado::start(loop, monitor.execute("getfd", std::move(name), Monitor::patience, fd.get()));
        json::object target{{"uri", std::string("fd:") + stream_name}};
        const Completion<json::value> begun =
            yado::start(loop, monitor.execute("migrate", std::move(target)));
        fd.reset();
        co_await told;
        co_await set;
        co_await given;
        co_await begun;
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        state->transfer.reset();
        std::rethrow_exception(failure);
    }
    const std::string end = co_await ended;
    if (end == "completed") co_return;
    if (end == "gone") fail(ErrorSource::qemu, Code::operation_failed, "the guest's QEMU has ended");
    if (end == "cancelled") fail(ErrorSource::qemu, Code::operation_aborted, "canceled by client");
    const json::value told = co_await monitor.execute("query-migrate");
    const std::string why = text_in(object_of(told, "query-migrate"), "error-desc");
    fail(ErrorSource::qemu, Code::operation_failed, "{}", why.empty() ? "unexpectedly failed" : why);
}

Task<void> QemuMachine::stop_writing() { return simple("migrate_cancel"); }

Task<void> QemuMachine::read_state(UniqueFd fd) {
    const std::shared_ptr<State> state = state_;
    Loop& loop = state->parts.loop;
    Monitor& monitor = *state->monitor;
    const Completion<std::string> ended(loop);
    state->transfer = ended.resolver();
    json::object name{{"fdname", stream_name}};
    const Completion<json::value> given =
        yado::start(loop, monitor.execute("getfd", std::move(name), Monitor::patience, fd.get()));
    json::object source{{"uri", std::string("fd:") + stream_name}};
    const Completion<json::value> begun =
        yado::start(loop, monitor.execute("migrate-incoming", std::move(source)));
    fd.reset();
    std::string end;
    try {
        co_await given;
        co_await begun;
        end = co_await ended;
    } catch (const Error&) {
        if (!monitor.closed()) throw;
        end = "gone";
    }
    if (end == "completed") co_return;
    // QEMU ends itself when it cannot read a stream; its last words say what was wrong
    if (end != "gone") state->parts.child->signal(SIGKILL);
    const host::ExitStatus status = co_await state->parts.child->wait();
    auto read = [path = state->parts.places.log, start = state->parts.log_start] {
        return log_tail(path, start);
    };
    const std::string words = co_await blocking(loop, std::move(read));
    fail(ErrorSource::qemu, Code::operation_failed, "QEMU cannot go on from the saved state: {}",
         words.empty() ? status.text() : words);
}

Task<guest::TransferStats> QemuMachine::transfer_stats() {
    const std::shared_ptr<State> state = state_;
    const json::value told = co_await state->monitor->execute("query-migrate");
    const json::object& migration = object_of(told, "query-migrate");
    guest::TransferStats stats;
    stats.elapsed_ms = number_in(migration, "total-time");
    stats.setup_ms = number_in(migration, "setup-time");
    stats.downtime_ms =
        number_in(migration, migration.contains("downtime") ? "downtime" : "expected-downtime");
    const json::value* memory = migration.if_contains("ram");
    if (memory == nullptr || !memory->is_object()) co_return stats;
    const json::object& ram = memory->get_object();
    stats.ram_transferred = number_in(ram, "transferred");
    stats.ram_remaining = number_in(ram, "remaining");
    stats.ram_total = number_in(ram, "total");
    stats.constant_pages = number_in(ram, "duplicate");
    stats.normal_pages = number_in(ram, "normal");
    stats.normal_bytes = number_in(ram, "normal-bytes");
    const json::value* speed = ram.if_contains("mbps"); // megabits
    if (speed != nullptr && speed->is_number() && speed->to_number<double>() > 0)
        stats.bytes_per_second = static_cast<std::uint64_t>(speed->to_number<double>() * 1e6 / 8);
    stats.dirty_pages_per_second = number_in(ram, "dirty-pages-rate");
    stats.iteration = number_in(ram, "dirty-sync-count");
    stats.postcopy_requests = number_in(ram, "postcopy-requests");
    stats.page_size = number_in(ram, "page-size");
    co_return stats;
}

Task<void> QemuMachine::dump_memory(UniqueFd fd, guest::DumpFormat format) {
    const std::shared_ptr<State> state = state_;
    Loop& loop = state->parts.loop;
    Monitor& monitor = *state->monitor;
    const Completion<std::string> ended(loop);
    state->transfer = ended.resolver();
    std::exception_ptr failure;
    try {
        json::object name{{"fdname", stream_name}};
        const Completion<json::value> given =
            yado::start(loop, monitor.execute("getfd", std::move(name), Monitor::patience, fd.get()));
        json::object how{{"paging", false},
                         {"protocol", std::string("fd:") + stream_name},
                         {"detach", true},
                         {"format", word_of(format)}};
        const Completion<json::value> begun =
            yado::start(loop, monitor.execute("dump-guest-memory", std::move(how)));
        fd.reset();
        co_await given;
        co_await begun;
    } catch (...) { failure = std::current_exception(); }
    if (failure) {
        state->transfer.reset();
        std::rethrow_exception(failure);
    }
    const std::string end = co_await ended;
    if (end == "completed") co_return;
    if (end == "gone") fail(ErrorSource::qemu, Code::operation_failed, "the guest's QEMU has ended");
    fail(ErrorSource::qemu, Code::operation_failed, "memory-only dump failed: {}", end);
}

} // namespace yado::qemu
