# SPDX-License-Identifier: Apache-2.0
"""What qemu.conf says, as the processes of guests show it; and what a definition says about reboots."""
from pathlib import Path

import libvirt
import pytest
from harness.daemon import wait_until
from harness.guests import bare_guest

VNC = "<graphics type='vnc' port='-1' autoport='yes'{more}/><video><model type='vga'/></video>"


@pytest.fixture(name="configured")
def fixture_configured(new_daemon):
    """configured(text): a connection to a daemon with that in its qemu.conf."""
    made = []

    def start(text):
        daemon = new_daemon()
        etc = daemon.etc if hasattr(daemon, "etc") else daemon.inside("/etc/libvirt")
        (etc / "qemu.conf").write_text('user = "root"\ngroup = "root"\n' + text)
        daemon.start()
        connection = libvirt.open(daemon.uri())
        made.append(connection)
        return daemon, connection
    yield start
    for connection in made:
        for domain in connection.listAllDomains():
            domain.destroy()
        connection.close()


def command_line(daemon):
    pid, = daemon.guest_processes()
    return pid, Path(f"/proc/{pid}/cmdline").read_text().split("\0")


def test_processes_are_as_configured(configured, name):
    daemon, connection = configured('set_process_name = 1\ndump_guest_core = 1\nmax_core = 1000\nlog_timestamp = 0\n'
                                    'deprecation_behavior = "reject"\nvnc_password = "secret"\n')
    connection.createXML(bare_guest(name, devices=VNC.format(more="")), libvirt.VIR_DOMAIN_START_PAUSED)
    pid, words = command_line(daemon)
    assert f"guest={name},process=qemu:{name},debug-threads=on" in words
    assert "dump-guest-core=on" in words[words.index("-machine") + 1]
    assert "timestamp=on" not in words
    assert words[words.index("-compat") + 1] == '{"deprecated-output":"hide","deprecated-input":"reject"}'
    assert ",password=on" in words[words.index("-vnc") + 1]
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core")] == [["1000", "1000"]]


def test_defaults_add_nothing(configured, name):
    daemon, connection = configured("")
    connection.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
    _, words = command_line(daemon)
    assert f"guest={name},debug-threads=on" in words
    assert "dump-guest-core=off" in words[words.index("-machine") + 1]
    assert "-compat" not in words


def test_screens_may_be_sockets(configured, name):
    daemon, connection = configured("vnc_auto_unix_socket = 1\n")
    domain = connection.createXML(bare_guest(name, devices=VNC.format(more="")), libvirt.VIR_DOMAIN_START_PAUSED)
    _, words = command_line(daemon)
    assert words[words.index("-vnc") + 1].removeprefix("vnc=").startswith("unix:")
    assert "<listen type='socket' socket='" in domain.XMLDesc()


@pytest.mark.parametrize("text", ['security_driver = "apparmor"', "security_require_confined = 1",
                                  'lock_manager = "lockd"'])
@pytest.mark.ours
def test_protection_that_is_not_there_stops_the_start(new_daemon, text):
    daemon = new_daemon()
    (daemon.inside("/etc/libvirt") / "qemu.conf").write_text(text + "\n")
    with pytest.raises(RuntimeError, match="qemu.conf: "):
        daemon.start()
    daemon.process = None


@pytest.mark.parametrize("action, ends", [("destroy", True), ("restart", False)])
def test_on_reboot(configured, name, action, ends):
    _, connection = configured("")
    domain = connection.defineXML(bare_guest(name, extra=f"<on_reboot>{action}</on_reboot>"))
    domain.create()
    domain.reset()
    if ends:
        wait_until(lambda: not domain.isActive(), "the guest's end")
        assert domain.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN]
    else:
        domain.suspend()  # after the reset in QEMU's order
        assert domain.isActive()
    domain.undefine()
