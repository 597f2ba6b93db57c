# SPDX-License-Identifier: Apache-2.0
"""Guests outlive the daemon: after kill -9 and a new start they are found as they were."""
import os
import signal

import libvirt
import pytest
from harness.daemon import alive, wait_until
from harness.guests import GREETING, Console, bare_guest


@pytest.fixture
def reconnect(yadod):
    """A function that connects anew, for after the daemon was replaced."""
    made = []

    def connect():
        made.append(libvirt.open(yadod.uri()))
        return made[-1]
    yield connect
    for connection in made:
        connection.close()


def test_running_and_paused_guests_are_found_again(yadod, reconnect, name):
    before = reconnect()
    running = before.defineXML(bare_guest(name + "-run"))
    running.create()
    paused = before.createXML(bare_guest(name + "-pause"))
    paused.suspend()
    off = before.defineXML(bare_guest(name + "-off"))
    told = {domain.name(): (domain.ID(), domain.state(), domain.isPersistent(), domain.XMLDesc())
            for domain in (running, paused, off)}
    processes = set(yadod.guest_processes())
    assert len(processes) == 2
    yadod.kill()
    assert all(alive(pid) for pid in processes)
    yadod.start()
    after = reconnect()
    found = {domain.name(): (domain.ID(), domain.state(), domain.isPersistent(), domain.XMLDesc())
             for domain in after.listAllDomains()}
    for guest, (number, state, persistent, xml) in told.items():
        assert found[guest][:3] == (number, state if state[0] != libvirt.VIR_DOMAIN_SHUTOFF else found[guest][1], persistent)
        assert found[guest][1][0] == state[0]
        assert found[guest][3] == xml
    assert set(yadod.guest_processes()) == processes


def test_control_continues_after_a_restart(yadod, reconnect, name):
    reconnect().createXML(bare_guest(name))
    yadod.restart()
    domain = reconnect().lookupByName(name)
    domain.suspend()
    assert domain.state() == [libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_PAUSED_USER]
    domain.resume()
    domain.destroy()
    assert yadod.guest_processes() == {}


def test_events_continue_after_a_restart(yadod, reconnect, name):
    reconnect().createXML(bare_guest(name))
    yadod.kill()
    yadod.start()
    connection = reconnect()
    seen = []
    connection.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                                      lambda _c, domain, event, detail, _o: seen.append((domain.name(), event)), None)
    connection.lookupByName(name).suspend()  # libvirtd answers clients before it has found all guests again
    wait_until(lambda: (name, libvirt.VIR_DOMAIN_EVENT_SUSPENDED) in seen, "the suspended event")
    pid, = yadod.guest_processes()
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: (name, libvirt.VIR_DOMAIN_EVENT_STOPPED) in seen, "the stopped event")


def test_guest_that_died_meanwhile_is_reported_shut_off(yadod, reconnect, name):
    reconnect().defineXML(bare_guest(name)).create()
    reconnect().createXML(bare_guest(name + "-transient"))
    processes = list(yadod.guest_processes())
    yadod.kill()
    for pid in processes:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(alive(pid) for pid in processes), "the guests' end")
    yadod.start()
    connection = reconnect()
    assert [domain.name() for domain in connection.listAllDomains()] == [name]
    state, reason = connection.lookupByName(name).state()
    assert state == libvirt.VIR_DOMAIN_SHUTOFF
    assert reason in (libvirt.VIR_DOMAIN_SHUTOFF_CRASHED, libvirt.VIR_DOMAIN_SHUTOFF_FAILED,
                      libvirt.VIR_DOMAIN_SHUTOFF_DAEMON)


def test_pause_behind_the_daemons_back_is_noticed(yadod, virsh, reconnect, name):
    """QEMU is paused through another monitor client while no daemon runs; the new one asks instead of believing."""
    domain = reconnect().createXML(bare_guest(name))
    command = '{"execute":"stop"}'
    virsh("qemu-monitor-command", name, command)
    wait_until(lambda: domain.state()[0] == libvirt.VIR_DOMAIN_PAUSED, "noticing the pause")
    yadod.kill()
    yadod.start()
    assert reconnect().lookupByName(name).state()[0] == libvirt.VIR_DOMAIN_PAUSED


@pytest.mark.slow
def test_console_of_a_found_guest(yadod, reconnect, linux, name):
    domain = reconnect().defineXML(linux(name))
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    yadod.kill()
    yadod.start()
    connection = reconnect()
    domain = connection.lookupByName(name)
    console = Console(connection, domain)
    domain.resume()
    console.wait_for(GREETING)
    domain.shutdown()
    wait_until(lambda: domain.isActive() == 0, "ACPI shutdown after a restart", 60)
    assert domain.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN]
    console.close()


def test_stopping_the_daemon_leaves_guests_running(yadod, reconnect, name):
    reconnect().createXML(bare_guest(name))
    pid, = yadod.guest_processes()
    yadod.stop()
    assert alive(pid)
    yadod.start()
    assert reconnect().lookupByName(name).isActive() == 1


def test_ids_are_not_given_twice_after_a_restart(yadod, reconnect, name):
    first = reconnect().createXML(bare_guest(name + "-a"), libvirt.VIR_DOMAIN_START_PAUSED).ID()
    yadod.kill()
    yadod.start()
    second = reconnect().createXML(bare_guest(name + "-b"), libvirt.VIR_DOMAIN_START_PAUSED).ID()
    assert second != first
