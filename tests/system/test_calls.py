# SPDX-License-Identifier: Apache-2.0
"""Every command of the first slice answers; every procedure there is answers with something, if only error 3."""
import json
import os
import re
from pathlib import Path

import libvirt
import pytest
from harness import raw
from harness.guests import bare_guest
from harness.raw import RawClient

HOST_COMMANDS = ["capabilities", "nodeinfo", "nodecpumap", "nodememstats", "nodecpustats", "freecell", "freecell --all",
                 "version", "hostname", "uri", "maxvcpus", "domcapabilities", "list --all"]
RUNNING_COMMANDS = ["dominfo {}", "domstate {} --reason", "domid {}", "domuuid {}", "domname {id}", "dumpxml {}",
                    "dumpxml {} --inactive", "domblklist {}", "domblklist {} --details", "domiflist {}", "domblkinfo {} vda",
                    "domdisplay {}", "vncdisplay {}", "ttyconsole {}", "dommemstat {}", "domstats {}", "domcontrol {}",
                    "domjobinfo {}", "vcpucount {}", "vcpuinfo {}", "inject-nmi {}", "send-key {} KEY_LEFTCTRL KEY_C",
                    "qemu-monitor-command {} --hmp info\\ status", "desc {}", "autostart {}"]


@pytest.fixture
def guest(virsh, conn, xml_file, yadod, name):
    disk = yadod.images / f"{name}.raw"
    disk.write_bytes(b"\0" * 1_048_576)
    virsh("define", xml_file(bare_guest(name, devices=f"""
        <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{disk}'/>
        <target dev='vda' bus='virtio'/></disk>
        <interface type='user'><mac address='52:54:00:11:22:33'/><model type='virtio'/></interface>
        <graphics type='vnc' port='-1' autoport='yes'/><video><model type='vga'/></video>""")))
    conn.lookupByName(name).createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    yield conn.lookupByName(name)
    disk.unlink()


@pytest.mark.parametrize("command", HOST_COMMANDS)
def test_host_commands(virsh, command):
    assert virsh(*command.split()).strip()


def test_commands_on_a_running_guest(virsh, guest):
    failed = []
    for command in RUNNING_COMMANDS:
        words = [word.replace("\\ ", " ") for word in re.split(r"(?<!\\) ", command.format(guest.name(), id=guest.ID()))]
        try:
            virsh(*words)
        except AssertionError as error:
            failed.append(str(error).split("\n", maxsplit=1)[0])
    assert failed == []


def test_block_and_interface_facts(virsh, guest):
    assert re.search(r"^Capacity:\s+1048576$", virsh("domblkinfo", guest.name(), "vda"), re.MULTILINE)
    assert re.search(r"^ vda\s+/.*\.raw$", virsh("domblklist", guest.name()), re.MULTILINE)
    assert "52:54:00:11:22:33" in virsh("domiflist", guest.name())
    assert re.match(r"^(127\.0\.0\.1)?:\d+$", virsh("vncdisplay", guest.name()).strip())


def test_firmware_tables(virsh):
    """Where the machine shows them; without them libvirt has a sentence of its own."""
    if Path("/sys/class/dmi/id/sys_vendor").exists():
        assert virsh("sysinfo").startswith("<sysinfo type='smbios'>")
    else:
        assert "Host SMBIOS information is not available" in virsh("sysinfo", fails=True)


def test_agent_commands_without_an_agent(virsh, guest):
    guest.resume()
    for command in ("guestinfo", "domtime", "dompmsuspend --target mem"):
        words = command.split()
        said = virsh(words[0], guest.name(), *words[1:], fails=True)
        assert "agent" in said, said


def test_monitor_command_returns_json(virsh, guest):
    import json
    said = json.loads(virsh("qemu-monitor-command", guest.name(), '{"execute":"query-status"}'))
    assert said["return"]["running"] is False


def test_bulk_statistics(conn, guest):
    (domain, told), = conn.getAllDomainStats(0, 0)
    assert domain.name() == guest.name()
    assert told["state.state"] == libvirt.VIR_DOMAIN_PAUSED
    for field in ("cpu.time", "balloon.current", "balloon.maximum", "vcpu.current", "net.count", "block.count",
                  "block.0.name", "block.0.path"):
        assert field in told, field


def test_host_facts_are_plausible(conn):
    model, memory, cpus, _mhz, nodes, sockets, cores, threads = conn.getInfo()
    assert model == os.uname().machine and cpus == os.cpu_count()
    assert nodes * sockets * cores * threads >= cpus
    total = 0  # of the NUMA nodes: what was plugged in later may be in no node
    for node in Path("/sys/devices/system/node").glob("node[0-9]*/meminfo"):
        total += next(int(line.split()[3]) for line in node.read_text().splitlines() if "MemTotal" in line)
    assert abs(memory - total // 1024) <= 1
    assert conn.getHostname() == os.uname().nodename or len(conn.getHostname()) > 0
    assert conn.getLibVersion() == 9_000_000
    assert conn.getVersion() >= 7_000_000
    assert conn.getType() == "QEMU"


# ---- every number there is -----------------------------------------------------------------------------------
@pytest.mark.ours
def test_calls_without_a_handler_name_themselves(yadod):
    """Remote program: every number up to the last either fails for its (empty) arguments or says error 3 and a name."""
    unsupported = {}
    with RawClient(yadod.connect()) as client:
        client.open()
        for number in range(1, 457):
            if number in (raw.CONNECT_OPEN, raw.CONNECT_CLOSE):
                continue
            got = client.call(number, b"\0" * 64)
            if got.error and got.error[0] == libvirt.VIR_ERR_NO_SUPPORT:
                unsupported[number] = got.error[2]
        assert client.call(raw.GET_TYPE).error is None
    for number, message in unsupported.items():
        assert re.match(r"this function is not supported by the connection driver: vir[A-Z]\w+$", message), (number, message)


@pytest.mark.ours
def test_unsupported_calls_through_virsh(virsh):
    said = virsh("domxml-from-native", "qemu-argv", "/dev/null", fails=True)
    assert "this function is not supported by the connection driver: virConnectDomainXMLFromNative" in said


@pytest.mark.ours
def test_in_memory_driver(yadod):
    connection = libvirt.open(f"test+unix:///default?socket={yadod.socket()}")
    try:
        domain, = connection.listAllDomains()
        assert (domain.name(), domain.ID(), domain.UUIDString()) == ("test", 1, "6695eb01-f6a4-8304-79aa-97f2502e193f")
        assert connection.getType() == "TEST"
        domain.suspend()
        assert domain.state()[0] == libvirt.VIR_DOMAIN_PAUSED
        domain.resume()
    finally:
        connection.close()


@pytest.mark.ours
def test_doctor_looks_at_the_daemon_that_is_meant(yado):
    health = {each["check"]: each["health"] for each in json.loads(yado("doctor", "--output", "json"))}
    assert health["daemon"] == "ok" and len(health) == 13, health
