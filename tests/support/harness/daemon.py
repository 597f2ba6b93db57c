# SPDX-License-Identifier: Apache-2.0
"""The daemons under test, with one interface: YadoDaemon (ours) and StockDaemon (Debian's libvirtd)."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from . import namespace

ROOT = Path(__file__).resolve().parents[3]
PROGRAMS = Path(os.environ.get("YADO_PROGRAMS", ROOT / "build/debug/bin"))
START_SECONDS = 30
STOP_SECONDS = 20
BASE_CONFIG = {"auth_unix_rw": "none", "auth_unix_ro": "none", "host_uuid": "6b1f7c1e-0a4d-4f0e-9a51-3c0d6f0e7a11"}
QEMU_CONFIG = 'user = "root"\ngroup = "root"\n'
PORTS = 40  # for the screens of one test process's guests; several processes run at the same time


def config_text(config):
    """A dict as libvirtd.conf writes it."""
    def value(item):
        if isinstance(item, (list, tuple)):
            return "[" + ", ".join(value(one) for one in item) + "]"
        return str(int(item)) if isinstance(item, (int, bool)) else '"' + item + '"'
    return "".join(f"{key} = {value(item)}\n" for key, item in config.items())


def wait_until(condition, what, seconds=START_SECONDS):
    """The condition's first true value; looks again and again, because the other side gives no signal."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.01)


def processes():
    """(pid, command line) of every process."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                yield int(entry), Path(f"/proc/{entry}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                pass


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


class Daemon:
    """A daemon with its files in a folder of its own. `socket(name)` is reachable from outside."""

    config_names = "libvirtd.conf"

    def __init__(self, config=None, below=None):
        self.folder = Path(tempfile.mkdtemp(prefix="yado-test-", dir=below))
        self.folder.chmod(0o755)
        self.images = self.folder / "images"
        self.images.mkdir()
        self.config = {**BASE_CONFIG, **(config or {})}
        self.pid = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.close()

    def socket(self, name="libvirt-sock"):
        return self.inside("/run/libvirt") / name

    def uri(self, path="/system", driver="qemu", socket_name="libvirt-sock"):
        return f"{driver}+unix://{path}?socket={self.socket(socket_name)}"

    def connect(self, name="libvirt-sock"):
        """A connected stream socket, for raw frames."""
        stream = socket.socket(socket.AF_UNIX)
        stream.settimeout(20)
        stream.connect(str(self.socket(name)))
        return stream

    def client_prefix(self):
        """What a client's command line must begin with to be in the daemon's network."""
        return []

    def answers(self, name="libvirt-sock"):
        try:
            self.connect(name).close()
            return True
        except OSError:
            return False

    def alive(self):
        return self.pid is not None and alive(self.pid)

    def signal(self, number):
        os.kill(self.pid, number)

    def restart(self):
        self.stop()
        self.start()

    def guest_processes(self):
        """QEMU processes of this daemon's guests: pid → command line (probes are not guests)."""
        return {pid: line for pid, line in processes() if "qemu-system" in line and "guest=" in line and self.owns(pid)}

    def leftovers(self):
        """What should not be there any more when the daemon has no guest."""
        return [f"process {pid}: {line[:200]}" for pid, line in self.guest_processes().items()]


class YadoDaemon(Daemon):
    """yadod with --root: every libvirt path lies below self.folder/root."""

    def __init__(self, config=None, arguments=()):
        super().__init__(config)
        self.root = self.folder / "root"
        self.arguments = list(arguments)
        self.environment = {}
        self.process = None
        self.exit_code = None
        etc = self.root / "etc/libvirt"
        etc.mkdir(parents=True)
        first = 6000 + os.getpid() % 200 * PORTS
        (etc / "qemu.conf").write_text(QEMU_CONFIG + config_text({
            "remote_display_port_min": first, "remote_display_port_max": first + PORTS - 1,
            "remote_websocket_port_min": first + 10000, "remote_websocket_port_max": first + 10000 + PORTS - 1}))
        self.write_config()

    @staticmethod
    def why_not():
        if not (PROGRAMS / "yadod").exists():
            raise FileNotFoundError(f"{PROGRAMS}/yadod is not built")  # our own program: no reason to skip
        return None

    def inside(self, path):
        return self.root / str(path).lstrip("/")

    def write_config(self):
        (self.root / "etc/libvirt/libvirtd.conf").write_text(config_text(self.config))

    def command(self):
        return [str(PROGRAMS / "yadod"), "--root", str(self.root), "-f",
                str(self.root / "etc/libvirt/libvirtd.conf"), *self.arguments]

    def spawn(self, **options):
        """Starts the process without waiting for it."""
        with open(self.folder / "yadod.log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True, env={**os.environ, **self.environment}, **options)
        self.pid = self.process.pid
        self.exit_code = None

    def start(self):
        """Starts and waits until it has told systemd's way that it is ready."""
        notice = self.folder / "notify"
        notice.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(str(notice))
            ready.settimeout(0.05)
            self.environment["NOTIFY_SOCKET"] = str(notice)
            self.spawn()
            deadline = time.monotonic() + START_SECONDS
            while True:
                try:
                    if b"READY=1" in ready.recv(4096):
                        return
                except TimeoutError:
                    pass
                if self.process.poll() is not None:
                    raise RuntimeError(f"yadod ended with {self.process.returncode}:\n{self.log()[-4000:]}")
                if time.monotonic() > deadline:
                    self.kill()
                    raise TimeoutError(f"yadod is not ready after {START_SECONDS} s:\n{self.log()[-4000:]}")

    def log(self):
        path = self.folder / "yadod.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def wait(self, seconds=STOP_SECONDS):
        """The exit code (negative: the signal)."""
        self.exit_code = self.process.wait(seconds)
        self.pid = None
        return self.exit_code

    def stop(self):
        if self.alive():
            self.process.terminate()
        code = self.wait()
        assert code == 0, f"yadod ended with {code}:\n{self.log()[-4000:]}"

    def kill(self):
        """kill -9."""
        if self.process.poll() is None:
            self.process.kill()
        self.wait()

    def owns(self, pid):
        """Whether a QEMU process is one of ours: libvirt's paths below our root are in what it was started with."""
        for part in ("cmdline", "environ"):
            try:
                if str(self.folder).encode() in Path(f"/proc/{pid}/{part}").read_bytes():
                    return True
            except OSError:
                pass
        try:
            return any(os.readlink(link).startswith(str(self.folder))
                       for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink())
        except OSError:
            return False

    def leftovers(self):
        found = super().leftovers()
        run = self.root / "run/libvirt/qemu"
        if run.is_dir():
            found += [str(path) for path in run.iterdir() if path.suffix in (".xml", ".pid") and path.name != "driver.pid"]
        library = self.root / "var/lib/libvirt/qemu"
        if library.is_dir():
            found += [str(path) for path in library.glob("domain-*")]
        return found

    def close(self):
        """Ends the daemon and whatever a failed test left of its guests."""
        try:
            if self.process is not None and self.alive():
                self.stop()
        finally:
            for pid in self.guest_processes():
                os.kill(pid, signal.SIGKILL)
            shutil.rmtree(self.folder, ignore_errors=True)


class StockDaemon(Daemon):
    """Debian's libvirtd and virtlogd in namespaces of their own. (`program` may be one that takes libvirtd's place.)"""

    program = "libvirtd"

    def __init__(self, config=None, arguments=(), below=None):
        super().__init__(config, below)
        self.arguments = list(arguments)
        etc = self.folder / "state/etc"
        shutil.copytree("/etc/libvirt", etc, symlinks=True)
        for kind in ("qemu/*.xml", "qemu/autostart/*", "qemu/networks/autostart/*", "storage/*.xml"):
            for path in etc.glob(kind):
                path.unlink()
        (etc / "qemu.conf").write_text(QEMU_CONFIG)
        (etc / "virtlogd.conf").write_text(f'log_outputs = "3:file:{self.folder}/virtlogd.log"\n')
        self.etc = etc
        self.write_config()
        self.space = namespace.Namespace(self.folder / "state")
        self.space.run("virtlogd", "-d", "-p", "/run/virtlogd.pid")

    @staticmethod
    def why_not():
        if not Path("/usr/sbin/libvirtd").exists() or not Path("/etc/libvirt").is_dir():
            return "no stock libvirtd (packages libvirt-daemon, libvirt-daemon-system)"
        return namespace.why_not()

    def inside(self, path):
        return self.space.outside(path)

    def write_config(self):
        log = {"log_outputs": f"3:file:{self.folder}/libvirtd.log"}
        (self.etc / "libvirtd.conf").write_text(config_text({**log, **self.config}))

    def client_prefix(self):
        return ["nsenter", "-t", str(self.space.pid), "-n", "--"]

    def start(self):
        done = self.space.run(self.program, "-d", "-p", "/run/libvirtd.pid", *self.arguments)
        if done.returncode != 0:
            raise RuntimeError(f"{self.program}: {done.stderr}\n{self.log()[-4000:]}")
        wait_until(self.answers, "the daemon's socket")
        self.find()

    def find(self):
        """Learns the daemon's pid, as it is seen from outside."""
        inside = int(self.inside("/run/libvirtd.pid").read_text())
        self.pid = next(pid for pid, line in processes() if str(self.program) in line and self._inside_pid(pid) == inside)

    def _inside_pid(self, pid):
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            same = os.readlink(f"/proc/{pid}/ns/pid") == os.readlink(f"/proc/{self.space.pid}/ns/pid")
        except OSError:
            return None
        numbers = next(line for line in status.splitlines() if line.startswith("NSpid")).split()
        return int(numbers[-1]) if same else None

    def log(self):
        path = self.folder / "libvirtd.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def wait(self, seconds=STOP_SECONDS):
        pid = self.pid
        wait_until(lambda: not alive(pid), "the daemon's end", seconds)
        self.pid = None

    def stop(self):
        if self.alive():
            os.kill(self.pid, signal.SIGTERM)
            self.wait()

    def kill(self):
        if self.alive():
            os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def owns(self, pid):
        return self._inside_pid(pid) is not None

    def close(self):
        self.space.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class NetworkedDaemon(YadoDaemon):
    """yadod in a network namespace of its own, with what a test puts there."""

    def __init__(self, config=None, arguments=()):
        super().__init__(config, arguments)
        self.holder = subprocess.Popen(["unshare", "-n", "sleep", "infinity"], stdin=subprocess.DEVNULL,
                                       start_new_session=True)
        own = os.readlink("/proc/self/ns/net")
        wait_until(lambda: os.readlink(f"/proc/{self.holder.pid}/ns/net") != own, "a network namespace")
        self.ip("link", "set", "lo", "up")

    @staticmethod
    def why_not():
        return namespace.why_not() or YadoDaemon.why_not()

    def client_prefix(self):
        return ["nsenter", "-t", str(self.holder.pid), "-n", "--"]

    def command(self):
        return [*self.client_prefix(), *super().command()]

    def inside_run(self, *words):
        """A program in the namespace; what it printed."""
        done = subprocess.run([*self.client_prefix(), *map(str, words)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    def ip(self, *words):
        return self.inside_run("ip", *words)

    def links(self):
        """name → what `ip -d -s link` says."""
        return {link["ifname"]: link for link in json.loads(self.ip("-j", "-d", "-s", "link"))}

    def close(self):
        try:
            super().close()
        finally:
            self.holder.kill()
            self.holder.wait()
