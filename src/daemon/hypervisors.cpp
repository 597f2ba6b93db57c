// SPDX-License-Identifier: Apache-2.0
#include "daemon/hypervisors.h"

#include "daemon/application.h"
#include "hypervisor/test/hypervisor.h"

namespace yado::daemon {

std::vector<std::unique_ptr<GuestDriver>> make_guest_drivers(Loop& loop, Drivers& drivers, const Setup& setup) {
    std::vector<std::unique_ptr<GuestDriver>> made;
    drivers.add("qemu", setup.paths.system ? "/system" : "/session");

    Driver& test_driver = drivers.add("test", "/default");
    auto test_guests = std::make_unique<GuestDriver>(loop, test_driver, std::make_unique<test::TestHypervisor>(loop),
                                                     std::make_unique<guest::NoStore>());
    test_guests->preset(test::default_domain_xml());
    made.push_back(std::move(test_guests));
    return made;
}

} // namespace yado::daemon
