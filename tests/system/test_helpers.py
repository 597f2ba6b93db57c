# SPDX-License-Identifier: Apache-2.0
"""Processes beside a QEMU (swtpm, virtiofsd, passt): started before it, found again, ended with it; and what a guest
keeps from one start to the next."""
import os
import shutil
import signal
import subprocess
from pathlib import Path

import libvirt
import pytest
from harness.daemon import alive, processes, wait_until
from harness.guests import bare_guest

pytestmark = pytest.mark.ours
PAUSED = libvirt.VIR_DOMAIN_START_PAUSED
TPM = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>"
SHARED = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>"


def need(program, package):
    if shutil.which(program) is None and not os.access(program, os.X_OK):
        pytest.skip(f"no {program} (package {package})")


def helpers(daemon, word):
    return [pid for pid, line in processes() if word in line.split(" ")[0] and str(daemon.folder) in line and alive(pid)]


def state_of(daemon, domain):
    return daemon.inside(f"/var/lib/libvirt/swtpm/{domain.UUIDString()}/tpm2/tpm2-00.permall")


def test_a_tpm_lives_as_long_as_its_domain(yadod, conn, name):
    need("swtpm", "swtpm")
    need("swtpm_setup", "swtpm-tools")
    domain = conn.defineXML(bare_guest(name, devices=TPM))
    domain.createWithFlags(PAUSED)
    assert len(helpers(yadod, "swtpm")) == 1
    state = state_of(yadod, domain)
    assert state.exists()
    made = state.stat().st_ino
    assert yadod.inside(f"/var/log/swtpm/libvirt/qemu/{name}-swtpm.log").exists()
    domain.destroy()
    assert helpers(yadod, "swtpm") == []
    assert list(yadod.inside("/run/libvirt/qemu/swtpm").iterdir()) == []
    domain.createWithFlags(PAUSED)
    assert state.stat().st_ino == made or state.exists(), "it is not made anew"
    domain.destroy()
    domain.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_KEEP_TPM)
    assert state.exists()
    conn.defineXML(bare_guest(name, devices=TPM)).undefine()
    assert not state.parent.parent.exists()
    with pytest.raises(libvirt.libvirtError) as error:
        conn.defineXML(bare_guest(name, devices=TPM)).undefineFlags(
            libvirt.VIR_DOMAIN_UNDEFINE_TPM | libvirt.VIR_DOMAIN_UNDEFINE_KEEP_TPM)
    assert error.value.get_error_code() == libvirt.VIR_ERR_INVALID_ARG


def test_a_transient_domains_tpm_goes_with_it(yadod, conn, name):
    need("swtpm", "swtpm")
    domain = conn.createXML(bare_guest(name, devices=TPM), PAUSED)
    state = state_of(yadod, domain)
    assert state.exists()
    domain.destroy()
    assert not state.parent.parent.exists()


def test_a_restarted_daemon_ends_the_tpm(new_daemon, name):
    need("swtpm", "swtpm")
    daemon = new_daemon()
    daemon.start()
    libvirt.open(daemon.uri()).createXML(bare_guest(name, devices=TPM), PAUSED)
    pid, = helpers(daemon, "swtpm")
    daemon.kill()
    assert alive(pid)
    daemon.start()
    libvirt.open(daemon.uri()).lookupByName(name).destroy()
    assert not alive(pid)
    assert daemon.leftovers() == []


def test_a_guest_that_dies_takes_its_helpers_along(yadod, conn, name):
    need("swtpm", "swtpm")
    domain = conn.defineXML(bare_guest(name, devices=TPM))
    domain.createWithFlags(PAUSED)
    pid, = yadod.guest_processes()
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: domain.isActive() == 0, "noticing the death")
    assert helpers(yadod, "swtpm") == []
    assert domain.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_CRASHED]


def test_a_helper_that_dies_is_named(yadod, conn, name):
    need("swtpm", "swtpm")
    conn.createXML(bare_guest(name, devices=TPM), PAUSED)
    pid, = helpers(yadod, "swtpm")
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: f"guest '{name}': swtpm has ended" in yadod.log(), "the word about it")


def test_a_shared_folder(yadod, conn, name):
    need("/usr/lib/qemu/virtiofsd", "qemu-system-common")
    folder = yadod.images / "shared"
    folder.mkdir(exist_ok=True)
    devices = (f"<filesystem type='mount'><driver type='virtiofs'/><source dir='{folder}'/><target dir='tag'/>"
               "</filesystem>")
    domain = conn.createXML(bare_guest(name, devices=devices, extra=SHARED), PAUSED)
    assert helpers(yadod, "virtiofsd") != []
    assert yadod.inside(f"/var/log/libvirt/qemu/{name}-fs0-virtiofsd.log").exists()
    domain.destroy()
    assert helpers(yadod, "virtiofsd") == []


def test_a_helper_that_does_not_start_fails_the_start(yadod, conn, name):
    devices = ("<filesystem type='mount'><driver type='virtiofs'/><binary path='/bin/false'/>"
               f"<source dir='{yadod.images}'/><target dir='tag'/></filesystem>")
    domain = conn.defineXML(bare_guest(name, devices=devices, extra=SHARED))
    with pytest.raises(libvirt.libvirtError) as error:
        domain.create()
    assert "fs0-virtiofsd ended while it was being started" in error.value.get_error_message()
    missing = bare_guest(name, devices=devices.replace("/bin/false", "/nosuch/virtiofsd"), extra=SHARED)
    with pytest.raises(libvirt.libvirtError) as error:
        conn.defineXML(missing).create()
    assert "'/nosuch/virtiofsd' is not installed" in error.value.get_error_message()


def test_a_shared_folder_is_plugged_in(yadod, conn, name):
    need("/usr/lib/qemu/virtiofsd", "qemu-system-common")
    folder = yadod.images / "plugged"
    folder.mkdir(exist_ok=True)
    share = (f"<filesystem type='mount'><driver type='virtiofs'/><source dir='{folder}'/><target dir='tag'/>"
             "</filesystem>")
    ports = "".join(f"<controller type='pci' index='{number}' model='pcie-root-port'/>" for number in range(1, 7))
    domain = conn.createXML(bare_guest(name, devices=ports, extra=SHARED), PAUSED)
    before = domain.XMLDesc()
    with pytest.raises(libvirt.libvirtError, match="fs0-virtiofsd ended while it was being started"):
        domain.attachDeviceFlags(share.replace("<source", "<binary path='/bin/false'/><source"),
                                 libvirt.VIR_DOMAIN_AFFECT_LIVE)
    assert domain.XMLDesc() == before
    domain.attachDeviceFlags(share, libvirt.VIR_DOMAIN_AFFECT_LIVE)
    assert len(helpers(yadod, "virtiofsd")) > 0
    domain.destroy()
    assert helpers(yadod, "virtiofsd") == []


def test_passt(new_daemon, name):
    """As another user than root, which passt refuses to be."""
    need("passt", "passt")
    daemon = new_daemon()
    (daemon.inside("/etc/libvirt") / "qemu.conf").write_text('user = "nobody"\ngroup = "nogroup"\n')
    daemon.start()
    connection = libvirt.open(daemon.uri())
    devices = "<interface type='user'><backend type='passt'/><model type='virtio'/></interface>"
    try:
        domain = connection.createXML(bare_guest(name, devices=devices), PAUSED)
    except libvirt.libvirtError as error:
        if "external interface" in error.get_error_message() or "routable interface" in error.get_error_message():
            pytest.skip(f"passt finds no network here: {error}")
        raise
    passt, = helpers(daemon, "passt")
    qemu, = daemon.guest_processes()
    assert os.stat(f"/proc/{passt}").st_uid == os.stat(f"/proc/{qemu}").st_uid != 0
    domain.destroy()
    assert helpers(daemon, "passt") == []
    connection.close()


@pytest.mark.slow
def test_every_failure_ends_the_helpers(new_daemon, name):
    need("swtpm", "swtpm")
    daemon = new_daemon()
    daemon.start()
    libvirt.open(daemon.uri()).defineXML(bare_guest(name, devices=TPM))
    daemon.stop()
    for order in ("fail", "kill"):
        for number in range(1, 9):
            daemon.environment["YADO_FAULT"] = f"{order}:{number}:helper"
            daemon.start()
            daemon.environment.pop("YADO_FAULT")
            domain = libvirt.open(daemon.uri()).lookupByName(name)
            try:
                domain.createWithFlags(PAUSED)
                domain.destroy()
                done = True
            except libvirt.libvirtError:
                done = False
            if not done and order == "kill":
                wait_until(lambda: daemon.process.poll() is not None, "the daemon's death")
                daemon.wait()
                daemon.start()
            assert helpers(daemon, "swtpm") == []
            daemon.stop()
            assert daemon.leftovers() == []
            if done:
                assert number > 2
                break
        else:
            raise AssertionError("too many steps")


# --- firmware ---
OVMF = Path("/usr/share/OVMF/OVMF_CODE_4M.fd")


def uefi(name, features="<acpi/><smm state='on'/>", inside=""):
    text = bare_guest(name, memory=128, features=features)
    return text.replace("<os>", "<os firmware='efi'>").replace("</os>", f"{inside}</os>")


def test_uefi_variables_belong_to_the_guest(yadod, conn, name):
    if not OVMF.exists():
        pytest.skip("no OVMF (package ovmf)")
    domain = conn.defineXML(uefi(name))
    domain.createWithFlags(PAUSED)
    variables = yadod.inside(f"/var/lib/libvirt/qemu/nvram/{name}_VARS.fd")
    fresh = variables.read_bytes()
    assert str(variables) in domain.XMLDesc()
    domain.destroy()
    variables.write_bytes(b"changed" + fresh[7:])
    domain.createWithFlags(PAUSED)
    domain.destroy()
    assert variables.read_bytes().startswith(b"changed")
    domain.createWithFlags(PAUSED | libvirt.VIR_DOMAIN_START_RESET_NVRAM)
    domain.destroy()
    assert variables.read_bytes() == fresh
    with pytest.raises(libvirt.libvirtError) as error:
        domain.undefine()
    assert error.value.get_error_message() == "Requested operation is not valid: cannot undefine domain with nvram"
    domain.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_KEEP_NVRAM)
    assert variables.exists()
    conn.defineXML(uefi(name)).undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_NVRAM)
    assert not variables.exists()


def test_secure_boot_takes_other_firmware(conn, name):
    if not OVMF.exists():
        pytest.skip("no OVMF (package ovmf)")
    secure = "<firmware><feature enabled='yes' name='secure-boot'/><feature enabled='yes' name='enrolled-keys'/></firmware>"
    domain = conn.createXML(uefi(name, inside=secure), PAUSED)
    document = domain.XMLDesc()
    assert "secboot" in document or ".ms.fd" in document
    assert "secure='yes'" in document


@pytest.mark.slow
def test_uefi_boots_the_kernel(yadod, conn, name, linux):
    from harness.guests import GREETING, Console
    if not OVMF.exists():
        pytest.skip("no OVMF (package ovmf)")
    text = linux(name, features="<acpi/><apic/>").replace("<os>", "<os firmware='efi'>")
    domain = conn.createXML(text.replace("<memory unit='MiB'>128", "<memory unit='MiB'>256"))
    console = Console(conn, domain)
    console.wait_for(GREETING)
    console.send(b"ls -d /sys/firmware/efi\n")
    console.wait_for(b"/sys/firmware/efi\r\n")
    console.close()


# --- encryption ---
def make_secret(conn, usage, value=b"opensesame"):
    secret = conn.secretDefineXML(f"<secret ephemeral='yes' private='yes'><usage type='volume'><volume>{usage}</volume>"
                                  "</usage></secret>")
    if value is not None:
        secret.setValue(value)
    return secret


def luks(image, kind, secret):
    return (f"<disk type='file' device='disk'><driver name='qemu' type='{kind}'/><source file='{image}'>"
            f"<encryption format='luks'><secret type='passphrase' uuid='{secret}'/></encryption></source>"
            "<target dev='vda' bus='virtio'/></disk>")


@pytest.mark.parametrize("kind", ["qcow2", "raw"])
def test_an_encrypted_disk_opens(yadod, conn, name, kind):
    image = yadod.images / f"{name}.{kind}"
    options = ["-f", "qcow2", "-o", "encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=100"] if kind == "qcow2" \
        else ["-f", "luks", "-o", "key-secret=s,iter-time=100"]
    subprocess.run(["qemu-img", "create", "-q", "--object", "secret,id=s,data=opensesame", *options, image, "4M"], check=True)
    secret = make_secret(conn, image)
    try:
        domain = conn.createXML(bare_guest(name, devices=luks(image, kind, secret.UUIDString())), PAUSED)
        line, = yadod.guest_processes().values()
        assert "opensesame" not in line and "b3BlbnNlc2FtZQ" not in line
        assert '"keyid":"masterKey0"' in line
        assert domain.blockInfo("vda")[0] == 4 << 20
        domain.destroy()
        secret.setValue(b"wrong")
        with pytest.raises(libvirt.libvirtError) as error:
            conn.createXML(bare_guest(name, devices=luks(image, kind, secret.UUIDString())), PAUSED)
        assert "Invalid password, cannot unlock any keyslot" in error.value.get_error_message()
    finally:
        secret.undefine()


def test_a_secret_that_is_not_there(yadod, conn, name):
    image = yadod.images / f"{name}.raw"
    image.write_bytes(bytes(1 << 20))
    unknown = "11111111-2222-3333-4444-555555555555"
    with pytest.raises(libvirt.libvirtError) as error:
        conn.createXML(bare_guest(name, devices=luks(image, "raw", unknown)), PAUSED)
    assert error.value.get_error_code() == libvirt.VIR_ERR_NO_SECRET
    empty = make_secret(conn, image, value=None)
    try:
        with pytest.raises(libvirt.libvirtError) as error:
            conn.createXML(bare_guest(name, devices=luks(image, "raw", empty.UUIDString())), PAUSED)
        assert error.value.get_error_code() == libvirt.VIR_ERR_NO_SECRET
        assert "does not have a value" in error.value.get_error_message()
    finally:
        empty.undefine()
