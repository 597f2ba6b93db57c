# SPDX-License-Identifier: Apache-2.0
"""Rows of ./dev bench about snapshots of a running guest; the floor is QEMU asked by one client."""
import json
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import libvirt
from harness.guests import bare_guest
from harness.images import create, disk

WHAT = ("internal snapshot: create", "internal snapshot: revert", "internal snapshot: delete", "external snapshot: create")
DISK_ONLY = libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY | libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA


def milliseconds(work):
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def medians(times):
    return {f"{what}, ms": statistics.median(each) for what, each in zip(WHAT, times)}


def snapshots(fresh, kind, options):
    daemon = fresh(kind)
    connection = None
    try:
        daemon.images.chmod(0o777)
        image = create(daemon.images / "vda.qcow2", "64M")
        connection = libvirt.open(daemon.uri())
        domain = connection.defineXML(bare_guest(f"snap{os.getpid()}", devices=disk(image), machine="pc"))
        domain.create()
        times = ([], [], [], [])
        for number in range(options.starts):
            made = []
            xml = f"<domainsnapshot><name>s{number}</name></domainsnapshot>"
            times[0].append(milliseconds(lambda: made.append(domain.snapshotCreateXML(xml))))
            times[1].append(milliseconds(lambda: domain.revertToSnapshot(made[0])))
            times[2].append(milliseconds(lambda: made[0].delete()))
        for number in range(options.starts):
            xml = f"<domainsnapshot><name>e{number}</name></domainsnapshot>"
            times[3].append(milliseconds(lambda: domain.snapshotCreateXML(xml, DISK_ONLY)))
        domain.destroy()
        return medians(times)
    finally:
        if connection:
            connection.close()
        daemon.close()


class Monitor:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("r")
        self.lines.readline()
        self.ask("qmp_capabilities")

    def ask(self, command, **arguments):
        self.socket.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        while True:
            answer = json.loads(self.lines.readline())
            if "error" in answer:
                raise RuntimeError(answer["error"])
            if "return" in answer:
                return answer["return"]

    def stopped(self, command):
        self.ask("stop")
        self.ask("human-monitor-command", **{"command-line": command})
        self.ask("cont")


def snapshots_floor(options):
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    process = None
    try:
        image = create(folder / "vda.qcow2", "64M")
        process = subprocess.Popen(["qemu-system-x86_64", "-machine", "pc,accel=tcg", "-m", "16", "-nodefaults", "-display",
                                    "none", "-qmp", f"unix:{folder}/qmp,server=on,wait=off", "-blockdev",
                                    f"driver=qcow2,node-name=top,file.driver=file,file.filename={image}", "-device",
                                    "virtio-blk-pci,drive=top,id=vda"])
        while not (folder / "qmp").exists():
            time.sleep(0.01)
        monitor = Monitor(folder / "qmp")
        times = ([], [], [], [])
        for number in range(options.starts):
            for into, command in zip(times, ("savevm", "loadvm", "delvm")):
                into.append(milliseconds(lambda: monitor.stopped(f"{command} s{number}")))
        below = "top"
        for number in range(options.starts):
            above = f"over{number}"
            arguments = {"node-name": below, "snapshot-node-name": above, "snapshot-file": str(folder / above),
                         "format": "qcow2"}
            times[3].append(milliseconds(lambda: monitor.ask("blockdev-snapshot-sync", **arguments)))
            below = above
        return medians(times)
    finally:
        if process:
            process.kill()
            process.wait()
        shutil.rmtree(folder)
