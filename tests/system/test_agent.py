# SPDX-License-Identifier: Apache-2.0
"""The guest agent: Debian's own in a real guest, and what happens without one."""
import json
import xml.etree.ElementTree as ElementTree

import libvirt
import libvirt_qemu
import pytest
from harness import guests
from harness.daemon import wait_until

pytestmark = pytest.mark.slow


def refused(call, *arguments):
    with pytest.raises(libvirt.libvirtError) as error:
        call(*arguments)
    return error.value.get_error_code(), error.value.get_error_message()


def channel_state(domain):
    target = ElementTree.fromstring(domain.XMLDesc()).find("devices/channel/target")
    return target.get("state")


@pytest.fixture
def agent_guest(conn, name, linux):
    domain = conn.createXML(linux(name, agent=True, vcpus=2))
    wait_until(lambda: channel_state(domain) == "connected", "the agent", guests.BOOT_SECONDS)
    return domain


def test_agent_tells_about_the_guest(agent_guest, virsh, yado):
    name = agent_guest.name()
    info = agent_guest.guestInfo(libvirt.VIR_DOMAIN_GUEST_INFO_HOSTNAME | libvirt.VIR_DOMAIN_GUEST_INFO_TIMEZONE)
    assert info["hostname"] == "yado-guest" and "timezone.offset" in info
    everything = agent_guest.guestInfo()
    assert everything["if.0.name"] == "lo" and everything["if.0.addr.0.addr"] == "127.0.0.1"
    assert agent_guest.hostname(libvirt.VIR_DOMAIN_GET_HOSTNAME_AGENT) == "yado-guest"
    addresses = agent_guest.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT)
    assert addresses["lo"]["addrs"][0]["addr"] == "127.0.0.1"
    for client in (virsh, yado):
        assert client("domhostname", name, "--source", "agent").strip() == "yado-guest"
        assert "127.0.0.1/8" in client("domifaddr", name, "--source", "agent")
    assert virsh("domifaddr", name, "--source", "agent") == yado("domifaddr", name, "--source", "agent")
    assert virsh("guestvcpus", name) == yado("guestvcpus", name)
    assert "online         : 0-1" in yado("guestvcpus", name)
    assert virsh("domifaddr", name) == yado("domifaddr", name)


def test_agent_sets_the_clock(agent_guest):
    agent_guest.setTime({"seconds": 1_700_000_000, "nseconds": 0})
    assert 0 <= agent_guest.getTime()["seconds"] - 1_700_000_000 < 60


def test_agent_tells_of_vcpus(agent_guest):
    vcpus = agent_guest.guestVcpus()
    assert vcpus["vcpus"] == "0-1" and vcpus["online"] == "0-1"
    assert agent_guest.vcpusFlags(libvirt.VIR_DOMAIN_VCPU_GUEST) == 2
    agent_guest.setGuestVcpus("1", 1)  # it is on already
    if "1" not in vcpus["offlinable"]:  # the cloud kernel keeps its processors
        assert refused(agent_guest.setGuestVcpus, "1", 0)[0] == libvirt.VIR_ERR_INVALID_ARG
    else:
        agent_guest.setVcpusFlags(1, libvirt.VIR_DOMAIN_VCPU_GUEST)
        assert agent_guest.guestVcpus()["online"] == "0"
    assert refused(agent_guest.setGuestVcpus, "7", 1)[0] == libvirt.VIR_ERR_INVALID_ARG


def test_commands_go_through(agent_guest, yado):
    answer = libvirt_qemu.qemuAgentCommand(agent_guest, '{"execute": "guest-ping"}', 10, 0)
    assert json.loads(answer) == {"return": {}}
    code, text = refused(libvirt_qemu.qemuAgentCommand, agent_guest, '{"execute": "guest-nonsense"}', 10, 0)
    assert code == libvirt.VIR_ERR_INTERNAL_ERROR and "guest-nonsense" in text
    assert json.loads(yado("qemu-agent-command", agent_guest.name(), '{"execute":"guest-ping"}')) == {"return": {}}


def test_agent_powers_off(conn, agent_guest, virsh):
    virsh("shutdown", agent_guest.name(), "--mode", "agent")
    wait_until(lambda: not conn.listAllDomains(), "the power-off", guests.BOOT_SECONDS)


def test_a_restarted_daemon_finds_the_agent(yadod, agent_guest):
    name = agent_guest.name()
    yadod.stop()
    yadod.start()
    again = libvirt.open(yadod.uri())
    try:
        domain = again.lookupByName(name)
        assert channel_state(domain) == "connected"
        assert domain.hostname(libvirt.VIR_DOMAIN_GET_HOSTNAME_AGENT) == "yado-guest"
        domain.destroy()
    finally:
        again.close()


def test_without_an_agent_calls_say_so(conn, name, virsh):
    domain = conn.createXML(guests.bare_guest(name))
    assert refused(domain.getTime) == (libvirt.VIR_ERR_ARGUMENT_UNSUPPORTED,
                                       "argument unsupported: QEMU guest agent is not configured")
    domain.destroy()
    domain = conn.createXML(guests.bare_guest(name, devices=guests.AGENT_CHANNEL))
    assert channel_state(domain) == "disconnected"
    assert refused(domain.getTime)[0] == libvirt.VIR_ERR_AGENT_UNRESPONSIVE
    for command in ("guestinfo", "guestvcpus", "domfsinfo", "domfsfreeze"):  # the Python binding lets some pass
        assert "Guest agent is not responding: QEMU guest agent is not connected" in virsh(command, name, fails=True)


def test_events_tell_of_the_agent(conn, name, linux):
    seen = []
    number = conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE,
                                         lambda _conn, _dom, state, reason, _opaque: seen.append((state, reason)), None)
    connected = (libvirt.VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED,
                 libvirt.VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_CHANNEL)
    domain = conn.createXML(linux(name, agent=True))
    wait_until(lambda: connected in seen, "the event", guests.BOOT_SECONDS)
    conn.domainEventDeregisterAny(number)
    domain.destroy()
