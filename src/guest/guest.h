// SPDX-License-Identifier: Apache-2.0
// One domain: its definition while it has one, and its running instance while it runs.
#pragma once

#include "base/async/mutex.h"
#include "base/uuid.h"
#include "guest/async_job.h"
#include "guest/block_job.h"
#include "guest/definition.h"
#include "guest/events.h"
#include "guest/hypervisor.h"
#include "guest/jobs.h"
#include "guest/snapshot_tree.h"
#include "guest/states.h"
#include "service/call.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace yado::guest {

/// The running instance. It ends exactly once; who waits for that is in `waiting_for_end`.
struct Live {
    explicit Live(Loop& loop) : status_lock(loop) {}

    model::Domain domain;              ///< as it runs, with everything generated
    std::unique_ptr<Machine> machine;  ///< null while starting
    std::string status_name;           ///< the name its status file has
    Warnings warnings;                 ///< what people should know before they believe what it does
    AsyncMutex status_lock;            ///< orders writes of the status file
    std::optional<Condition> pause_as; ///< why the vCPUs are about to stop, when we know
    int agent_timeout = -2;            ///< virDomainAgentResponseTimeoutValues, or seconds
    std::optional<AsyncJob> async_job; ///< a long one that is under way
    Figures last_figures;              ///< what it told last, for when it does not answer
    std::optional<Loop::TimePoint> figures_at;
    bool quiesced = false; ///< its file systems are frozen
    BlockJobs block_jobs;
    bool held_still = false;         ///< the vCPUs stand for a moment that nobody needs to hear of
    bool reboot_at_shutdown = false; ///< the next power-off is a reboot we asked for
    std::optional<Condition> end_as; ///< why it ends, when we end it
    Lifecycle end_event = lifecycle::stopped_failed;
    bool ended = false;
    std::vector<Completion<void>::Resolver> waiting_for_end;
    std::set<std::string, std::less<>> unplugging; ///< devices that a job waits for the guest to let go of
    Loop::Handle autodestroy;                      ///< ends the guest with the connection that asked so
    std::map<std::string, std::weak_ptr<service::StreamHandle>> console_streams; ///< by device alias
};

struct Guest {
    Guest(Loop& loop, std::string its_name, Uuid its_uuid)
        : name(std::move(its_name)), uuid(its_uuid), jobs(loop), agent_jobs(loop) {}

    std::string name;
    Uuid uuid;
    int id = -1; ///< while active
    Condition condition;
    bool persistent = false;
    bool autostart = false;
    bool has_managed_save = false;
    std::shared_ptr<const Definition> definition; ///< what the next start uses; null when transient
    std::shared_ptr<Live> live;                   ///< null when not active
    SnapshotTree snapshots;
    JobQueue jobs;
    std::optional<protocol::TypedParams> completed_job; ///< figures of the last long one
    JobQueue agent_jobs;                                ///< of calls to the agent inside, which may take long

    bool active() const { return live != nullptr; }
    DomainName event_name() const { return {name, uuid, id}; }
    /// Throws operation_invalid "domain is not running".
    Live& require_active() const;
    /// As above, also while it is still starting or already ending.
    Machine& require_machine() const;
    /// Throws operation_invalid for a transient domain: "cannot <what> transient domain"-like text is the
    /// caller's.
    const Definition& require_definition() const;
    /// The model that a change or a question with these flags is about (virDomainModificationImpact).
    model::Domain config_model() const { return require_definition().model(); }
};

/// Whether the state of its emulated TPM outlives a domain that ends without a word about it.
bool keeps_tpm_state(const model::Domain& domain);

/// Whether the domain has the virtio-serial channel its guest agent would speak on.
bool has_agent_channel(const model::Domain& domain);

} // namespace yado::guest
