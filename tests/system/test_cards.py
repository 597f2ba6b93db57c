# SPDX-License-Identifier: Apache-2.0
"""Network cards with a host side: taps in bridges, macvtaps, taps of the user's; in a network namespace of the test's
own, where bridges and cards are made as an administrator would.
"""
import json
import re
import socket
import subprocess
import xml.etree.ElementTree as ElementTree

import libvirt
import pytest
from harness import daemon as daemons
from harness.daemon import wait_until
from harness.guests import bare_guest

pytestmark = pytest.mark.ours
PAUSED = libvirt.VIR_DOMAIN_START_PAUSED
MAC = "52:54:00:0a:0b:0c"


def prepare(daemon):
    daemon.ip("link", "add", "br0", "type", "bridge")
    daemon.ip("link", "set", "br0", "mtu", "1400", "up")
    daemon.ip("link", "add", "card0", "type", "veth", "peer", "name", "card1")
    for link in ("card0", "card1"):
        daemon.ip("link", "set", link, "up")


@pytest.fixture(scope="module")
def module_daemon():
    why = daemons.NetworkedDaemon.why_not()
    if why:
        pytest.skip(why)
    daemon = daemons.NetworkedDaemon()
    try:
        prepare(daemon)
        daemon.start()
        yield daemon
    finally:
        daemon.close()


@pytest.fixture
def own_daemon():
    """One that may be killed."""
    why = daemons.NetworkedDaemon.why_not()
    if why:
        pytest.skip(why)
    daemon = daemons.NetworkedDaemon()
    try:
        prepare(daemon)
        yield daemon
    finally:
        daemon.close()


def card(kind, source="", inside="", mac=MAC, model="virtio"):
    return f"<interface type='{kind}'><mac address='{mac}'/>{source}<model type='{model}'/>{inside}</interface>"


def bridged(inside="", mac=MAC):
    return card("bridge", "<source bridge='br0'/>", inside, mac)


def direct(mode="bridge", inside="", mac=MAC):
    return card("direct", f"<source dev='card0' mode='{mode}'/>", inside, mac)


def shown(domain, flags=0):
    return ElementTree.fromstring(domain.XMLDesc(flags)).find("devices/interface")


def tap_of(domain):
    return shown(domain).find("target").get("dev")


def hosts_links(daemon):
    return set(daemon.links()) - {"lo", "br0", "card0", "card1"}


def command_line(daemon, text):
    line, = daemon.guest_processes().values()
    return re.search(text, line)


def test_a_tap_in_a_bridge(yadod, conn, name):
    domain = conn.defineXML(bare_guest(name, devices=bridged()))
    domain.createWithFlags(PAUSED)
    tap = tap_of(domain)
    assert re.fullmatch(r"vnet\d+", tap)
    assert shown(domain, libvirt.VIR_DOMAIN_XML_INACTIVE).find("target") is None
    link = yadod.links()[tap]
    assert link["master"] == "br0"
    assert link["address"] == "fe" + MAC[2:]
    assert link["mtu"] == 1400, "the bridge's"
    assert "UP" in link["flags"]
    assert link["linkinfo"]["info_data"]["vnet_hdr"] is True
    assert command_line(yadod, r'"type":"tap","fd":"4"')
    domain.destroy()
    wait_until(lambda: hosts_links(yadod) == set(), "the tap's end")
    domain.createWithFlags(PAUSED)
    assert tap_of(domain) != tap, "a name is not given again at once"


def test_settings_of_a_tap(yadod, conn, name):
    domain = conn.createXML(bare_guest(name, devices=bridged(
        "<target dev='own0'/><port isolated='yes'/><mtu size='1300'/><driver queues='3'/>"
        "<coalesce><rx><frames max='7'/></rx></coalesce>", mac="fe:54:00:00:00:01")), PAUSED)
    link = yadod.links()["own0"]
    assert tap_of(domain) == "own0"
    assert link["mtu"] == 1300
    assert link["address"] == "fa:54:00:00:00:01", "it must not be the guest's"
    assert link["linkinfo"]["info_slave_data"]["isolated"] is True
    assert link["linkinfo"]["info_data"]["multi_queue"] is True
    assert command_line(yadod, r'"fds":"4:5:6"')
    assert command_line(yadod, r'"mq":true,"vectors":8.*"host_mtu":1300')


def test_a_link_that_is_down(conn, name):
    domain = conn.createXML(bare_guest(name, devices=bridged("<link state='down'/>")), PAUSED)
    assert shown(domain).find("link").get("state") == "down"


def test_limits(yadod, conn, name):
    limits = "<bandwidth><inbound average='1000' peak='2000' burst='64'/><outbound average='500'/></bandwidth>"
    domain = conn.createXML(bare_guest(name, devices=bridged(limits)), PAUSED)
    tap = tap_of(domain)
    assert "class htb 1:1 root prio 0 rate 8192Kbit ceil 16384Kbit burst 64Kb" in yadod.inside_run(
        "tc", "class", "show", "dev", tap)
    filters = yadod.inside_run("tc", "filter", "show", "dev", tap, "parent", "ffff:") \
        if "ffff:" in yadod.inside_run("tc", "qdisc", "show", "dev", tap) else ""
    assert "police" in filters or "cannot do the limit of what is received" in yadod.log()


@pytest.mark.parametrize("mode", ["vepa", "bridge", "private", "passthrough"])
def test_a_macvtap(yadod, conn, name, mode):
    before = yadod.links()["card0"]["address"]
    domain = conn.createXML(bare_guest(name, devices=direct(mode, "<driver queues='2'/>")), PAUSED)
    tap = tap_of(domain)
    assert re.fullmatch(r"macvtap\d+", tap)
    link = yadod.links()[tap]
    assert link["linkinfo"]["info_kind"] == "macvtap"
    assert link["linkinfo"]["info_data"]["mode"] == mode.replace("passthrough", "passthru")
    assert link["address"] == MAC and link["link"] == "card0"
    assert command_line(yadod, r'"fds":"4:5"')
    if mode == "passthrough":
        assert yadod.links()["card0"]["address"] == MAC
        assert json.loads(yadod.inside("/run/libvirt/qemu/card0").read_text()) == {"mac": before}
    domain.destroy()
    assert hosts_links(yadod) == set()
    assert yadod.links()["card0"]["address"] == before
    assert not yadod.inside("/run/libvirt/qemu/card0").exists()


def test_a_tap_with_scripts_and_addresses(yadod, conn, name, tmp_path):
    for which in ("up", "down"):
        (tmp_path / which).write_text(f"#!/bin/sh\necho $1 >> {tmp_path}/{which}.said\n")
        (tmp_path / which).chmod(0o755)
    source = ("<source><ip address='10.9.0.1' prefix='24'/><route address='10.10.0.0' prefix='24' "
              "gateway='10.9.0.2'/></source>")
    domain = conn.createXML(bare_guest(name, devices=card(
        "ethernet", source, f"<script path='{tmp_path}/up'/><downscript path='{tmp_path}/down'/>")), PAUSED)
    tap = tap_of(domain)
    assert (tmp_path / "up.said").read_text() == f"{tap}\n"
    assert "10.9.0.1/24" in yadod.ip("-4", "addr", "show", "dev", tap)
    assert "10.10.0.0/24 via 10.9.0.2" in yadod.ip("route", "show", "dev", tap)
    domain.destroy()
    assert (tmp_path / "down.said").read_text() == f"{tap}\n"


def test_a_tap_of_the_users_stays(yadod, conn, name):
    yadod.ip("tuntap", "add", "mine0", "mode", "tap", "vnet_hdr")
    try:
        before = yadod.links()["mine0"]["address"]
        domain = conn.createXML(bare_guest(name, devices=card("ethernet", "", "<target dev='mine0' managed='no'/>")), PAUSED)
        domain.destroy()
        assert yadod.links()["mine0"]["address"] == before
    finally:
        yadod.ip("link", "delete", "mine0")


# what stock libvirtd 9.0 says; it adds the interface to some
REFUSED = [
    (bridged("<vlan><tag id='5'/></vlan>"), 67, f"interface {MAC} - vlan tag not supported for this connection type"),
    (bridged("<script path='/bin/true'/>"), 67, "scripts are not supported on interfaces of type bridge"),
    (bridged("<target dev='br0'/>"), 55, "The br0 interface already exists"),
    (card("bridge", "<source bridge='nobr'/>"), 38, "Cannot get interface MTU on 'nobr': No such device"),
    (card("direct", "<source dev='nodev'/>"), 38, "Unable to get index for interface nodev: No such device"),
    (card("direct", "<source dev='nodev' mode='passthrough'/>"), 38, "nodev"),
    (card("network", "<source network='nonet'/>"), 43, "Network not found: no network with matching name 'nonet'"),
    (card("ethernet", "", "<target dev='nosuch' managed='no'/>"), 1, "target managed='no' but specified dev doesn't exist"),
    (card("ethernet", "", "<script path='/bin/false'/>"), 1, "unexpected exit status 1"),
    (card("ethernet", "", "<script path='/nosuch'/>"), 38, "cannot execute binary /nosuch"),
]


@pytest.mark.parametrize("devices, code, text", REFUSED)
def test_what_is_refused_leaves_nothing(yadod, conn, name, devices, code, text):
    """A good card comes first: it goes with the bad one."""
    domain = conn.defineXML(bare_guest(name, devices=direct(mac="52:54:00:00:00:77") + devices))
    with pytest.raises(libvirt.libvirtError) as error:
        domain.createWithFlags(PAUSED)
    assert error.value.get_error_code() == code, error.value
    assert text in error.value.get_error_message()
    assert domain.isActive() == 0
    assert hosts_links(yadod) == set()


def test_a_command_line_that_is_only_shown(yadod, conn, name):
    """Nothing is made for it."""
    text = conn.domainXMLToNative("qemu-argv", bare_guest(name, devices=bridged("<driver queues='2'/>") +
                                                          card("network", "<source network='nonet'/>")), 0)
    assert '"type":"tap","fds":"4:5","id":"hostnet0"' in text
    assert '"type":"tap","fd":"6","id":"hostnet1"' in text
    assert hosts_links(yadod) == set()


def test_frames_pass(yadod, conn, name):
    """The firmware of the card asks for an address; the question is seen on the bridge."""
    family = socket.AF_PACKET
    reader = subprocess.Popen(
        [*yadod.client_prefix(), "/usr/bin/python3", "-c",
         f"import socket\ns = socket.socket({int(family)}, socket.SOCK_RAW, socket.htons(3)); s.bind(('br0', 0))\n"
         "print('ready', flush=True)\n"
         f"mac = bytes.fromhex('{MAC.replace(':', '')}')\n"
         "while True:\n    f = s.recv(2048)\n    if f[6:12] == mac and b'PXEClient' in f: break\n"
         "print('seen', flush=True)"], stdout=subprocess.PIPE, text=True)
    try:
        assert reader.stdout.readline() == "ready\n"
        conn.createXML(bare_guest(name, devices=bridged("<boot order='1'/>")))
        reader.wait(60)
        assert reader.stdout.read() == "seen\n"
    finally:
        reader.kill()
        reader.wait()


def test_a_restarted_daemon_knows_its_cards(own_daemon, name):
    daemon = own_daemon
    daemon.start()
    connection = libvirt.open(daemon.uri())
    both = bridged(mac="52:54:00:00:00:01") + direct("passthrough", mac="52:54:00:00:00:02")
    connection.createXML(bare_guest(name, devices=both), PAUSED)
    there = hosts_links(daemon)
    assert there == {"vnet0", "macvtap0"}
    daemon.kill()
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.lookupByName(name)
    assert hosts_links(daemon) == there
    connection.createXML(bare_guest(name + "-2", devices=bridged()), PAUSED)
    assert hosts_links(daemon) == there | {"vnet1"}
    domain.destroy()
    assert hosts_links(daemon) == {"vnet1"}
    connection.lookupByName(name + "-2").destroy()
    connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("kind, at_least", [("network", 8), ("cards", 2), ("launch", 4), ("cgroup", 0)])
def test_every_failure_undoes_all(own_daemon, name, kind, at_least):
    """Each step of a kind fails in turn, until a start has none left that could."""
    daemon = own_daemon
    devices = bridged("<port isolated='yes'/>", mac="52:54:00:00:00:01") + direct("passthrough", mac="52:54:00:00:00:02")
    daemon.start()
    libvirt.open(daemon.uri()).defineXML(bare_guest(name, devices=devices))
    daemon.stop()
    for number in range(1, 60):
        daemon.environment["YADO_FAULT"] = f"fail:{number}:{kind}"
        daemon.start()
        daemon.environment.pop("YADO_FAULT")
        connection = libvirt.open(daemon.uri())
        domain = connection.lookupByName(name)
        try:
            domain.createWithFlags(PAUSED)
        except libvirt.libvirtError as error:
            assert f"injected failure at {kind}" in error.get_error_message()
            assert domain.state()[0] == libvirt.VIR_DOMAIN_SHUTOFF
            done = False
        else:
            domain.destroy()
            done = True
        wait_until(lambda: hosts_links(daemon) == set(), "the links' end")
        assert not daemon.inside("/run/libvirt/qemu/card0").exists()
        assert daemon.leftovers() == []
        connection.close()
        daemon.stop()
        if done:
            assert number > at_least
            return
    raise AssertionError("too many steps")


@pytest.mark.slow
def test_a_killed_daemon_leaves_no_macvtap(own_daemon, name):
    """Killed at each step of opening the cards: the next daemon takes away what was made."""
    daemon = own_daemon
    document = bare_guest(name, devices=direct("passthrough"))
    before = daemon.links()["card0"]["address"]
    daemon.start()
    libvirt.open(daemon.uri()).defineXML(document)
    daemon.stop()
    for number in range(1, 30):
        daemon.environment["YADO_FAULT"] = f"kill:{number}:network"
        daemon.start()
        daemon.environment.pop("YADO_FAULT")
        connection = libvirt.open(daemon.uri())
        try:
            connection.lookupByName(name).createWithFlags(PAUSED)
            survived = True
            connection.lookupByName(name).destroy()
        except libvirt.libvirtError:
            survived = False
            wait_until(lambda: daemon.process.poll() is not None, "the daemon's death")
            daemon.wait()
            daemon.start()
        assert hosts_links(daemon) == set()
        assert daemon.links()["card0"]["address"] == before
        daemon.stop()
        assert daemon.leftovers() == []
        if survived:
            assert number > 3
            return
    raise AssertionError("too many steps")
