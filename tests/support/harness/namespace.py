# SPDX-License-Identifier: Apache-2.0
"""Private mount, network, PID, IPC and host name namespaces, in which a daemon may own libvirt's usual places.

A process of this file is PID 1 inside: it puts empty file systems over what a libvirt daemon writes to, hides
/dev/kvm (on a machine where KVM cannot run a stock kernel, a stock libvirtd probes QEMU again and again), and then
only reaps orphans, quickly, because libvirtd waits for them.
"""
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

OWN_TREES = ["/run", "/var/lib/libvirt", "/var/cache/libvirt", "/var/log/libvirt"]
DEVICES = ["null", "zero", "full", "random", "urandom", "tty"]
TOOLS = ["unshare", "nsenter", "mount", "ip"]
START_SECONDS = 20


def why_not():
    """None, or why this machine cannot make the namespaces."""
    if os.geteuid() != 0:
        return "needs root"
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        return "no " + ", ".join(lacking)
    if subprocess.run(["unshare", "-mnuip", "-f", "true"], capture_output=True, check=False).returncode:
        return "may not make namespaces"
    return None


class Namespace:
    """state: a folder of its own; state/etc becomes /etc/libvirt inside when it is there."""

    def __init__(self, state):
        self.state = Path(state)
        self.state.mkdir(parents=True, exist_ok=True)
        ready = self.state / "ready"
        ready.unlink(missing_ok=True)
        with open(self.state / "init.log", "wb") as log:
            self.outer = subprocess.Popen(
                ["unshare", "-m", "-n", "-u", "-i", "-p", "-f", "--kill-child", "--mount-proc", "/usr/bin/python3",
                 __file__, str(self.state)], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + START_SECONDS
        while not ready.exists():
            if self.outer.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("namespaces: " + (self.state / "init.log").read_text(errors="replace"))
            time.sleep(0.01)
        children = Path(f"/proc/{self.outer.pid}/task/{self.outer.pid}/children").read_text().split()
        self.pid = int(children[0])
        self.root = Path(f"/proc/{self.pid}/root")

    def command(self, *words):
        """The command line that runs words inside."""
        return ["nsenter", "-t", str(self.pid), "-m", "-n", "-u", "-i", "-p", "--", *map(str, words)]

    def run(self, *words, **options):
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=False, **options)

    def outside(self, path):
        """A path of the inside, as processes outside reach it (sockets too)."""
        return Path(str(self.root) + str(path))

    def stop(self):
        """Ends everything that runs inside."""
        if self.outer.poll() is None:
            self.outer.kill()  # unshare --kill-child takes the namespace's PID 1 with it, and that all the rest
        self.outer.wait()
        pid = getattr(self, "pid", None)
        while pid and Path(f"/proc/{pid}").exists():
            time.sleep(0.005)


# ---- inside --------------------------------------------------------------------------------------------------
def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)


def private_dev(state):
    """A /dev without kvm."""
    dev = state / "dev"
    dev.mkdir(exist_ok=True)
    mount("-t", "tmpfs", "-o", "mode=755", "dev", dev)
    for name in DEVICES:
        info = os.stat(f"/dev/{name}")
        os.mknod(dev / name, info.st_mode, info.st_rdev)
        os.chmod(dev / name, 0o666)
    for name in ("pts", "shm", "net"):
        (dev / name).mkdir()
        if Path(f"/dev/{name}").is_dir():
            mount("--rbind", f"/dev/{name}", dev / name)
    for name, target in (("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"),
                         ("stdout", "/proc/self/fd/1"), ("stderr", "/proc/self/fd/2")):
        (dev / name).symlink_to(target)
    if Path("/dev/ptmx").exists() and not Path("/dev/ptmx").is_symlink():
        (dev / "ptmx").unlink()
        os.mknod(dev / "ptmx", 0o020666, os.makedev(5, 2))
        os.chmod(dev / "ptmx", 0o666)
    mount("--move", dev, "/dev")


def prepare(state):
    mount("--make-rprivate", "/")
    groups = state / "cgroup"
    groups.mkdir(exist_ok=True)
    mount("--rbind", "/sys/fs/cgroup", groups)
    mount("-t", "sysfs", "sysfs", "/sys")  # that of this network namespace
    mount("--rbind", groups, "/sys/fs/cgroup")
    subprocess.run(["umount", "-R", "-l", str(groups)], check=True)
    private_dev(state)
    for tree in OWN_TREES:
        folders = [(found, os.stat(found)) for found, _, _ in os.walk(tree)] if os.path.isdir(tree) else []
        os.makedirs(tree, exist_ok=True)
        mount("-t", "tmpfs", "-o", "mode=755", "private", tree)
        for folder, info in folders if tree != "/run" else []:
            os.makedirs(folder, exist_ok=True)
            os.chown(folder, info.st_uid, info.st_gid)
            os.chmod(folder, info.st_mode & 0o7777)
    os.makedirs("/run/lock", exist_ok=True)
    if (state / "etc").is_dir():
        mount("--bind", state / "etc", "/etc/libvirt")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def main(state):
    prepare(Path(state))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    (Path(state) / "ready").touch()
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            signal.sigtimedwait([signal.SIGCHLD], 0.02)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    main(sys.argv[1])
