// SPDX-License-Identifier: Apache-2.0
// Control groups in memory.
#pragma once

#include "base/error.h"
#include "host/cgroups.h"

#include <cerrno>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace yado::test_support {

class FakeCgroups : public host::Cgroups {
  public:
    explicit FakeCgroups(host::CgroupLayout layout = host::CgroupLayout::v2) : layout_(layout) {}

    /// Machines that have groups now, with the processes a test says they have.
    std::map<std::string, std::vector<pid_t>> machines;
    /// What write() was given, by "machine/file"; read() gives it back.
    std::map<std::string, std::string> files;
    host::CgroupUsage next_usage;
    std::map<std::string, std::vector<pid_t>> parts; ///< threads by "machine/part"
    int writes = 0;                                  ///< counted from 1
    int failing_write = 0;

    host::CgroupLayout layout() const override { return layout_; }
    host::ControllerSet available() const override {
        return layout_ == host::CgroupLayout::none ? host::ControllerSet() : host::ControllerSet::all();
    }
    host::MachineCgroup create(const std::string& name, host::ControllerSet) override {
        if (layout_ != host::CgroupLayout::none) machines[name];
        return find(name);
    }
    host::MachineCgroup find(const std::string& name) const override {
        host::MachineCgroup machine;
        machine.name = name;
        if (machines.contains(name)) machine.unified = "/fake/cgroup/machine/" + name;
        return machine;
    }
    host::CgroupPlacement placement(const host::MachineCgroup&) const override { return {}; }
    std::vector<pid_t> processes(const host::MachineCgroup& machine) const override {
        const auto found = machines.find(machine.name);
        return found == machines.end() ? std::vector<pid_t>() : found->second;
    }
    void kill(const host::MachineCgroup& machine) override {
        if (const auto found = machines.find(machine.name); found != machines.end()) found->second.clear();
    }
    bool remove(const host::MachineCgroup& machine) override {
        if (!processes(machine).empty()) return false;
        machines.erase(machine.name);
        return true;
    }
    void add_thread(const host::MachineCgroup& machine, const std::string& part, pid_t thread) override {
        ++writes;
        if (writes == failing_write) throw system_error(EBUSY, "cannot move a thread");
        for (auto& [group, threads] : parts) std::erase(threads, thread);
        parts[machine.name + "/" + part].push_back(thread);
    }
    bool has_part(const host::MachineCgroup& machine, const std::string& part) const override {
        return parts.contains(machine.name + "/" + part);
    }
    void remove_part(const host::MachineCgroup& machine, const std::string& part) override {
        parts.erase(machine.name + "/" + part);
    }
    host::CgroupUsage usage(const host::MachineCgroup&) const override { return next_usage; }
    std::optional<std::string> read(const host::MachineCgroup& machine, host::Controller,
                                    const std::string& file) const override {
        const auto found = files.find(machine.name + "/" + file);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    }
    void write(const host::MachineCgroup& machine, host::Controller, const std::string& file,
               const std::string& value) override {
        ++writes;
        if (writes == failing_write) throw system_error(EINVAL, fmt::format("Unable to write to '{}'", file));
        files[machine.name + "/" + file] = value;
    }

  private:
    host::CgroupLayout layout_;
};

} // namespace yado::test_support
