// SPDX-License-Identifier: Apache-2.0
// From a completed domain to the command line that runs it: a pure function, so that tests need only text
// files. The same device builders serve hotplug later, which is why they give JSON properties.
#pragma once

#include "hypervisor/qemu/capabilities/capabilities.h"
#include "hypervisor/qemu/plan/attachments.h"
#include "hypervisor/qemu/plan/firmware.h"
#include "model/domain/domain.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace yado::qemu {

/// A secret on its way to QEMU: text for -object secret.
struct SealedSecret {
    std::string data;   ///< base64
    std::string key_id; ///< of the secret it is encrypted with; empty: it is not encrypted
    std::string iv;     ///< base64
};

/// What disks and file systems need of the host.
struct DiskFacts {
    /// The value of the secret that a document names; nothing when there is none. Null: there are no secrets.
    std::function<std::optional<std::string>(const model::SecretReference&, model::SecretUsage)> secret;
    /// Makes a value unreadable on the command line. Null: it is passed in the clear.
    std::function<SealedSecret(std::string_view value)> seal;
    /// The number of a user or group that a document names. Null: only numbers are understood.
    std::function<std::optional<std::uint32_t>(std::string_view name)> user, group;
    std::string nbd_tls_dir = "/etc/pki/qemu"; ///< qemu.conf
    bool nbd_tls = false;                      ///< qemu.conf: for NBD disks that do not say
    std::string pr_helper = "/usr/bin/qemu-pr-helper";
    std::string virtiofsd = "/usr/lib/qemu/virtiofsd";
};

/// What qemu.conf says of VNC screens.
struct VncFacts {
    bool auto_unix_socket = false; ///< a screen that names no address is a socket in the domain's directory
    std::string tls_dir;           ///< certificates; empty: no TLS
    bool tls_verify = false;       ///< clients show a certificate, too
    bool sasl = false;
    std::string sasl_dir; ///< SASL's configuration; empty: where the library looks
};

/// What qemu.conf says of byte streams over TCP.
struct CharacterFacts {
    bool tls = false; ///< for those that do not say
    std::string tls_dir = "/etc/pki/qemu";
    bool tls_verify = true;
};

/// What qemu.conf says of SPICE screens.
struct SpiceFacts {
    std::string listen = "127.0.0.1";
    bool auto_unix_socket = false;
    bool tls = false;
    std::string tls_dir = "/etc/pki/qemu";
    bool sasl = false;
    std::string sasl_dir;
};

/// Emulated TPMs: the programs, and where their state and sockets are.
struct TpmFacts {
    std::string swtpm = "/usr/bin/swtpm";
    std::string state_dir = "/var/lib/libvirt/swtpm";
    std::string run_dir = "/run/libvirt/qemu/swtpm";
    std::string log_dir = "/var/log/swtpm/libvirt/qemu";
};

/// A mounted hugetlbfs.
struct HugePageMount {
    std::uint64_t size_kib = 0;
    std::string path;
};

/// What the plan needs to know that is not in the domain.
struct LaunchFacts {
    int id = 0;
    std::string domain_dir;  ///< "/var/lib/libvirt/qemu/domain-1-vm", for sockets the daemon chooses
    std::string channel_dir; ///< for channel sockets without a path
    int monitor_fd = 3;      ///< number, in the child, of the listening monitor socket
    bool sandbox = true;     ///< qemu.conf seccomp_sandbox
    std::string vnc_listen = "127.0.0.1"; ///< qemu.conf
    VncFacts vnc;
    bool dump_guest_core = false; ///< qemu.conf, for domains that do not say; of this and the next three
    bool process_name = false;    ///< the process is called "qemu:NAME"
    bool log_timestamp = true;
    std::string deprecated = "none"; ///< none, omit, reject, crash
    DiskFacts disks;
    NetworkFacts network;
    HostdevFacts hostdevs;
    CharacterFacts characters;
    SpiceFacts spice;
    TpmFacts tpm;
    std::string vhost_user_gpu = "/usr/lib/qemu/vhost-user-gpu";
    std::string dbus_dir = "/run/libvirt/qemu/dbus";      ///< of the buses that screens of type dbus are on
    std::vector<HugePageMount> huge_pages;                ///< the one with the usual size first
    std::string memory_dir = "/var/lib/libvirt/qemu/ram"; ///< of files that memory is mapped from
    FirmwareFacts firmware;
    std::optional<model::Smbios> host_smbios; ///< what the host's firmware says; none: it says nothing
};

/// A guest's own UEFI variables, copied from a template at its first start.
struct NvramCopy {
    std::string path, from; ///< `from` is empty when the file must be there
};

/// Who a helper runs as.
enum class HelperIdentity : std::uint8_t { qemu, swtpm, daemon };

/// A process that QEMU talks to from its start on; it is ready when its socket is there.
struct HelperProcess {
    std::string name;              ///< of the log: "fs0-virtiofsd"
    std::vector<std::string> argv; ///< argv[0] is the binary
    std::string socket;
    std::vector<std::string> setup; ///< run to its end before; empty: nothing
    std::string made_by_setup;      ///< a file; where it is, setup is not run again
    std::string directory;          ///< made before, for the helper's user alone; empty: none
    HelperIdentity identity = HelperIdentity::qemu;
    std::string log_file; ///< empty: NAME-HELPER.log beside the guest's
    std::string package;  ///< Debian's, for the advice when it is not installed
};

/// A file QEMU reads at its start, made for it.
struct MadeFile {
    std::string path, content;
};

struct LaunchPlan {
    std::vector<std::string> argv; ///< argv[0] is the binary
    std::vector<std::pair<std::string, std::string>> environment;
    std::vector<std::string> disk_paths;      ///< files QEMU opens for writing or reading, for ownership
    std::vector<std::string> read_only_paths; ///< kernel, initrd, firmware …
    NvramCopy nvram;
    std::vector<MadeFile> files;          ///< below domain_dir
    std::vector<std::string> memory_dirs; ///< made before start, QEMU's own, for files it maps; removed
    std::vector<HelperProcess> helpers;
    std::vector<std::string> log_files; ///< made before start, owned by QEMU's user
};

/// `domain`: completed, with aliases assigned and graphics ports chosen. Throws config_unsupported naming the
/// element and QEMU's version for what this QEMU cannot do or this release does not translate yet (never
/// drops a device).
LaunchPlan plan(const model::Domain& domain, const QemuCapabilities& capabilities, const LaunchFacts& facts);

} // namespace yado::qemu
