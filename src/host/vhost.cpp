// SPDX-License-Identifier: Apache-2.0
#include "host/vhost.h"

#include "base/error.h"
#include "base/fault.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/types.h>
#include <sys/ioctl.h>

namespace yado::host {
namespace {

// of <linux/vhost.h>, which is no C++
constexpr unsigned long set_guest_cid = _IOW(0xAF, 0x60, __u64);

UniqueFd open_node(const std::string& node, std::string_view what) {
    fault::point("vhost.open");
    UniqueFd fd(::open(node.c_str(), O_RDWR | O_CLOEXEC));
    if (!fd) fail_errno("unable to open {} device '{}'", what, node);
    return fd;
}

bool set_cid(const UniqueFd& fd, std::uint32_t cid) {
    std::uint64_t wide = cid;
    return ::ioctl(fd.get(), set_guest_cid, &wide) == 0;
}

} // namespace

std::vector<UniqueFd> open_vhost_net(unsigned queues, const std::string& node) {
    std::vector<UniqueFd> fds;
    for (unsigned i = 0; i < queues; ++i) fds.push_back(open_node(node, "vhost-net"));
    return fds;
}

UniqueFd open_vhost_scsi(const std::string& node) { return open_node(node, "vhost-scsi"); }

VhostVsock open_vhost_vsock(std::optional<std::uint32_t> cid, const std::string& node) {
    VhostVsock vsock{.fd = open_node(node, "vhost-vsock"), .cid = cid.value_or(0)};
    if (cid) {
        if (!set_cid(vsock.fd, *cid)) fail_errno("failed to set guest cid {}", *cid);
        return vsock;
    }
    constexpr std::uint32_t first = 3, most = 65536; // those below are the host's
    for (vsock.cid = first; !set_cid(vsock.fd, vsock.cid); ++vsock.cid) {
        if (errno != EADDRINUSE || vsock.cid == most) fail_errno("failed to acquire a guest cid");
    }
    return vsock;
}

} // namespace yado::host
