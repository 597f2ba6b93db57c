# SPDX-License-Identifier: Apache-2.0
"""Rows of ./dev bench about guests that run: statistics, devices that come and go, and a daemon that is started anew."""
import os
import statistics
import time

import libvirt

from harness.guests import bare_guest, typical_guest
from volumes import milliseconds

SECONDS = 60  # until a restarted daemon has all guests


def median(times, work):
    return statistics.median(milliseconds(work) for _ in range(times))


def image(folder, name):
    path = folder / name
    with open(path, "wb") as file:
        file.truncate(1 << 20)
    return path


def disk(path, target):
    return (f"<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{path}'/>"
            f"<target dev='{target}' bus='scsi'/></disk>")


def guest(daemon, name):
    """Paused, with a disk and a card, so that there is something to tell of."""
    devices = ("<controller type='scsi' model='virtio-scsi'/><interface type='user'><model type='virtio'/></interface>" +
               disk(image(daemon.images, f"{name}.raw"), "sda"))
    return bare_guest(name, devices=devices)


def answers(connection, names):
    """Whether all guests are known to run and each one's QEMU answers."""
    for name in names:
        if "actual" not in connection.lookupByName(name).memoryStats():
            return False
    return True


def running(fresh, timed_exec, kind, options):
    daemon = fresh(kind)
    connection = None
    try:
        names = [f"r{os.getpid()}-{number}" for number in range(options.guests)]
        connection = libvirt.open(daemon.uri())
        for name in names:
            connection.createXML(guest(daemon, name), libvirt.VIR_DOMAIN_START_PAUSED)
        told = {f"domstats of {options.guests} running guests, ms":
                median(options.starts, lambda: connection.getAllDomainStats(0, 0))}
        domain = connection.lookupByName(names[0])
        xml = disk(image(daemon.images, "plugged.raw"), "sdb")
        came, went = [], []
        for _ in range(options.starts):  # a SCSI disk goes without the guest's word
            came.append(milliseconds(lambda: domain.attachDeviceFlags(xml, libvirt.VIR_DOMAIN_AFFECT_LIVE)))
            went.append(milliseconds(lambda: domain.detachDeviceFlags(xml, libvirt.VIR_DOMAIN_AFFECT_LIVE)))
        told["plug a disk in, ms"] = statistics.median(came)
        told["plug a disk out, ms"] = statistics.median(went)
        native = typical_guest(0)
        told["domxml-to-native of a typical guest, ms"] = median(
            options.starts, lambda: connection.domainXMLToNative("qemu-argv", native, 0))
        connection.close()
        connection = None
        daemon.kill()

        def all_answer(it):
            deadline = time.monotonic() + SECONDS
            while time.monotonic() < deadline:
                try:
                    again = libvirt.open(it.uri())
                except libvirt.libvirtError:
                    time.sleep(0.001)
                    continue
                try:
                    if answers(again, names):
                        return True
                except libvirt.libvirtError:
                    time.sleep(0.001)
                finally:
                    again.close()
            return False
        took, everyone, _ = timed_exec(daemon, all_answer)
        assert everyone, "not all guests answer"
        told[f"daemon restart until {options.guests} guests answer, s"] = took
        return told
    finally:
        if connection is not None:
            connection.close()
        daemon.close()
