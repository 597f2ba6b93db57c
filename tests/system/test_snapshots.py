# SPDX-License-Identifier: Apache-2.0
"""Snapshots: inside images and in files of their own, of running and of stopped guests; trees of them."""
import re

import libvirt
import pytest
from harness import guests, images
from harness.daemon import wait_until

DISK_ONLY = libvirt.VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY


def refused(call, *arguments):
    with pytest.raises(libvirt.libvirtError) as error:
        call(*arguments)
    return error.value.get_error_code(), error.value.get_error_message()


@pytest.fixture
def files(yadod):
    folder = yadod.images / "snapshots"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    yield folder
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


@pytest.fixture
def stopped(conn, name, files):
    for number, target in enumerate(("vda", "vdb")):
        images.fill(images.create(files / f"{target}.qcow2"), number + 1, 0, "1M")
    devices = images.disk(files / "vda.qcow2") + images.disk(files / "vdb.qcow2", "vdb")
    return conn.defineXML(guests.bare_guest(name, devices=devices))


@pytest.fixture
def running(stopped):
    stopped.create()
    return stopped


def take(domain, name, flags=0, memory="", disks=""):
    memory = f"<memory snapshot='external' file='{memory}'/>" if memory else ""
    disks = f"<disks>{disks}</disks>" if disks else ""
    return domain.snapshotCreateXML(f"<domainsnapshot><name>{name}</name>{memory}{disks}</domainsnapshot>", flags)


def sources(domain, flags=0):
    """Of each disk, the file the guest writes to."""
    disks = re.findall(r"<disk type='file' device='disk'>.*?</disk>", domain.XMLDesc(flags), re.S)
    return [re.search(r"<source file='([^']*)'", disk).group(1).rsplit("/", 1)[-1] for disk in disks]


def names(snapshots):
    return sorted(each.getName() for each in snapshots)


def inside(path):
    """Names of the snapshots in an image."""
    return [line.split()[1] for line in images.tool("snapshot", "-U", "-l", path).splitlines()[2:]]


def test_inside_the_images_of_a_stopped_guest(stopped, files):
    before = take(stopped, "before")
    assert inside(files / "vda.qcow2") == inside(files / "vdb.qcow2") == ["before"]
    assert before.isCurrent() and "<state>shutoff</state>" in before.getXMLDesc()
    images.fill(files / "vda.qcow2", 9, 0, "1M")
    stopped.revertToSnapshot(before)
    assert images.holds(files / "vda.qcow2", 1, 0, "1M")
    before.delete()
    assert inside(files / "vda.qcow2") == [] and stopped.listAllSnapshots() == []


def test_inside_the_images_of_a_running_guest(running, files):
    first = take(running, "first")
    assert running.state()[0] == libvirt.VIR_DOMAIN_RUNNING and inside(files / "vdb.qcow2") == ["first"]
    running.suspend()
    second = take(running, "second")
    assert second.getParent().getName() == "first" and running.snapshotCurrent().getName() == "second"
    running.revertToSnapshot(first)
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_FROM_SNAPSHOT]
    assert running.snapshotCurrent().getName() == "first"
    running.revertToSnapshot(second)
    assert running.state() == [libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_FROM_SNAPSHOT]
    running.destroy()
    running.revertToSnapshot(first)  # comes up from it
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_FROM_SNAPSHOT]
    first.delete()
    assert inside(files / "vda.qcow2") == ["second"] and refused(second.getParent)[0] == libvirt.VIR_ERR_NO_DOMAIN_SNAPSHOT
    second.delete()
    running.destroy()
    images.check(files / "vda.qcow2")


def test_disks_of_a_running_guest(running, files):
    snapshot = take(running, "ext", DISK_ONLY)
    assert sources(running) == sources(running, libvirt.VIR_DOMAIN_XML_INACTIVE) == ["vda.ext", "vdb.ext"]
    document = snapshot.getXMLDesc()
    assert "<state>disk-snapshot</state>" in document and "<memory snapshot='no'/>" in document
    assert re.search(r"<disk name='vda' snapshot='external' type='file'>\s*<driver type='qcow2'/>\s*"
                     rf"<source file='{files}/vda.ext'/>", document)
    second = take(running, "more", DISK_ONLY)
    assert sources(running) == ["vda.more", "vdb.more"]
    snapshot.delete()  # merged: what lies above stays
    assert sources(running) == ["vda.more", "vdb.more"] and not (files / "vda.ext").exists()
    assert "vda.qcow2" in second.getXMLDesc() and "vda.ext" not in second.getXMLDesc()
    second.delete()
    assert sources(running) == sources(running, libvirt.VIR_DOMAIN_XML_INACTIVE) == ["vda.qcow2", "vdb.qcow2"]
    assert not (files / "vda.more").exists() and running.snapshotNum() == 0
    running.destroy()
    for number, target in enumerate(("vda", "vdb")):
        images.check(files / f"{target}.qcow2")
        assert images.holds(files / f"{target}.qcow2", number + 1, 0, "1M")


def test_disks_of_a_stopped_guest(stopped, files):
    first = take(stopped, "one", DISK_ONLY)
    images.fill(files / "vda.one", 5, "2M", "1M")
    take(stopped, "two", DISK_ONLY)
    images.fill(files / "vda.two", 6, "3M", "1M")
    first.delete()
    assert sources(stopped) == ["vda.two", "vdb.two"] and not (files / "vda.one").exists()
    stopped.snapshotLookupByName("two").delete()
    assert sources(stopped) == ["vda.qcow2", "vdb.qcow2"]
    for pattern, place in ((1, "0"), (5, "2M"), (6, "3M")):
        assert images.holds(files / "vda.qcow2", pattern, place, "1M")


def test_memory_in_a_file(running, files):
    memory = files / "state.mem"
    snapshot = take(running, "full", memory=memory)
    assert memory.read_bytes()[:16] == b"LibvirtQemudSave" and sources(running) == ["vda.full", "vdb.full"]
    assert running.state()[0] == libvirt.VIR_DOMAIN_RUNNING and "<state>running</state>" in snapshot.getXMLDesc()
    snapshot.delete()
    assert sources(running) == ["vda.qcow2", "vdb.qcow2"] and not memory.exists()


@pytest.mark.ours
def test_going_back_to_files_of_their_own(running, files):
    full = take(running, "full", memory=files / "state.mem")
    running.destroy()
    images.fill(files / "vda.full", 9, 0, "1M")  # what was written after it
    running.revertToSnapshot(full)
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_FROM_SNAPSHOT]
    now = sources(running)
    assert now == sources(running, libvirt.VIR_DOMAIN_XML_INACTIVE) and "vda.full" not in now
    assert images.holds(files / now[0], 1, 0, "1M") and images.holds(files / "vda.full", 9, 0, "1M")
    running.destroy()


def test_everything_or_nothing(running, files):
    (files / "vdb.bad").write_text("somebody's file")
    code, text = refused(take, running, "bad", DISK_ONLY)
    assert code == libvirt.VIR_ERR_CONFIG_UNSUPPORTED and "disk vdb" in text and "already exists" in text
    assert sources(running) == sources(running, libvirt.VIR_DOMAIN_XML_INACTIVE) == ["vda.qcow2", "vdb.qcow2"]
    assert not (files / "vda.bad").exists() and (files / "vdb.bad").read_text() == "somebody's file"
    assert running.snapshotNum() == 0
    code, _ = refused(take, running, "worse", DISK_ONLY, "",
                      "<disk name='vdb' snapshot='external'><source file='/nowhere/x'/></disk>")
    assert code == libvirt.VIR_ERR_SYSTEM_ERROR and not (files / "vda.worse").exists()
    assert running.state()[0] == libvirt.VIR_DOMAIN_RUNNING


def test_trees(stopped):
    for name in ("a", "b", "c"):
        take(stopped, name)
    stopped.revertToSnapshot(stopped.snapshotLookupByName("a"))
    take(stopped, "d")
    take(stopped, "odd näme, -x")
    list_flag = {key[len("VIR_DOMAIN_SNAPSHOT_LIST_"):]: getattr(libvirt, key) for key in dir(libvirt)
                 if key.startswith("VIR_DOMAIN_SNAPSHOT_LIST_")}
    a, d = stopped.snapshotLookupByName("a"), stopped.snapshotLookupByName("d")
    assert names(stopped.listAllSnapshots(list_flag["ROOTS"])) == ["a"]
    assert names(stopped.listAllSnapshots(list_flag["LEAVES"])) == ["c", "odd näme, -x"]
    assert names(stopped.listAllSnapshots(list_flag["EXTERNAL"])) == []
    assert names(stopped.listAllSnapshots(list_flag["INACTIVE"] | list_flag["INTERNAL"])) == [
        "a", "b", "c", "d", "odd näme, -x"]
    assert names(a.listAllChildren()) == ["b", "d"] and a.numChildren(list_flag["DESCENDANTS"]) == 4
    assert [each.getName() for each in stopped.listAllSnapshots(list_flag["TOPOLOGICAL"])][0] == "a"
    d.delete(libvirt.VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY)
    assert names(stopped.listAllSnapshots()) == ["a", "b", "c", "d"] and d.isCurrent()
    a.delete(libvirt.VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN)
    assert stopped.listAllSnapshots() == []


@pytest.mark.ours
def test_a_new_daemon_knows_them(yadod, stopped):
    name = stopped.name()
    take(stopped, "one")
    take(stopped, "two")
    yadod.kill()
    yadod.start()
    again = libvirt.open(yadod.uri())
    domain = again.lookupByName(name)
    assert names(domain.listAllSnapshots()) == ["one", "two"] and domain.snapshotCurrent().getName() == "two"
    assert domain.snapshotCurrent().getParent().getName() == "one"
    again.close()


@pytest.mark.ours
@pytest.mark.parametrize("point", ["snapshot.record", "snapshot.definition", "snapshot.switch"])
def test_a_daemon_killed_while_one_is_taken(new_daemon, name, point):
    daemon = new_daemon()
    daemon.environment["YADO_FAULT"] = f"kill:1:{point}"
    daemon.start()
    daemon.images.chmod(0o777)
    base = images.create(daemon.images / "base.qcow2")
    images.fill(base, 1, 0, "1M")
    conn = libvirt.open(daemon.uri())
    domain = conn.defineXML(guests.bare_guest(name, devices=images.disk(base)))
    domain.create()
    with pytest.raises(libvirt.libvirtError):
        take(domain, "cut", DISK_ONLY)
    assert daemon.wait() == -9, daemon.log()[-2000:]
    daemon.environment.pop("YADO_FAULT")
    daemon.start()
    conn = libvirt.open(daemon.uri())
    domain = conn.lookupByName(name)
    assert domain.state()[0] == libvirt.VIR_DOMAIN_RUNNING
    domain.destroy()
    domain.create()  # from wherever the definition says: nothing is missing there
    path = daemon.images / sources(domain)[0]
    domain.destroy()
    assert images.holds(path, 1, 0, "1M")
    conn.close()


def test_refusals(running, files):
    take(running, "there")
    assert refused(take, running, "there") == (libvirt.VIR_ERR_OPERATION_FAILED,
                                               "operation failed: domain moment there already exists")
    assert refused(running.snapshotLookupByName, "nope") == (
        libvirt.VIR_ERR_NO_DOMAIN_SNAPSHOT,
        "Domain snapshot not found: no domain snapshot with matching name 'nope'")
    assert refused(take, running, "x", 0, "", "<disk name='vdz'/>") == (
        libvirt.VIR_ERR_CONFIG_UNSUPPORTED, "unsupported configuration: no disk named 'vdz'")
    assert refused(take, running, "x", 0, "", "<disk name='vda' snapshot='external'/>")[1] == (
        "unsupported configuration: disk 'vda' must use snapshot mode 'internal'")
    take(running, "outside", DISK_ONLY)
    code, text = refused(running.snapshotLookupByName("there").delete)
    assert code == libvirt.VIR_ERR_OPERATION_UNSUPPORTED and "is not the same as disk image currently used" in text
    code, text = refused(running.snapshotLookupByName("outside").delete)
    assert text == ("Operation not supported: deleting external snapshot that has internal snapshot as parent not "
                    "supported")
