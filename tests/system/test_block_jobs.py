# SPDX-License-Identifier: Apache-2.0
"""Chains of images in running guests, and the jobs that change them."""
import re

import libvirt
import pytest
from harness import guests, images
from harness.daemon import wait_until


def refused(call, *arguments):
    with pytest.raises(libvirt.libvirtError) as error:
        call(*arguments)
    return error.value.get_error_code(), error.value.get_error_message()


@pytest.fixture
def files(yadod):
    folder = yadod.images / "jobs"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o777)
    yield folder
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


@pytest.fixture
def chain(files):
    return images.chain(files, 4)


@pytest.fixture
def running(conn, name, chain):
    domain = conn.defineXML(guests.bare_guest(name, devices=images.disk(chain[-1])))
    domain.create()
    return domain


def shown(domain, flags=0):
    """The images of vda as the document has them: (file, index), the guest's first."""
    disk = re.search(r"<disk .*?</disk>", domain.XMLDesc(flags), re.S).group()
    disk = re.sub(r"<mirror.*?</mirror>", "", disk, flags=re.S)
    indexes = re.findall(r"index='(\d+)'", disk)
    files = re.findall(r"<source file='([^']*)'", disk)
    return list(zip([file.rsplit("/", 1)[-1] for file in files], map(int, indexes), strict=True)) if indexes else files


def names(domain):
    return [file for file, _ in shown(domain)]


def idle(domain):
    return domain.blockJobInfo("vda", 0) in ({}, None)


def test_the_chain_is_found(running, chain):
    assert shown(running) == [("image3.qcow2", 1), ("image2.qcow2", 2), ("image1.qcow2", 3), ("image0.qcow2", 4)]
    assert "<backingStore/>" in running.XMLDesc() and "backingStore" not in running.XMLDesc(
        libvirt.VIR_DOMAIN_XML_INACTIVE), "what was looked up is no part of the definition"
    assert "backingStore" not in running.XMLDesc(libvirt.VIR_DOMAIN_XML_MIGRATABLE)


def test_pull(running, chain):
    running.blockRebase("vda", str(chain[1]), 0, 0)
    wait_until(lambda: names(running) == ["image3.qcow2", "image1.qcow2", "image0.qcow2"], "the new chain", 20)
    running.blockPull("vda", 0, 0)
    wait_until(lambda: names(running) == ["image3.qcow2"], "the new chain", 20)
    running.destroy()
    images.check(chain[3])
    assert "backing file:" not in images.tool("info", chain[3])
    for number in range(4):
        assert images.holds(chain[3], number + 1, f"{number}M", "1M")


@pytest.mark.parametrize("delete", [False, True])
def test_commit_in_the_middle(running, chain, delete):
    flags = libvirt.VIR_DOMAIN_BLOCK_COMMIT_DELETE if delete else 0
    running.blockCommit("vda", str(chain[0]), str(chain[2]), 0, flags)
    wait_until(lambda: names(running) == ["image3.qcow2", "image0.qcow2"], "the new chain", 20)
    wait_until(lambda: idle(running), "the end of the job", 20)
    assert chain[2].exists() is not delete and chain[1].exists() is not delete
    running.destroy()
    images.check(chain[3])
    for number in range(4):
        assert images.holds(chain[3], number + 1, f"{number}M", "1M")


def test_active_commit_and_pivot(running, chain):
    running.blockCommit("vda", None, None, 0, libvirt.VIR_DOMAIN_BLOCK_COMMIT_ACTIVE)
    wait_until(lambda: "ready='yes'" in running.XMLDesc(), "the job to be ready", 20)
    mirror = re.search(r"<mirror.*?</mirror>", running.XMLDesc(), re.S).group()
    assert "job='active-commit'" in mirror and "image0.qcow2' index='4'" in mirror
    info = running.blockJobInfo("vda", 0)
    assert info["type"] == libvirt.VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT and info["cur"] == info["end"]
    assert refused(running.blockPull, "vda", 0, 0) == (
        libvirt.VIR_ERR_BLOCK_COPY_ACTIVE, "block copy still active: disk 'vda' already in active block job")
    running.blockJobAbort("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
    assert shown(running) == [("image0.qcow2", 4)] and "<mirror" not in running.XMLDesc()
    assert shown(running, libvirt.VIR_DOMAIN_XML_INACTIVE) == [str(chain[0])]
    assert running.state()[0] == libvirt.VIR_DOMAIN_RUNNING
    running.destroy()
    images.check(chain[0])
    for number in range(4):
        assert images.holds(chain[0], number + 1, f"{number}M", "1M")


def test_an_aborted_commit_leaves_the_chain(running, chain):
    before = shown(running)
    running.blockCommit("vda", None, None, 0, libvirt.VIR_DOMAIN_BLOCK_COMMIT_ACTIVE)
    wait_until(lambda: "ready='yes'" in running.XMLDesc(), "the job to be ready", 20)
    running.blockJobAbort("vda", 0)
    assert shown(running) == before and idle(running)
    running.destroy()
    assert images.holds(chain[3], 4, "3M", "1M")


def copy_to(path, kind="qcow2"):
    return f"<disk type='file'><source file='{path}'/><driver type='{kind}'/></disk>"


@pytest.mark.parametrize("shallow", [False, True])
def test_copy_and_pivot(running, chain, files, shallow):
    flags = libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB
    flags |= libvirt.VIR_DOMAIN_BLOCK_COPY_SHALLOW if shallow else 0
    copy = files / "copy.qcow2"
    running.blockCopy("vda", copy_to(copy), {}, flags)
    wait_until(lambda: "ready='yes'" in running.XMLDesc(), "the job to be ready", 20)
    running.blockJobAbort("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
    assert names(running) == ["copy.qcow2"] + (["image2.qcow2", "image1.qcow2", "image0.qcow2"] if shallow else [])
    assert shown(running, libvirt.VIR_DOMAIN_XML_INACTIVE) == [str(copy)]
    running.destroy()
    images.check(copy)
    for number in range(4):
        assert images.holds(copy, number + 1, f"{number}M", "1M")
    assert images.tool("compare", copy, chain[3]).strip() == "Images are identical."
    running.create()  # from where the definition names it now
    assert names(running)[0] == "copy.qcow2"


def test_a_finished_copy_is_whole(running, chain, files):
    copy = files / "copy.raw"
    running.blockCopy("vda", copy_to(copy, "raw"), {}, libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB)
    wait_until(lambda: "ready='yes'" in running.XMLDesc(), "the job to be ready", 20)
    running.blockJobAbort("vda", 0)
    assert names(running)[0] == "image3.qcow2"
    running.destroy()
    assert images.tool("compare", "-f", "raw", "-F", "qcow2", copy, chain[3]).strip() == "Images are identical."


def test_refusals(conn, running, chain, files):
    invalid = libvirt.VIR_ERR_INVALID_ARG
    assert refused(running.blockPull, "vdz", 0, 0) == (invalid, "invalid argument: disk 'vdz' not found in domain")
    assert refused(running.blockJobAbort, "vda", 0) == (
        invalid, "invalid argument: disk vda does not have an active block job")
    assert refused(running.blockRebase, "vda", "/nope", 0, 0) == (
        invalid, f"invalid argument: could not find image '/nope' beneath '{chain[3]}' in chain for 'vda'")
    assert refused(running.blockCommit, "vda", "vda[9]", None, 0, 4) == (
        invalid, "invalid argument: could not find backing store index '9' in chain for 'vda'")
    assert refused(running.blockCommit, "vda", None, None, 0, 0) == (
        invalid, "invalid argument: commit of 'vda' active layer requires active flag")
    assert refused(running.blockCopy, "vda", copy_to(files / "x"), {}, 0) == (
        libvirt.VIR_ERR_OPERATION_INVALID, "Requested operation is not valid: domain is not transient")
    code, text = refused(running.blockCopy, "vda", copy_to(chain[0]), {}, libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB)
    assert code == libvirt.VIR_ERR_CONFIG_UNSUPPORTED and "already exists" in text
    code, _ = refused(running.blockCopy, "vda", copy_to("/nowhere/x"), {}, libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB)
    assert code == libvirt.VIR_ERR_SYSTEM_ERROR
    assert len(shown(running)) == 4 and idle(running)


def test_jobs_tell_what_they_do(conn, running):
    told = []

    def note(_conn, _domain, disk, kind, status, _opaque):
        told.append((disk.rsplit("/", 1)[-1], kind, status))
    callbacks = [conn.domainEventRegisterAny(running, event, note, None)
                 for event in (libvirt.VIR_DOMAIN_EVENT_ID_BLOCK_JOB, libvirt.VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2)]
    running.blockCommit("vda", None, None, 0, libvirt.VIR_DOMAIN_BLOCK_COMMIT_ACTIVE)
    wait_until(lambda: len(told) == 2, "the events", 20)
    running.blockJobAbort("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
    wait_until(lambda: len(told) == 4, "the events", 20)
    for callback in callbacks:
        conn.domainEventDeregisterAny(callback)
    active = libvirt.VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT
    assert told == [("image3.qcow2", active, libvirt.VIR_DOMAIN_BLOCK_JOB_READY),
                    ("vda", active, libvirt.VIR_DOMAIN_BLOCK_JOB_READY),
                    ("image0.qcow2", active, libvirt.VIR_DOMAIN_BLOCK_JOB_COMPLETED),
                    ("vda", active, libvirt.VIR_DOMAIN_BLOCK_JOB_COMPLETED)]


def test_the_speed_of_a_job(running, files):
    slow = {libvirt.VIR_DOMAIN_BLOCK_COPY_BANDWIDTH: 65536}
    running.blockCopy("vda", copy_to(files / "slow.qcow2"), slow, libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB)
    assert running.blockJobInfo("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES)["bandwidth"] == 65536
    assert running.blockJobInfo("vda", 0)["bandwidth"] == 1
    assert refused(running.blockJobAbort, "vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT) == (
        libvirt.VIR_ERR_BLOCK_COPY_ACTIVE, "block copy still active: disk 'vda' not ready for pivot yet")
    running.blockJobSetSpeed("vda", 0, 0)
    wait_until(lambda: "ready='yes'" in running.XMLDesc(), "the job to be ready", 30)
    running.blockJobAbort("vda", 0)


@pytest.mark.ours
@pytest.mark.parametrize("point", ["block-job.pivot", "block-job.settle", "block-job.close", "block-job.dismiss"])
def test_a_killed_daemon_finds_its_job_again(new_daemon, name, point):
    daemon = new_daemon()
    daemon.environment["YADO_FAULT"] = f"kill:1:{point}"
    daemon.start()
    daemon.images.chmod(0o777)
    chain = images.chain(daemon.images, 3)
    conn = libvirt.open(daemon.uri())
    domain = conn.defineXML(guests.bare_guest(name, devices=images.disk(chain[-1])))
    domain.create()
    domain.blockCommit("vda", None, None, 0, libvirt.VIR_DOMAIN_BLOCK_COMMIT_ACTIVE)
    wait_until(lambda: "ready='yes'" in domain.XMLDesc(), "the job to be ready", 20)
    with pytest.raises(libvirt.libvirtError):
        domain.blockJobAbort("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
    assert daemon.wait() == -9, daemon.log()[-2000:]
    daemon.environment.pop("YADO_FAULT")
    daemon.start()
    conn = libvirt.open(daemon.uri())
    domain = conn.lookupByName(name)
    if point == "block-job.pivot":  # it was not asked to go over yet
        wait_until(lambda: "ready='yes'" in domain.XMLDesc(), "the job to be ready", 20)
        domain.blockJobAbort("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
    wait_until(lambda: names(domain) == ["image0.qcow2"], "the new chain", 20)
    wait_until(lambda: domain.state()[0] == libvirt.VIR_DOMAIN_RUNNING, "its vCPUs", 20)
    assert idle(domain) and shown(domain, libvirt.VIR_DOMAIN_XML_INACTIVE) == [str(chain[0])]
    domain.destroy()
    conn.close()
    for number in range(3):
        assert images.holds(chain[0], number + 1, f"{number}M", "1M")


@pytest.mark.ours
def test_a_job_goes_on_without_the_daemon(yadod, conn, running, files):
    name = running.name()
    running.blockCopy("vda", copy_to(files / "copy.qcow2"), {}, libvirt.VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB)
    yadod.kill()
    yadod.start()
    again = libvirt.open(yadod.uri())
    domain = again.lookupByName(name)
    wait_until(lambda: "ready='yes'" in domain.XMLDesc(), "the job to be ready", 20)
    assert domain.blockJobInfo("vda", 0)["type"] == libvirt.VIR_DOMAIN_BLOCK_JOB_TYPE_COPY
    domain.blockJobAbort("vda", libvirt.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
    assert names(domain) == ["copy.qcow2"]
    domain.destroy()
    again.close()


def test_a_dead_machine_ends_its_jobs(running, chain, yadod):
    running.blockCommit("vda", None, None, 0, libvirt.VIR_DOMAIN_BLOCK_COMMIT_ACTIVE)
    wait_until(lambda: "ready='yes'" in running.XMLDesc(), "the job to be ready", 20)
    running.destroy()
    running.create()
    assert len(shown(running)) == 4 and "<mirror" not in running.XMLDesc()
    running.destroy()
    assert images.holds(chain[3], 4, "3M", "1M")


def test_a_file_somebody_uses_is_never_removed(conn, running, chain, name):
    other = conn.defineXML(guests.bare_guest(name + "b", devices=images.disk(chain[2])))
    delete = libvirt.VIR_DOMAIN_BLOCK_COMMIT_DELETE
    running.blockCommit("vda", str(chain[0]), str(chain[2]), 0, delete)
    wait_until(lambda: names(running) == ["image3.qcow2", "image0.qcow2"], "the new chain", 20)
    wait_until(lambda: idle(running), "the end of the job", 20)
    assert chain[2].exists() and chain[1].exists(), "it, and what it lies on"
    other.undefine()


def test_a_chain_of_thirty(conn, name, files):
    chain = images.chain(files, 30)
    domain = conn.defineXML(guests.bare_guest(name, devices=images.disk(chain[-1])))
    domain.create()
    assert len(shown(domain)) == 30
    domain.blockPull("vda", 0, 0)
    wait_until(lambda: len(shown(domain)) == 1, "the new chain", 60)
    domain.destroy()
    for number in range(22, 30):
        assert images.holds(chain[-1], number + 1, f"{number % 8}M", "1M")
