// SPDX-License-Identifier: Apache-2.0
#include "guest/saving.h"

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "guest/async_job.h"
#include "model/domain/abi.h"
#include "model/domain/disk_chain.h"
#include "model/domain/document.h"
#include "protocol/constants.h"

#include <fcntl.h>
#include <unistd.h>

namespace yado::guest {
namespace {

namespace Operation = protocol::DomainJobOperation;

UniqueFd copy_of(const UniqueFd& fd) {
    UniqueFd copy(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 0));
    if (!copy) fail_errno("cannot copy a file descriptor");
    return copy;
}

/// Paths of calls are the daemon's own, so they have to be whole ones.
void require_absolute(const std::string& path) {
    if (!path.starts_with('/')) {
        fail(ErrorSource::qemu, Code::invalid_arg, "could not build absolute output file path from '{}'",
             path);
    }
}

void require_same_abi(const model::Domain& source, const model::Domain& target) {
    schema::Diagnostics problems;
    model::check_abi(source, target, problems);
    problems.throw_if_any();
}

} // namespace

Task<void> Saving::begin_job(Registry::Pointer guest, int operation) {
    guest->live->async_job = AsyncJob{.operation = operation, .since = parts_.loop.now()};
    co_await power_.save_status(guest);
}

/// Keeps the job's last figures for those who ask afterwards, and tells them.
Task<void> Saving::end_job(Registry::Pointer guest, bool success) {
    const std::shared_ptr<Live> live = guest->live;
    if (!live || !live->async_job) co_return;
    const AsyncJob job = *live->async_job;
    TransferStats stats;
    try {
        if (!live->ended && !job.memory_only) stats = co_await live->machine->transfer_stats();
    } catch (const Error&) {
        // QEMU has gone: there is nothing more to tell
    }
    live->async_job.reset();
    if (!success) co_return;
    guest->completed_job = job_params(job.operation, stats);
    power_.publish(*guest, JobCompleted{*guest->completed_job});
}

Task<void> Saving::save(Registry::Pointer guest, SaveOrder order) {
    require_absolute(order.path);
    Machine& machine = guest->require_machine();
    const std::shared_ptr<Live> live = guest->live;
    const bool was_running = guest->condition.state == State::running;
    SavedState state;
    state.format = order.format.value_or(parts_.saves.save);
    const SaveRoute route{.format = state.format, .bypass_cache = order.bypass_cache};
    state.was_running = order.run_again.value_or(was_running);
    if (order.xml) {
        model::Domain given = model::read_domain(*order.xml);
        model::complete(given, parts_.hypervisor.complete_context());
        require_same_abi(live->domain, given);
        state.xml = model::write_domain(given, {.secure = true, .migratable = true});
    } else {
        state.xml = model::write_domain(model::declared(live->domain), {.secure = true, .migratable = true});
    }
    std::exception_ptr failure;
    NewSaveFile file;
    SaveStream stream;
    try {
        co_await begin_job(guest, Operation::save);
        co_await power_.pause(guest, paused::saving);
        auto create = [&] { file = create_save_file(order.path, state); };
        co_await blocking(parts_.loop, create);
        UniqueFd target = copy_of(file.fd);
        stream = co_await SaveStream::writer(parts_.saves.processes, route, order.path, std::move(target));
        co_await machine.write_state(stream.take_end());
        co_await stream.finish();
        auto finish = [&file] { finish_save_file(file); };
        co_await blocking(parts_.loop, finish);
    } catch (...) { failure = std::current_exception(); }
    co_await end_job(guest, !failure);
    if (failure) {
        stream.abandon();
        const bool ours = !file.path.empty();
        auto remove = [&] {
            if (ours) ::unlink(order.path.c_str());
        };
        co_await blocking(parts_.loop, remove);
        if (live->ended || guest->live != live) std::rethrow_exception(failure);
        try {
            if (was_running) co_await power_.unpause(guest, running::save_canceled);
        } catch (const Error& error) {
            log_error("guest.saving", "guest '{}' stays paused: {}", guest->name, error.message());
        }
        std::rethrow_exception(failure);
    }
    live->end_as = shut_off::saved;
    live->end_event = lifecycle::stopped_saved;
    co_await power_.destroy(guest, KillKind::forced);
}

Task<void> Saving::write_memory(Registry::Pointer guest, std::string path, bool live_too) {
    require_absolute(path);
    Machine& machine = guest->require_machine();
    const std::shared_ptr<Live> live = guest->live;
    SavedState state;
    state.was_running = guest->condition.state == State::running;
    state.xml = model::write_domain(model::declared(live->domain), {.secure = true, .migratable = true});
    std::exception_ptr failure;
    NewSaveFile file;
    try {
        co_await begin_job(guest, Operation::snapshot);
        if (!live_too) co_await power_.pause(guest, paused::snapshot);
        live->pause_as = paused::snapshot;
        auto create = [&] { file = create_save_file(path, state); };
        co_await blocking(parts_.loop, create);
        UniqueFd stream = copy_of(file.fd);
        co_await machine.write_state(std::move(stream));
        auto finish = [&file] { finish_save_file(file); };
        co_await blocking(parts_.loop, finish);
    } catch (...) { failure = std::current_exception(); }
    live->pause_as.reset();
    co_await end_job(guest, !failure);
    if (!failure) co_return;
    const bool ours = !file.path.empty();
    auto remove = [&] {
        if (ours) ::unlink(path.c_str());
    };
    co_await blocking(parts_.loop, remove);
    std::rethrow_exception(failure);
}

Task<model::Domain> Saving::document_of(SavedState state, std::optional<std::string> replacement) {
    co_await parts_.hypervisor.prepare();
    model::Domain domain = model::read_domain(state.xml);
    model::complete(domain, parts_.hypervisor.complete_context());
    if (replacement) {
        model::Domain given = model::parse_definition(*replacement, parts_.hypervisor.complete_context());
        require_same_abi(domain, given);
        domain = std::move(given);
    }
    parts_.hypervisor.check(domain);
    co_return domain;
}

Task<void> Saving::restore(RestoreOrder order) {
    require_absolute(order.path);
    OpenSaveFile file;
    auto open = [&] { file = open_save_file(order.path); };
    co_await blocking(parts_.loop, open);
    const SaveRoute route{.format = file.state.format, .bypass_cache = order.bypass_cache};
    const bool was_running = file.state.was_running;
    model::Domain domain = co_await document_of(std::move(file.state), std::move(order.xml));
    AsyncMutex::Lock lock = co_await power_.defining().lock();
    const Registry::Pointer guest = power_.claim(domain);
    lock.release();
    const JobQueue::Job job = co_await guest->jobs.begin("restore");
    StartOptions options;
    options.paused = !order.run.value_or(was_running);
    options.reset_nvram = order.reset_nvram;
    co_await start_from(guest, std::move(domain), std::move(options), std::move(file), route, order.path);
}

Task<void> Saving::start_from(Registry::Pointer guest, model::Domain domain, StartOptions options,
                              OpenSaveFile file, SaveRoute route, std::string path) {
    constexpr off_t block = 4096;
    if (route.bypass_cache && ::lseek(file.fd.get(), 0, SEEK_CUR) % block != 0) {
        log_warning("guest.saving", "'{}' is read through the page cache: its state begins at no whole block",
                    path);
        route.bypass_cache = false;
    }
    SaveStream stream =
        co_await SaveStream::reader(parts_.saves.processes, route, std::move(path), std::move(file.fd));
    options.state = stream.take_end();
    std::exception_ptr failure;
    try {
        co_await power_.start(guest, std::move(domain), std::move(options));
    } catch (...) { failure = std::current_exception(); }
    stream.abandon(); // what follows the state in the file is nobody's
    if (failure) std::rethrow_exception(failure);
}

Task<bool> Saving::start_managed(Registry::Pointer guest, ManagedStart how) {
    if (!guest->has_managed_save) co_return false;
    const std::string path = managed_path(*guest);
    OpenSaveFile file;
    bool incomplete = false;
    auto open = [&] {
        incomplete = is_incomplete_save_file(path);
        if (!incomplete) file = open_save_file(path);
    };
    co_await blocking(parts_.loop, open);
    if (incomplete) {
        log_warning("guest.saving", "guest '{}': its saved state was never finished; starting it anew",
                    guest->name);
        co_await remove_managed(guest);
        co_return false;
    }
    const SaveRoute route{.format = file.state.format, .bypass_cache = how.bypass_cache};
    const bool was_running = file.state.was_running;
    model::Domain domain = co_await document_of(std::move(file.state), std::nullopt);
    if (domain.uuid != guest->uuid) {
        fail(ErrorSource::qemu, Code::operation_failed,
             "cannot restore domain '{}' uuid {} from a file which belongs to domain '{}' uuid {}",
             guest->name, guest->uuid.text(), domain.name, domain.uuid.text());
    }
    domain.name = guest->name;
    StartOptions options;
    options.paused = !how.run.value_or(was_running);
    options.reset_nvram = how.reset_nvram;
    co_await start_from(guest, std::move(domain), std::move(options), std::move(file), route, path);
    co_await remove_managed(guest);
    co_return true;
}

Task<void> Saving::remove_managed(Registry::Pointer guest) {
    if (!guest->has_managed_save) co_return;
    auto remove = [path = managed_path(*guest)] { remove_file_durably(path); };
    co_await blocking(parts_.loop, remove);
    guest->has_managed_save = false;
}

Task<std::string> Saving::read_document(std::string path, bool secure) {
    require_absolute(path);
    OpenSaveFile file;
    auto open = [&] { file = open_save_file(path); };
    co_await blocking(parts_.loop, open);
    const model::Domain domain = model::read_domain(file.state.xml);
    co_return model::write_domain(domain, {.secure = secure, .migratable = true});
}

Task<void> Saving::replace_document(std::string path, std::string xml, std::optional<bool> run) {
    require_absolute(path);
    OpenSaveFile file;
    auto open = [&] { file = open_save_file(path); };
    co_await blocking(parts_.loop, open);
    const bool was_running = file.state.was_running;
    const model::Domain domain = co_await document_of(std::move(file.state), std::move(xml));
    const std::string text = model::write_domain(domain, {.secure = true, .migratable = true});
    auto rewrite = [&] { rewrite_save_file(path, text, run.value_or(was_running)); };
    co_await blocking(parts_.loop, rewrite);
}

Task<void> Saving::dump(Registry::Pointer guest, DumpOrder order) {
    require_absolute(order.path);
    Machine& machine = guest->require_machine();
    const std::shared_ptr<Live> live = guest->live;
    const bool was_running = guest->condition.state == State::running;
    const bool memory_only = order.memory_only.has_value();
    SaveRoute route{.format = parts_.saves.dump, .bypass_cache = order.bypass_cache};
    if (!memory_only && !can_pack(route.format)) { // as libvirt: better a large dump than none
        log_warning("guest.saving", "no program for dump_image_format '{}': using raw", word(route.format));
        route.format = SaveFormat::raw;
    }
    if (memory_only) route.format = SaveFormat::raw; // its own formats are packed, and not streams
    std::exception_ptr failure;
    UniqueFd file;
    SaveStream way;
    try {
        co_await begin_job(guest, Operation::dump);
        live->async_job->memory_only = memory_only;
        if (!order.live) co_await power_.pause(guest, paused::dumping);
        auto create = [&] {
            file = UniqueFd(
                ::open(order.path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
            if (!file) fail_errno("Failed to create file '{}'", order.path);
        };
        co_await blocking(parts_.loop, create);
        UniqueFd stream = copy_of(file);
        if (!memory_only || *order.memory_only == DumpFormat::elf) { // QEMU seeks in the others
            way = co_await SaveStream::writer(parts_.saves.processes, route, order.path, std::move(stream));
            stream = way.take_end();
        }
        if (memory_only) co_await machine.dump_memory(std::move(stream), *order.memory_only);
        else co_await machine.write_state(std::move(stream));
        co_await way.finish();
        auto sync = [&] {
            if (::fsync(file.get()) != 0) fail_errno("unable to write '{}'", order.path);
        };
        co_await blocking(parts_.loop, sync);
    } catch (...) { failure = std::current_exception(); }
    if (!live->ended && guest->live == live) co_await end_job(guest, !failure);
    if (failure) {
        way.abandon();
        auto remove = [&] {
            if (file) ::unlink(order.path.c_str());
        };
        co_await blocking(parts_.loop, remove);
    }
    if (live->ended || guest->live != live) {
        if (failure) std::rethrow_exception(failure);
        co_return;
    }
    if (!failure && order.after == AfterDump::crash) {
        live->end_as = shut_off::crashed;
        live->end_event = lifecycle::stopped_crashed;
        co_await power_.destroy(guest, KillKind::forced);
        co_return;
    }
    std::exception_ptr stuck;
    try {
        if (!failure && order.after == AfterDump::reset) co_await machine.reset();
        // a whole copy leaves the vCPUs standing, a live one too
        if (was_running && guest->condition.state != State::running) {
            co_await power_.unpause(guest, running::unpaused);
        } else if (was_running) {
            co_await machine.resume();
        }
    } catch (...) { stuck = std::current_exception(); }
    if (failure) std::rethrow_exception(failure);
    if (stuck) std::rethrow_exception(stuck);
}

} // namespace yado::guest
