# SPDX-License-Identifier: Apache-2.0
"""Descriptions of guests for the tests, and reading their consoles."""
import re
import shutil
import subprocess
import threading
import time
import uuid
from pathlib import Path

from .daemon import ROOT

GREETING = b"Welcome to Yado"
BOOT_SECONDS = 90  # TCG on a busy machine; 2 s on an idle one


def guest_image():
    """(kernel, initrd), made when they are not there yet; RuntimeError says why they cannot be."""
    done = subprocess.run(["/usr/bin/python3", ROOT / "tools/make_guest_image.py"], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    folder = Path(done.stdout.strip())
    return folder / "vmlinuz", folder / "initrd"


AGENT_CHANNEL = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>"


def linux_guest(name, images, agent=False, **options):
    """A guest that boots the small image; its files are put into the daemon's images folder. With `agent` Debian's
    guest agent runs in it."""
    kernel, initrd = guest_image()
    for source in (kernel, initrd):
        if not (images / source.name).exists():
            shutil.copy(source, images / source.name)
    if agent:
        (images / "initrd-agent").write_bytes(initrd.read_bytes() + (initrd.parent / "agent").read_bytes())
        options["devices"] = AGENT_CHANNEL + options.get("devices", "")
    boot = (f"<kernel>{images}/vmlinuz</kernel><initrd>{images}/{'initrd-agent' if agent else 'initrd'}</initrd>"
            "<cmdline>console=ttyS0 quiet no_timer_check reboot=t panic=-1</cmdline>")
    return bare_guest(name, boot=boot, memory=128, **{"features": "<acpi/><apic/>", **options})


def bare_guest(name, boot="", memory=16, devices="", features="<acpi/>", identity=None, extra="", kind="qemu",
               machine="q35", vcpus=1):
    """A guest without an operating system: the firmware finds nothing to boot and waits."""
    return f"""<domain type='{kind}'>
  <name>{name}</name>
  <uuid>{identity or uuid.uuid5(uuid.NAMESPACE_DNS, name)}</uuid>
  <memory unit='MiB'>{memory}</memory>
  <vcpu>{vcpus}</vcpu>
  <os><type arch='x86_64' machine='{machine}'>hvm</type>{boot}</os>
  <features>{features}</features>
  {extra}
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <serial type='pty'/>
    <memballoon model='virtio'/>
    {devices}
  </devices>
</domain>
"""


def typical_guest(number, disk="/var/lib/libvirt/images/none.qcow2"):
    """What an installer makes: what the benchmark defines by the thousand."""
    name = f"typical-{number:05}"
    return f"""<domain type='qemu'>
  <name>{name}</name>
  <uuid>{uuid.uuid5(uuid.NAMESPACE_DNS, name)}</uuid>
  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
      <libosinfo:os id="http://debian.org/debian/12"/>
    </libosinfo:libosinfo>
  </metadata>
  <memory unit='KiB'>2097152</memory>
  <currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static'>2</vcpu>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><boot dev='hd'/></os>
  <features><acpi/><apic/><vmport state='off'/></features>
  <clock offset='utc'>
    <timer name='rtc' tickpolicy='catchup'/><timer name='pit' tickpolicy='delay'/><timer name='hpet' present='no'/>
  </clock>
  <on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot><on_crash>destroy</on_crash>
  <pm><suspend-to-mem enabled='no'/><suspend-to-disk enabled='no'/></pm>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' discard='unmap'/><source file='{disk}'/><target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><target dev='sda' bus='sata'/><readonly/></disk>
    <controller type='usb' model='qemu-xhci' ports='15'/>
    <interface type='user'><model type='virtio'/></interface>
    <serial type='pty'><target type='isa-serial' port='0'/></serial>
    <console type='pty'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <input type='tablet' bus='usb'/>
    <graphics type='vnc' port='-1' autoport='yes'/>
    <video><model type='virtio'/></video>
    <memballoon model='virtio'/>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>
"""


def without_ids(xml):
    return re.sub(r" id='\d+'", "", xml)


class Console:
    """Reads a domain's console through the protocol's stream on a thread of its own."""

    def __init__(self, connection, domain, device=None, flags=0):
        self.data = bytearray()
        self.changed = threading.Condition()
        self.ended = None  # how the stream ended: "end of file" or the error
        self.stream = connection.newStream(0)
        domain.openConsole(device, self.stream, flags)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        import libvirt
        end = "end of file"
        while True:
            try:
                got = self.stream.recv(4096)
            except libvirt.libvirtError as error:
                end = error
                break
            if not got:
                break
            with self.changed:
                self.data += got
                self.changed.notify_all()
        with self.changed:
            self.ended = end
            self.changed.notify_all()

    def wait_for(self, text, seconds=BOOT_SECONDS):
        """Until text was seen; the data before it is dropped. Returns what stood before it."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while text not in self.data:
                left = deadline - time.monotonic()
                if self.ended is not None or left <= 0:
                    raise AssertionError(f"console: {text!r} not seen ({self.ended or 'time is up'}); last:\n"
                                         f"{bytes(self.data[-2000:]).decode(errors='replace')}")
                self.changed.wait(left)
            before, _, rest = self.data.partition(text)
            self.data = bytearray(rest)
            return bytes(before)

    def wait_end(self, seconds=BOOT_SECONDS):
        self.thread.join(seconds)
        assert not self.thread.is_alive(), "the console's stream did not end"
        return self.ended

    def send(self, data):
        assert self.stream.send(data) == len(data)

    def close(self):
        try:
            self.stream.abort()
        except Exception:  # it may have ended by itself
            pass
        self.thread.join(10)
