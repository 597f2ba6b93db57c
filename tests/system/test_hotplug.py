# SPDX-License-Identifier: Apache-2.0
"""Devices that come and go in a running guest, seen from inside it."""
import json
import re
import socket

import libvirt
import libvirt_qemu
import pytest
from harness import guests
from harness.daemon import wait_until

pytestmark = pytest.mark.slow

LIVE, CONFIG = libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_AFFECT_CONFIG
FORCE = libvirt.VIR_DOMAIN_DEVICE_MODIFY_FORCE
INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
PORTS = "".join(f"<controller type='pci' index='{number}' model='pcie-root-port'/>" for number in range(1, 12))
MAC = "52:54:00:00:77:01"
CARD = f"<interface type='user'><mac address='{MAC}'/><model type='virtio'/></interface>"
GUEST_SECONDS = 60  # how long a guest may take to notice; its kernel asks for five seconds of patience alone


def image(folder, name, size=4 << 20):
    path = folder / name
    with open(path, "wb") as file:
        file.truncate(size)
    return path


def disk(path, target="vdb", bus="virtio", device="disk", form="raw"):
    source = f"<source file='{path}'/>" if path else ""
    return (f"<disk type='file' device='{device}'><driver name='qemu' type='{form}'/>{source}"
            f"<target dev='{target}' bus='{bus}'/></disk>")


def drive(path):
    return disk(path, "sda", "sata", "cdrom")


class Booted:
    """A guest with a shell on its console."""

    def __init__(self, conn, domain):
        self.domain = domain
        self.console = guests.Console(conn, domain)
        self.console.wait_for(guests.GREETING)
        self.count = 0

    def run(self, command):
        """What the command prints in the guest."""
        self.count += 1
        self.console.send(f"{command}; echo end''{self.count}.\n".encode())
        return self.console.wait_for(f"end{self.count}.".encode()).decode(errors="replace")

    def sees(self, command, expected):
        wait_until(lambda: re.search(expected, self.run(command)), f"{expected!r} from {command!r}", GUEST_SECONDS)


@pytest.fixture
def booted(conn, name, linux, yadod):
    first = image(yadod.images, "first.iso")
    xml = linux(name, devices=PORTS + drive(first)).replace("<vcpu>1</vcpu>", "<vcpu current='1'>2</vcpu>")
    domain = conn.defineXML(xml)
    domain.create()
    guest = Booted(conn, domain)
    yield guest
    guest.console.close()


def nodes(domain):
    """Files that QEMU has open as disks."""
    command = {"execute": "query-named-block-nodes", "arguments": {"flat": True}}
    return [each["file"] for each in json.loads(libvirt_qemu.qemuMonitorCommand(domain, json.dumps(command), 0))["return"]]


def refused(call, *arguments):
    with pytest.raises(libvirt.libvirtError) as error:
        call(*arguments)
    return error.value.get_error_code(), error.value.get_error_message()


def gone(domain, text):
    wait_until(lambda: text not in domain.XMLDesc(), f"the end of {text}", GUEST_SECONDS)


def test_a_disk_and_a_card_come_and_go(booted, yadod):
    domain, path = booted.domain, image(yadod.images, "plugged.raw")
    domain.attachDeviceFlags(disk(path), LIVE | CONFIG)
    domain.attachDeviceFlags(CARD, LIVE)
    assert "<alias name='virtio-disk1'/>" in domain.XMLDesc() and MAC in domain.XMLDesc()
    assert "vdb" in domain.XMLDesc(INACTIVE) and MAC not in domain.XMLDesc(INACTIVE)
    booted.sees("ls /sys/block", r"vda")
    booted.sees("cat /sys/class/net/*/address", MAC)
    booted.run("dd if=/dev/zero bs=1k count=8 | tr '\\0' 'Y' | dd of=/dev/vda bs=1k conv=fsync")
    assert path.read_bytes()[:8192] == b"Y" * 8192, "what the guest writes is in the image"
    domain.detachDeviceFlags(CARD, LIVE)
    gone(domain, MAC)
    booted.sees("echo NICS $(ls /sys/class/net)", r"NICS lo\s")
    domain.detachDeviceFlags(disk(path), LIVE | CONFIG)
    gone(domain, "vdb")
    assert "vdb" not in domain.XMLDesc(INACTIVE)
    assert str(path) not in nodes(domain), "QEMU has let go of the image"
    domain.attachDeviceFlags(disk(path), LIVE)  # and so it is free for somebody else


def test_events_tell_of_devices(booted, conn, yadod):
    told = []
    ids = {"added": libvirt.VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, "removed": libvirt.VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED}
    for word, number in ids.items():
        conn.domainEventRegisterAny(None, number, lambda _c, _d, alias, what: told.append((what, alias)), word)
    booted.domain.attachDeviceFlags(CARD, LIVE)
    booted.sees("cat /sys/class/net/*/address", MAC)
    booted.domain.detachDeviceFlags(CARD, LIVE)
    wait_until(lambda: len(told) == 2, "the events", GUEST_SECONDS)
    assert told == [("added", "net0"), ("removed", "net0")]


def test_a_plugged_disk_is_found_again(booted, yadod, conn):
    path = image(yadod.images, "plugged.raw")
    booted.domain.attachDeviceFlags(disk(path), LIVE)
    before = booted.domain.XMLDesc()
    yadod.kill()
    yadod.start()
    again = libvirt.open(yadod.uri())
    domain = again.lookupByName(booted.domain.name())
    assert domain.XMLDesc() == before
    domain.detachDeviceFlags(disk(path), LIVE)
    gone(domain, "vdb")
    assert str(path) not in nodes(domain)
    again.close()


def test_media_change(booted, yadod):
    domain = booted.domain
    second = image(yadod.images, "second.iso", 2 << 20)
    domain.updateDeviceFlags(drive(second), LIVE)
    assert "second.iso" in domain.XMLDesc() and "first.iso" not in domain.XMLDesc()
    assert str(yadod.images / "first.iso") not in nodes(domain)
    assert "first.iso" in domain.XMLDesc(INACTIVE)
    code, text = refused(domain.updateDeviceFlags, drive("/nonexistent.iso"), LIVE)
    assert (code, text) == (38, "Cannot access storage file '/nonexistent.iso': No such file or directory")
    assert str(second) in nodes(domain), "a bad medium leaves the good one"
    domain.updateDeviceFlags(drive(None), LIVE | FORCE)
    shown = re.search(r"<disk type='file' device='cdrom'>.*?</disk>", domain.XMLDesc(), re.DOTALL).group()
    assert "second.iso" not in shown
    domain.updateDeviceFlags(drive(second), LIVE)
    assert "second.iso" in domain.XMLDesc()


def cpus(guest, count):
    guest.sees("echo CPUS $(grep -c ^processor /proc/cpuinfo)", rf"CPUS {count}\s")


def memory(guest):
    """MiB that the guest's kernel counts."""
    return int(re.search(r"MemTotal:\s+(\d+) kB", guest.run("cat /proc/meminfo")).group(1)) >> 10


def test_the_balloon_takes_and_gives(booted):
    domain, all_of_it = booted.domain, memory(booted)
    domain.setMemoryStatsPeriod(1, LIVE)
    domain.setMemoryFlags(104 << 10, LIVE)
    wait_until(lambda: domain.memoryStats()["actual"] == 104 << 10, "the balloon", GUEST_SECONDS)
    assert memory(booted) <= all_of_it - 20
    wait_until(lambda: domain.info()[2] == 104 << 10, "the news of it", GUEST_SECONDS)
    assert "<currentMemory unit='KiB'>106496<" in domain.XMLDesc()
    wait_until(lambda: domain.memoryStats().get("unused", 0) > 0, "the guest's own figures", GUEST_SECONDS)
    domain.setMemoryFlags(128 << 10, LIVE)
    wait_until(lambda: memory(booted) >= all_of_it - 1, "the memory", GUEST_SECONDS)


def test_what_fails_leaves_nothing(booted, yadod):
    domain, path = booted.domain, image(yadod.images, "bad.img")
    before, definition = domain.XMLDesc(), domain.XMLDesc(INACTIVE)
    code, text = refused(domain.attachDeviceFlags, disk(path, form="qcow2"), LIVE | CONFIG)
    assert code == libvirt.VIR_ERR_OPERATION_FAILED and "not a qcow2 image" in text
    assert domain.XMLDesc() == before and domain.XMLDesc(INACTIVE) == definition
    domain.attachDeviceFlags(disk(path), LIVE)
    before = domain.XMLDesc()
    code, text = refused(domain.attachDeviceFlags, disk(path, "vdc"), LIVE | CONFIG)  # QEMU refuses the last step
    assert code == libvirt.VIR_ERR_INTERNAL_ERROR and "'device_add': Failed to get \"write\" lock" in text
    assert domain.XMLDesc() == before and domain.XMLDesc(INACTIVE) == definition
    assert len([each for each in nodes(domain) if each == str(path)]) == 2, "one image: its file and its format"


def test_the_commands(booted, yadod, yado, xml_file):
    name, path = booted.domain.name(), image(yadod.images, "plugged.raw")
    assert yado("attach-disk", name, path, "vdb", "--live").strip() == "Disk attached successfully"
    assert "vdb" in yado("domblklist", name)
    assert yado("detach-disk", name, "vdb", "--live").strip() == "Disk detached successfully"
    card = xml_file(CARD)
    assert yado("attach-device", name, card).strip() == "Device attached successfully"
    assert yado("domif-setlink", name, MAC, "down").strip() == "Device updated successfully"
    assert yado("domif-getlink", name, MAC).strip() == f"{MAC} down"
    booted.sees("cat /sys/class/net/*/address", MAC)
    assert yado("detach-device-alias", name, "net0").strip() == "Device detach request sent successfully"
    gone(booted.domain, MAC)
    assert yado("change-media", name, "sda", "--eject", "--force").strip() == "Successfully ejected media."
    assert yado("setvcpus", name, "2", "--live").strip() == ""
