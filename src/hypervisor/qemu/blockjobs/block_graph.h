// SPDX-License-Identifier: Apache-2.0
// A running QEMU's block graph over QMP: blockdev-add and -del, jobs, one transaction for all disks.
#pragma once

#include "guest/block_port.h"
#include "hypervisor/qemu/machine_state.h"

#include <boost/json.hpp>
#include <functional>
#include <map>
#include <memory>

namespace yado::qemu {

class BlockGraph final : public guest::BlockPort {
  public:
    explicit BlockGraph(std::weak_ptr<QemuMachine::State> machine) : machine_(std::move(machine)) {}

    std::uint32_t new_number() override;
    void note_chain(const model::Disk& disk) override;
    Task<std::uint64_t> capacity(std::uint32_t image) override;
    Task<std::vector<Top>> tops() override;
    Task<void> open(guest::NewImage image) override;
    Task<void> close(std::vector<model::ChainImage> images) override;
    Task<void> put_on_top(std::vector<guest::Overlay> overlays) override;
    Task<void> start(guest::BlockJobOrder order) override;
    Task<std::vector<guest::BlockJobState>> jobs() override;
    Task<void> cancel(std::string name, bool lossless) override;
    Task<void> complete(std::string name) override;
    Task<void> dismiss(std::string name) override;
    Task<void> set_speed(std::string name, std::uint64_t bytes_per_second) override;
    Task<void> save_internal(guest::InternalSnapshot snapshot) override;
    Task<void> load_internal(guest::InternalSnapshot snapshot) override;
    Task<void> delete_internal(guest::InternalSnapshot snapshot) override;

    /// JOB_STATUS_CHANGE; true when somebody here waits for that job, so that nobody else need hear of it.
    bool on_job(const std::string& name, const std::string& status);
    /// The monitor is gone: nothing concludes any more.
    void on_closed();

  private:
    Task<boost::json::value> execute(std::string command, boost::json::object arguments);
    /// Starts a job, waits for its end, and forgets it. Throws what it failed with.
    Task<void> run_job(std::string command, boost::json::object arguments);
    std::string header_name(const model::ChainImage& image) const;
    Task<void> create(std::string node, guest::NewImage image);
    Task<void> snapshot_job(std::string command, guest::InternalSnapshot snapshot);
    std::shared_ptr<QemuMachine::State> machine() const;

    std::weak_ptr<QemuMachine::State> machine_; ///< which owns this
    std::map<std::string, Completion<void>::Resolver, std::less<>> waiting_;
    unsigned snapshot_jobs_ = 0;
};

} // namespace yado::qemu
