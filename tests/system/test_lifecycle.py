# SPDX-License-Identifier: Apache-2.0
"""A guest's life as stock virsh and python3-libvirt drive it."""
import libvirt
import pytest
from harness.guests import bare_guest

RUNNING, PAUSED, SHUTOFF = libvirt.VIR_DOMAIN_RUNNING, libvirt.VIR_DOMAIN_PAUSED, libvirt.VIR_DOMAIN_SHUTOFF


def test_virsh_walks_a_guest_through_its_states(virsh, xml_file, name):
    assert virsh("define", xml_file(bare_guest(name))) == f"Domain '{name}' defined from {xml_file(bare_guest(name))}\n\n"
    assert virsh("domstate", name).strip() == "shut off"
    assert virsh("start", name, "--paused") == f"Domain '{name}' started\n\n"
    assert virsh("domstate", name, "--reason").strip() == "paused (user)"
    assert virsh("resume", name) == f"Domain '{name}' resumed\n\n"
    assert virsh("domstate", name, "--reason").strip() == "running (unpaused)"
    assert virsh("suspend", name) == f"Domain '{name}' suspended\n\n"
    assert virsh("domstate", name, "--reason").strip() == "paused (user)"
    virsh("resume", name)
    assert virsh("reset", name) == f"Domain '{name}' was reset\n\n"
    assert virsh("destroy", name) == f"Domain '{name}' destroyed\n\n"
    assert virsh("domstate", name, "--reason").strip() == "shut off (destroyed)"
    assert virsh("undefine", name) == f"Domain '{name}' has been undefined\n\n"
    assert virsh("list", "--all", "--name").strip() == ""


def test_listing_tells_running_from_shut_off(virsh, xml_file, name):
    virsh("define", xml_file(bare_guest(name + "-off")))
    virsh("create", xml_file(bare_guest(name + "-on")), "--paused")
    assert virsh("list", "--name").split() == [name + "-on"]
    assert sorted(virsh("list", "--all", "--name").split()) == [name + "-off", name + "-on"]
    assert virsh("list", "--inactive", "--name").split() == [name + "-off"]
    assert virsh("list", "--transient", "--name").split() == [name + "-on"]
    assert virsh("list", "--all", "--persistent", "--name").split() == [name + "-off"]
    assert virsh("list", "--state-paused", "--name").split() == [name + "-on"]


def test_ids_grow_and_vanish(conn, name):
    domain = conn.defineXML(bare_guest(name))
    assert domain.ID() == -1
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    first = domain.ID()
    assert first > 0
    assert conn.lookupByID(first).name() == name
    domain.destroy()
    assert domain.ID() == -1
    with pytest.raises(libvirt.libvirtError) as error:
        conn.lookupByID(first)
    assert error.value.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    assert domain.ID() > first


def test_transient_guest_disappears(conn, name):
    domain = conn.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
    assert domain.isPersistent() == 0 and domain.isActive() == 1
    domain.destroy()
    with pytest.raises(libvirt.libvirtError) as error:
        conn.lookupByName(name)
    assert error.value.get_error_code() == libvirt.VIR_ERR_NO_DOMAIN
    assert error.value.get_error_message() == f"Domain not found: no domain with matching name '{name}'"


def test_undefining_a_running_guest_makes_it_transient(conn, name):
    domain = conn.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)
    conn.defineXML(bare_guest(name))
    assert domain.isPersistent() == 1
    domain.undefine()
    assert domain.isPersistent() == 0 and domain.isActive() == 1


def test_states_and_reasons(conn, name):
    domain = conn.defineXML(bare_guest(name))
    assert domain.state() == [SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_UNKNOWN]
    domain.create()
    assert domain.state() == [RUNNING, libvirt.VIR_DOMAIN_RUNNING_BOOTED]
    domain.suspend()
    assert domain.state() == [PAUSED, libvirt.VIR_DOMAIN_PAUSED_USER]
    domain.resume()
    assert domain.state() == [RUNNING, libvirt.VIR_DOMAIN_RUNNING_UNPAUSED]
    domain.destroyFlags(libvirt.VIR_DOMAIN_DESTROY_GRACEFUL)
    assert domain.state() == [SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_DESTROYED]


@pytest.mark.parametrize("call", ["suspend", "resume", "shutdown", "reboot", "destroy", "reset"])
def test_what_needs_a_running_guest_says_so(conn, name, call):
    domain = conn.defineXML(bare_guest(name))
    with pytest.raises(libvirt.libvirtError) as error:
        getattr(domain, call)()
    assert error.value.get_error_code() == libvirt.VIR_ERR_OPERATION_INVALID
    assert error.value.get_error_message() == "Requested operation is not valid: domain is not running"


def test_starting_twice_is_refused(conn, name):
    domain = conn.defineXML(bare_guest(name))
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    with pytest.raises(libvirt.libvirtError) as error:
        domain.create()
    assert error.value.get_error_code() == libvirt.VIR_ERR_OPERATION_INVALID
    assert error.value.get_error_message() == "Requested operation is not valid: domain is already running"


def test_autodestroy_ends_with_the_connection(yadod, conn, name):
    own = libvirt.open(yadod.uri())
    own.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED | libvirt.VIR_DOMAIN_START_AUTODESTROY)
    assert [domain.name() for domain in conn.listAllDomains()] == [name]
    own.close()
    from harness.daemon import wait_until
    wait_until(lambda: conn.listAllDomains() == [], "the guest's end")


def test_a_guest_whose_qemu_dies_is_crashed(yadod, conn, name):
    import os
    import signal
    from harness.daemon import wait_until
    domain = conn.defineXML(bare_guest(name))
    domain.create()
    pid, = yadod.guest_processes()
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: domain.isActive() == 0, "noticing the death")
    assert domain.state() == [SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_CRASHED]


def test_failure_to_start_quotes_qemu(conn, name):
    broken = bare_guest(name, devices="""<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
        <source file='/etc/hostname'/><target dev='vda' bus='virtio'/></disk>""")
    domain = conn.defineXML(broken)
    with pytest.raises(libvirt.libvirtError) as error:
        domain.create()
    assert "qcow2" in error.value.get_error_message()
    assert domain.isActive() == 0
    assert domain.state()[0] == SHUTOFF
