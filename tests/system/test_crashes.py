# SPDX-License-Identifier: Apache-2.0
"""The daemon dies at every single state write of an operation; after a new start nothing is lost or half there.

YADO_FAULT=kill:N makes the process kill itself before the Nth step that changes what is on disk (src/base/fault.h).
Each operation is run with N = 1, 2, … until the daemon survives it.
"""
import xml.etree.ElementTree as ElementTree

import libvirt
import pytest
from harness.daemon import wait_until
from harness.guests import bare_guest

pytestmark = [pytest.mark.ours, pytest.mark.slow]
MOST_STEPS = 60
GONE = (libvirt.VIR_ERR_SYSTEM_ERROR, libvirt.VIR_ERR_INTERNAL_ERROR, libvirt.VIR_ERR_RPC, libvirt.VIR_ERR_NO_CONNECT)


@pytest.fixture
def daemon(new_daemon):
    made = new_daemon()
    made.start()
    made.stop()
    return made


def attempt(daemon, number, operation, prefix=""):
    """Runs the operation in a daemon that dies at point number. True when it survived."""
    daemon.environment["YADO_FAULT"] = f"kill:{number}" + (f":{prefix}" if prefix else "")
    try:
        daemon.start()
    except RuntimeError:
        daemon.environment.pop("YADO_FAULT")
        return False  # it died while starting: that counts as a crash point too
    survived = True
    try:
        connection = libvirt.open(daemon.uri())
        operation(connection)
        connection.close()
    except libvirt.libvirtError as error:
        survived = False
        assert error.get_error_code() in GONE, error
    daemon.environment.pop("YADO_FAULT")
    if survived and daemon.alive():
        daemon.stop()
        return True
    wait_until(lambda: daemon.process.poll() is not None, "the daemon's death")
    assert daemon.wait() == -9, daemon.log()[-2000:]
    return False


def consistent(daemon, name):
    """What the restarted daemon knows of the guest; checks that disk, processes and answers agree."""
    daemon.start()
    connection = libvirt.open(daemon.uri())
    try:
        found = [domain for domain in connection.listAllDomains() if domain.name() == name]
        assert len(found) <= 1
        file = daemon.inside(f"/etc/libvirt/qemu/{name}.xml")
        temporary = [path.name for path in file.parent.iterdir() if path.is_file() and path.suffix != ".xml"]
        assert temporary == [], "unfinished files were left"
        processes = daemon.guest_processes()
        if not found:
            assert not file.exists() and processes == {}
            return None
        domain = found[0]
        assert bool(domain.isPersistent()) == file.exists()
        if file.exists():
            assert ElementTree.fromstring(file.read_text()).findtext("name") == name
        assert len(processes) == domain.isActive(), "a process nobody knows, or a guest without one"
        assert domain.XMLDesc()
        return "running" if domain.isActive() else "defined"
    finally:
        connection.close()


def clean(daemon, name):
    connection = libvirt.open(daemon.uri())
    for domain in connection.listAllDomains():
        if domain.isActive():
            domain.destroy()
        if domain.name() in [one.name() for one in connection.listAllDomains()]:
            domain.undefine()
    connection.close()
    daemon.stop()
    assert daemon.leftovers() == []


def every_step(daemon, name, prepare, operation, allowed):
    """Crashes the operation at each of its steps. allowed: states that may be found afterwards."""
    crashes = 0
    for number in range(1, MOST_STEPS):
        daemon.start()
        connection = libvirt.open(daemon.uri())
        prepare(connection)
        connection.close()
        daemon.stop()
        survived = attempt(daemon, number, operation)
        state = consistent(daemon, name)
        assert state in allowed, f"step {number}: {state}"
        clean(daemon, name)
        if survived:
            return crashes
        crashes += 1
    raise AssertionError(f"more than {MOST_STEPS} steps")


def test_define(daemon, name):
    def define(connection):
        connection.defineXML(bare_guest(name))
    assert every_step(daemon, name, lambda _: None, define, {None, "defined"}) >= 3


def test_redefine_keeps_the_old_or_has_the_new(daemon, name):
    def prepare(connection):
        connection.defineXML(bare_guest(name, memory=16))

    def define(connection):
        connection.defineXML(bare_guest(name, memory=24))
    assert every_step(daemon, name, prepare, define, {"defined"}) >= 3


def test_undefine(daemon, name):
    def prepare(connection):
        connection.defineXML(bare_guest(name)).setAutostart(1)

    def undefine(connection):
        connection.lookupByName(name).undefine()
    assert every_step(daemon, name, prepare, undefine, {None, "defined"}) >= 1


def test_start(daemon, name):
    def start(connection):
        connection.lookupByName(name).createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    assert every_step(daemon, name, lambda connection: connection.defineXML(bare_guest(name)), start,
                      {"defined", "running"}) >= 3


def test_destroy(daemon, name):
    def prepare(connection):
        connection.defineXML(bare_guest(name)).createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)

    def destroy(connection):
        connection.lookupByName(name).destroy()
    assert every_step(daemon, name, prepare, destroy, {"defined", "running"}) >= 1


def test_create_transient(daemon, name):
    def create(connection):
        connection.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
    assert every_step(daemon, name, lambda _: None, create, {None, "running"}) >= 3


def test_acknowledged_is_on_disk(daemon, name):
    """kill -9 right after each answer: what was answered is there."""
    for round_ in range(5):
        daemon.start()
        connection = libvirt.open(daemon.uri())
        connection.defineXML(bare_guest(f"{name}-{round_}"))
        daemon.kill()
    daemon.start()
    connection = libvirt.open(daemon.uri())
    assert sorted(domain.name() for domain in connection.listAllDomains()) == [f"{name}-{n}" for n in range(5)]
    connection.close()
    clean(daemon, name)


@pytest.mark.parametrize("step", range(1, 9))
def test_a_failing_write_is_an_error_and_leaves_nothing(daemon, name, step):
    """fail:N: the step fails with EIO; the call says so, and the definition is not there."""
    daemon.environment["YADO_FAULT"] = f"fail:{step}:file"
    try:
        daemon.start()
    except RuntimeError:
        daemon.environment.pop("YADO_FAULT")
        return  # the write at start failed: it says so and does not run
    daemon.environment.pop("YADO_FAULT")
    connection = libvirt.open(daemon.uri())
    try:
        connection.defineXML(bare_guest(name))
    except libvirt.libvirtError as error:
        assert error.get_error_code() == libvirt.VIR_ERR_SYSTEM_ERROR, error
        assert connection.listAllDomains() == []
        assert not daemon.inside(f"/etc/libvirt/qemu/{name}.xml").exists()
        connection.defineXML(bare_guest(name))  # the next attempt works
    assert [domain.name() for domain in connection.listAllDomains()] == [name]
    connection.close()
    clean(daemon, name)
