// SPDX-License-Identifier: Apache-2.0
// What a client can open: "qemu:///system" or "qemu:///session", and "test:///default". A driver is a set of
// services behind a URI.
#pragma once

#include "daemon/server/access.h"
#include "daemon/server/services.h"
#include "guest/events.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace yado::guest {
class Hypervisor;
} // namespace yado::guest

namespace yado::daemon {

struct Driver {
    std::string scheme; ///< "qemu", "test"
    std::string path;   ///< "/system", "/session", "/default"
    guest::Hypervisor* hypervisor = nullptr;
    guest::EventHub* events = nullptr;
    /// By object in access rules' words ("domain"): what its objects are called.
    std::map<std::string, const Naming*, std::less<>> naming = {};
    Services services; ///< answers calls of connections that opened this driver

    std::string uri() const { return scheme + "://" + path; }
};

class Drivers {
  public:
    /// The first one added is what an empty URI opens. Drivers stay where they are.
    Driver& add(std::string scheme, std::string path);

    struct Found {
        Driver* driver;
        std::string uri; ///< as CONNECT_GET_URI answers
    };
    /// Throws no_connect, internal_error or invalid_arg in stock's words.
    Found find(std::string_view uri) const;
    const std::vector<std::unique_ptr<Driver>>& all() const { return drivers_; }

  private:
    std::vector<std::unique_ptr<Driver>> drivers_;
};

} // namespace yado::daemon
