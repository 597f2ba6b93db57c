#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""yadod beside a stock libvirtd and beside the floor (the same work with no daemon), measured in one run.

usage: ./dev bench [--quick] [--rounds N] [NAME...]

Both daemons run in the same kind of namespaces (tests/support/harness/namespace.py): state in memory, a PID 1 that
reaps, no /dev/kvm, so that neither meets what makes libvirtd slow on such machines for reasons of the machine. Rounds
alternate between the two; the medians and their ratios are printed and written to build/bench/results.json.
"""
import argparse
import json
import os
import re
import statistics
import struct
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))

from harness import daemon as daemons  # noqa: E402
from harness import raw  # noqa: E402
from harness.guests import bare_guest, typical_guest  # noqa: E402

import running as guests_running  # noqa: E402
import snapshots  # noqa: E402
import volumes as storage  # noqa: E402

OUTPUT = ROOT / "build/bench"
LOAD = OUTPUT / "load"
MEMORY = Path("/dev/shm")
START, DESTROY = 196, 12
PAUSED = 1
MANY = 5000
BARE_QEMU = ["qemu-system-x86_64", "-name", "bare", "-machine", "q35,accel=tcg,usb=off", "-m", "16", "-nodefaults",
             "-no-user-config", "-display", "none", "-S", "-device", "virtio-balloon-pci", "-serial", "null"]


class Libvirt(daemons.StockDaemon):
    label = "libvirtd"


class Yado(daemons.StockDaemon):
    label = "yadod"
    program = str(Path(os.environ.get("YADO_PROGRAMS", ROOT / "build/bin")) / "yadod")


def clock():
    return time.perf_counter()


def client(daemon):
    return raw.RawClient(daemon.connect()).open()


def domain_reference(name):
    identity = uuid.uuid5(uuid.NAMESPACE_DNS, name).bytes
    return raw.text(name) + identity + struct.pack(">i", -1)


def start_paused(connection, name):
    got = connection.call(START, domain_reference(name) + struct.pack(">I", PAUSED))
    assert got.error is None, got.error


def destroy(connection, name):
    got = connection.call(DESTROY, domain_reference(name))
    assert got.error is None, got.error


def define(connection, xml):
    got = connection.call(raw.DOMAIN_DEFINE_XML, raw.text(xml))
    assert got.error is None, got.error


def load(*words):
    done = subprocess.run([LOAD, *map(str, words)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


class Latency:
    """Another client's listings while something happens."""

    def __init__(self, daemon):
        self.process = subprocess.Popen([LOAD, "latency", str(daemon.socket())], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def stop(self):
        told, _ = self.process.communicate()
        return json.loads(told)


# ---- the floor: bare QEMU, started by the load program, because starting it from Python takes longer ----------------
def bare(starts, at_once=0):
    return load("bare", starts, at_once, *BARE_QEMU)


# ---- rows ------------------------------------------------------------------------------------------------------
# Each yields {row name: value} of one round for a class of daemon; floors are measured once.
def fresh(kind):
    daemon = kind(below=MEMORY)
    try:
        daemon.start()
        with client(daemon) as connection:
            connection.call(7)  # the capabilities: QEMU is probed before anything is timed
    except BaseException:
        daemon.close()
        raise
    return daemon


TRIP_ROW = "trivial call, one at a time, µs"


def calls(kind, options):
    daemon = fresh(kind)
    try:
        values = {TRIP_ROW: load("trips", daemon.socket(), options.seconds)["p50"]}
        for connections in (1, 16):
            told = load("calls", daemon.socket(), connections, 5, options.seconds)
            values[f"calls/s, {connections} connection{'s' * (connections > 1)}, 5 deep"] = told["calls"] / told["seconds"]
        return values
    finally:
        daemon.close()


def calls_floor(options):
    path = MEMORY / f"yado-bench-{os.getpid()}"
    server = subprocess.Popen([LOAD, "echo", str(path)], stdout=subprocess.PIPE)
    try:
        server.stdout.readline()
        values = {TRIP_ROW: load("trips", path, options.seconds)["p50"]}
        for connections in (1, 16):
            told = load("calls", path, connections, 5, options.seconds)
            values[f"calls/s, {connections} connection{'s' * (connections > 1)}, 5 deep"] = told["calls"] / told["seconds"]
        return values
    finally:
        server.kill()
        server.wait()
        path.unlink()


def defining(kind, options):
    daemon = fresh(kind)
    try:
        documents = [typical_guest(number) for number in range(options.definitions)]
        with client(daemon) as connection:
            began = clock()
            for document in documents:
                define(connection, document)
            return {f"define {options.definitions} typical domains, s": clock() - began}
    finally:
        daemon.close()


def defining_floor(options):
    folder = MEMORY / f"yado-bench-{os.getpid()}"
    folder.mkdir()
    began = clock()
    for number in range(options.definitions):
        with open(folder / "new", "w", encoding="utf-8") as file:
            file.write(typical_guest(number))
            file.flush()
            os.fsync(file.fileno())
        (folder / "new").rename(folder / f"{number}.xml")
    took = clock() - began
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    return {f"define {options.definitions} typical domains, s": took}


def fill(daemon, count):
    """Definition files for count domains, copied from one that the daemon wrote itself."""
    with client(daemon) as connection:
        define(connection, typical_guest(0))
    daemon.stop()
    folder = daemon.inside("/etc/libvirt/qemu")
    pattern = (folder / "typical-00000.xml").read_text()
    first = str(uuid.uuid5(uuid.NAMESPACE_DNS, "typical-00000"))
    mac = re.search(r"<mac address='(52:54:00:[^']+)'", pattern).group(1)
    for number in range(1, count):
        name = f"typical-{number:05}"
        text = pattern.replace("typical-00000", name).replace(first, str(uuid.uuid5(uuid.NAMESPACE_DNS, name)))
        (folder / f"{name}.xml").write_text(text.replace(mac, f"52:54:00:{number >> 16:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"))


def listed(daemon):
    """The number of domains in a listing as soon as the daemon answers."""
    while True:
        try:
            connection = raw.RawClient(daemon.connect())
            break
        except OSError:
            time.sleep(0.001)
    with connection:
        connection.open()
        return connection.call(raw.LIST_ALL_DOMAINS, struct.pack(">iI", 1, 0)).number()


def timed_exec(daemon, until):
    """Seconds from exec to what until(daemon) waits for."""
    began = clock()
    process = subprocess.Popen(daemon.space.command(daemon.program, "-p", "/run/libvirtd.pid"), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    value = until(daemon)
    took = clock() - began
    daemons.wait_until(lambda: daemon.inside("/run/libvirtd.pid").exists(), "the pid file")
    daemon.find()
    return took, value, process


def listing(kind, options):
    daemon = fresh(kind)
    try:
        fill(daemon, options.many)
        took, count, _ = timed_exec(daemon, listed)
        assert count == options.many, f"{count} of {options.many}"
        status = Path(f"/proc/{daemon.pid}/status").read_text()
        resident = int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024
        shares = Path(f"/proc/{daemon.pid}/smaps_rollup").read_text()
        proportional = int(re.search(r"\nPss:\s+(\d+)", shares).group(1)) / 1024
        return {f"exec to first listing, {options.many} defined, s": took,
                f"memory (RSS), {options.many} defined, MiB": resident,
                f"memory (PSS), {options.many} defined, MiB": proportional}
    finally:
        daemon.close()


def listing_floor(options):
    """Reading and parsing as many files with a C parser (expat)."""
    import xml.parsers.expat as expat
    folder = MEMORY / f"yado-bench-{os.getpid()}"
    folder.mkdir()
    for number in range(options.many):
        (folder / f"{number}.xml").write_text(typical_guest(number))
    began = clock()
    for path in folder.iterdir():
        expat.ParserCreate().Parse(path.read_bytes(), True)
    took = clock() - began
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    return {f"exec to first listing, {options.many} defined, s": took}


START_ROW, DESTROY_ROW = "start a minimal paused guest over bare QEMU, ms", "destroy over killing bare QEMU, ms"


def starting(kind, options):
    daemon = fresh(kind)
    try:
        started, ended, floor = [], [], []
        with client(daemon) as connection:
            name = f"bench{os.getpid()}"
            define(connection, bare_guest(name))
            for _ in range(options.starts):
                began = clock()
                start_paused(connection, name)
                started.append(clock() - began)
                began = clock()
                destroy(connection, name)
                ended.append(clock() - began)
                floor.append(bare(1))  # in turn, since a machine is busier at one time than at another
        return {START_ROW: statistics.median(started) * 1000 - statistics.median(each["start"] for each in floor),
                DESTROY_ROW: statistics.median(ended) * 1000 - statistics.median(each["kill"] for each in floor)}
    finally:
        daemon.close()


NETWORK_DEFINE, NETWORK_START, NETWORK_DESTROY = 41, 39, 42
NETWORKS = {
    "isolated": "<network><name>isolated</name><bridge name='virbr8'/></network>",
    "NAT and DHCP": "<network><name>NAT and DHCP</name><forward mode='nat'/><bridge name='virbr9'/><ip address='10.99.0.1' "
                    "prefix='24'><dhcp><range start='10.99.0.2' end='10.99.0.254'/></dhcp></ip></network>"}
NETWORK_FLOOR = """
import subprocess, time
def timed(lines):
    began = time.perf_counter()
    subprocess.run(["ip", "-batch", "-"], input=lines, text=True, check=True)
    return time.perf_counter() - began
for _ in range(ROUNDS):
    print(timed("link add floor0 type bridge\\naddress add 10.98.0.1/24 dev floor0\\nlink set floor0 up\\n"),
          timed("link delete floor0\\n"))
"""


def networks(kind, options):
    """Starts and ends over what the kernel takes for a bridge, which is most of an end."""
    daemon = fresh(kind)
    try:
        done = daemon.space.run("/usr/bin/python3", "-c", NETWORK_FLOOR.replace("ROUNDS", str(options.starts)))
        floor = [[float(word) for word in line.split()] for line in done.stdout.splitlines()]
        least = [statistics.median(column) for column in zip(*floor)]
        values = {}
        with client(daemon) as connection:
            for name, xml in NETWORKS.items():
                got = connection.call(NETWORK_DEFINE, raw.text(xml))
                assert got.error is None, got.error
                reference, times = got.payload, ([], [])
                for _ in range(options.starts):
                    for procedure, into in zip((NETWORK_START, NETWORK_DESTROY), times):
                        began = clock()
                        got = connection.call(procedure, reference)
                        assert got.error is None, got.error
                        into.append(clock() - began)
                for what, taken, floor_of in zip(("start", "end"), times, least):
                    values[f"network {what} over a bridge's, {name}, ms"] = (statistics.median(taken) - floor_of) * 1000
        return values
    finally:
        daemon.close()


def many(kind, options):
    daemon = fresh(kind)
    try:
        names = [f"m{os.getpid()}-{number}" for number in range(options.guests)]
        values = {}
        with client(daemon) as connection:
            for name in names:
                define(connection, bare_guest(name))
            for at_once in (1, 8):
                left, lock, failures = list(names), threading.Lock(), []

                def work():
                    try:
                        with client(daemon) as own:
                            while True:
                                with lock:
                                    if not left:
                                        return
                                    name = left.pop()
                                start_paused(own, name)
                    except Exception as error:
                        failures.append(error)
                threads = [threading.Thread(target=work) for _ in range(at_once)]
                other = Latency(daemon)
                began = clock()
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                took = clock() - began
                told = other.stop()
                if failures:
                    raise failures[0]
                how = "in series" if at_once == 1 else "by 8 clients"
                values[f"{options.guests} guests started {how}, s"] = took
                values[f"listing by another client meanwhile ({how}), p99, ms"] = told["p99"] / 1000
                for name in names:
                    destroy(connection, name)
        return values
    finally:
        daemon.close()


def many_floor(options):
    return {f"{options.guests} guests started in series, s": bare(options.guests, 1)["seconds"],
            f"{options.guests} guests started by 8 clients, s": bare(options.guests, 8)["seconds"]}


def capabilities(kind, options):
    daemon = kind(below=MEMORY)
    try:
        def asked(it):
            while True:
                try:
                    connection = raw.RawClient(it.connect())
                    break
                except OSError:
                    time.sleep(0.001)
            with connection:
                got = connection.open().call(7)
                assert got.error is None, got.error
                return len(got.payload)
        took, size, _ = timed_exec(daemon, asked)
        assert size > 1000
        return {"exec to first capabilities, cold, s": took}
    finally:
        daemon.close()


DOCUMENT_ROW = "read and write a 300-line domain, µs"
GET_XML, SECURE = 14, 1


def large_guest():
    """A domain of which 300 lines come back."""
    devices = "".join(f"<disk type='file'><driver name='qemu' type='qcow2'/><source file='/images/{n}'/>"
                      f"<target dev='vd{chr(97 + n)}' bus='virtio'/></disk>" for n in range(1, 12))
    devices += "".join("<interface type='user'><model type='virtio'/></interface>" for _ in range(8))
    devices += "".join(f"<channel type='unix'><target type='virtio' name='org.{n}'/></channel>" for n in range(6))
    return typical_guest(0).replace("<memballoon", devices + "<memballoon")


def documents(kind, options):
    """Ours in a program that does nothing else; libvirtd's round trip of define and dumpxml without what two calls cost."""
    text = large_guest()
    if kind is Yado:
        tool = Path(os.environ.get("YADO_PROGRAMS", ROOT / "build/bin")) / "document_tool"
        done = subprocess.run([tool, "domain", str(20 * options.documents)], input=text, capture_output=True, text=True,
                              check=True)
        return {DOCUMENT_ROW: float(done.stdout)}
    daemon = fresh(kind)
    try:
        with client(daemon) as connection:
            define(connection, text)
            reference = domain_reference("typical-00000") + struct.pack(">I", SECURE)
            lines = connection.call(GET_XML, reference).payload.count(b"\n")
            assert 270 <= lines <= 330, f"{lines} lines"
            began = clock()
            for _ in range(options.documents):
                define(connection, text)
                connection.call(GET_XML, reference)
            took = clock() - began
            began = clock()
            for _ in range(2 * options.documents):
                connection.call(raw.GET_LIB_VERSION)
            took -= clock() - began
        return {DOCUMENT_ROW: took / options.documents * 1e6}
    finally:
        daemon.close()


def loading(kind, options):
    """10,000 definitions at the daemon's start."""
    daemon = fresh(kind)
    try:
        fill(daemon, options.loaded)
        took, count, _ = timed_exec(daemon, listed)
        assert count == options.loaded, f"{count} of {options.loaded}"
        return {f"exec to first listing, {options.loaded:,} defined, s": took}
    finally:
        daemon.close()


# name → (measure, floor or None)
ROWS = {"documents": (documents, None), "load": (loading, None), "calls": (calls, calls_floor),
        "define": (defining, defining_floor), "listing": (listing, listing_floor), "start": (starting, None),
        "many": (many, many_floor), "networks": (networks, None),
        "volumes": (lambda kind, options: storage.volumes(fresh, kind, options), storage.volumes_floor),
        "snapshots": (lambda kind, options: snapshots.snapshots(fresh, kind, options), snapshots.snapshots_floor),
        "running": (lambda kind, options: guests_running.running(fresh, timed_exec, kind, options), None),
        "capabilities": (capabilities, None)}
ALIASES = {"memory": "listing", "destroy": "start", "latency": "many", "domstats": "running", "hotplug": "running",
           "restart": "running", "native": "running"}
# rows where more is better, and what the project has promised: yadod's value divided by libvirtd's
MORE_IS_BETTER = re.compile("^calls/s|MiB/s$")
TARGETS = [("^calls/s, 1 ", 2.0), ("^calls/s, 16 ", 4.0), ("^define", 0.25),
           ("^read and write", 1 / 3), ("^exec to first listing", 0.25), ("^memory", 0.5), ("^start a minimal", 0.25),
           ("^destroy", 0.25), ("guests started", 0.25), ("^domstats", 0.2), ("^plug a disk", 0.5),
           ("^domxml-to-native", 0.1), ("^daemon restart", 0.25), ("^network ", 1 / 3),
           ("^exec to first capabilities", 0.5),
           ("^start, pool", 0.33), ("^each volume's XML", 0.5), ("load, MiB/s", 2.0)]
OVER_FLOOR = [("snapshot: create|snapshot: revert", 1.3)]
SECONDS = [("^exec to first listing, 10,000", 2.0)]
LIMITS = [(r"meanwhile \(in series\)", 2.0), (r"meanwhile \(by 8", 5.0)]  # milliseconds


def verdict(row, theirs, ours, floor):
    for pattern, most in OVER_FLOOR:
        if re.search(pattern, row) and floor:
            return ("ok" if ours <= most * floor else "MISSED") + f" (≤ {most:g}× the floor)"
    for pattern, limit in SECONDS:
        if re.search(pattern, row):
            return ("ok" if ours <= limit else "MISSED") + f" (≤ {limit:g} s)"
    for pattern, target in TARGETS:
        if re.search(pattern, row):
            better = bool(MORE_IS_BETTER.search(row))
            good = ours / theirs >= target if better else ours <= target * theirs
            return ("ok" if good else "MISSED") + f" ({'≥' if better else '≤'} {target:g}×)"
    for pattern, limit in LIMITS:
        if re.search(pattern, row):
            return ("ok" if ours <= limit else "MISSED") + f" (≤ {limit:g})"
    return ""


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"


def main():
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--quick", action="store_true", help="one round, smaller numbers")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join([*ROWS, *ALIASES]))
    options = parser.parse_args()
    names = [ALIASES.get(name, name) for name in options.names] or list(ROWS)
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        parser.error(f"no such measurement: {' '.join(unknown)}")
    why = daemons.StockDaemon.why_not()
    if why:
        sys.exit(f"bench: {why}")
    quick = options.quick
    rounds = options.rounds or (1 if quick else 3)
    options.seconds = 1 if quick else 2
    options.definitions = 200 if quick else 1000
    options.documents = 20 if quick else 100
    options.loaded = 10_000
    options.many = 1000 if quick else MANY
    options.starts = 5 if quick else 10
    options.guests = 10 if quick else 50
    options.volumes = 500 if quick else 2000
    OUTPUT.mkdir(parents=True, exist_ok=True)
    source = ROOT / "tests/bench/load.cpp"
    if not LOAD.exists() or LOAD.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["clang++-19", "-std=c++23", "-O2", "-o", LOAD, source], check=True)
    alone = bare(options.starts)
    print(f"bare QEMU: {alone['start']:.1f} ms to its monitor, {alone['kill']:.1f} ms to its end", flush=True)
    values, floors, failures = {}, {}, []
    for name in dict.fromkeys(names):
        measure, floor = ROWS[name]
        # starting guests by the dozen takes libvirtd most of a minute
        for round_ in range(min(rounds, 2) if name == "many" and not options.rounds else rounds):
            for row, value in (floor(options) if floor else {}).items():
                floors.setdefault(row, []).append(value)
            for kind in (Libvirt, Yado) if round_ % 2 == 0 else (Yado, Libvirt):
                try:
                    for row, value in measure(kind, options).items():
                        values.setdefault(row, {}).setdefault(kind.label, []).append(value)
                except Exception as error:
                    failures.append(f"{name}: {kind.label}: {type(error).__name__}: {error}")
                    print(failures[-1], file=sys.stderr, flush=True)
        print(f"{name}: done", file=sys.stderr, flush=True)
    results = {}
    width = max([len(row) for row in values] + [10])
    print(f"\n{'':{width}} {'libvirtd':>10} {'yadod':>10} {'floor':>10} {'yadod/libvirtd':>15}  target")
    for row, by in values.items():
        theirs = statistics.median(by["libvirtd"]) if by.get("libvirtd") else None
        ours = statistics.median(by["yadod"]) if by.get("yadod") else None
        floor = statistics.median(floors[row]) if row in floors else None
        ratio = ours / theirs if theirs and ours is not None else None
        told = verdict(row, theirs, ours, floor) if ratio is not None else ""
        print(f"{row:{width}} {number(theirs):>10} {number(ours):>10} {number(floor):>10} {number(ratio):>15}  {told}")
        results[row] = {"libvirtd": by.get("libvirtd"), "yadod": by.get("yadod"), "floor": floor, "ratio": ratio,
                        "verdict": told}
    (OUTPUT / "results.json").write_text(json.dumps({"rounds": rounds, "cpus": os.cpu_count(), "rows": results,
                                                     "failures": failures}, indent=2) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
