// SPDX-License-Identifier: Apache-2.0
// Whether hardware virtualization works, judged by trying it: /dev/kvm may open and still be of no use (no
// CPU extension underneath, a software KVM that cannot run a stock kernel, no rights, a hypervisor above that
// breaks it).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace yado::host {

struct KvmVerdict {
    bool usable = false;
    std::string reason;                  ///< why not, a sentence without a full stop; empty when usable
    std::string hint;                    ///< what to do about it; empty when usable
    std::optional<std::uint64_t> tsc_hz; ///< guest time stamp counter where KVM tells
};

struct KvmProbe {
    std::string device = "/dev/kvm";
    std::string proc = "/proc"; ///< where cpuinfo is read
    std::chrono::milliseconds time_limit{2000};
};

/// Blocks up to the time limit. Checks, in this order: the device is there, may be opened, the CPU has the
/// extension (x86: flag vmx or svm), and a virtual CPU runs a few instructions to a halt, in a child process.
/// Throws nothing but out of memory.
KvmVerdict judge_kvm(const KvmProbe& probe = {});

} // namespace yado::host
