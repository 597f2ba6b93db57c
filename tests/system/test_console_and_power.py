# SPDX-License-Identifier: Apache-2.0
"""A real Linux boots; its console travels through the protocol; it hears the power button."""
import os
import pty
import subprocess

import libvirt
import pytest
from harness.daemon import wait_until
from harness.guests import BOOT_SECONDS, GREETING, Console

pytestmark = pytest.mark.slow


@pytest.fixture
def booted(conn, linux, name):
    """(domain, console) of a guest that has greeted."""
    domain = conn.defineXML(linux(name))
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    console = Console(conn, domain)
    domain.resume()
    console.wait_for(GREETING)
    yield domain, console
    console.close()


def test_console_reads_and_writes_through_the_stream(booted):
    _, console = booted
    console.send(b"echo $((6 * 7))-answer\n")
    console.wait_for(b"42-answer")
    console.send(b"yes 0123456789 | head -n 20000 | wc -c\n")
    console.wait_for(b"220000")


def test_console_carries_much_data(booted):
    """200 KB in one go: nothing lost, nothing twice."""
    _, console = booted
    console.send(b"stty -echo; seq 1 30000 | tr '\\n' ' '; echo the-end\n")
    console.wait_for(b"1 2 3 ")
    seen = console.wait_for(b"the-end").split()
    assert [int(word) for word in seen] == list(range(4, 30001))


def test_acpi_shutdown_powers_the_guest_off(booted):
    domain, console = booted
    domain.shutdownFlags(libvirt.VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN)
    wait_until(lambda: domain.isActive() == 0, "ACPI shutdown", BOOT_SECONDS)
    assert domain.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN]
    console.wait_end()


def test_guest_can_power_itself_off(booted):
    domain, console = booted
    console.send(b"poweroff -f\n")
    wait_until(lambda: domain.isActive() == 0, "poweroff", BOOT_SECONDS)
    assert domain.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_SHUTDOWN]


def test_reboot_inside_keeps_the_guest(booted):
    domain, console = booted
    number = domain.ID()
    console.send(b"reboot -f\n")
    console.wait_for(GREETING)
    assert domain.ID() == number and domain.isActive() == 1


def test_reset_boots_again(booted):
    domain, console = booted
    domain.reset()
    console.wait_for(GREETING)
    assert domain.state()[0] == libvirt.VIR_DOMAIN_RUNNING


def test_destroy_ends_the_console_stream(booted):
    domain, console = booted
    domain.destroy()
    console.wait_end(20)


def test_second_console_is_refused_unless_forced(conn, booted):
    domain, console = booted
    with pytest.raises(libvirt.libvirtError) as error:
        Console(conn, domain)
    assert error.value.get_error_code() == libvirt.VIR_ERR_OPERATION_FAILED
    assert error.value.get_error_message() == "operation failed: Active console session exists for this domain"
    with_force = Console(conn, domain, flags=libvirt.VIR_DOMAIN_CONSOLE_FORCE)
    console.wait_end(20)
    with_force.send(b"echo second-$((1 + 1))\n")
    with_force.wait_for(b"second-2")
    with_force.close()


def test_suspended_guest_says_nothing_until_resumed(booted):
    domain, console = booted
    domain.suspend()
    console.send(b"echo awake-$((2 + 2))\n")
    assert b"awake-4" not in console.data
    domain.resume()
    console.wait_for(b"awake-4")


def read_terminal(master, text, process):
    import select
    import time
    seen, deadline = b"", time.monotonic() + BOOT_SECONDS
    while text not in seen:
        assert time.monotonic() < deadline, seen[-1000:].decode(errors="replace")
        if select.select([master], [], [], 0.2)[0]:
            try:
                seen += os.read(master, 4096)
            except OSError:
                break
        elif process.poll() is not None:
            break
    assert text in seen, seen[-1000:].decode(errors="replace")
    return seen


def test_virsh_start_with_console(yadod, conn, linux, name):
    """virsh's own terminal handling: start --console shows the boot, ^] leaves, the guest runs on."""
    conn.defineXML(linux(name))
    master, slave = pty.openpty()
    with subprocess.Popen(["virsh", "-c", yadod.uri(), "start", name, "--console"], stdin=slave, stdout=slave,
                          stderr=slave, close_fds=True) as process:
        os.close(slave)
        read_terminal(master, GREETING, process)
        os.write(master, b"\x1d")
        assert process.wait(20) == 0
    os.close(master)
    assert conn.lookupByName(name).isActive() == 1


def test_serial_into_a_file(yadod, conn, linux, name):
    log = yadod.images / "serial.log"
    xml = linux(name).replace("<serial type='pty'/>", f"<serial type='file'><source path='{log}'/></serial>")
    domain = conn.createXML(xml)
    wait_until(lambda: log.exists() and GREETING in log.read_bytes(), "greeting in the file", BOOT_SECONDS)
    domain.destroy()


def test_tty_is_told_to_clients(virsh, booted):
    domain, _ = booted
    tty = virsh("ttyconsole", domain.name()).strip()
    assert tty.startswith("/dev/pts/") and os.path.exists(tty)
    assert f"<source path='{tty}'/>" in domain.XMLDesc()
    assert tty not in domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)


def test_screenshot_of_a_guest_with_a_display(conn, name):
    from harness.guests import bare_guest
    domain = conn.createXML(bare_guest(name, devices="<graphics type='vnc' port='-1'/><video><model type='vga'/></video>"))
    stream = conn.newStream(0)
    assert domain.screenshot(stream, 0, 0) == "image/png"  # QEMU 7.1 and later can; before it was PPM
    picture = bytearray()
    while data := stream.recv(65536):
        picture += data
    stream.finish()
    assert picture.startswith(b"\x89PNG\r\n") and picture.endswith(b"IEND\xaeB`\x82")
