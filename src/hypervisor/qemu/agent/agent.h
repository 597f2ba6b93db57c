// SPDX-License-Identifier: Apache-2.0
// QEMU's guest agent (qemu-ga) behind the port guest/agent_port.h. Commands and their fields are those of
// the agent's schema, QEMU 7.2 (qga/qapi-schema.json).
#pragma once

#include "guest/agent_port.h"
#include "hypervisor/qemu/agent/channel.h"

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

namespace yado::qemu {

class QemuAgent final : public guest::GuestAgent {
  public:
    QemuAgent(Loop& loop, std::string socket_path) : channel_(loop, std::move(socket_path)) {}

    // From the machine's events
    void set_connected(bool connected);
    /// The guest goes: down, to sleep or round again.
    void guest_goes() { channel_.settle(); }

    bool connected() const override { return connected_; }
    Task<std::vector<guest::AgentUser>> users(Limit limit) override;
    Task<guest::AgentOsInfo> os_info(Limit limit) override;
    Task<guest::AgentTimezone> timezone(Limit limit) override;
    Task<std::string> host_name(Limit limit) override;
    Task<std::vector<guest::AgentFilesystem>> filesystems(Limit limit) override;
    Task<std::vector<guest::AgentDisk>> disks(Limit limit) override;
    Task<std::vector<guest::AgentInterface>> interfaces(Limit limit) override;
    Task<std::vector<guest::AgentVcpu>> vcpus(Limit limit) override;
    Task<std::size_t> set_vcpus(std::vector<guest::AgentVcpu> vcpus, Limit limit) override;
    Task<std::int64_t> time_ns(Limit limit) override;
    Task<void> set_time_ns(std::optional<std::int64_t> time, Limit limit) override;
    Task<std::int32_t> freeze(std::vector<std::string> mountpoints, Limit limit) override;
    Task<std::int32_t> thaw(Limit limit) override;
    Task<void> trim(std::uint64_t minimum_bytes, Limit limit) override;
    Task<void> set_password(std::string user, std::string password, bool crypted, Limit limit) override;
    Task<std::vector<std::string>> ssh_keys(std::string user, Limit limit) override;
    Task<void> change_ssh_keys(std::string user, std::vector<std::string> keys, KeyChange change,
                               Limit limit) override;
    Task<void> power(Power what, Limit limit) override;
    Task<void> sleep(Sleep how, Limit limit) override;
    Task<std::string> raw(std::string command, Limit limit) override;

  private:
    /// The "return" value of a command.
    Task<boost::json::value> execute(std::string command, boost::json::object arguments, Limit limit);
    Task<boost::json::value> execute(std::string command, Limit limit);
    Task<void> execute_last(std::string command, boost::json::object arguments, Limit limit);
    void require_connected() const;

    AgentChannel channel_;
    bool connected_ = false;
};

} // namespace yado::qemu
