#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Behind `./dev run` and `./dev stop`: a yadod of its own below .run, with a small guest in it.

Everything the daemon owns (configuration, sockets, state, logs, images) lies below .run; ending it takes the guests,
their processes and .run away again.
"""
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
PID = RUN / "yadod.pid"
SOCKET = RUN / "run/libvirt/libvirt-sock"
PROGRAMS = Path(os.environ.get("YADO_PROGRAMS", ROOT / "build/bin"))
URI = f"qemu+unix:///system?socket={SOCKET}"
GUEST = "welcome"
GREETING = b"Welcome to Yado"
SOCKET_PATH_LIMIT = 107  # bytes of sun_path
START_SECONDS = 20
BOOT_SECONDS = 180  # of a busy machine; an idle one takes two
STOP_SECONDS = 20

CONFIG = """# Everything below .run: see tools/run_private.py
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_rw_perms = "0700"
unix_sock_ro_perms = "0700"
log_outputs = "3:file:{run}/yadod.log"
"""
# The images lie in the checkout, which QEMU's own user often may not enter.
QEMU_CONFIG = 'user = "root"\ngroup = "root"\n'

DOMAIN = """<domain type='qemu'>
  <name>{name}</name>
  <title>the guest of ./dev run</title>
  <memory unit='MiB'>128</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
    <kernel>{images}/vmlinuz</kernel>
    <initrd>{images}/initrd</initrd>
    <cmdline>console=ttyS0 quiet no_timer_check panic=-1</cmdline>
  </os>
  <features><acpi/><apic/></features>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='{images}/disk.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <interface type='user'><model type='virtio'/></interface>
    <serial type='pty'/>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>
"""


def fail(message):
    sys.exit(f"dev: {message}")


def command(*words):
    return [str(PROGRAMS / "yado"), "-c", URI, *map(str, words)]


def yado(*words):
    done = subprocess.run(command(*words), capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        fail(f"yado {' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout


def daemon_pid():
    """The pid of our yadod, or None."""
    try:
        pid = int(PID.read_text())
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if str(RUN).encode() in words else None


def guests():
    """Pids of QEMU processes that belong to .run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
                open_files = [os.readlink(link) for link in (entry / "fd").iterdir()] if b"qemu-system" in line else []
            except OSError:
                continue
            if b"qemu-system" in line and (str(RUN).encode() + b"/" in line
                                           or any(name.startswith(f"{RUN}/") for name in open_files)):
                found.append(int(entry.name))
    return found


def gone(pids, seconds):
    """Whether the processes end within the time."""
    deadline = time.monotonic() + seconds
    while any(Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
              for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def start_daemon():
    etc = RUN / "etc/libvirt"
    etc.mkdir(parents=True, exist_ok=True)
    RUN.chmod(0o755)
    (etc / "libvirtd.conf").write_text(CONFIG.format(run=RUN))
    (etc / "qemu.conf").write_text(QEMU_CONFIG)
    done = subprocess.run([PROGRAMS / "yadod", "--root", RUN, "-f", etc / "libvirtd.conf", "-d", "-p", PID],
                          capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=START_SECONDS * 2)
    if done.returncode != 0:
        log = RUN / "yadod.log"
        fail(f"yadod did not start: {done.stderr.strip()}\n{log.read_text()[-2000:] if log.exists() else ''}")
    with socket.socket(socket.AF_UNIX) as stream:
        stream.connect(str(SOCKET))


def make_images():
    images = RUN / "var/lib/libvirt/images"
    images.mkdir(parents=True, exist_ok=True)
    made = subprocess.run([sys.executable, ROOT / "tools/make_guest_image.py"], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        fail(made.stderr.strip())
    for name in ("vmlinuz", "initrd"):
        shutil.copy(Path(made.stdout.strip()) / name, images / name)
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", images / "disk.qcow2", "1G"], check=True)
    return images


def show_until_greeting():
    """Starts the guest with its console and prints what it says until it greets."""
    began = time.monotonic()
    master, slave = pty.openpty()
    with subprocess.Popen(command("start", GUEST, "--console"), stdin=slave, stdout=slave, stderr=slave) as client:
        os.close(slave)
        seen = b""
        while GREETING not in seen:
            if time.monotonic() - began > BOOT_SECONDS:
                client.terminate()
                fail(f"the guest has not greeted in {BOOT_SECONDS} s; its console is above, the daemon's log in "
                     ".run/yadod.log; ./dev stop ends it")
            if select.select([master], [], [], 0.2)[0]:
                try:
                    data = os.read(master, 4096)
                except OSError:
                    data = b""
                seen += data
                sys.stdout.buffer.write(data.replace(b"\x1b[2J", b"").replace(b"\x1bc", b""))
                sys.stdout.flush()
            elif client.poll() is not None:
                fail("the console ended before the guest greeted")
        os.write(master, b"\x1d")  # ^]
        try:
            client.wait(10)
        except subprocess.TimeoutExpired:
            client.terminate()
    os.close(master)
    return time.monotonic() - began


def start():
    if len(str(SOCKET)) > SOCKET_PATH_LIMIT:
        fail(f"the path {SOCKET} is too long for a socket; clone to a shorter one")
    if os.geteuid() != 0:
        fail("run as root: guests need their own cgroups")
    if daemon_pid() is not None:
        print("yadod runs already (./dev stop ends it)")
    else:
        stop()
        images = make_images()
        start_daemon()
        document = RUN / "welcome.xml"
        document.write_text(DOMAIN.format(name=GUEST, images=images))
        yado("define", document)
        seconds = show_until_greeting()
        print(f"\n\n{GUEST} booted in {seconds:.1f} s\n")
    print(yado("list", "--all").rstrip())
    print(f"""
go on with
  {PROGRAMS}/yado -c '{URI}' console {GUEST}      # ^] leaves
  {PROGRAMS}/yado -c '{URI}'                      # a shell
  virsh -c '{URI}' list --all
  ./dev stop                                      # end it all""")


def remove_cgroups():
    """Groups of our guests that are left when the daemon had to be killed."""
    for folder in Path("/sys/fs/cgroup").glob(f"**/machine/qemu-*-{GUEST}.libvirt-qemu"):
        for group in sorted([folder, *(path for path in folder.rglob("*") if path.is_dir())], reverse=True):
            try:
                group.rmdir()
            except OSError:
                pass


def stop():
    pid = daemon_pid()
    if pid is not None:
        if SOCKET.exists():
            listed = subprocess.run(command("list", "--name"), capture_output=True, text=True, check=False, timeout=60,
                                    stdin=subprocess.DEVNULL)
            for name in listed.stdout.split("\n"):
                if name.strip():
                    subprocess.run(command("destroy", name.strip()), capture_output=True, check=False, timeout=60)
        os.kill(pid, signal.SIGTERM)
        if not gone([pid], STOP_SECONDS):
            os.kill(pid, signal.SIGKILL)
            gone([pid], STOP_SECONDS)
    left = guests()
    for guest in left:
        os.kill(guest, signal.SIGKILL)
    gone(left, STOP_SECONDS)
    if left:
        remove_cgroups()
    with open("/proc/self/mounts", encoding="utf-8") as mounts:
        inside = [line.split()[1] for line in mounts if line.split()[1].startswith(f"{RUN}/")]
    for place in reversed(inside):
        subprocess.run(["umount", "-l", place], check=False)
    if RUN.exists():
        shutil.rmtree(RUN)


if __name__ == "__main__":
    {"start": start, "stop": stop}[sys.argv[1]]()
