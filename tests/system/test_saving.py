# SPDX-License-Identifier: Apache-2.0
"""Saving guests to files and going on from them; memory dumps; what happens when it fails."""
import os
import re
import shutil
import signal
import stat
import struct

import libvirt
import pytest
from harness import guests
from harness.daemon import processes, wait_until


def refused(call, *arguments):
    with pytest.raises(libvirt.libvirtError) as error:
        call(*arguments)
    return error.value.get_error_code(), error.value.get_error_message()


@pytest.fixture
def place(yadod):
    """A path for a file; the file is gone afterwards."""
    path = yadod.images / "state.save"
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def running(conn, name):
    domain = conn.defineXML(guests.bare_guest(name))
    domain.create()
    return domain


def managed(yadod, domain):
    return yadod.inside(f"/var/lib/libvirt/qemu/save/{domain.name()}.save")


def test_a_saved_guest_goes_on(conn, running, place):
    running.save(str(place))
    assert not running.isActive()
    assert running.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SAVED]
    assert place.read_bytes()[:16] == b"LibvirtQemudSave" and stat.S_IMODE(place.stat().st_mode) == 0o600
    conn.restore(str(place))
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_RESTORED]
    assert place.exists(), "it may be restored again"


def test_a_transient_guest_comes_back(conn, name, place):
    conn.createXML(guests.bare_guest(name)).save(str(place))
    assert conn.listAllDomains() == []
    conn.restoreFlags(str(place), None, libvirt.VIR_DOMAIN_SAVE_PAUSED)
    domain = conn.lookupByName(name)
    assert domain.state()[0] == libvirt.VIR_DOMAIN_PAUSED and not domain.isPersistent()


def test_managed_save_is_used_once(yadod, running):
    running.managedSave()
    path = managed(yadod, running)
    assert running.hasManagedSaveImage() and path.exists()
    running.create()
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_RESTORED]
    assert not running.hasManagedSaveImage() and not path.exists()
    running.managedSave(libvirt.VIR_DOMAIN_SAVE_PAUSED)
    running.create()
    assert running.state()[0] == libvirt.VIR_DOMAIN_PAUSED
    running.managedSave()
    running.createWithFlags(libvirt.VIR_DOMAIN_START_FORCE_BOOT)
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_BOOTED]
    assert not path.exists()


def test_undefine_minds_the_managed_save(yadod, running):
    running.managedSave()
    assert refused(running.undefine) == (
        libvirt.VIR_ERR_OPERATION_INVALID,
        "Requested operation is not valid: Refusing to undefine while domain managed save image exists")
    running.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE)
    assert not managed(yadod, running).exists()


@pytest.mark.ours
def test_managed_save_survives_the_daemon(yadod, running):
    running.managedSave()
    name = running.name()
    yadod.stop()
    yadod.start()
    again = libvirt.open(yadod.uri())
    try:
        domain = again.lookupByName(name)
        assert domain.hasManagedSaveImage()
        domain.create()
        assert domain.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_RESTORED]
        domain.destroy()
    finally:
        again.close()


def test_an_unfinished_file_is_never_used(yadod, conn, running, place):
    running.save(str(place))
    place.write_bytes(b"LibvirtQemudPart" + place.read_bytes()[16:])
    assert refused(conn.restore, str(place)) == (libvirt.VIR_ERR_OPERATION_FAILED,
                                                 "operation failed: save image is incomplete")
    running.create()
    running.managedSave()
    path = managed(yadod, running)
    path.write_bytes(b"LibvirtQemudPart" + path.read_bytes()[16:])
    running.create()
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_BOOTED]
    assert not path.exists()


def test_a_failed_save_leaves_the_guest_running(running, yadod):
    code, text = refused(running.save, str(yadod.folder / "absent" / "file"))
    assert code == libvirt.VIR_ERR_SYSTEM_ERROR and "absent/file" in text
    assert running.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_SAVE_CANCELED]


def test_a_failed_restore_keeps_the_file(conn, running, place):
    running.save(str(place))
    whole = place.read_bytes()
    place.write_bytes(whole[:len(whole) * 2 // 3])  # the end of QEMU's stream
    code, _ = refused(conn.restore, str(place))
    assert code == libvirt.VIR_ERR_OPERATION_FAILED
    assert place.exists() and not running.isActive()
    place.write_bytes(whole)
    conn.restore(str(place))
    assert running.isActive()
    for broken in (b"", b"x" * 200, whole[:60], whole[:95]):
        place.write_bytes(broken)
        assert refused(conn.restore, str(place))[0] == libvirt.VIR_ERR_OPERATION_FAILED
    place.write_bytes(whole)


def test_the_document_in_a_file(conn, running, place):
    running.save(str(place))
    text = conn.saveImageGetXMLDesc(str(place))
    assert f"<name>{running.name()}</name>" in text and " id=" not in text
    conn.saveImageDefineXML(str(place), text.replace("<on_crash>destroy", "<on_crash>restart"),
                            libvirt.VIR_DOMAIN_SAVE_PAUSED)
    assert "<on_crash>restart" in conn.saveImageGetXMLDesc(str(place))
    code, message = refused(conn.saveImageDefineXML, str(place), re.sub(r"(<memory[^>]*>)\d+", r"\g<1>32768", text))
    assert code == libvirt.VIR_ERR_CONFIG_UNSUPPORTED, message
    conn.restore(str(place))
    assert running.state()[0] == libvirt.VIR_DOMAIN_PAUSED


def test_dumps(running, yadod):
    core = yadod.images / "core"
    running.coreDumpWithFormat(str(core), libvirt.VIR_DOMAIN_CORE_DUMP_FORMAT_RAW, libvirt.VIR_DUMP_MEMORY_ONLY)
    assert core.read_bytes()[:4] == b"\x7fELF" and running.state()[0] == libvirt.VIR_DOMAIN_RUNNING
    running.coreDump(str(core), 0)
    assert core.read_bytes()[:4] == b"QEVM" and running.state()[0] == libvirt.VIR_DOMAIN_RUNNING
    running.coreDump(str(core), libvirt.VIR_DUMP_LIVE)
    assert running.state()[0] == libvirt.VIR_DOMAIN_RUNNING
    running.coreDump(str(core), libvirt.VIR_DUMP_CRASH)
    assert running.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_CRASHED]
    core.unlink()


def test_figures_of_the_job_remain(running, place, virsh, yado):
    assert running.jobInfo()[0] == libvirt.VIR_DOMAIN_JOB_NONE
    assert refused(running.abortJob)[0] == libvirt.VIR_ERR_OPERATION_INVALID
    running.coreDump(str(place), 0)
    figures = running.jobStats(libvirt.VIR_DOMAIN_JOB_STATS_COMPLETED | libvirt.VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED)
    assert figures["operation"] == libvirt.VIR_DOMAIN_JOB_OPERATION_DUMP and figures["memory_total"] > 16 << 20
    assert yado("domjobinfo", running.name(), "--completed", "--keep-completed") == virsh(
        "domjobinfo", running.name(), "--completed", "--keep-completed")


FORMATS = {"raw": b"QEVM", "gzip": b"\x1f\x8b", "bzip2": b"BZh", "xz": b"\xfd7zXZ", "lzop": b"\x89LZO", "zstd": b"\x28\xb5\x2f\xfd"}


@pytest.mark.ours
def test_a_missing_program_fails_the_save(new_daemon, name):
    daemon = new_daemon()
    (daemon.inside("/etc/libvirt") / "qemu.conf").write_text('user = "root"\nsave_image_format = "lzop"\n')
    if shutil.which("lzop"):
        pytest.skip("lzop is installed")
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.createXML(guests.bare_guest(name))
    code, text = refused(domain.save, str(daemon.images / "state"))
    assert code == libvirt.VIR_ERR_OPERATION_FAILED and "install the package lzop" in text
    assert domain.state() == [libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_RUNNING_SAVE_CANCELED]
    domain.destroy()


@pytest.mark.slow
def test_nothing_of_the_guest_is_lost(conn, name, linux, place):
    domain = conn.createXML(linux(name))
    console = guests.Console(conn, domain)
    console.wait_for(guests.GREETING)
    console.send(b"i=0; while :; do i=$((i+1)); echo count $i end; usleep 20000; done\n")
    console.wait_for(b"count 20 end")
    console.close()
    domain.save(str(place))
    conn.restore(str(place))
    console = guests.Console(conn, conn.lookupByName(name))
    console.wait_for(b"count ")
    first = int(console.wait_for(b" end"))
    assert first >= 20, "it goes on where it was"
    for number in range(first + 1, first + 20):
        console.wait_for(b"count %d end" % number)
    console.close()


@pytest.mark.slow
@pytest.mark.ours
def test_killing_the_daemon_while_it_saves(new_daemon, name):
    """The guest is there afterwards, running or paused, and no half file is taken for a whole one."""
    daemon = new_daemon()
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.defineXML(guests.bare_guest(name, memory=256))
    domain.create()
    process = os.fork()
    if process == 0:
        try:
            libvirt.open(daemon.uri()).lookupByName(name).managedSave()
        finally:
            os._exit(0)
    path = managed(daemon, domain)
    wait_until(lambda: path.exists() or not domain.isActive(), "the file")
    os.kill(daemon.pid, signal.SIGKILL)
    os.waitpid(process, 0)
    connection.close()
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.lookupByName(name)
    if not domain.isActive():
        domain.create()
    assert domain.isActive()
    domain.destroy()
    connection.close()
