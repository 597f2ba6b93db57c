# SPDX-License-Identifier: Apache-2.0
"""Rows of ./dev bench about storage: a pool of many qcow2 images, making one, and bytes through streams."""
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import libvirt

MIB = 1 << 20
STREAMED = 256  # MiB


def images(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    first = folder / "disk0.qcow2"
    subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", first, "1G"], check=True)
    content = first.read_bytes()
    for number in range(1, count):
        (folder / f"disk{number}.qcow2").write_bytes(content)


def milliseconds(work):
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def names(count):
    return {what: f"{what}, pool of {count:,} qcow2 images, ms" for what in ("start", "refresh", "each volume's XML")}


def volumes(fresh, kind, options):
    daemon = fresh(kind)
    folder = daemon.images / "bench"
    connection = None
    try:
        images(folder, options.volumes)
        connection = libvirt.open(daemon.uri())
        pool = connection.storagePoolDefineXML(
            f"<pool type='dir'><name>bench</name><target><path>{folder}</path></target></pool>", 0)
        row = names(options.volumes)
        told = {row["start"]: milliseconds(pool.create), row["refresh"]: milliseconds(pool.refresh)}
        listed = pool.listAllVolumes()
        assert len(listed) == options.volumes, len(listed)
        told[row["each volume's XML"]] = milliseconds(lambda: [volume.XMLDesc() for volume in listed])

        def make(number):
            pool.createXML(f"<volume><name>new{number}</name><capacity>1073741824</capacity><allocation>0</allocation>"
                           "<target><format type='qcow2'/></target></volume>", 0)
        told["make a qcow2 volume, ms"] = milliseconds(lambda: [make(number) for number in range(10)]) / 10
        volume = pool.createXML(f"<volume><name>bytes</name><capacity>{STREAMED * MIB}</capacity></volume>", 0)
        piece = b"x" * (256 << 10)
        left = [STREAMED * MIB // len(piece)]

        def more(_stream, _size, _opaque):
            left[0] -= 1
            return piece if left[0] >= 0 else b""

        def upload():
            stream = connection.newStream()
            volume.upload(stream, 0, 0)
            stream.sendAll(more, None)
            stream.finish()

        def download():
            stream = connection.newStream()
            volume.download(stream, 0, 0)
            stream.recvAll(lambda _stream, data, _opaque: len(data), None)
            stream.finish()
        told["upload, MiB/s"] = STREAMED / milliseconds(upload) * 1000
        told["download, MiB/s"] = STREAMED / milliseconds(download) * 1000
        return told
    finally:
        if connection is not None:
            connection.close()
        daemon.close()


def volumes_floor(options):
    """Opening each file and reading its first 4 KiB; qemu-img by itself."""
    folder = Path(tempfile.mkdtemp(prefix="yado-bench", dir="/dev/shm"))
    try:
        images(folder / "bench", options.volumes)
        paths = list((folder / "bench").iterdir())

        def read():
            for path in paths:
                with open(path, "rb", buffering=0) as file:
                    file.read(4096)
        def make():
            subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", folder / "new", "1G"], check=True)
        return {names(options.volumes)["refresh"]: milliseconds(read),
                "make a qcow2 volume, ms": milliseconds(lambda: [make() for _ in range(10)]) / 10}
    finally:
        shutil.rmtree(folder)
