# SPDX-License-Identifier: Apache-2.0
"""A yadod with a network namespace of its own, and more namespaces that stand for the outside and for guests."""
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from . import daemon as daemons

SECONDS = 30
TOOLS = ["ip", "nsenter", "unshare", "nft", "dnsmasq", "busybox"]
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def why_not():
    """None, or why this machine cannot run these tests."""
    if os.geteuid() != 0:
        return "needs root"
    lacking = [tool for tool in TOOLS if shutil.which(tool, path=PATH) is None]
    if lacking:
        return "no " + ", ".join(lacking)
    if subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        return "may not make network namespaces"
    return None


class Net:
    """A network namespace, held by a process that sleeps."""

    def __init__(self):
        self.holder = subprocess.Popen(["unshare", "-n", "--kill-child", "-f", "sleep", "infinity"],
                                       stdin=subprocess.DEVNULL, start_new_session=True)
        own = os.readlink("/proc/self/ns/net")
        self.pid = daemons.wait_until(self._inside, "a network namespace")
        assert os.readlink(f"/proc/{self.pid}/ns/net") != own
        self("ip", "link", "set", "lo", "up")

    def _inside(self):
        try:
            children = Path(f"/proc/{self.holder.pid}/task/{self.holder.pid}/children").read_text().split()
            return int(children[0]) if children else None
        except OSError:
            return None

    def command(self, *words):
        return ["nsenter", f"--net=/proc/{self.pid}/ns/net", "--", *map(str, words)]

    def run(self, *words, **options):
        options.setdefault("timeout", SECONDS)
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=False, **options)

    def __call__(self, *words):
        """What a command prints inside; it must succeed."""
        done = self.run(*words)
        assert done.returncode == 0, f"{words}: {done.stderr}{done.stdout}"
        return done.stdout

    def start(self, *words, **options):
        return subprocess.Popen(self.command(*words), stdin=subprocess.DEVNULL, **options)

    def join(self, other, name, other_name, bridge=None):
        """A cable from this namespace's `name` to the other's `other_name`; this end may be a bridge's port."""
        self("ip", "link", "add", name, "type", "veth", "peer", "name", other_name, "netns", other.pid)
        if bridge:
            self("ip", "link", "set", name, "master", bridge)
        self("ip", "link", "set", name, "up")
        other("ip", "link", "set", other_name, "up")

    def close(self):
        self.holder.kill()
        self.holder.wait()


class NetworkDaemon(daemons.YadoDaemon):
    """yadod with --root in a network namespace of its own: `net`."""

    @staticmethod
    def why_not():
        return why_not() or daemons.YadoDaemon.why_not()

    def __init__(self, config=None, arguments=()):
        super().__init__(config, arguments)
        self.net = Net()

    def command(self):
        return self.net.command(*super().command())

    def client_prefix(self):
        return self.net.command()

    def servers(self):
        """dnsmasq processes of this daemon: pid → command line."""
        return {pid: line for pid, line in daemons.processes() if "dnsmasq" in line and str(self.root) in line}

    def traces(self):
        """Whatever a network leaves while it runs."""
        links = [line.split(":")[1].strip() for line in self.net("ip", "-o", "link").splitlines()]
        found = [f"link {name}" for name in links if name not in ("lo", "out0") and not name.startswith("own")]
        found += [f"rules: {line}" for line in self.net("nft", "list", "tables").splitlines() if "yado" in line]
        found += [f"process {line}" for line in self.servers().values()]
        run = self.root / "run/libvirt/network"
        found += [str(path) for path in run.glob("**/*") if path.is_file() and path.suffix in (".xml", ".pid")]
        found += [str(path) for path in (self.root / "var/lib/libvirt/dnsmasq").glob("*")
                  if path.suffix not in (".status", ".macs")]
        return found

    def close(self):
        try:
            super().close()
        finally:
            for pid in self.servers():
                os.kill(pid, signal.SIGKILL)
            self.net.close()


class Place:
    """A namespace with a cable to the daemon's: the outside, or a guest on a bridge."""

    def __init__(self):
        self.net = Net()
        self.folder = Path(tempfile.mkdtemp(prefix="yado-net-"))
        self.started = []

    def ask_for_address(self, card="eth0", seconds=15):
        """As a guest does: DHCP. The environment that the client's script was given."""
        script = self.folder / "script"
        script.write_text("#!/bin/sh\n"
                          f"[ \"$1\" = bound ] || exit 0\n"
                          f"ip address add $ip/$mask dev $interface\n"
                          f"[ -z \"$router\" ] || ip route add default via $router\n"
                          f"env > {self.folder}/lease\n")
        script.chmod(0o755)
        done = self.net.run("busybox", "udhcpc", "-i", card, "-n", "-q", "-f", "-t", "5", "-T", "1", "-x",
                            "hostname:guest", "-s", script, timeout=seconds + 15)
        assert done.returncode == 0, done.stderr + done.stdout
        return dict(line.split("=", 1) for line in (self.folder / "lease").read_text().splitlines() if "=" in line)

    def serve(self, port=8000, address="0.0.0.0"):
        """A server that tells each client its address."""
        ready = self.folder / f"ready-{port}"
        program = ("import socket, pathlib\n"
                   f"server = socket.create_server(({address!r}, {port}), family=socket.AF_INET6 if ':' in {address!r} "
                   "else socket.AF_INET)\n"
                   f"pathlib.Path({str(ready)!r}).touch()\n"
                   "while True:\n    peer, who = server.accept()\n    peer.sendall(who[0].encode())\n    peer.close()\n")
        process = self.net.start("/usr/bin/python3", "-c", program)
        self.started.append(process)
        daemons.wait_until(ready.exists, "the server")

    def ask(self, address, port=8000, seconds=5):
        """What a server there says of us; None when it cannot be reached."""
        program = ("import socket, sys\n"
                   f"try:\n    peer = socket.create_connection(({address!r}, {port}), timeout={seconds})\n"
                   "    print(peer.recv(100).decode(), end='')\n"
                   "except OSError as error:\n    print(error, file=sys.stderr)\n    sys.exit(1)\n")
        done = self.net.run("/usr/bin/python3", "-c", program, timeout=seconds + 15)
        return done.stdout if done.returncode == 0 else None

    def close(self):
        for process in self.started:
            process.kill()
            process.wait()
        self.net.close()
        shutil.rmtree(self.folder, ignore_errors=True)
