# SPDX-License-Identifier: Apache-2.0
"""A guest that writes numbered blocks for as long as it runs, and the account of them afterwards."""
from . import images
from .guests import BOOT_SECONDS

BLOCK, PLACES = 4096, 64
# Block N goes to place N % PLACES; it is told when it is on the disk.
PROGRAM = (f"stty -echo; i=1; while :; do yes \"block $i\" | head -c {BLOCK} | "
           f"dd of=/dev/vda bs={BLOCK} seek=$((i % {PLACES})) conv=notrunc,fsync 2>/dev/null; "
           "echo \"written $i.\"; i=$((i + 1)); done\n")


def block(number):
    text = f"block {number}\n".encode()
    return (text * (BLOCK // len(text) + 1))[:BLOCK]


class Writer:
    """What the guest says on its console."""

    def __init__(self, console):
        self.console = console
        self.last = 0

    def begin(self):
        self.console.send(PROGRAM.encode())
        self.more(1)

    def next(self):
        self.console.wait_for(b"written ", BOOT_SECONDS)
        self.last = int(self.console.wait_for(b".", BOOT_SECONDS))
        return self.last

    def more(self, count):
        """Until so many more were written."""
        goal = self.next() + count
        while self.next() < goal:
            pass
        return self.last

    def rest(self):
        """What it has said until it stopped (its vCPUs stand)."""
        data = bytes(self.console.data)
        told = [int(word) for word in data.decode(errors="replace").replace("written ", " ").replace(".", " ").split()
                if word.isdigit()]
        self.last = max([self.last, *told])
        return self.last


def account(image, last, folder):
    """Every place has the last block written there: nothing lost, nothing from another time. One block more than
    the guest has told of may be there."""
    images.check(image)
    plain = folder / "plain.raw"
    images.tool("convert", "-U", "-O", "raw", image, plain)
    data = plain.read_bytes()
    plain.unlink()
    for place in range(PLACES):
        found = data[place * BLOCK:(place + 1) * BLOCK]
        expected = last - (last - place) % PLACES
        possible = [block(expected) if expected > 0 else bytes(BLOCK)]
        if (last + 1) % PLACES == place:
            possible.append(block(last + 1))
        assert found in possible, f"place {place} of {image} has {found[:16]!r}, not block {expected} (last {last})"
