# SPDX-License-Identifier: Apache-2.0
"""The administrative socket, as stock virt-admin uses it."""
import re
import subprocess

import libvirt
import pytest


@pytest.fixture
def admin(yadod):
    uri = f"libvirtd+unix:///system?socket={yadod.socket('libvirt-admin-sock')}"

    def run(*words, fails=False):
        done = subprocess.run(["virt-admin", "-c", uri, *map(str, words)], capture_output=True, text=True, timeout=60,
                              check=False, stdin=subprocess.DEVNULL, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
        assert (done.returncode != 0) == fails, done.stderr or done.stdout
        return done.stderr if fails else done.stdout
    return run


def fields(text):
    return dict(re.split(r"\s*:\s+", line, maxsplit=1) for line in map(str.strip, text.splitlines()) if ":" in line)


def test_servers(admin):
    lines = admin("srv-list").split("\n")
    assert lines[0].split() == ["Id", "Name"]
    assert sorted(line.split()[1] for line in lines[2:] if line.strip()) == ["admin", "libvirtd"]


def test_clients_come_and_go(admin, conn, yadod):
    before = admin("srv-clients-list", "libvirtd")
    more = libvirt.open(yadod.uri())
    after = admin("srv-clients-list", "libvirtd")
    assert len(after.splitlines()) == len(before.splitlines()) + 1
    number = max(int(line.split()[0]) for line in after.splitlines()[2:] if line.strip())
    told = fields(admin("client-info", "libvirtd", number))
    assert told["transport"] == "unix" and told["unix_user_id"] == "0" and told["readonly"] == "no"
    admin("client-disconnect", "libvirtd", number)
    with pytest.raises(libvirt.libvirtError):
        more.getHostname()
        more.getHostname()
    try:
        more.close()
    except libvirt.libvirtError:
        pass


def test_client_limits(admin):
    told = fields(admin("srv-clients-info", "libvirtd"))
    assert told["nclients_max"] == "5000" and told["nclients_unauth_max"] == "20"
    admin("srv-clients-set", "libvirtd", "--max-clients", "4000", "--max-unauth-clients", "15")
    told = fields(admin("srv-clients-info", "libvirtd"))
    assert told["nclients_max"] == "4000" and told["nclients_unauth_max"] == "15"
    admin("srv-clients-set", "libvirtd", "--max-clients", "5000", "--max-unauth-clients", "20")


def test_threads(admin):
    told = fields(admin("srv-threadpool-info", "libvirtd"))
    assert told["minWorkers"] == "5" and told["maxWorkers"] == "20" and told["prioWorkers"] == "5"
    admin("srv-threadpool-set", "libvirtd", "--max-workers", "30")
    assert fields(admin("srv-threadpool-info", "libvirtd"))["maxWorkers"] == "30"
    admin("srv-threadpool-set", "libvirtd", "--max-workers", "20")


def test_log_settings(admin):
    admin("daemon-log-filters", "--filters", "1:qemu 3:rpc")
    assert fields(admin("daemon-log-filters"))["Logging filters"] == "1:*qemu* 3:*rpc*"
    admin("daemon-log-filters", "--filters", "")
    before = fields(admin("daemon-log-outputs"))["Logging outputs"]
    admin("daemon-log-outputs", "--outputs", "4:stderr")
    assert fields(admin("daemon-log-outputs"))["Logging outputs"] == "4:stderr"
    admin("daemon-log-outputs", "--outputs", before)
    admin("daemon-log-filters", "--filters", "nonsense", fails=True)


def test_unknown_server_and_client(admin):
    assert "nosuch" in admin("srv-clients-list", "nosuch", fails=True)
    admin("client-info", "libvirtd", "99999", fails=True)
