// SPDX-License-Identifier: Apache-2.0
#include "host/kvm.h"

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "base/unique_fd.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/kvm.h>
#include <poll.h>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace yado::host {
namespace {

constexpr std::size_t cpuinfo_limit = 16 << 20; // thousands of CPUs at some 1.5 KiB each

/// What the child reports; one write to a pipe, so all or nothing.
struct Report {
    int step = 0;  // index into `steps`, 0 when all went well
    int error = 0; // errno of that step, 0 when it had another reason
    std::uint64_t tsc_khz = 0;
};

constexpr std::array<std::string_view, 8> steps = {
    "",
    "the kernel's KVM interface has another version than 12",
    "KVM cannot create a virtual machine",
    "KVM does not accept guest memory",
    "KVM cannot create a virtual CPU",
    "KVM cannot set the registers of a virtual CPU",
    "KVM cannot run a virtual CPU",
    "a virtual CPU does not run guest code correctly",
};

enum Step { version = 1, machine, memory, vcpu, registers, run, code };

Report failed(Step step, int error) { return {.step = step, .error = error}; }

#if defined(__x86_64__) || defined(__i386__)
constexpr bool needs_flag = true;

/// Real mode: adds two registers, stores the sum, reads it back and halts. Every instruction is as old as the
/// 8086.
constexpr std::array<unsigned char, 10> guest_code = {
    0x01, 0xd8,             // add ax, bx
    0xa3, 0x00, 0x02,       // mov [0x200], ax
    0x8b, 0x0e, 0x00, 0x02, // mov cx, [0x200]
    0xf4,                   // hlt
};
constexpr std::uint64_t guest_page = 0x1000;

Report run_guest(int kvm, int vm) {
    void* page = ::mmap(nullptr, guest_page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED) return failed(memory, errno);
    std::memcpy(page, guest_code.data(), guest_code.size());
    kvm_userspace_memory_region region{};
    region.guest_phys_addr = guest_page;
    region.memory_size = guest_page;
    region.userspace_addr = reinterpret_cast<std::uintptr_t>(page);
    if (::ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region) < 0) return failed(memory, errno);

    const int cpu = ::ioctl(vm, KVM_CREATE_VCPU, 0);
    if (cpu < 0) return failed(vcpu, errno);
    const int size = ::ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
    if (size < static_cast<int>(sizeof(kvm_run))) return failed(vcpu, errno);
    void* shared =
        ::mmap(nullptr, static_cast<std::size_t>(size), PROT_READ | PROT_WRITE, MAP_SHARED, cpu, 0);
    if (shared == MAP_FAILED) return failed(vcpu, errno);
    auto* state = static_cast<kvm_run*>(shared);

    Report report;
    if (const int khz = ::ioctl(cpu, KVM_GET_TSC_KHZ, 0); khz > 0)
        report.tsc_khz = static_cast<std::uint64_t>(khz);

    kvm_sregs segments{};
    if (::ioctl(cpu, KVM_GET_SREGS, &segments) < 0) return failed(registers, errno);
    for (kvm_segment* segment : {&segments.cs, &segments.ds}) {
        segment->base = guest_page;
        segment->selector = guest_page >> 4;
    }
    if (::ioctl(cpu, KVM_SET_SREGS, &segments) < 0) return failed(registers, errno);
    kvm_regs values{};
    values.rax = 40;
    values.rbx = 2;
    values.rflags = 2; // the bit that is always one
    if (::ioctl(cpu, KVM_SET_REGS, &values) < 0) return failed(registers, errno);

    while (::ioctl(cpu, KVM_RUN, 0) < 0)
        if (errno != EINTR && errno != EAGAIN) return failed(run, errno);
    if (state->exit_reason != KVM_EXIT_HLT) return failed(code, 0);
    if (::ioctl(cpu, KVM_GET_REGS, &values) < 0) return failed(registers, errno);
    if ((values.rcx & 0xffff) != 42) return failed(code, 0);
    return report;
}
#else
constexpr bool needs_flag = false;

/// Guest code would have to be written for each processor; creating a virtual CPU tells most.
Report run_guest(int, int vm) {
    if (::ioctl(vm, KVM_CREATE_VCPU, 0) < 0) return failed(vcpu, errno);
    return {};
}
#endif

Report try_everything(int kvm) {
    if (::ioctl(kvm, KVM_GET_API_VERSION, 0) != KVM_API_VERSION) return failed(version, 0);
    const int vm = ::ioctl(kvm, KVM_CREATE_VM, 0);
    if (vm < 0) return failed(machine, errno);
    return run_guest(kvm, vm);
}

KvmVerdict no(std::string reason, std::string hint) {
    return {.usable = false, .reason = std::move(reason), .hint = std::move(hint), .tsc_hz = std::nullopt};
}

bool has_flag(const KvmProbe& probe) {
    try {
        const std::string text = read_file(probe.proc + "/cpuinfo", cpuinfo_limit);
        for (const std::string_view line : split(text, '\n')) {
            if (!line.starts_with("flags")) continue;
            const auto words = split_words(line);
            return std::ranges::count(words, "vmx") > 0 || std::ranges::count(words, "svm") > 0;
        }
    } catch (const Error&) {
        // No cpuinfo: nothing says that the extension is there.
    }
    return false;
}

/// Runs the test in a child: a broken KVM may hang in the kernel or take its process down with it.
KvmVerdict self_test(int kvm, std::chrono::milliseconds limit) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) < 0) return no("cannot test KVM: no pipe", "Raise the limit of open files.");
    const UniqueFd reading(ends[0]);
    UniqueFd writing(ends[1]);
    const pid_t pid = ::fork();
    if (pid < 0) return no("cannot test KVM: no process", "Raise the limit of processes.");
    if (pid == 0) {
        const Report report = try_everything(kvm);
        const bool written = ::write(writing.get(), &report, sizeof report) == sizeof report;
        ::_exit(written ? 0 : 1);
    }
    writing.reset();

    pollfd waiting{.fd = reading.get(), .events = POLLIN, .revents = 0};
    const auto deadline = std::chrono::steady_clock::now() + limit;
    int ready = 0;
    do {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        ready = ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
    } while (ready < 0 && errno == EINTR);
    Report report;
    const bool answered = ready > 0 && ::read(reading.get(), &report, sizeof report) == sizeof report;
    ::kill(pid, SIGKILL);
    // A child stuck in the kernel cannot be waited for; after a moment it is left to whoever reaps us.
    const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    pollfd dying{.fd = pidfd.get(), .events = POLLIN, .revents = 0};
    constexpr int moment_ms = 200;
    ::poll(&dying, 1, moment_ms);
    ::waitpid(pid, nullptr, WNOHANG);

    if (ready <= 0)
        return no("a virtual CPU does not finish its test within the time limit",
                  "Check the kernel log for KVM messages; under another hypervisor check its nested "
                  "virtualization.");
    if (!answered)
        return no("the KVM test ended without an answer", "Check the kernel log for KVM messages.");
    if (report.step != 0) {
        std::string reason(steps[static_cast<std::size_t>(std::clamp(report.step, 1, 7))]);
        if (report.error != 0) reason += fmt::format(": {}", std::strerror(report.error));
        return no(std::move(reason),
                  report.error == EBUSY
                      ? "Another hypervisor holds the virtualization extension; stop it."
                      : "Check the kernel log for KVM messages; under another hypervisor check its "
                        "nested virtualization.");
    }
    KvmVerdict verdict{.usable = true};
    if (report.tsc_khz != 0) verdict.tsc_hz = report.tsc_khz * 1000;
    return verdict;
}

} // namespace

KvmVerdict judge_kvm(const KvmProbe& probe) {
    const UniqueFd kvm(::open(probe.device.c_str(), O_RDWR | O_CLOEXEC));
    const int error = errno;
    const bool flag = !needs_flag || has_flag(probe);
    if (!kvm) {
        if (error == EACCES || error == EPERM)
            return no(fmt::format("{} may not be opened by this user", probe.device),
                      "Add the user to the group 'kvm', or run as root.");
        if (!flag)
            return no(
                "the processor has no virtualization extension (neither vmx nor svm in /proc/cpuinfo)",
                "Turn on VT-x or AMD-V in the firmware, or nested virtualization in the hypervisor above.");
        if (error == ENOENT || error == ENODEV || error == ENXIO)
            return no(fmt::format("{} is not there", probe.device),
                      "Load the kernel module: modprobe kvm_intel, kvm_amd "
                      "or, on other processors, kvm.");
        return no(fmt::format("{} cannot be opened: {}", probe.device, std::strerror(error)),
                  "Check the device node.");
    }
    if (!flag)
        return no(
            fmt::format("{} opens, but the processor has no virtualization extension (neither vmx nor svm in "
                        "/proc/cpuinfo)",
                        probe.device),
            "Turn on VT-x or AMD-V in the firmware, or nested virtualization in the hypervisor above.");
    return self_test(kvm.get(), probe.time_limit);
}

} // namespace yado::host
