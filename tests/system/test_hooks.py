# SPDX-License-Identifier: Apache-2.0
"""Hook scripts: called when libvirtd calls them, with the same words and documents, and able to refuse."""
import re
import time

import libvirt
import pytest
from harness import daemon as daemons
from harness.daemon import wait_until
from harness.guests import bare_guest

NOTE = 'echo "$(basename $0) $*" >> {log}; cat > {folder}/input.$2\n'
START = [f"{name} {{name}} {operation} begin -" for operation in ("prepare", "start", "started")
         for name in ("qemu", "10-a", "20-b")]
END = [f"{name} {{name}} {operation} end -" for operation in ("stopped", "release") for name in ("qemu", "10-a", "20-b")]


class Hooks:
    """The scripts of a daemon that has not been started yet."""

    def __init__(self, chosen):
        self.daemon = chosen
        self.folder = chosen.folder / "notes"
        self.folder.mkdir(exist_ok=True)
        self.folder.chmod(0o777)
        self.log = self.folder / "log"
        etc = chosen.etc if hasattr(chosen, "etc") else chosen.inside("/etc/libvirt")
        self.place = etc / "hooks"

    def script(self, name, text="", executable=True):
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n" + NOTE.format(log=self.log, folder=self.folder) + text)
        path.chmod(0o755 if executable else 0o644)

    def calls(self):
        """Since the last time it was asked."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    def input(self, operation):
        return (self.folder / f"input.{operation}").read_text()


@pytest.fixture(name="hooks")
def fixture_hooks(new_daemon):
    return Hooks(new_daemon())


def with_name(calls, name):
    return [call.format(name=name) for call in calls]


def test_called_in_order_with_the_guests_document(hooks, name):
    daemon = hooks.daemon
    for script in ("qemu", "qemu.d/20-b", "qemu.d/10-a", "daemon"):
        hooks.script(script)
    hooks.script("qemu.d/05-not-executable", executable=False)
    daemon.start()
    connection = libvirt.open(daemon.uri())
    assert hooks.calls() == ["daemon - start - start"]
    domain = connection.defineXML(bare_guest(name))
    domain.create()
    assert hooks.calls() == with_name(START, name)
    for operation in ("prepare", "started"):
        document = hooks.input(operation)
        assert re.match(rf"<domain type='qemu' id='{domain.ID()}'", document)
        assert f"<uuid>{domain.UUIDString()}</uuid>" in document
    domain.destroy()
    assert hooks.calls() == with_name(END, name)
    assert hooks.input("stopped").startswith("<domain type='qemu'>")
    assert hooks.input("release").startswith("<domain type='qemu'>")
    domain.create()
    hooks.calls()
    connection.close()
    daemon.stop()
    assert hooks.calls() == ["daemon - shutdown - shutdown"]
    daemon.start()
    found = ["daemon - start - start"] + with_name([f"{each} {{name}} reconnect begin -" for each in ("qemu", "10-a", "20-b")],
                                                   name)
    seen = []
    wait_until(lambda: seen.extend(hooks.calls()) or len(seen) >= len(found), "the hooks of a start")
    assert seen == found
    connection = libvirt.open(daemon.uri())
    connection.lookupByName(name).destroy()
    connection.close()


@pytest.mark.parametrize("operation", ["prepare", "start", "started"])
def test_may_refuse_a_start(hooks, name, operation):
    daemon = hooks.daemon
    hooks.script("qemu", f'[ $2 != {operation} ] || {{ echo "no $2 today" >&2; exit 3; }}\n')
    hooks.script("qemu.d/10-a")
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.defineXML(bare_guest(name))
    with pytest.raises(libvirt.libvirtError) as refused:
        domain.create()
    assert refused.value.get_error_code() == libvirt.VIR_ERR_HOOK_SCRIPT_FAILED
    assert refused.value.get_error_message().startswith("Hook script execution failed: internal error: Child process (")
    assert refused.value.get_error_message().rstrip().endswith(
        f"hooks/qemu {name} {operation} begin -) unexpected exit status 3: no {operation} today")
    assert domain.state() == [libvirt.VIR_DOMAIN_SHUTOFF, libvirt.VIR_DOMAIN_SHUTOFF_FAILED]
    calls = hooks.calls()
    assert f"10-a {name} {operation} begin -" in calls, "one that refuses does not keep the others from being told"
    assert calls[-4:] == [f"{each} {name} {end} end -" for end in ("stopped", "release") for each in ("qemu", "10-a")]
    wait_until(lambda: daemon.leftovers() == [], "the guest's end")
    connection.close()


def test_cannot_refuse_an_end(hooks, name):
    daemon = hooks.daemon
    hooks.script("qemu", "[ $3 != end ] || exit 1\n")
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.createXML(bare_guest(name))
    domain.destroy()
    assert connection.listAllDomains() == []
    assert daemon.leftovers() == []
    connection.close()


@pytest.mark.ours
def test_one_that_hangs_is_ended(hooks, name):
    """libvirtd waits for ever."""
    daemon = hooks.daemon
    config = daemon.inside("/etc/yado/yadod.conf")
    config.parent.mkdir(parents=True)
    config.write_text("hook_timeout = 1\n")
    hooks.script("qemu", '[ $2 != start ] || { echo "waiting" >&2; sleep 1000; }\n')
    daemon.start()
    connection = libvirt.open(daemon.uri())
    domain = connection.defineXML(bare_guest(name))
    began = time.monotonic()
    with pytest.raises(libvirt.libvirtError, match="did not end within 1 s and was killed: waiting"):
        domain.create()
    assert time.monotonic() - began < 20
    assert not [line for _, line in daemons.processes() if line.strip() == "sleep 1000"]
    connection.close()


@pytest.mark.ours
def test_a_guest_that_runs_outlives_a_hook_that_fails(hooks, name):
    """libvirtd ends it; here the failure is in the log."""
    daemon = hooks.daemon
    hooks.script("qemu", "[ $2 != reconnect ] || exit 1\n")
    daemon.start()
    connection = libvirt.open(daemon.uri())
    connection.createXML(bare_guest(name))
    connection.close()
    daemon.restart()
    connection = libvirt.open(daemon.uri())
    assert connection.lookupByName(name).isActive() == 1
    connection.lookupByName(name).destroy()
    assert "reconnect begin -" in daemon.log()
    connection.close()
