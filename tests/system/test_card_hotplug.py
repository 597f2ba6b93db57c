# SPDX-License-Identifier: Apache-2.0
"""Network cards with a host side that come and go while the guest runs: taps in bridges, macvtaps; in a network
namespace of the test's own."""
import json
import re
import xml.etree.ElementTree as ElementTree

import libvirt
import libvirt_qemu
import pytest
from harness import daemon as daemons
from harness import guests
from harness.daemon import wait_until
from harness.guests import bare_guest

pytestmark = pytest.mark.ours
LIVE, PAUSED = libvirt.VIR_DOMAIN_AFFECT_LIVE, libvirt.VIR_DOMAIN_START_PAUSED
PORTS = "".join(f"<controller type='pci' index='{number}' model='pcie-root-port'/>" for number in range(1, 8))
MAC = "52:54:00:0a:0b:0c"
GUEST_SECONDS = 60


def own(module):
    why = daemons.NetworkedDaemon.why_not()
    if why:
        pytest.skip(why)
    daemon = daemons.NetworkedDaemon()
    try:
        daemon.ip("link", "add", "br0", "type", "bridge")
        daemon.ip("address", "add", "10.96.0.1/24", "dev", "br0")
        daemon.ip("link", "set", "br0", "up")
        daemon.ip("link", "add", "card0", "type", "veth", "peer", "name", "card1")
        for link in ("card0", "card1"):
            daemon.ip("link", "set", link, "up")
        if module:
            daemon.start()
        yield daemon
    finally:
        daemon.close()


@pytest.fixture(scope="module")
def module_daemon():
    yield from own(True)


@pytest.fixture
def own_daemon():
    """One that may be killed."""
    yield from own(False)


def card(kind, source, inside="", mac=MAC):
    return f"<interface type='{kind}'><mac address='{mac}'/>{source}<model type='virtio'/>{inside}</interface>"


def bridged(inside="", mac=MAC):
    return card("bridge", "<source bridge='br0'/>", inside, mac)


def cards(domain):
    """MAC → name on the host."""
    found = ElementTree.fromstring(domain.XMLDesc()).findall("devices/interface")
    return {each.find("mac").get("address"): each.find("target").get("dev") for each in found}


def links(daemon):
    return {name for name in daemon.links() if name.startswith(("vnet", "macvtap"))}


def plugged(domain):
    """Cards that QEMU has."""
    command = {"execute": "qom-list", "arguments": {"path": "/machine/peripheral"}}
    answer = json.loads(libvirt_qemu.qemuMonitorCommand(domain, json.dumps(command), 0))["return"]
    return {each["name"] for each in answer if each["name"].startswith("net")}


@pytest.mark.slow
def test_a_running_guest_sees_its_cards(yadod, conn, name, linux, yado):
    domain = conn.createXML(linux(name, devices=PORTS))
    console = guests.Console(conn, domain)
    console.wait_for(guests.GREETING)
    count = 0

    def run(command):
        nonlocal count
        count += 1
        console.send(f"{command}; echo end''{count}.\n".encode())
        return console.wait_for(f"end{count}.".encode()).decode(errors="replace")

    def sees(command, expected):
        wait_until(lambda: re.search(expected, run(command)), f"{expected!r} from {command!r}", GUEST_SECONDS)

    domain.attachDeviceFlags(bridged(), LIVE)
    tap, = cards(domain).values()
    assert yadod.links()[tap]["master"] == "br0"
    sees("cat /sys/class/net/*/address", MAC)
    sees("ip link set eth0 up; ip addr add 10.96.0.2/24 dev eth0; busybox ping -c 1 -W 2 10.96.0.1", "1 packets received")
    domain.detachDeviceFlags(bridged(), LIVE)
    wait_until(lambda: cards(domain) == {}, "the card's end", GUEST_SECONDS)
    sees("echo NICS $(ls /sys/class/net)", r"NICS lo\s")
    assert links(yadod) == set()
    assert "attached successfully" in yado("attach-interface", name, "direct", "card0", "--mac", MAC, "--model", "virtio",
                                           "--live")
    sees("cat /sys/class/net/*/address", MAC)
    assert yadod.links()[cards(domain)[MAC]]["link"] == "card0"
    assert "detached successfully" in yado("detach-interface", name, "direct", "--mac", MAC, "--live")
    wait_until(lambda: links(yadod) == set(), "the macvtap's end", GUEST_SECONDS)
    console.close()


def test_settings_are_those_of_a_start(yadod, conn, name):
    domain = conn.createXML(bare_guest(name, devices=PORTS), PAUSED)
    domain.attachDeviceFlags(bridged("<mtu size='1300'/><driver queues='2'/><port isolated='yes'/><link state='down'/>"
                                     "<bandwidth><inbound average='1000'/></bandwidth>"), LIVE)
    link = yadod.links()[cards(domain)[MAC]]
    assert link["mtu"] == 1300 and link["address"] == "fe" + MAC[2:]
    assert link["linkinfo"]["info_slave_data"]["isolated"] is True
    assert link["linkinfo"]["info_data"]["multi_queue"] is True
    assert "rate 8192Kbit" in yadod.inside_run("tc", "class", "show", "dev", link["ifname"])
    assert domain.interfaceStats(cards(domain)[MAC])[0] >= 0
    for kind, source, text in [("bridge", "<source bridge='nobr'/>", "Cannot get interface MTU on 'nobr'"),
                               ("network", "<source network='nonet'/>", "no network with matching name 'nonet'")]:
        before = domain.XMLDesc()
        with pytest.raises(libvirt.libvirtError, match=re.escape(text)):
            domain.attachDeviceFlags(card(kind, source, mac="52:54:00:00:00:09"), LIVE)
        assert domain.XMLDesc() == before and links(yadod) == {link["ifname"]} and plugged(domain) == {"net0"}
    domain.destroy()
    wait_until(lambda: links(yadod) == set(), "the tap's end")


@pytest.mark.slow
@pytest.mark.parametrize("action", ["fail", "kill"])
def test_every_step_that_goes_wrong(own_daemon, name, action):
    """Each step of plugging a card in fails, or the daemon dies there, in turn. What is known of the guest, what QEMU has
    and what is on the host are the same afterwards: with the card or without it."""
    daemon = own_daemon
    wish = card("direct", "<source dev='card0' mode='passthrough'/>") if action == "fail" else bridged()
    for number in range(1, 60):
        daemon.start()
        connection = libvirt.open(daemon.uri())
        connection.createXML(bare_guest(name, devices=PORTS), PAUSED)
        connection.close()
        daemon.kill()
        daemon.environment["YADO_FAULT"] = f"{action}:{number}:network"
        daemon.start()
        daemon.environment.pop("YADO_FAULT")
        connection = libvirt.open(daemon.uri())
        domain, done = connection.lookupByName(name), False
        try:
            domain.attachDeviceFlags(wish, LIVE)
            done = True
        except libvirt.libvirtError:
            if action == "kill":
                wait_until(lambda: daemon.process.poll() is not None, "the daemon's death")
        daemon.kill()  # what is ordered to fail must not meet what comes
        daemon.start()
        connection = libvirt.open(daemon.uri())
        domain = connection.lookupByName(name)
        wait_until(lambda: links(daemon) == set(cards(domain).values()), "what the guest's document says")
        assert len(plugged(domain)) == len(cards(domain))
        assert domain.state()[0] == libvirt.VIR_DOMAIN_PAUSED
        domain.destroy()
        wait_until(lambda: links(daemon) == set(), "the links' end")
        connection.close()
        daemon.stop()
        assert daemon.leftovers() == []
        if done:
            assert number > 3
            return
    raise AssertionError("too many steps")
