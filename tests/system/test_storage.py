# SPDX-License-Identifier: Apache-2.0
"""Storage pools and volumes: what lies on disk, what survives the daemon, who is told, and what bad input leaves."""
import hashlib
import os
import subprocess
import threading
import time

import libvirt
import pytest

MIB = 1 << 20
GIB = 1 << 30


def pool_xml(name, path, kind="dir"):
    return f"<pool type='{kind}'><name>{name}</name><target><path>{path}</path></target></pool>"


def volume_xml(name, capacity, form="raw", allocation=0, more=""):
    return (f"<volume><name>{name}</name><capacity>{capacity}</capacity><allocation>{allocation}</allocation>"
            f"<target><format type='{form}'/></target>{more}</volume>")


def code_of(call, *arguments):
    with pytest.raises(libvirt.libvirtError) as caught:
        call(*arguments)
    return caught.value.get_error_code()


@pytest.fixture
def pool(conn, tmp_path):
    """A running pool of files."""
    made = conn.storagePoolCreateXML(pool_xml("files", tmp_path / "files"), libvirt.VIR_STORAGE_POOL_CREATE_WITH_BUILD)
    yield made
    try:
        made.destroy()
    except libvirt.libvirtError:
        pass


@pytest.fixture
def folder(pool, tmp_path):
    return tmp_path / "files"


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


# ---- pools -----------------------------------------------------------------------------------------------------------


@pytest.mark.ours
def test_default_is_there_and_comes_back_only_once(yadod, conn):
    default = conn.storagePoolLookupByName("default")
    assert default.isActive() and default.autostart()
    assert yadod.inside("/etc/libvirt/storage/autostart/default.xml").is_symlink()
    default.destroy()
    default.undefine()
    yadod.stop()
    yadod.start()
    again = libvirt.open(yadod.uri())
    try:
        assert "default" not in [pool.name() for pool in again.listAllStoragePools()]
    finally:
        again.close()


@pytest.mark.ours
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_pools_survive_the_daemon(yadod, conn, tmp_path, end):
    kept = conn.storagePoolDefineXML(pool_xml("kept", tmp_path / "kept"))
    kept.build()
    kept.create()
    kept.createXML(volume_xml("disk", MIB))
    passing = conn.storagePoolCreateXML(pool_xml("passing", tmp_path / "passing"), libvirt.VIR_STORAGE_POOL_CREATE_WITH_BUILD)
    conn.storagePoolDefineXML(pool_xml("stopped", tmp_path / "stopped"))
    assert yadod.inside("/etc/libvirt/storage/kept.xml").exists()
    assert "<poolstate>" in yadod.inside("/run/libvirt/storage/passing.xml").read_text()
    getattr(yadod, end)()
    yadod.start()
    again = libvirt.open(yadod.uri())
    try:
        states = {pool.name(): (pool.isActive(), pool.isPersistent()) for pool in again.listAllStoragePools()}
        assert states["kept"] == (1, 1) and states["passing"] == (1, 0) and states["stopped"] == (0, 1)
        assert again.storagePoolLookupByName("kept").storageVolLookupByName("disk").info()[1] == MIB
        for name in ("kept", "passing"):
            again.storagePoolLookupByName(name).destroy()
        for name in ("kept", "stopped"):
            again.storagePoolLookupByName(name).undefine()
        assert not yadod.inside("/etc/libvirt/storage/kept.xml").exists()
    finally:
        again.close()


def test_events_say_what_happens(conn, tmp_path):
    seen = []
    conn.storagePoolEventRegisterAny(None, libvirt.VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE,
                                     lambda _conn, pool, event, _detail, _data: seen.append(event), None)
    conn.storagePoolEventRegisterAny(None, libvirt.VIR_STORAGE_POOL_EVENT_ID_REFRESH,
                                     lambda _conn, pool, _data: seen.append("refresh"), None)
    pool = conn.storagePoolDefineXML(pool_xml("told", tmp_path / "told"))
    pool.build()
    pool.create()
    pool.refresh()
    pool.destroy()
    pool.delete()
    pool.undefine()
    kinds = ("DEFINED", "CREATED", "STARTED", "refresh", "STOPPED", "DELETED", "UNDEFINED")
    expected = [kind if kind == "refresh" else getattr(libvirt, f"VIR_STORAGE_POOL_EVENT_{kind}") for kind in kinds]
    until(lambda: [event for event in seen if event in expected][-1:] == [libvirt.VIR_STORAGE_POOL_EVENT_UNDEFINED])
    assert [event for number, event in enumerate(seen) if event != "refresh" or "refresh" not in seen[:number]] == expected


@pytest.mark.ours
def test_new_files_are_seen_by_themselves(conn, pool, folder):
    (folder / "new").write_bytes(b"x" * 4096)
    until(lambda: "new" in pool.listVolumes(), 2)
    (folder / "new").rename(folder / "other")
    until(lambda: pool.listVolumes() == ["other"], 2)
    (folder / "other").unlink()
    until(lambda: pool.listVolumes() == [], 2)


def test_a_target_that_vanishes_stops_the_pool(conn, pool, folder):
    folder.rmdir()
    assert code_of(pool.refresh, 0) == libvirt.VIR_ERR_SYSTEM_ERROR
    assert "files" not in conn.listStoragePools()


@pytest.mark.ours
def test_a_file_system_is_made_and_mounted(conn, tmp_path):
    with open(tmp_path / "device", "wb") as file:
        file.truncate(64 * MIB)
    done = subprocess.run(["losetup", "-f", "--show", tmp_path / "device"], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no loop device: {done.stderr}")
    device, target = done.stdout.strip(), tmp_path / "mounted"
    try:
        pool = conn.storagePoolDefineXML(f"<pool type='fs'><name>disk</name><source><device path='{device}'/>"
                                         f"<format type='ext4'/></source><target><path>{target}</path></target></pool>")
        try:
            pool.build(libvirt.VIR_STORAGE_POOL_BUILD_NO_OVERWRITE)
            assert code_of(pool.build, libvirt.VIR_STORAGE_POOL_BUILD_NO_OVERWRITE) == libvirt.VIR_ERR_STORAGE_POOL_BUILT
            pool.create()
            assert os.path.ismount(target) and pool.info()[1] < 64 * MIB
            pool.createXML(volume_xml("disk", MIB))
            pool.destroy()
            assert not os.path.ismount(target) and list(target.iterdir()) == []
            pool.create()
            assert "disk" in pool.listVolumes()
            pool.destroy()
        finally:
            if pool.isActive():
                pool.destroy()
            pool.undefine()
    finally:
        subprocess.run(["losetup", "-d", device], check=True)


def test_conflicts_are_refused(conn, pool, folder, tmp_path):
    assert code_of(conn.storagePoolDefineXML, pool_xml("twin", folder)) == libvirt.VIR_ERR_OPERATION_FAILED
    assert code_of(conn.storagePoolDefineXML, pool_xml("files", tmp_path / "x")) == libvirt.VIR_ERR_OPERATION_FAILED
    assert code_of(conn.storagePoolDefineXML, pool_xml("a/b", tmp_path / "x")) == libvirt.VIR_ERR_XML_ERROR


# ---- volumes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["raw", "qcow2", "qcow", "qed", "vmdk", "vpc", "vdi"])
def test_formats_are_made(conn, pool, folder, form):
    volume = pool.createXML(volume_xml(f"disk.{form}", 16 * MIB, form))
    assert f"<format type='{form}'/>" in volume.XMLDesc()
    assert abs(volume.info()[1] - 16 * MIB) < MIB  # VPC rounds to cylinders
    pool.refresh()
    assert f"<format type='{form}'/>" in volume.XMLDesc()
    volume.delete()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["a/b", "..", ".", "x" * 300], ids=["slash", "parent", "itself", "long"])
def test_bad_names_are_refused_and_leave_nothing(conn, pool, folder, name):
    with pytest.raises(libvirt.libvirtError):
        pool.createXML(volume_xml(name, MIB))
    assert list(folder.iterdir()) == [] and pool.listVolumes() == []


@pytest.mark.ours
def test_control_characters_in_names_are_refused(conn, pool, folder):
    assert code_of(pool.createXML, volume_xml("two\nlines", MIB)) == libvirt.VIR_ERR_OPERATION_INVALID
    assert list(folder.iterdir()) == []


def test_a_failing_tool_leaves_nothing(conn, pool, folder):
    with pytest.raises(libvirt.libvirtError):
        pool.createXML(volume_xml("disk", 1 << 62, "qcow2"))
    assert list(folder.iterdir()) == [] and pool.listVolumes() == []
    assert pool.createXML(volume_xml("disk", MIB, "qcow2")).name() == "disk"


@pytest.mark.ours
def test_a_full_disk_leaves_nothing(conn, tmp_path):
    target = tmp_path / "small"
    target.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", target], capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"no tmpfs can be mounted: {done.stderr}")
    try:
        pool = conn.storagePoolCreateXML(pool_xml("small", target))
        try:
            assert code_of(pool.createXML, volume_xml("big", 16 * MIB, "raw", 16 * MIB)) == libvirt.VIR_ERR_SYSTEM_ERROR
            assert list(target.iterdir()) == [] and pool.listVolumes() == []
            assert pool.createXML(volume_xml("thin", 16 * MIB)).info()[1:] == [16 * MIB, 0]
        finally:
            pool.destroy()
    finally:
        subprocess.run(["umount", target], check=True)


def test_backing_files_and_copies(conn, pool, folder):
    base = pool.createXML(volume_xml("base", 4 * MIB))
    (folder / "base").write_bytes(os.urandom(MIB) + b"\0" * 3 * MIB)
    backing = f"<backingStore><path>{base.path()}</path><format type='raw'/></backingStore>"
    top = pool.createXML(volume_xml("top", 4 * MIB, "qcow2", more=backing))
    assert f"<path>{base.path()}</path>" in top.XMLDesc()
    copy = pool.createXMLFrom(volume_xml("copy", 4 * MIB, "qcow2"), base, 0)
    compared = subprocess.run(["qemu-img", "compare", copy.path(), base.path()], capture_output=True, text=True)
    assert "identical" in compared.stdout
    plain = pool.createXMLFrom(volume_xml("plain", 8 * MIB), base, 0)
    assert plain.info()[1] == 8 * MIB and plain.info()[2] <= 2 * MIB  # zeroes are not written
    assert (folder / "plain").read_bytes()[: 4 * MIB] == (folder / "base").read_bytes()


def test_sizes_change_only_as_asked(conn, pool):
    for form in ("raw", "qcow2"):
        volume = pool.createXML(volume_xml(form, 8 * MIB, form))
        volume.resize(16 * MIB, 0)
        assert volume.info()[1] == 16 * MIB
        assert code_of(volume.resize, 4 * MIB, 0) == libvirt.VIR_ERR_INVALID_ARG
        volume.resize(4 * MIB, libvirt.VIR_STORAGE_VOL_RESIZE_SHRINK)
        volume.resize(MIB, libvirt.VIR_STORAGE_VOL_RESIZE_DELTA)
        assert volume.info()[1] == 5 * MIB
        subprocess.run(["qemu-img", "check", "-f", form, volume.path()], check=form == "qcow2", capture_output=True)


def test_wiping_leaves_zeroes(conn, pool, folder):
    volume = pool.createXML(volume_xml("disk", MIB, allocation=MIB))
    (folder / "disk").write_bytes(b"secret" * 1000 + b"\0" * (MIB - 6000))
    volume.wipe()
    assert (folder / "disk").read_bytes() == b"\0" * MIB


def test_luks_needs_and_uses_its_secret(conn, pool, folder):
    uuid = "0a81f5b2-8403-7b23-c8d6-21ccc2f80d7a"
    encryption = f"<encryption format='luks'><secret type='passphrase' uuid='{uuid}'/></encryption>"
    xml = volume_xml("locked", 4 * MIB).replace("<format type='raw'/>", "<format type='raw'/>" + encryption)
    assert code_of(pool.createXML, xml) == libvirt.VIR_ERR_NO_SECRET
    assert list(folder.iterdir()) == []
    secret = conn.secretDefineXML(f"<secret ephemeral='yes'><uuid>{uuid}</uuid></secret>")
    secret.setValue(b"open sesame")
    try:
        volume = pool.createXML(xml)
        assert (folder / "locked").read_bytes()[:6] == b"LUKS\xba\xbe"
        told = subprocess.run(["qemu-img", "info", "--output=json", "--object", "secret,id=s,data=open sesame", "--image-opts",
                               f"driver=luks,key-secret=s,file.filename={volume.path()}"], capture_output=True, text=True)
        assert f'"virtual-size": {4 * MIB}' in told.stdout, told.stderr
        pool.refresh()
        assert volume.info()[1] == 4 * MIB and "<encryption format='luks'" in volume.XMLDesc()
    finally:
        secret.undefine()


# ---- streams ---------------------------------------------------------------------------------------------------------


def checksum(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read()).hexdigest()


def virsh(daemon, *words):
    return subprocess.run(["virsh", "-q", "-c", daemon.uri(), *map(str, words)], capture_output=True, text=True, timeout=120)


@pytest.mark.ours
def test_a_sparse_gigabyte_travels_whole(yadod, conn, pool, tmp_path):
    source, back = tmp_path / "source", tmp_path / "back"
    with open(source, "wb") as file:
        file.truncate(GIB)
        for place in (0, 300 * MIB + 17, GIB - 4096):
            file.seek(place)
            file.write(os.urandom(4096))
    volume = pool.createXML(volume_xml("big", GIB))
    assert virsh(yadod, "vol-upload", "--sparse", volume.path(), source).returncode == 0
    assert volume.info()[2] < 10 * MIB
    assert checksum(volume.path()) == checksum(source)
    assert virsh(yadod, "vol-download", "--sparse", volume.path(), back).returncode == 0
    assert checksum(back) == checksum(source) and os.stat(back).st_blocks * 512 < 10 * MIB


def test_a_part_is_written_and_read(conn, pool, folder):
    volume = pool.createXML(volume_xml("disk", MIB, allocation=MIB))
    stream = conn.newStream()
    volume.upload(stream, 1000, 5)
    stream.send(b"hello")
    stream.finish()
    assert (folder / "disk").read_bytes()[1000:1005] == b"hello"
    stream = conn.newStream()
    volume.download(stream, 1002, 3)
    got = b""
    while piece := stream.recv(100):
        got += piece
    stream.finish()
    assert got == b"llo"


@pytest.mark.ours
def test_a_volume_in_a_stream_is_not_deleted(conn, pool):
    volume = pool.createXML(volume_xml("disk", 64 * MIB))
    stream = conn.newStream()
    volume.upload(stream, 0, 0)
    stream.send(b"x" * 1000)
    assert code_of(volume.delete) == libvirt.VIR_ERR_OPERATION_INVALID
    assert code_of(pool.destroy) == libvirt.VIR_ERR_INTERNAL_ERROR
    stream.abort()
    until(lambda: deleted(volume))


def deleted(volume):
    try:
        volume.delete()
    except libvirt.libvirtError:
        return False
    return True


@pytest.mark.ours
def test_a_killed_daemon_leaves_no_part_of_a_volume(yadod, conn, tmp_path):
    pool = conn.storagePoolDefineXML(pool_xml("work", tmp_path / "work"))
    pool.build()
    pool.create()
    with open(tmp_path / "work" / "source", "wb") as file:
        file.write(os.urandom(96 * MIB))
    pool.refresh()
    source = pool.storageVolLookupByName("source")

    def copy():
        try:
            pool.createXMLFrom(volume_xml("copy", 96 * MIB, "qcow2"), source, 0)
        except libvirt.libvirtError:
            pass

    thread = threading.Thread(target=copy)
    thread.start()
    until(lambda: any(entry.name.startswith(".yado-new-") and any(entry.iterdir())
                      for entry in (tmp_path / "work").iterdir() if entry.is_dir()))
    assert "copy" not in pool.listVolumes()
    yadod.kill()
    thread.join()
    yadod.start()
    again = libvirt.open(yadod.uri())
    try:
        back = again.storagePoolLookupByName("work")
        until(lambda: [entry.name for entry in (tmp_path / "work").iterdir()] == ["source"])
        assert back.listVolumes() == ["source"]
        back.destroy()
        back.undefine()
    finally:
        again.close()
