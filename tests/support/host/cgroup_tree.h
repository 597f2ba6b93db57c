// SPDX-License-Identifier: Apache-2.0
// Directories that look like cgroup mounts; the kernel's part is played by ordinary files.
#pragma once

#include "base/files.h"
#include "host/cgroups.h"

#include <fmt/format.h>
#include <memory>
#include <string>

namespace yado::test_support {

class CgroupTree {
  public:
    void add_v1(const std::string& name, const std::string& options) {
        mountinfo +=
            fmt::format("30 24 0:26 / {} rw,relatime shared:9 - cgroup cgroup rw,{}\n", mount(name), options);
    }
    void add_v2(const std::string& name, const std::string& controllers) {
        const std::string path = mount(name);
        mountinfo += fmt::format("40 24 0:36 / {} rw,relatime - cgroup2 cgroup2 rw\n", path);
        write_file_replacing(path + "/cgroup.controllers", controllers, 0644);
        write_file_replacing(path + "/cgroup.subtree_control", "", 0644);
    }
    std::unique_ptr<host::Cgroups> make() {
        const std::string path = tree_.path() + "/mountinfo";
        write_file_replacing(path, "21 1 8:1 / / rw - ext4 /dev/root rw\n" + mountinfo, 0644);
        return host::make_cgroups(path);
    }
    std::string in(const std::string& path) const { return tree_.path() + "/" + path; }

    std::string mountinfo;

  private:
    std::string mount(const std::string& name) {
        make_directories(tree_.path() + "/" + name, 0755);
        return tree_.path() + "/" + name;
    }

    TemporaryDirectory tree_;
};

} // namespace yado::test_support
