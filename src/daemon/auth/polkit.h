// SPDX-License-Identifier: Apache-2.0
// Asks polkit whether a process may do something, over the system bus (DBUS_SYSTEM_BUS_ADDRESS names
// another). The connection is made when first needed and again after it broke.
#pragma once

#include "base/async/loop.h"
#include "base/async/task.h"
#include "daemon/server/access.h"
#include "service/call.h"

#include <map>
#include <memory>
#include <stop_token>
#include <string>

namespace yado::daemon {

class Polkit {
  public:
    explicit Polkit(Loop& loop);
    ~Polkit();

    using Details = std::map<std::string, std::string>;
    /// Resumes when `who` is authorized. `interactive`: polkit may ask the user through an agent. `stop`
    /// withdraws the question. Throws auth_failed, auth_unavailable (no agent), auth_cancelled, or what the
    /// bus says.
    Task<void> authorize(std::string action, service::Identity who, Details details, bool interactive,
                         std::stop_token stop);

    struct Bus;

  private:
    std::shared_ptr<Bus> bus();
    Loop& loop_;
    std::shared_ptr<Bus> bus_;
    std::uint64_t next_question_ = 1;
};

/// The access driver "polkit": actions org.libvirt.api.OBJECT.PERMISSION.
class PolkitAccess final : public Access {
  public:
    explicit PolkitAccess(Polkit& polkit) : polkit_(polkit) {}
    Task<bool> allowed(service::Identity who, std::string object, std::string permission,
                       AccessDetails details) override;

  private:
    Polkit& polkit_;
};

} // namespace yado::daemon
