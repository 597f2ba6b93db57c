# SPDX-License-Identifier: Apache-2.0
"""Disk images for the tests, and what is in them."""
import subprocess


def tool(*arguments, program="qemu-img"):
    return subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def create(path, size="8M", below=None, below_format="qcow2", kind="qcow2"):
    lower = ["-b", below, "-F", below_format] if below else []
    tool("create", "-q", "-f", kind, *lower, path, *([] if below else [size]))
    path.chmod(0o666)
    return path


def fill(path, pattern, start, length, kind="qcow2"):
    tool("-f", kind, "-c", f"write -P {pattern} {start} {length}", path, program="qemu-io")


def holds(path, pattern, start, length, kind="qcow2"):
    """Whether the guest would read this pattern there."""
    done = subprocess.run(["qemu-io", "-U", "-r", "-f", kind, "-c", f"read -P {pattern} {start} {length}", str(path)],
                          check=False, capture_output=True, text=True)
    return done.returncode == 0 and "verification failed" not in done.stdout


def check(path):
    tool("check", "-q", path)


def chain(folder, count, size="8M"):
    """Images on one another, the lowest first; image N has pattern N+1 in its own mebibyte."""
    images = []
    for number in range(count):
        image = create(folder / f"image{number}.qcow2", size, images[-1] if images else None)
        fill(image, number + 1, f"{number % 8}M", "1M")
        images.append(image)
    return images


def disk(path, target="vda", kind="qcow2"):
    return (f"<disk type='file'><driver name='qemu' type='{kind}'/><source file='{path}'/>"
            f"<target dev='{target}' bus='virtio'/></disk>")
