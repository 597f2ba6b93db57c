# SPDX-License-Identifier: Apache-2.0
"""Virtual networks in namespaces of the tests' own: bridges, dnsmasq, nftables and packets are real; the outside and
the guests are other namespaces."""
import json
import os
import shutil
import signal
import subprocess

import libvirt
import pytest
from harness import daemon as daemons
from harness import networks

OUTSIDE, OUTSIDE6 = "203.0.113.2", "2001:db8:77::2"
pytestmark = pytest.mark.ours


@pytest.fixture(scope="module")
def module_daemon():
    why = networks.why_not()
    if why:
        pytest.skip(why)
    daemon = networks.NetworkDaemon()
    daemon.start()
    yield daemon
    daemon.close()


@pytest.fixture
def daemon(module_daemon):
    """The running daemon; afterwards no network runs and nothing of one is left."""
    if not module_daemon.alive():
        module_daemon.start()
    yield module_daemon
    if not module_daemon.alive():
        module_daemon.start()
    connection = libvirt.open(module_daemon.uri())
    for network in connection.listAllNetworks():
        if network.isActive():
            network.destroy()
        elif network.name() != "default":
            network.undefine()
    for network in connection.listAllNetworks():
        if network.name() != "default":
            network.undefine()
    connection.close()
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
    daemon.net("ip", "address", "add", "2001:db8:77::1/64", "dev", "out0", "nodad")
    place.net("ip", "address", "add", f"{OUTSIDE}/24", "dev", "eth0")
    place.net("ip", "address", "add", f"{OUTSIDE6}/64", "dev", "eth0", "nodad")
    yield place
    place.close()
    daemons.wait_until(lambda: "out0" not in daemon.net("ip", "-o", "link"), "the end of the cable")


@pytest.fixture
def plug(daemon):
    """plug(bridge): a guest on the bridge, which has no address yet."""
    made = []

    def plug_in(bridge):
        place = networks.Place()
        made.append(place)
        daemon.net.join(place.net, f"own{len(made)}", "eth0", bridge)
        return place
    yield plug_in
    for place in made:
        place.close()
    daemons.wait_until(lambda: "own" not in daemon.net("ip", "-o", "link"), "the end of the cables")


def document(name="t", mode="<forward mode='nat'/>", bridge="virbr7", address="10.7.0.1", more="", dhcp=True):
    base = address.rsplit(".", 1)[0]
    ranges = f"<dhcp><range start='{base}.2' end='{base}.99'/></dhcp>" if dhcp else ""
    return (f"<network><name>{name}</name>{mode}<bridge name='{bridge}' delay='0' stp='off'/>"
            f"<ip address='{address}' netmask='255.255.255.0'>{ranges}</ip>{more}</network>")


def settle(place, address, gateway):
    place.net("ip", "address", "add", f"{address}/24", "dev", "eth0")
    place.net("ip", "route", "add", "default", "via", gateway)


def test_default_is_there_and_starts(daemon, link):
    network = link.networkLookupByName("default")
    assert not network.isActive() and network.isPersistent() and network.autostart() == 0
    network.create()
    assert network.bridgeName() == "virbr0"
    assert "192.168.122.1/24" in daemon.net("ip", "address", "show", "virbr0")
    assert daemon.net("cat", "/proc/sys/net/ipv4/ip_forward").strip() == "1"
    assert "masquerade" in daemon.net("nft", "list", "table", "inet", "yado")
    assert len(daemon.servers()) >= 1
    network.destroy()
    assert daemon.traces() == []


def test_guest_gets_lease_name_and_the_way_out(daemon, link, outside, plug):
    network = link.networkCreateXML(document(more="<dns><host ip='10.7.0.1'><hostname>gate</hostname></host></dns>"))
    guest = plug("virbr7")
    lease = guest.ask_for_address()
    assert lease["router"] == "10.7.0.1" and lease["ip"].startswith("10.7.0.")
    rows = daemons.wait_until(network.DHCPLeases, "the lease")
    assert [(row["ipaddr"], row["prefix"], row["hostname"], row["iface"]) for row in rows] == \
        [(lease["ip"], 24, "guest", "virbr7")]
    assert network.DHCPLeases(rows[0]["mac"]) == rows and network.DHCPLeases("52:54:00:00:00:99") == []
    table = json.loads((daemon.root / "var/lib/libvirt/dnsmasq/virbr7.status").read_text())
    assert table[0]["ip-address"] == lease["ip"] and table[0]["hostname"] == "guest"
    assert "10.7.0.1" in guest.net.run("busybox", "nslookup", "gate", "10.7.0.1").stdout
    outside.serve()
    assert guest.ask(OUTSIDE) == "203.0.113.1"  # behind the host's address
    guest.serve()
    outside.net("ip", "route", "add", "10.7.0.0/24", "via", "203.0.113.1")
    assert outside.ask(lease["ip"]) is None
    network.destroy()


def test_isolated_stays_isolated(link, outside, plug):
    link.networkCreateXML(document(mode=""))
    one, other = plug("virbr7"), plug("virbr7")
    settle(one, "10.7.0.10", "10.7.0.1")
    settle(other, "10.7.0.11", "10.7.0.1")
    outside.serve()
    outside.net("ip", "route", "add", "10.7.0.0/24", "via", "203.0.113.1")
    other.serve()
    assert one.ask("10.7.0.11") == "10.7.0.10"
    assert one.ask(OUTSIDE) is None
    assert outside.ask("10.7.0.11") is None


@pytest.mark.parametrize("mode", ["route", "open"])
def test_routed_and_open_lead_both_ways(link, outside, plug, mode):
    link.networkCreateXML(document(mode=f"<forward mode='{mode}'/>"))
    guest = plug("virbr7")
    settle(guest, "10.7.0.10", "10.7.0.1")
    outside.net("ip", "route", "add", "10.7.0.0/24", "via", "203.0.113.1")
    outside.serve()
    guest.serve()
    assert guest.ask(OUTSIDE) == "10.7.0.10"
    assert outside.ask("10.7.0.10") == OUTSIDE


def test_two_networks_do_not_reach_each_other(link, plug):
    link.networkCreateXML(document())
    link.networkCreateXML(document(name="u", bridge="virbr8", address="10.8.0.1"))
    one, other = plug("virbr7"), plug("virbr8")
    settle(one, "10.7.0.10", "10.7.0.1")
    settle(other, "10.8.0.10", "10.8.0.1")
    other.serve()
    assert one.ask("10.8.0.10") is None


def test_nat_for_ipv6_on_request(link, outside, plug):
    ip6 = "<ip family='ipv6' address='fd00:7::1' prefix='64'/>"
    link.networkCreateXML(document(mode="<forward mode='nat'><nat ipv6='yes'/></forward>", more=ip6))
    guest = plug("virbr7")
    guest.net("ip", "address", "add", "fd00:7::10/64", "dev", "eth0", "nodad")
    guest.net("ip", "-6", "route", "add", "default", "via", "fd00:7::1")
    outside.serve(address="::")
    assert guest.ask(OUTSIDE6) == "2001:db8:77::1"
    guest.serve(address="::")
    outside.net("ip", "-6", "route", "add", "fd00:7::/64", "via", "2001:db8:77::1")
    assert outside.ask("fd00:7::10") is None


def test_addresses_and_ports_of_nat(daemon, link, outside, plug):
    nat = ("<forward mode='nat'><nat><address start='203.0.113.50' end='203.0.113.50'/><port start='40000' end='40010'/>"
           "</nat></forward>")
    link.networkCreateXML(document(mode=nat))
    daemon.net("ip", "address", "add", "203.0.113.50/32", "dev", "out0")
    guest = plug("virbr7")
    settle(guest, "10.7.0.10", "10.7.0.1")
    outside.serve()
    assert guest.ask(OUTSIDE) == "203.0.113.50"


@pytest.mark.parametrize("docker", [False, True])
def test_iptables_that_drops_is_passed(daemon, link, outside, plug, docker):
    if shutil.which("iptables", path=networks.PATH) is None:
        pytest.skip("no iptables")
    daemon.net("iptables", "-P", "FORWARD", "DROP")
    daemon.net("iptables", "-P", "INPUT", "DROP")
    if docker:
        daemon.net("iptables", "-N", "DOCKER-USER")
        daemon.net("iptables", "-A", "FORWARD", "-j", "DOCKER-USER")
    try:
        network = link.networkCreateXML(document())
        guest = plug("virbr7")
        lease = guest.ask_for_address()
        outside.serve()
        assert guest.ask(OUTSIDE) == "203.0.113.1"
        guest.serve()
        outside.net("ip", "route", "add", "10.7.0.0/24", "via", "203.0.113.1")
        assert outside.ask(lease["ip"]) is None
        assert "yado:virbr7" in daemon.net("iptables-save")
        network.destroy()
        assert "yado" not in daemon.net("iptables-save")
    finally:
        daemon.net("nft", "delete", "table", "ip", "filter")


def test_networks_outlive_the_daemon(daemon, link, outside, plug):
    network = link.networkDefineXML(document())
    network.create()
    guest = plug("virbr7")
    settle(guest, "10.7.0.10", "10.7.0.1")
    outside.serve()
    before = set(daemon.servers())
    daemon.kill()
    assert guest.ask(OUTSIDE) == "203.0.113.1"
    daemon.net("nft", "flush", "ruleset")
    assert guest.ask(OUTSIDE) is None
    daemon.start()
    again = libvirt.open(daemon.uri())
    assert again.networkLookupByName("t").isActive()
    assert set(daemon.servers()) == before
    assert guest.ask(OUTSIDE) == "203.0.113.1"
    daemon.net("nft", "flush", "ruleset")
    daemon.signal(signal.SIGHUP)  # as after a firewall's reload
    daemons.wait_until(lambda: guest.ask(OUTSIDE, seconds=1) == "203.0.113.1", "the rules' return")
    again.networkLookupByName("t").destroy()
    again.close()


def test_what_ended_meanwhile_is_noticed(daemon, link):
    link.networkDefineXML(document()).create()
    daemon.kill()
    daemon.net("ip", "link", "delete", "virbr7")
    daemon.start()
    again = libvirt.open(daemon.uri())
    assert not again.networkLookupByName("t").isActive()
    again.close()
    assert daemon.traces() == []


def test_server_that_died_is_started_again(daemon, link):
    link.networkDefineXML(document()).create()
    daemon.kill()
    for pid in daemon.servers():
        os.kill(pid, signal.SIGKILL)
    daemons.wait_until(lambda: not daemon.servers(), "the servers' end")
    daemon.start()
    assert daemon.servers()


def test_subnet_in_use_is_named_and_default_moves(daemon, link):
    daemon.net("ip", "link", "add", "out0", "type", "bridge")
    daemon.net("ip", "address", "add", "192.168.122.7/24", "dev", "out0")
    daemon.net("ip", "address", "add", "10.7.0.200/24", "dev", "out0")
    daemon.net("ip", "link", "set", "out0", "up")
    try:
        with pytest.raises(libvirt.libvirtError, match="already in use by interface out0"):
            link.networkCreateXML(document())
        network = link.networkLookupByName("default")
        network.create()
        assert "192.168.123.1" in network.XMLDesc() and "192.168.123.2" in network.XMLDesc(libvirt.VIR_NETWORK_XML_INACTIVE)
        network.destroy()
    finally:
        daemon.net("ip", "link", "delete", "out0")
    link.networkDefineXML(link.networkLookupByName("default").XMLDesc().replace("192.168.123.", "192.168.122."))


def test_left_over_bridge_is_taken_over(daemon, link):
    daemon.net("ip", "link", "add", "virbr7", "type", "bridge")
    link.networkCreateXML(document())
    link.networkLookupByName("t").destroy()
    daemon.net("ip", "link", "add", "own-br", "type", "bridge")
    daemon.net("ip", "address", "add", "172.16.0.1/24", "dev", "own-br")
    try:
        with pytest.raises(libvirt.libvirtError, match="cannot take over bridge 'own-br'"):
            link.networkCreateXML(document(bridge="own-br"))
        assert "172.16.0.1" in daemon.net("ip", "address", "show", "own-br")
    finally:
        daemon.net("ip", "link", "delete", "own-br")


def test_changes_reach_the_running_server(daemon, link, plug):
    network = link.networkDefineXML(document())
    network.create()
    pids = set(daemon.servers())
    both = libvirt.VIR_NETWORK_UPDATE_AFFECT_LIVE | libvirt.VIR_NETWORK_UPDATE_AFFECT_CONFIG
    guest = plug("virbr7")
    mac = json.loads(guest.net("ip", "-j", "link", "show", "eth0"))[0]["address"]
    network.update(libvirt.VIR_NETWORK_UPDATE_COMMAND_ADD_LAST, libvirt.VIR_NETWORK_SECTION_IP_DHCP_HOST, -1,
                   f"<host mac='{mac}' ip='10.7.0.77' name='fixed'/>", both)
    assert guest.ask_for_address()["ip"] == "10.7.0.77"
    network.update(libvirt.VIR_NETWORK_UPDATE_COMMAND_ADD_LAST, libvirt.VIR_NETWORK_SECTION_DNS_HOST, -1,
                   "<host ip='10.7.0.5'><hostname>five</hostname></host>", both)
    daemons.wait_until(lambda: "10.7.0.5" in guest.net.run("busybox", "nslookup", "five", "10.7.0.1").stdout, "the name")
    for flags in (0, libvirt.VIR_NETWORK_XML_INACTIVE):
        assert "10.7.0.77" in network.XMLDesc(flags) and "five" in network.XMLDesc(flags)
    assert len(daemon.servers()) == len(pids)


def faulted(daemon, fault, *words):
    """What virsh says at a daemon with that fault; None when it met the fault before it served anybody."""
    daemon.stop()
    daemon.environment["YADO_FAULT"] = fault
    try:
        daemon.start()
    except RuntimeError:
        if daemon.process.returncode != -signal.SIGKILL:
            raise
        return None
    finally:
        del daemon.environment["YADO_FAULT"]
    return subprocess.run(["virsh", "-c", daemon.uri(), *words], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.slow
@pytest.mark.parametrize("point", ["network.", "firewall."])
def test_failed_start_leaves_nothing(daemon, link, point):
    link.networkDefineXML(document(more="<route address='10.99.0.0' prefix='24' gateway='10.7.0.9'/>"))
    failures = 0
    for number in range(1, 40):
        done = faulted(daemon, f"fail:{number}:{point}", "net-start", "t")
        if done.returncode == 0:
            break
        failures += 1
        assert daemon.traces() == [], f"step {number}: {done.stderr}"
    daemon.stop()  # the fault is still to come
    daemon.start()
    assert done.returncode == 0 and failures >= (1 if point == "firewall." else 5)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["net-start", "net-destroy"])
def test_killed_daemon_leaves_what_the_next_one_finds(daemon, link, command):
    network = link.networkDefineXML(document())
    if command == "net-destroy":
        network.create()
    for number in range(1, 40):
        done = faulted(daemon, f"kill:{number}", command, "t")
        if done is not None and done.returncode == 0:
            break
        daemon.wait()
        daemon.start()
        again = libvirt.open(daemon.uri())
        found = again.networkLookupByName("t")
        if found.isActive():  # then all of it is there
            assert "10.7.0.1/24" in daemon.net("ip", "address", "show", "virbr7")
            assert "virbr7" in daemon.net("nft", "list", "table", "inet", "yado") and daemon.servers()
            if command == "net-start":
                found.destroy()
        if not found.isActive():
            assert daemon.traces() == [], f"step {number}"
            if command == "net-destroy":
                found.create()
        again.close()
    daemon.stop()  # the fault is still to come
    daemon.start()
    assert done is not None and done.returncode == 0


def test_ports_tell_who_is_plugged_in(daemon, link):
    network = link.networkCreateXML(document())
    owner = "33333333-3333-3333-3333-333333333333"
    port = network.portCreateXML(f"<networkport><uuid>{owner[:-1]}4</uuid><owner><name>g</name><uuid>{owner}</uuid></owner>"
                                 "<mac address='52:54:00:00:00:05'/><bandwidth><inbound average='10'/><outbound average='10' "
                                 "peak='20'/></bandwidth></networkport>")
    assert "<plug type='network' bridge='virbr7'/>" in port.XMLDesc()
    assert "connections='1'" in network.XMLDesc()
    assert json.loads((daemon.root / "var/lib/libvirt/dnsmasq/virbr7.macs").read_text()) == \
        [{"domain": "g", "macs": ["52:54:00:00:00:05"]}]
    port.setParameters({"inbound.average": 100, "outbound.average": 50, "outbound.peak": 60})
    assert port.parameters()["inbound.average"] == 100
    daemon.kill()
    daemon.start()
    again = libvirt.open(daemon.uri())
    assert [one.UUIDString() for one in again.networkLookupByName("t").listAllPorts()] == [f"{owner[:-1]}4"]
    assert "average='50'" in again.networkLookupByName("t").portLookupByUUIDString(f"{owner[:-1]}4").XMLDesc()
    again.networkLookupByName("t").portLookupByUUIDString(f"{owner[:-1]}4").delete()
    assert again.networkLookupByName("t").listAllPorts() == []
    again.close()


def test_check_names_what_stops_packets(daemon, link):
    def check():
        done = daemon.net.run(daemons.PROGRAMS / "yado", "-c", daemon.uri(), "net-check", "t", "--output", "json")
        return done.returncode, [row["check"] for row in json.loads(done.stdout) if row["health"] == "fail"]
    link.networkDefineXML(document())
    assert check() == (1, ["network"])
    link.networkLookupByName("t").create()
    assert check() == (0, [])
    daemon.net("sysctl", "-q", "-w", "net.ipv4.ip_forward=0")
    daemon.net("nft", "add table inet mine; add chain inet mine f { type filter hook forward priority 0; policy drop; }")
    daemon.net("nft", "delete", "table", "inet", "yado")
    daemon.net("ip", "address", "flush", "dev", "virbr7")
    assert check() == (1, ["address", "rules", "filter", "forward"])
    daemon.net("nft", "delete", "table", "inet", "mine")


def test_clients_are_told(link):
    seen = []
    callback = link.networkEventRegisterAny(None, libvirt.VIR_NETWORK_EVENT_ID_LIFECYCLE,
                                            lambda _, network, event, detail, __: seen.append((network.name(), event)), None)
    network = link.networkDefineXML(document())
    network.create()
    network.destroy()
    network.undefine()
    kinds = [libvirt.VIR_NETWORK_EVENT_DEFINED, libvirt.VIR_NETWORK_EVENT_STARTED, libvirt.VIR_NETWORK_EVENT_STOPPED,
             libvirt.VIR_NETWORK_EVENT_UNDEFINED]
    daemons.wait_until(lambda: len(seen) == 4, "the events")
    assert seen == [("t", kind) for kind in kinds]
    link.networkEventDeregisterAny(callback)


def test_network_uri_speaks_of_the_same_networks(daemon, link):
    link.networkDefineXML(document())
    done = subprocess.run(["virsh", "-c", daemon.uri(driver="network"), "net-list", "--all", "--name"],
                          capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split() == ["default", "t"], done.stderr
