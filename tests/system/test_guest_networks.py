# SPDX-License-Identifier: Apache-2.0
"""Guests on virtual networks: the port, the tap and the lease that a card has, from its start to whatever end."""
import os
import re
import signal
import subprocess
import xml.etree.ElementTree as ElementTree

import libvirt
import pytest
from harness import daemon as daemons
from harness import guests, networks
from harness.guests import bare_guest

pytestmark = pytest.mark.ours
PAUSED = libvirt.VIR_DOMAIN_START_PAUSED
OUTSIDE = "203.0.113.2"
MAC = "52:54:00:0a:0b:0c"


@pytest.fixture(scope="module")
def module_daemon():
    why = networks.NetworkDaemon.why_not()
    if why:
        pytest.skip(why)
    daemon = networks.NetworkDaemon()
    daemon.start()
    yield daemon
    daemon.close()


@pytest.fixture
def daemon(module_daemon):
    """The running daemon; afterwards neither a guest nor a network has left anything."""
    if not module_daemon.alive():
        module_daemon.start()
    yield module_daemon
    if not module_daemon.alive():
        module_daemon.start()
    connection = libvirt.open(module_daemon.uri())
    for domain in connection.listAllDomains():
        if domain.isActive():
            domain.destroy()
        if domain.ID() == -1 and domain.name() in [each.name() for each in connection.listAllDomains()]:
            domain.undefine()
    for network in connection.listAllNetworks():
        if network.isActive():
            network.destroy()
    for network in connection.listAllNetworks():
        if network.name() != "default":
            network.undefine()
    connection.close()
    assert module_daemon.leftovers() == []
    assert module_daemon.traces() == []


@pytest.fixture
def link(daemon):
    connection = libvirt.open(daemon.uri())
    yield connection
    connection.close()


@pytest.fixture
def outside(daemon):
    """A machine on the host's own wire."""
    place = networks.Place()
    daemon.net.join(place.net, "out0", "eth0")
    daemon.net("ip", "address", "add", "203.0.113.1/24", "dev", "out0")
    place.net("ip", "address", "add", f"{OUTSIDE}/24", "dev", "eth0")
    yield place
    place.close()
    daemons.wait_until(lambda: "out0" not in daemon.net("ip", "-o", "link"), "the end of the cable")


def nat(name="t", more=""):
    return (f"<network><name>{name}</name><forward mode='nat'/><bridge name='virbr7' delay='0' stp='off'/>"
            "<dns><host ip='10.7.0.1'><hostname>gate</hostname></host></dns>"
            "<ip address='10.7.0.1' netmask='255.255.255.0'><dhcp><range start='10.7.0.2' end='10.7.0.99'/></dhcp></ip>"
            f"{more}</network>")


def card(network="t", inside="", mac=MAC, source=""):
    return (f"<interface type='network'><mac address='{mac}'/><source network='{network}' {source}/><model type='virtio'/>"
            f"{inside}</interface>")


def shown(domain, flags=0):
    return ElementTree.fromstring(domain.XMLDesc(flags)).find("devices/interface")


def ports(network):
    return [port.UUIDString() for port in network.listAllPorts()]


def test_a_card_has_a_port_while_its_guest_runs(daemon, link, name):
    network = link.networkCreateXML(nat())
    domain = link.defineXML(bare_guest(name, devices=card()))
    inactive = domain.XMLDesc()
    domain.createWithFlags(PAUSED)
    source = shown(domain).find("source")
    port, = ports(network)
    tap = shown(domain).find("target").get("dev")
    assert source.attrib == {"network": "t", "portid": port, "bridge": "virbr7"}
    assert domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE) == inactive
    document = network.portLookupByUUIDString(port).XMLDesc()
    assert domain.UUIDString() in document and MAC in document and "<plug type='network' bridge='virbr7'/>" in document
    assert "master virbr7" in daemon.net("ip", "link", "show", tap)
    assert "connections='1'" in network.XMLDesc()
    for client in ("virsh", daemons.PROGRAMS / "yado"):
        listed = daemon.net(client, "-c", daemon.uri(), "net-port-list", "t")
        assert port in listed
        assert re.search(rf"{tap} +network +t +virtio +{MAC}", daemon.net(client, "-c", daemon.uri(), "domiflist", name))
    domain.destroy()
    assert ports(network) == []
    assert domain.XMLDesc() == inactive


def test_a_start_brings_its_network_up(daemon, link, name):
    network = link.networkDefineXML(nat())
    domain = link.createXML(bare_guest(name, devices=card()), PAUSED)
    assert network.isActive() and len(ports(network)) == 1
    domain.destroy()
    assert network.isActive(), "others may use it by now"


def test_a_network_that_cannot_start_fails_the_guest(daemon, link, name):
    daemon.net("ip", "link", "add", "own-br", "type", "bridge")
    daemon.net("ip", "address", "add", "10.7.0.200/24", "dev", "own-br")
    daemon.net("ip", "link", "set", "own-br", "up")
    try:
        link.networkDefineXML(nat())
        with pytest.raises(libvirt.libvirtError, match="already in use by interface own-br"):
            link.defineXML(bare_guest(name, devices=card())).create()
    finally:
        daemon.net("ip", "link", "delete", "own-br")
    assert link.lookupByName(name).isActive() == 0


def test_no_such_network(link, name):
    with pytest.raises(libvirt.libvirtError) as error:
        link.createXML(bare_guest(name, devices=card("nonet")), PAUSED)
    assert error.value.get_error_code() == libvirt.VIR_ERR_NO_NETWORK
    assert error.value.get_error_message() == "Network not found: no network with matching name 'nonet'"


def test_a_failed_start_gives_the_port_back(daemon, link, name):
    network = link.networkCreateXML(nat())
    bad = "<interface type='bridge'><source bridge='nobr'/><model type='virtio'/></interface>"
    with pytest.raises(libvirt.libvirtError):
        link.createXML(bare_guest(name, devices=card() + bad), PAUSED)
    assert ports(network) == []


def test_a_guest_that_dies_gives_the_port_back(daemon, link, name):
    network = link.networkCreateXML(nat())
    domain = link.createXML(bare_guest(name, devices=card()), PAUSED)
    pid, = daemon.guest_processes()
    os.kill(pid, signal.SIGKILL)
    daemons.wait_until(lambda: not any(each.name() == name for each in link.listAllDomains()), "noticing the death")
    assert ports(network) == []
    del domain


def test_what_the_network_and_its_group_say(daemon, link, name):
    group = "<portgroup name='slow'><bandwidth><inbound average='1000' peak='2000' burst='64'/></bandwidth></portgroup>"
    network = link.networkCreateXML(nat(more=group + "<port isolated='yes'/>"))
    domain = link.createXML(bare_guest(name, devices=card(source="portgroup='slow'")), PAUSED)
    tap = shown(domain).find("target").get("dev")
    assert "rate 8192Kbit ceil 16384Kbit burst 64Kb" in daemon.net("tc", "class", "show", "dev", tap)
    assert "isolated on" in daemon.net("ip", "-d", "link", "show", tap)
    assert shown(domain).find("source").get("portgroup") == "slow"
    assert shown(domain).find("bandwidth/inbound").get("average") == "1000"
    assert shown(domain, libvirt.VIR_DOMAIN_XML_INACTIVE).find("bandwidth") is None
    assert "average='1000'" in network.portLookupByUUIDString(ports(network)[0]).XMLDesc()


def test_networks_of_the_hosts_bridges_and_cards(daemon, link, name):
    daemon.net("ip", "link", "add", "own-br", "type", "bridge")
    daemon.net("ip", "link", "add", "own0", "type", "veth", "peer", "name", "own1")
    for each in ("own-br", "own0", "own1"):
        daemon.net("ip", "link", "set", each, "up")
    try:
        link.networkCreateXML("<network><name>b</name><forward mode='bridge'/><bridge name='own-br'/></network>")
        link.networkCreateXML("<network><name>d</name><forward mode='bridge'><interface dev='own0'/></forward></network>")
        devices = card("b") + card("d", mac="52:54:00:0a:0b:0d")
        domain = link.createXML(bare_guest(name, devices=devices), PAUSED)
        first, second = ElementTree.fromstring(domain.XMLDesc()).findall("devices/interface")
        assert (first.get("type"), first.find("source").get("bridge"), first.find("source").get("network")) == \
            ("bridge", "own-br", "b")
        assert (second.get("type"), second.find("source").get("dev"), second.find("source").get("mode")) == \
            ("direct", "own0", "bridge")
        assert "master own-br" in daemon.net("ip", "link", "show", first.find("target").get("dev"))
        domain.destroy()
        assert "macvtap" not in daemon.net("ip", "-o", "link")
    finally:
        daemon.net("ip", "link", "delete", "own-br")
        daemon.net("ip", "link", "delete", "own0")


def test_a_restarted_daemon_keeps_port_and_tap(daemon, link, name):
    network = link.networkDefineXML(nat())
    network.create()
    domain = link.defineXML(bare_guest(name, devices=card()))
    domain.createWithFlags(PAUSED)
    before, tap = ports(network), shown(domain).find("target").get("dev")
    document = domain.XMLDesc()
    daemon.kill()
    daemon.start()
    again = libvirt.open(daemon.uri())
    assert ports(again.networkLookupByName("t")) == before
    assert again.lookupByName(name).XMLDesc() == document
    # a network that was stopped and started has lost its cards: the next daemon plugs them in
    again.networkLookupByName("t").destroy()
    again.networkLookupByName("t").create()
    daemon.restart()
    again = libvirt.open(daemon.uri())
    assert ports(again.networkLookupByName("t")) == before
    assert "master virbr7" in daemon.net("ip", "link", "show", tap)
    again.lookupByName(name).destroy()
    assert ports(again.networkLookupByName("t")) == []
    again.close()


def test_a_guest_that_ended_meanwhile_gives_the_port_back(daemon, link, name):
    link.networkDefineXML(nat()).create()
    link.createXML(bare_guest(name, devices=card()), PAUSED)
    daemon.kill()
    pid, = daemon.guest_processes()
    os.kill(pid, signal.SIGKILL)
    daemons.wait_until(lambda: not daemon.guest_processes(), "its end")
    daemon.start()
    again = libvirt.open(daemon.uri())
    assert ports(again.networkLookupByName("t")) == []
    again.close()


@pytest.mark.slow
def test_a_guest_gets_its_lease_and_reaches_the_outside(daemon, link, outside, name):
    try:
        guests.guest_image()
    except RuntimeError as error:
        pytest.skip(str(error))
    network = link.networkDefineXML(nat())
    domain = link.defineXML(guests.linux_guest(name, daemon.images, devices=card()))
    domain.create()
    console = guests.Console(link, domain)  # what nobody reads is lost
    rows = daemons.wait_until(network.DHCPLeases, "the lease", guests.BOOT_SECONDS)
    assert [(row["mac"], row["prefix"], row["iface"]) for row in rows] == [(MAC, 24, "virbr7")]
    address = rows[0]["ipaddr"]
    tap = shown(domain).find("target").get("dev")
    told = domain.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE)
    assert told == {tap: {"hwaddr": MAC, "addrs": [{"addr": address, "prefix": 24, "type": 0}]}}
    for client in ("virsh", daemons.PROGRAMS / "yado"):
        assert f"{address}/24" in daemon.net(client, "-c", daemon.uri(), "domifaddr", name)
        assert f"{address}/24" in daemon.net(client, "-c", daemon.uri(), "net-dhcp-leases", "t")
    outside.serve()
    console.wait_for(guests.GREETING)
    console.send(b"busybox nslookup -type=a gate 10.7.0.1\n")
    console.wait_for(b"Address")
    console.wait_for(b"10.7.0.1\r\n")
    console.send(f"busybox nc {OUTSIDE} 8000; echo ' is what it said'\n".encode())
    console.wait_for(b"203.0.113.1 is what it said")
    console.send(b"busybox nc -l -p 8000 </dev/null & echo listens\n")
    console.wait_for(b"listens\r\n")
    outside.net("ip", "route", "add", "10.7.0.0/24", "via", "203.0.113.1")
    assert outside.ask(address, seconds=2) is None
    daemon.kill()
    daemon.start()
    console.close()
    again = libvirt.open(daemon.uri())
    assert again.lookupByName(name).interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE) == told
    again.lookupByName(name).destroy()
    again.close()
