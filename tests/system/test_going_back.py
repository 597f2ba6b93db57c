# SPDX-License-Identifier: Apache-2.0
"""Taking libvirtd's place and giving it back, with guests that run all the while: each daemon finds, controls and
ends what the other has started. Both daemons use the same files in namespaces of their own, one after the other.
"""
import os
import pwd
import re
import subprocess

import libvirt
import pytest
from harness import daemon as daemons
from harness.daemon import alive, wait_until
from harness.guests import bare_guest

pytestmark = pytest.mark.ours
OURS = str(daemons.PROGRAMS / "yadod")


class Pair(daemons.StockDaemon):
    """One place, two programs."""

    def __enter__(self):
        return self  # which program is first, the test says

    def use(self, program):
        self.stop()
        self.program = program
        self.start()
        connection = libvirt.open(self.uri())
        # a starting libvirtd takes clients before it has found its guests again: what needs a guest's job waits for it
        for domain in connection.listAllDomains():
            domain.memoryStats()
        return connection


@pytest.fixture(name="pair")
def fixture_pair():
    why = Pair.why_not()
    if why:
        pytest.skip(why)
    with Pair(config={"log_filters": "1:qemu.qemu_process"}) as pair:
        yield pair


@pytest.fixture(name="document")
def fixture_document(pair, name):
    for image in ("one.qcow2", "two.qcow2"):
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", pair.images / image, "16M"], check=True)
    for image in ("a.iso", "b.iso"):
        (pair.images / image).write_bytes(bytes(1 << 20))
    return bare_guest(name, devices=f"""
      <disk type='file' device='disk'>
        <driver name='qemu' type='qcow2'/><source file='{pair.images}/one.qcow2'/><target dev='vda' bus='virtio'/>
      </disk>
      <disk type='file' device='cdrom'>
        <driver name='qemu' type='raw'/><source file='{pair.images}/a.iso'/><target dev='sda' bus='sata'/><readonly/>
      </disk>
      <interface type='user'><model type='virtio'/></interface>
      <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
      <graphics type='vnc' port='-1' autoport='yes'/><video><model type='virtio'/></video>""")


def facts(domain):
    """What must be the same under either daemon."""
    xml = domain.XMLDesc()
    devices = re.search(r"<devices>.*</devices>", xml, re.S).group(0)
    return {"id": domain.ID(), "state": domain.state()[0], "persistent": domain.isPersistent(),
            "aliases": sorted(re.findall(r"<alias name='([^']+)'", devices)),
            "addresses": sorted(re.findall(r"<address type='(?:pci|drive)[^>]+>", devices)),
            "tty": re.findall(r"<source path='(/dev/pts/\d+)'", devices),
            "port": re.findall(r"<graphics type='vnc' port='(\d+)'", devices),
            "mac": re.findall(r"<mac address='([^']+)'", devices)}


def control(domain):
    domain.suspend()
    assert domain.state() == [libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_USER]
    domain.resume()
    assert domain.state()[0] == libvirt.VIR_DOMAIN_RUNNING
    assert domain.blockStats("vda")[0] >= 0
    assert domain.blockInfo("vda")[0] == 16 << 20
    assert domain.memoryStats()["actual"] == domain.maxMemory()


def change(pair, domain):
    """What libvirtd can do only with its own notes in the status file: names of nodes, places of devices."""
    domain.updateDeviceFlags(f"""<disk type='file' device='cdrom'><driver name='qemu' type='raw'/>
      <source file='{pair.images}/b.iso'/><target dev='sda' bus='sata'/><readonly/></disk>""")
    domain.setBlockIoTune("vda", {"total_bytes_sec": 1 << 20})
    domain.blockResize("vda", 20 << 20, libvirt.VIR_DOMAIN_BLOCK_RESIZE_BYTES)
    domain.attachDevice(f"""<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
      <source file='{pair.images}/two.qcow2'/><target dev='vdb' bus='virtio'/></disk>""")


def test_ours_goes_to_libvirtd_and_comes_back(pair, document, name):
    connection = pair.use(OURS)
    domain = connection.defineXML(document)
    domain.create()
    told = facts(domain)
    pid, = pair.guest_processes()
    for program in ("libvirtd", OURS, "libvirtd"):
        connection.close()
        connection = pair.use(program)
        domain = connection.lookupByName(name)
        assert facts(domain) == told, program
        control(domain)
        assert list(pair.guest_processes()) == [pid]
    change(pair, domain)
    connection.close()
    connection = pair.use(OURS)
    domain = connection.lookupByName(name)
    assert "b.iso" in domain.XMLDesc()
    assert "two.qcow2" in domain.XMLDesc()
    assert domain.blockStats("vdb")[0] >= 0
    connection.close()
    connection = pair.use("libvirtd")
    domain = connection.lookupByName(name)
    domain.snapshotCreateXML("<domainsnapshot><name>later</name></domainsnapshot>",
                             libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY | libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA)
    domain.save(str(pair.images / "saved"))  # its progress is told by events that have to be asked for at the start
    connection.restore(str(pair.images / "saved"))
    assert connection.lookupByName(name).isActive() == 1
    connection.lookupByName(name).destroy()
    assert pair.guest_processes() == {}
    connection.close()


def test_libvirtds_comes_to_us_and_goes_back(pair, document, name):
    connection = pair.use("libvirtd")
    domain = connection.createXML(document, libvirt.VIR_DOMAIN_START_PAUSED)
    told = facts(domain)
    status = pair.inside(f"/run/libvirt/qemu/{name}.xml")
    noted = notes(status)
    assert noted["flags"] > 100 and noted["private"]
    pid, = pair.guest_processes()
    connection.close()
    connection = pair.use(OURS)
    domain = connection.lookupByName(name)
    assert facts(domain) == told
    domain.resume()
    control(domain)
    assert "privateData" not in domain.XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE)
    assert notes(status) == noted, "what only libvirtd knows was lost"
    connection.close()
    connection = pair.use("libvirtd")
    domain = connection.lookupByName(name)
    assert facts(domain) == {**told, "state": libvirt.VIR_DOMAIN_RUNNING}
    control(domain)
    change(pair, domain)
    connection.close()
    connection = pair.use(OURS)
    connection.lookupByName(name).destroy()
    assert not alive(pid)
    assert pair.leftovers() == []
    connection.close()
    connection = pair.use("libvirtd")
    assert connection.listAllDomains() == []
    connection.close()


def notes(status):
    """What libvirtd has written for itself."""
    text = status.read_text()
    return {"flags": text.count("<flag name="), "namespaces": "<namespaces>" in text,
            "taint": re.findall(r"<taint flag='([^']+)'", text),
            "private": re.findall(r"<(?:nodename|qom) [^>]*name='[^']+'/>", text),
            "last node": re.findall(r"<nodename index='(\d+)'", text),
            "remembers": "<rememberOwner/>" in text, "agent": re.findall("<agentTimeout>(.*)<", text)}


def test_flags_are_those_libvirtd_finds_itself(pair, name):
    def flags():
        text = pair.inside(f"/run/libvirt/qemu/{name}.xml").read_text()
        return set(re.findall(r"<flag name='([^']+)'", text))
    found = {}
    for program in ("libvirtd", OURS):
        connection = pair.use(program)
        domain = connection.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
        found[program] = flags()
        domain.destroy()
        connection.close()
    assert found[OURS] == found["libvirtd"]


def test_another_process_with_the_same_number_is_not_believed(pair, name):
    """libvirtd notes no start time: a number may have been given again when we look."""
    connection = pair.use("libvirtd")
    connection.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
    connection.close()
    pair.stop()
    guest, = pair.guest_processes()
    stranger = subprocess.Popen(pair.space.command("sleep", "600"))
    try:
        def child():
            return next((pid for pid, line in daemons.processes() if line == "sleep 600 " and pair.owns(pid)), None)
        wait_until(child, "the other process")
        inside = pair._inside_pid(child())  # pylint: disable=protected-access
        status = pair.inside(f"/run/libvirt/qemu/{name}.xml")
        status.write_text(re.sub(r" pid='\d+'>", f" pid='{inside}'>", status.read_text(), count=1))
        connection = pair.use(OURS)
        assert connection.listAllDomains() == []
        assert stranger.poll() is None, "somebody else's process was ended"
        wait_until(lambda: not alive(guest), "the end of the guest nobody can talk to")
        connection.close()
    finally:
        stranger.terminate()
        stranger.wait()


@pytest.mark.parametrize("first", ["libvirtd", OURS], ids=["libvirtd", "yadod"])
def test_images_go_back_to_their_owner(pair, document, name, first):
    """Whoever ends the guest gives its files back to whom they belonged before."""
    try:
        user = pwd.getpwnam("libvirt-qemu")
    except KeyError:
        pytest.skip("no user libvirt-qemu")
    (pair.etc / "qemu.conf").write_text("")
    os.chown(pair.inside("/var/lib/libvirt/qemu"), 0, 0)  # as a libvirtd left it whose guests ran as root
    image = pair.images / "one.qcow2"
    connection = pair.use(first)
    connection.createXML(document, libvirt.VIR_DOMAIN_START_PAUSED)
    assert image.stat().st_uid == user.pw_uid
    connection.close()
    connection = pair.use("libvirtd" if first == OURS else OURS)
    connection.lookupByName(name).destroy()
    assert image.stat().st_uid == 0
    connection.close()
