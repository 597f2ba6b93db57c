# SPDX-License-Identifier: Apache-2.0
"""What dominfo calls tainted and deprecated: told while the guest runs, across restarts, and forgotten at its end."""
import libvirt
import libvirt_qemu
from harness.guests import bare_guest

ROOT = "running with undesirable elevated privileges"  # the daemons of the tests run QEMU as root
MONITOR = "custom monitor control commands issued"
PASSED = "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><qemu:env name='A' value='b'/>" \
         "</qemu:commandline>"


def test_taints_are_told_until_the_guest_ends(yadod, conn, virsh, name):
    domain = conn.defineXML(bare_guest(name).replace("</devices>", "</devices>" + PASSED))
    assert "Messages:" not in virsh("dominfo", name)
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    expected = ["tainted: custom configuration parameters specified", f"tainted: {ROOT}"]
    assert domain.messages() == expected
    libvirt_qemu.qemuMonitorCommand(domain, "info status", libvirt_qemu.VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP)
    expected.insert(1, f"tainted: {MONITOR}")
    assert domain.messages(libvirt.VIR_DOMAIN_MESSAGE_TAINTING) == expected
    assert domain.messages(libvirt.VIR_DOMAIN_MESSAGE_DEPRECATION) == []
    shown = virsh("dominfo", name)
    assert f"Messages:       {expected[0]}\n                {expected[1]}\n" in shown
    yadod.kill()
    yadod.start()
    again = libvirt.open(yadod.uri())
    domain = again.lookupByName(name)
    assert domain.messages() == expected
    domain.destroy()
    assert domain.messages() == []
    again.close()


def test_a_host_cpu_taints(conn, name):
    domain = conn.defineXML(bare_guest(name, extra="<cpu mode='maximum'/>"))
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    assert domain.messages() == [f"tainted: {ROOT}"]
