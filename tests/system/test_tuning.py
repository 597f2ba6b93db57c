# SPDX-License-Identifier: Apache-2.0
"""Limits of running guests, as the kernel holds them: control groups, affinity and scheduling of threads."""
import os
import signal
import time
from pathlib import Path

import libvirt
import pytest
from harness.daemon import alive, wait_until
from harness.guests import bare_guest

GROUPS = Path("/sys/fs/cgroup")
TUNED = """<iothreads>1</iothreads>
  <cputune><shares>512</shares><period>100000</period><quota>50000</quota><emulator_quota>60000</emulator_quota>
    <vcpupin vcpu='0' cpuset='0'/><emulatorpin cpuset='1'/><iothreadpin iothread='1' cpuset='0'/>
    <vcpusched vcpus='1' scheduler='batch'/></cputune>
  <memtune><hard_limit unit='MiB'>1024</hard_limit></memtune>"""

needs_v1 = pytest.mark.skipif(not (GROUPS / "cpu/cpu.shares").exists(), reason="no cgroup v1 cpu controller here")
two_cpus = pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one CPU: nothing to pin to")


@pytest.fixture
def connection(yadod):
    opened = libvirt.open(yadod.uri())
    yield opened
    opened.close()


def process(yadod, name):
    return next(pid for pid, line in yadod.guest_processes().items() if f"guest={name}" in line)


def threads(pid):
    """Name → (tid, CPUs it may run on, scheduling policy) of a process."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        status = dict(line.split(":\t", 1) for line in (task / "status").read_text().splitlines() if ":\t" in line)
        policy = (task / "stat").read_text().rsplit(")", 1)[1].split()[38]
        found[status["Name"]] = (int(task.name), status["Cpus_allowed_list"], int(policy))
    return found


def of_vcpu(pid, number):
    return next(told for name, told in threads(pid).items() if name.startswith(f"CPU {number}"))


def group_file(name, controller, file, part=""):
    group, = (GROUPS / controller / "machine").glob(f"qemu-*-{name}.libvirt-qemu")
    return (group / part / file).read_text().strip()


def tuned(name):
    return bare_guest(name, vcpus=2, extra=TUNED)


@needs_v1
@two_cpus
def test_limits_hold_from_the_start(yadod, connection, name):
    connection.createXML(tuned(name))
    pid = process(yadod, name)
    assert group_file(name, "cpu", "cpu.shares") == "512"
    assert group_file(name, "cpu", "cpu.cfs_quota_us", "vcpu0") == "50000"
    assert group_file(name, "cpu", "cpu.cfs_quota_us", "emulator") == "60000"
    assert group_file(name, "cpu", "cpu.cfs_quota_us") == "-1"
    assert group_file(name, "cpuset", "cpuset.cpus", "vcpu0") == "0"
    assert group_file(name, "cpuset", "cpuset.cpus", "emulator") == "1"
    assert group_file(name, "memory", "memory.limit_in_bytes") == str(1024 << 20)
    first, second = of_vcpu(pid, 0), of_vcpu(pid, 1)
    assert (first[1], second[2]) == ("0", 3)  # SCHED_BATCH
    assert str(first[0]) in group_file(name, "cpu", "tasks", "vcpu0").split()
    assert str(pid) in group_file(name, "cpu", "tasks", "emulator").split()
    assert Path(f"/proc/{pid}/status").read_text().split("Cpus_allowed_list:\t")[1].startswith("1\n")
    assert threads(pid)["IO iothread1"][1] == "0"


@needs_v1
@two_cpus
def test_limits_change_while_it_runs(yadod, connection, name):
    domain = connection.createXML(bare_guest(name, vcpus=2))
    pid = process(yadod, name)
    domain.setSchedulerParameters({"cpu_shares": 2048, "vcpu_quota": 20000, "global_quota": 80000})
    assert group_file(name, "cpu", "cpu.shares") == "2048"
    assert group_file(name, "cpu", "cpu.cfs_quota_us", "vcpu1") == "20000"
    assert group_file(name, "cpu", "cpu.cfs_quota_us") == "80000"
    assert domain.schedulerParameters()["vcpu_quota"] == 20000
    domain.pinVcpu(1, (False, True))
    assert of_vcpu(pid, 1)[1] == "1"
    assert group_file(name, "cpuset", "cpuset.cpus", "vcpu1") == "1"
    domain.pinEmulator((True, False))
    assert threads(pid)[next(iter(sorted(n for n in threads(pid) if n.startswith("qemu"))))][1] == "0"
    domain.setMemoryParameters({"hard_limit": 700 << 10})
    assert group_file(name, "memory", "memory.limit_in_bytes") == str(700 << 20)
    assert domain.memoryParameters()["hard_limit"] == 700 << 10
    xml = domain.XMLDesc()
    for said in ("<shares>2048</shares>", "<quota>20000</quota>", "<vcpupin vcpu='1' cpuset='1'/>",
                 "<emulatorpin cpuset='0'/>", "<hard_limit unit='KiB'>716800</hard_limit>"):
        assert said in xml


@needs_v1
@two_cpus
def test_a_refused_limit_changes_nothing(yadod, connection, name):
    domain = connection.createXML(tuned(name))
    before = domain.XMLDesc()
    with pytest.raises(libvirt.libvirtError, match="must be in range"):
        domain.setSchedulerParameters({"cpu_shares": 1, "vcpu_quota": 30000})
    with pytest.raises(libvirt.libvirtError):
        domain.setMemoryParameters({"hard_limit": 4})  # less than QEMU has already
    assert domain.XMLDesc() == before
    assert group_file(name, "cpu", "cpu.cfs_quota_us", "vcpu0") == "50000"
    assert group_file(name, "memory", "memory.limit_in_bytes") == str(1024 << 20)


@needs_v1
@two_cpus
def test_a_restarted_daemon_goes_on(yadod, name):
    first = libvirt.open(yadod.uri())
    first.createXML(tuned(name))
    told = first.lookupByName(name).XMLDesc()
    first.close()
    yadod.kill()
    yadod.start()
    again = libvirt.open(yadod.uri())
    domain = again.lookupByName(name)
    assert domain.XMLDesc() == told
    assert domain.schedulerParameters()["vcpu_quota"] == 50000
    assert domain.vcpuPinInfo()[0] == (True, False)
    domain.setSchedulerParameters({"vcpu_quota": 30000})
    assert group_file(name, "cpu", "cpu.cfs_quota_us", "vcpu1") == "30000"
    assert [thread[0] for thread in domain.ioThreadInfo()] == [1]
    domain.destroy()
    assert list((GROUPS / "cpu/machine").glob(f"qemu-*-{name}.libvirt-qemu")) == []
    again.close()


def test_iothreads_come_and_go(yadod, connection, name):
    domain = connection.defineXML(bare_guest(name))
    domain.create()
    both = libvirt.VIR_DOMAIN_AFFECT_LIVE | libvirt.VIR_DOMAIN_AFFECT_CONFIG
    domain.addIOThread(3, both)
    domain.addIOThread(1, both)
    assert {thread[0] for thread in domain.ioThreadInfo()} == {1, 3}
    assert "IO iothread3" in threads(process(yadod, name))
    domain.setIOThreadParams(3, {"poll_max_ns": 1000})
    stats, = connection.domainListGetStats([domain], libvirt.VIR_DOMAIN_STATS_IOTHREAD)
    assert stats[1]["iothread.3.poll-max-ns"] == 1000
    domain.delIOThread(3, both)
    assert [thread[0] for thread in domain.ioThreadInfo()] == [1]
    assert "IO iothread3" not in threads(process(yadod, name))
    assert [thread[0] for thread in domain.ioThreadInfo(libvirt.VIR_DOMAIN_AFFECT_CONFIG)] == [1]


def test_changes_are_told(yadod, connection, name):
    domain = connection.createXML(bare_guest(name))
    told = []
    connection.domainEventRegisterAny(domain, libvirt.VIR_DOMAIN_EVENT_ID_TUNABLE,
                                      lambda _c, _d, params, _o: told.append(params), None)
    domain.pinVcpu(0, (True,) + (False,) * (os.cpu_count() - 1))
    wait_until(lambda: {"cputune.vcpupin0": "0"} in told, "the event about the pin")


def test_disks_are_limited_together(yadod, connection, name):
    paths = [yadod.images / f"{name}-{letter}.raw" for letter in "ab"]
    disks = ""
    for letter, path in zip("ab", paths):
        path.write_bytes(bytes(1 << 20))
        disks += (f"<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{path}'/>"
                  f"<target dev='vd{letter}' bus='virtio'/></disk>")
    domain = connection.createXML(bare_guest(name, devices=disks))
    domain.setBlockIoTune("vda", {"total_bytes_sec": 1000000, "group_name": "both"})
    domain.setBlockIoTune("vdb", {"group_name": "both"})
    assert domain.blockIoTune("vdb")["total_bytes_sec"] == 1000000
    domain.setBlockIoTune("vdb", {"total_iops_sec": 100})
    assert domain.blockIoTune("vda")["total_iops_sec"] == 100
    with pytest.raises(libvirt.libvirtError, match="cannot be set at the same time"):
        domain.setBlockIoTune("vda", {"total_bytes_sec": 1, "read_bytes_sec": 1})
    domain.blockResize("vda", 4 << 20, libvirt.VIR_DOMAIN_BLOCK_RESIZE_BYTES)
    assert domain.blockInfo("vda")[0] == 4 << 20
    assert paths[0].stat().st_size == 4 << 20


def latency(work, rounds=20):
    times = []
    for _ in range(rounds):
        began = time.monotonic()
        work()
        times.append(time.monotonic() - began)
    return sorted(times)[rounds // 2]


@pytest.mark.ours
def test_a_hung_guest_costs_others_nothing(yadod, connection, name):
    domains = [connection.createXML(bare_guest(f"{name}-{n}")) for n in range(4)]
    hung, fine = domains[0], domains[1]
    groups = libvirt.VIR_DOMAIN_STATS_STATE | libvirt.VIR_DOMAIN_STATS_BALLOON | libvirt.VIR_DOMAIN_STATS_BLOCK

    def bulk():
        return {found.name(): stats for found, stats in connection.getAllDomainStats(groups)}

    known = bulk()[hung.name()]
    usual = {work: latency(work) for work in (bulk, connection.listAllDomains, fine.memoryStats)}
    pid = process(yadod, hung.name())
    os.kill(pid, signal.SIGSTOP)
    try:
        bulk()  # the first one notices
        stale = bulk()[hung.name()]
        assert stale["yado.stale_ms"] > 0
        assert stale["balloon.maximum"] == known["balloon.maximum"] and "balloon.rss" in stale
        assert all("yado.stale_ms" not in stats for other, stats in bulk().items() if other != hung.name())
        for work, before in usual.items():
            assert latency(work) < max(5 * before, 0.05), work
    finally:
        os.kill(pid, signal.SIGCONT)
    wait_until(lambda: "yado.stale_ms" not in bulk()[hung.name()], "the guest's own words")


@pytest.mark.ours
@pytest.mark.slow
def test_calls_on_a_hung_guest_end_and_destroy_works(yadod, connection, name):
    hung = connection.createXML(bare_guest(name))
    pid = process(yadod, name)
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(libvirt.libvirtError, match="monitor does not answer since ") as failed:
        hung.memoryStats()
    assert failed.value.get_error_code() == libvirt.VIR_ERR_OPERATION_TIMEOUT
    hung.destroy()
    assert not alive(pid)
