# SPDX-License-Identifier: Apache-2.0
"""Events reach clients, in order, by the old and the new registration."""
import re
import struct
import subprocess
import threading
import time

import libvirt
import pytest
from harness import raw
from harness.daemon import wait_until
from harness.guests import bare_guest

EVENT_LINE = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+\d{4}: event '([a-z-]+)' for domain '([^']+)'(.*)$")


class Seen:
    """Events gathered by callbacks of the client library."""

    def __init__(self):
        self.items = []
        self.more = threading.Condition()

    def add(self, *item):
        with self.more:
            self.items.append(item)
            self.more.notify_all()

    def wait_for(self, count, seconds=20):
        with self.more:
            assert self.more.wait_for(lambda: len(self.items) >= count, seconds), self.items
            return list(self.items)


def lifecycle(connection, domain=None):
    seen = Seen()
    number = connection.domainEventRegisterAny(
        domain, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
        lambda _conn, dom, event, detail, _opaque: seen.add(dom.name(), event, detail), None)
    return seen, number


# libvirtd ends QEMU with a signal, which QEMU reports as a shutdown before it stops; yadod does not ask QEMU
SHUTDOWN_BY_HOST = (libvirt.VIR_DOMAIN_EVENT_SHUTDOWN, libvirt.VIR_DOMAIN_EVENT_SHUTDOWN_HOST)


def transitions(seen, last):
    """(event, detail) up to the last one named, without what only libvirtd's way of destroying shows."""
    with seen.more:
        assert seen.more.wait_for(lambda: any(item[1] == last for item in seen.items), 20), seen.items
    return [item[1:] for item in seen.items if item[1:] != SHUTDOWN_BY_HOST]


def test_lifecycle_of_one_guest(conn, name):
    seen, _ = lifecycle(conn)
    domain = conn.defineXML(bare_guest(name))
    domain.create()
    domain.suspend()
    domain.resume()
    domain.destroy()
    domain.undefine()
    found = transitions(seen, libvirt.VIR_DOMAIN_EVENT_UNDEFINED)
    assert found == [
        (libvirt.VIR_DOMAIN_EVENT_DEFINED, libvirt.VIR_DOMAIN_EVENT_DEFINED_ADDED),
        (libvirt.VIR_DOMAIN_EVENT_RESUMED, libvirt.VIR_DOMAIN_EVENT_RESUMED_UNPAUSED),
        (libvirt.VIR_DOMAIN_EVENT_STARTED, libvirt.VIR_DOMAIN_EVENT_STARTED_BOOTED),
        (libvirt.VIR_DOMAIN_EVENT_SUSPENDED, libvirt.VIR_DOMAIN_EVENT_SUSPENDED_PAUSED),
        (libvirt.VIR_DOMAIN_EVENT_RESUMED, libvirt.VIR_DOMAIN_EVENT_RESUMED_UNPAUSED),
        (libvirt.VIR_DOMAIN_EVENT_STOPPED, libvirt.VIR_DOMAIN_EVENT_STOPPED_DESTROYED),
        (libvirt.VIR_DOMAIN_EVENT_UNDEFINED, libvirt.VIR_DOMAIN_EVENT_UNDEFINED_REMOVED),
    ]


def test_paused_start(conn, name):
    seen, _ = lifecycle(conn)
    domain = conn.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
    domain.destroy()
    found = transitions(seen, libvirt.VIR_DOMAIN_EVENT_STOPPED)
    assert found == [
        (libvirt.VIR_DOMAIN_EVENT_STARTED, libvirt.VIR_DOMAIN_EVENT_STARTED_BOOTED),
        (libvirt.VIR_DOMAIN_EVENT_SUSPENDED, libvirt.VIR_DOMAIN_EVENT_SUSPENDED_PAUSED),
        (libvirt.VIR_DOMAIN_EVENT_STOPPED, libvirt.VIR_DOMAIN_EVENT_STOPPED_DESTROYED),
    ]


def test_filter_on_one_domain_and_deregistering(conn, name):
    first = conn.defineXML(bare_guest(name + "-a"))
    second = conn.defineXML(bare_guest(name + "-b"))
    seen, number = lifecycle(conn, second)
    everything, _ = lifecycle(conn)
    first.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    second.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    everything.wait_for(4)
    assert {item[0] for item in seen.wait_for(2)} == {name + "-b"}
    conn.domainEventDeregisterAny(number)
    before = len(seen.items)
    second.destroy()
    everything.wait_for(5)
    assert len(seen.items) == before


def test_reboot_event(conn, name):
    seen = Seen()
    domain = conn.createXML(bare_guest(name))
    conn.domainEventRegisterAny(domain, libvirt.VIR_DOMAIN_EVENT_ID_REBOOT,
                                lambda _conn, dom, _opaque: seen.add(dom.name()), None)
    domain.reset()
    assert seen.wait_for(1)[0] == (name,)


def test_graphics_event(conn, name):
    import socket
    seen = Seen()
    domain = conn.createXML(bare_guest(name, devices="<graphics type='vnc' port='-1' autoport='yes'/>"))
    conn.domainEventRegisterAny(domain, libvirt.VIR_DOMAIN_EVENT_ID_GRAPHICS,
                                lambda _c, _d, phase, local, remote, auth, subject, _o: seen.add(phase, auth), None)
    port = int(re.search(r"port='(\d+)'", domain.XMLDesc()).group(1))
    try:
        viewer = socket.create_connection(("127.0.0.1", port), 5)
    except OSError:
        domain.destroy()
        pytest.skip("the guest's display is in another network namespace")
    with viewer:
        assert viewer.recv(12).startswith(b"RFB")
    phases = [item[0] for item in seen.wait_for(2)]
    assert phases == [libvirt.VIR_DOMAIN_EVENT_GRAPHICS_CONNECT, libvirt.VIR_DOMAIN_EVENT_GRAPHICS_DISCONNECT]


@pytest.mark.slow
def test_virsh_event_all_with_time_stamps(yadod, conn, name):
    with subprocess.Popen(["stdbuf", "-oL", "virsh", "-c", yadod.uri(), "event", "--all", "--timestamp", "--loop"],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as watcher:
        try:
            registered(watcher, conn, name)
            domain = conn.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
            domain.destroy()
            lines, deadline = [], time.monotonic() + 20
            for line in watcher.stdout:
                lines.append(line.rstrip("\n"))
                assert time.monotonic() < deadline, lines
                if name + "'" in line and "Stopped" in line:
                    break
        finally:
            watcher.terminate()
    told = [EVENT_LINE.match(line) for line in lines]
    assert all(told), lines
    about = [(found[1], found[3]) for found in told if found[2] == name]
    assert [detail for kind, detail in about if kind == "lifecycle" and "host request" not in detail] == \
        [": Started Booted", ": Suspended Paused", ": Stopped Destroyed"]


def registered(watcher, conn, name):
    """Waits until the watcher has seen something: it does not tell when it has registered."""
    import select
    probe = bare_guest(name + "-probe")

    def heard():
        conn.defineXML(probe).undefine()
        return select.select([watcher.stdout], [], [], 0.1)[0]
    wait_until(heard, "virsh event")


# ---- what only raw frames can show ---------------------------------------------------------------------------
def register_any(event, domain=None):
    return struct.pack(">i", event) + struct.pack(">I", 0)


def test_callback_numbers_and_errors(yadod):
    with raw.RawClient(yadod.connect()) as client:
        client.open()
        first = client.call(raw.EVENT_REGISTER_ANY, register_any(0))
        assert first.error is None
        again = client.call(raw.EVENT_REGISTER_ANY, register_any(0))
        assert again.error[0] == libvirt.VIR_ERR_INVALID_ARG and "event callback already tracked" in again.error[2]
        unknown = client.call(raw.EVENT_REGISTER_ANY, register_any(99))
        assert unknown.error[::2] == (1, "internal error: unsupported event ID 99")
        absent = client.call(raw.EVENT_DEREGISTER_ANY, struct.pack(">i", 4242))
        assert absent.error[::2] == (1, "internal error: domain event callback 4242 not registered")
        assert client.call(raw.EVENT_DEREGISTER_ANY, struct.pack(">i", first.number())).error is None


def test_old_registration(yadod, conn, name):
    """DOMAIN_EVENT_REGISTER (105), message 107 without a callback number; 106 ends it."""
    with raw.RawClient(yadod.connect()) as client:
        client.open()
        assert client.call(105).error is None
        twice = client.call(105)
        assert twice.error[0] == libvirt.VIR_ERR_INVALID_ARG
        conn.defineXML(bare_guest(name))
        event = client.reply()
        assert (event.kind, event.procedure, event.serial) == (raw.MESSAGE, 107, 1)
        size = struct.unpack_from(">I", event.payload)[0]
        assert event.payload[4:4 + size].decode() == name
        assert struct.unpack(">ii", event.payload[-8:]) == (0, 0)
        assert client.call(106).error is None
        assert client.call(106).error is not None


def test_old_registration_of_any_event(yadod, conn, name):
    """DOMAIN_EVENT_REGISTER_ANY (167) takes an event number and answers nothing; 168 ends it."""
    with raw.RawClient(yadod.connect()) as client:
        client.open()
        assert client.call(167, struct.pack(">i", 0)).error is None
        conn.defineXML(bare_guest(name))
        assert client.reply().procedure == 107
        assert client.call(168, struct.pack(">i", 0)).error is None
        assert client.call(168, struct.pack(">i", 0)).error is not None


def test_new_registration_carries_the_callback_number(yadod, conn, name):
    with raw.RawClient(yadod.connect()) as client:
        client.open()
        number = client.call(raw.EVENT_REGISTER_ANY, register_any(0)).number()
        conn.defineXML(bare_guest(name))
        event = client.reply()
        assert (event.kind, event.procedure, event.number()) == (raw.MESSAGE, 318, number)
