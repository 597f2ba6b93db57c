#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make the small guest that `./dev run` and the system tests boot.

usage: make_guest_image.py [OUTPUT_DIR]            (default build/guest)

Debian's cloud kernel is downloaded with apt and unpacked, never installed; the initramfs holds a static
busybox, the few kernel modules a virtio guest needs, and an init that prints "Welcome to Yado" on the serial
console, offers a shell there and powers off when the ACPI power button is pressed. The result is
OUTPUT_DIR/vmlinuz and OUTPUT_DIR/initrd; OUTPUT_DIR/agent, put behind an initrd, adds Debian's guest agent, unpacked
likewise. Nothing is done when all are newer than this script.
"""
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GREETING = "Welcome to Yado"
META_PACKAGE = "linux-image-cloud-amd64"
MODULES = ["virtio_pci", "virtio_blk", "virtio_net", "virtio_console", "virtio_rng", "virtio_balloon",
           "button", "evdev"]
APPLETS = ["sh", "mount", "insmod", "cat", "echo", "ls", "ps", "sleep", "usleep", "poweroff", "reboot", "halt", "acpid",
           "setsid", "cttyhack", "stty", "dmesg", "ip", "udhcpc", "mkdir", "head", "tail", "wc", "grep", "free",
           "uname", "hostname", "date", "kill", "dd", "sync", "stat", "md5sum", "blockdev", "seq", "yes", "tr",
           "true", "false", "nproc", "hwclock", "id", "mv", "rm", "cp", "ln", "df", "top", "vi", "clear", "hexdump"]

# Modules first, so that the disk and the power button exist before anybody is told the guest is ready.
INIT = """#!/bin/sh
mount -t devtmpfs none /dev
mount -t proc none /proc
mount -t sysfs none /sys
for module in $(cat /modules/order); do insmod /modules/$module; done
hostname yado-guest
ip link set lo up
acpid -f -l /dev/null -c /etc/acpi &
for extra in /etc/start/*; do [ -x $extra ] && $extra; done
tries=0 # whoever reads the greeting may press the power button at once
until ls -l /proc/$!/fd | grep -q /dev/input || [ $tries -ge 100 ]; do usleep 10000; tries=$((tries + 1)); done
[ -e /sys/class/net/eth0 ] && { ip link set eth0 up; udhcpc -q -b -i eth0 -s /etc/udhcpc >/dev/null 2>&1 & }
exec </dev/ttyS0 >/dev/ttyS0 2>&1
echo
echo "%(greeting)s"
while :; do setsid cttyhack sh; done
""" % {"greeting": GREETING}

POWER_BUTTON = """#!/bin/sh
echo "powering off"
sync
poweroff -f
"""

UDHCPC = """#!/bin/sh
case $1 in
bound|renew) ip addr flush dev $interface; ip addr add $ip/${mask:-24} dev $interface
    [ -n "$router" ] && ip route add default via ${router%% *} dev $interface ;;
esac
"""


# The agent finds its port by the name that the host gave it.
SHUTDOWN = """#!/bin/sh
[ "$1" = -r ] && exec reboot -f
exec poweroff -f
"""

START_AGENT = """#!/bin/sh
mkdir -p /var/run /run /var/log
for port in /sys/class/virtio-ports/*; do
    [ "$(cat $port/name)" = org.qemu.guest_agent.0 ] && exec qemu-ga -d -m virtio-serial -p /dev/${port##*/} -t /run
done
"""


def fail(message):
    sys.exit(f"make_guest_image: {message}")


def download(package, folder):
    """The .deb of a package, downloaded into folder."""
    done = subprocess.run(["apt-get", "-q", "-o", "APT::Sandbox::User=root", "download", package], cwd=folder,
                          capture_output=True, text=True, check=False)
    found = sorted(Path(folder).glob(f"{package}_*.deb"))
    if done.returncode != 0 or not found:
        fail(f"cannot download {package}: {done.stderr.strip()}")
    return found[0]


def download_kernel(folder):
    """The .deb of the kernel that the cloud meta package depends on today, downloaded into folder."""
    depends = subprocess.run(["apt-cache", "depends", META_PACKAGE], capture_output=True, text=True, check=False)
    names = re.findall(r"Depends: (linux-image-\S+)", depends.stdout)
    if not names:
        fail(f"apt knows no {META_PACKAGE}; run apt-get update")
    return download(names[0], folder)


def module_files(root):
    """Paths of MODULES and what they depend on, in the order they must be loaded."""
    files = {path.stem.replace("-", "_"): path for path in Path(root).glob("lib/modules/*/kernel/**/*.ko")}
    order = []

    def add(name):
        path = files.get(name)
        if path is None or path in order:
            return  # built into the kernel, or already there
        depends = re.search(rb"\0depends=([^\0]*)\0", path.read_bytes())
        for other in (depends.group(1).decode().split(",") if depends else []):
            if other:
                add(other.replace("-", "_"))
        order.append(path)

    for name in MODULES:
        add(name)
    return order


class Initramfs:
    """Writes the kernel's "newc" cpio format."""

    def __init__(self):
        self.data = bytearray()
        self.inode = 0

    def add(self, name, mode, content=b"", device=(0, 0)):
        self.inode += 1
        path = name.encode() + b"\0"
        fields = [self.inode, mode, 0, 0, 1, 0, len(content), 0, 0, device[0], device[1], len(path), 0]
        self.data += b"070701" + b"".join(b"%08X" % field for field in fields) + path
        self._pad()
        self.data += content
        self._pad()

    def _pad(self):
        self.data += b"\0" * (-len(self.data) % 4)

    def folder(self, name):
        self.add(name, 0o040755)

    def file(self, name, content, mode=0o755):
        self.add(name, 0o100000 | mode, content.encode() if isinstance(content, str) else content)

    def link(self, name, target):
        self.add(name, 0o120777, target.encode())

    def packed(self):
        self.add("TRAILER!!!", 0)
        return gzip.compress(bytes(self.data), 6, mtime=0)


def libraries(program):
    """What a program is linked with, the loader included: {name in the guest: file here}."""
    told = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    missing = re.findall(r"(\S+) => not found", told)
    if missing:
        fail(f"{Path(program).name} needs {', '.join(missing)}")
    return {found.lstrip("/"): Path(found) for found in re.findall(r"(/\S+) \(0x", told)}


def agent_overlay(folder):
    root = Path(folder) / "agent"
    subprocess.run(["dpkg-deb", "-x", download("qemu-guest-agent", folder), root], check=True)
    program = root / "usr/sbin/qemu-ga"
    image = Initramfs()
    files = {"usr/sbin/qemu-ga": program, **libraries(program)}
    folders = {"etc", "etc/start"} | {str(parent) for name in files for parent in Path(name).parents} - {"."}
    for name in sorted(folders):
        image.folder(name)
    for name, source in files.items():
        image.file(name, source.read_bytes())
    image.link("bin/qemu-ga", "/usr/sbin/qemu-ga")
    image.file("bin/shutdown", SHUTDOWN)
    image.file("etc/start/agent", START_AGENT)
    return image.packed()


def build(output):
    busybox = shutil.which("busybox")
    if busybox is None:
        fail("busybox is missing (package busybox-static)")
    with tempfile.TemporaryDirectory(prefix="yado-guest-") as folder:
        root = os.path.join(folder, "root")
        subprocess.run(["dpkg-deb", "-x", download_kernel(folder), root], check=True)
        kernel = next(Path(root).glob("boot/vmlinuz-*"), None)
        if kernel is None:
            fail("the kernel package holds no vmlinuz")
        image = Initramfs()
        for name in ("bin", "dev", "proc", "sys", "etc", "etc/acpi", "etc/acpi/PWRF", "modules", "tmp", "root"):
            image.folder(name)
        image.add("dev/console", 0o020600, device=(5, 1))
        image.file("bin/busybox", Path(busybox).read_bytes())
        for applet in APPLETS:
            image.link(f"bin/{applet}", "busybox")
        image.link("sbin", "bin")
        order = module_files(root)
        for path in order:
            image.file(f"modules/{path.name}", path.read_bytes(), 0o644)
        image.file("modules/order", "".join(path.name + "\n" for path in order), 0o644)
        image.file("init", INIT)
        image.file("etc/acpi/PWRF/00000080", POWER_BUTTON)
        image.file("etc/udhcpc", UDHCPC)
        output.mkdir(parents=True, exist_ok=True)
        made = {"vmlinuz": kernel.read_bytes(), "initrd": image.packed(), "agent": agent_overlay(folder)}
        for name, content in made.items():
            partial = output / f".{name}.{os.getpid()}"
            partial.write_bytes(content)
            partial.chmod(0o644)
            partial.rename(output / name)


def main(arguments):
    output = Path(arguments[0] if arguments else Path(__file__).resolve().parent.parent / "build" / "guest")
    made = [output / "vmlinuz", output / "initrd", output / "agent"]
    script = Path(__file__).stat().st_mtime
    if not all(path.exists() and path.stat().st_mtime >= script for path in made):
        build(output)
    print(output)


if __name__ == "__main__":
    main(sys.argv[1:])
