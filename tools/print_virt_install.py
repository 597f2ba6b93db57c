#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes tests/differential/virt-install/NAME.xml: what virt-install prints for the options in options.txt there.

It needs virt-install (Debian package virtinst) and asks a stock libvirtd of its own what this host can do. The files are
kept, so that the tests need neither. Run it when options.txt has changed: tools/print_virt_install.py [NAME...]
"""
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests/differential/virt-install"
sys.path.insert(0, str(ROOT / "tests/support"))
import libvirt  # noqa: E402
from harness import daemon as daemons  # noqa: E402

PRINT_SECONDS = 60
UUID = "7a6f1e7e-2b3f-4a55-9a8d-0f6d3c1b2a{:02x}"


def cases():
    """Name → options."""
    lines = [line for line in (FOLDER / "options.txt").read_text().splitlines() if line and not line.startswith("#")]
    return {name: shlex.split(options) for name, options in (line.split(": ", 1) for line in lines)}


def printed(uri, name, number, options):
    """The document, with an identity of ours, or the reason why there is none."""
    given = {option.split("=")[0] for option in options}
    usual = ["--name", name, "--check", "all=off", "--print-xml", "1", "--noautoconsole"]
    usual += [] if "--memory" in given else ["--memory", "512"]
    usual += [] if "--virt-type" in given else ["--virt-type", "qemu"]
    usual += [] if "--network" in given or "--pxe" in given else ["--network", "user"]
    done = subprocess.run(["virt-install", "--connect", uri, *usual, *options], capture_output=True, text=True,
                          timeout=PRINT_SECONDS, check=False)
    if done.returncode != 0:
        return None, (done.stderr or done.stdout).strip()
    text = done.stdout
    if "--metadata" not in given:
        text = re.sub(r"<uuid>[^<]*</uuid>", f"<uuid>{UUID.format(number % 256)}</uuid>", text, count=1)
    macs = iter(range(1, 256))
    return re.sub(r"<mac address=\"52:54:00:(?!01:02:03)[^\"]*\"",
                  lambda _: f'<mac address="52:54:00:00:{number % 256:02x}:{next(macs):02x}"', text), None


def furnish(daemon):
    """What the options name: images, and a pool with a volume; the network is there already."""
    for name in ("a.img", "b.img", "c.img", "f.img", "x.iso"):
        (daemon.images / name).touch()
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", daemon.images / "a.qcow2", "1M"], check=True)
    connection = libvirt.open(daemon.uri())
    pool = connection.storagePoolDefineXML(f"<pool type='dir'><name>default</name><target><path>{daemon.images}</path>"
                                           "</target></pool>")
    pool.create()
    connection.close()


def main(names):
    failed = 0
    with daemons.StockDaemon() as daemon:
        furnish(daemon)
        for number, (name, options) in enumerate(cases().items()):
            if names and name not in names:
                continue
            here = [option.replace("/images/", f"{daemon.images}/") for option in options]
            text, why = printed(daemon.uri(), name, number, here)
            if text is None:
                print(f"{name}: {why}", file=sys.stderr)
                failed += 1
            else:
                (FOLDER / f"{name}.xml").write_text(text.replace(f"{daemon.images}/", "/images/"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
