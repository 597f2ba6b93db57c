# SPDX-License-Identifier: Apache-2.0
"""access_drivers: who may do what with which domain, and what lists and events leave out."""
import json

import libvirt
import pytest
from harness.daemon import ROOT, wait_until
from harness.guests import bare_guest
from test_authentication import as_nobody, polkit  # noqa: F401  (a fixture)

pytestmark = pytest.mark.ours

# runs as nobody: [what was tried, what came of it] a line
TRY = """
import json, libvirt, struct, sys, time
libvirt.registerErrorHandler(lambda *_: None, None)
uri, ours, theirs, their_uuid = sys.argv[1:5]
def tell(what, call):
    try:
        print(json.dumps([what, call()]), flush=True)
    except libvirt.libvirtError as error:
        print(json.dumps([what, error.get_error_code()]), flush=True)
conn = libvirt.open(uri)
tell("list", lambda: sorted(d.name() for d in conn.listAllDomains()))
tell("defined", lambda: sorted(conn.listDefinedDomains()))
tell("running", lambda: len(conn.listDomainsID()))
tell("stats", lambda: sorted(row[0].name() for row in conn.getAllDomainStats()))
tell("look up ours", lambda: conn.lookupByName(ours).name())
tell("look up theirs", lambda: conn.lookupByName(theirs).name())
tell("look up theirs by UUID", lambda: conn.lookupByUUIDString(their_uuid).name())
tell("define ours", lambda: conn.defineXML(conn.lookupByName(ours).XMLDesc()).name())
tell("define another", lambda: conn.defineXML("<domain type='qemu'><name>other</name><memory>1024</memory>"
                                              "<os><type>hvm</type></os></domain>").name())
# a domain's UUID under another's name
sys.path.insert(0, sys.argv[5])
from harness import raw
import socket, uuid
stream = socket.socket(socket.AF_UNIX); stream.connect(sys.argv[6]); stream.settimeout(30)
client = raw.RawClient(stream)
client.call(raw.AUTH_LIST); client.call(70)
client.call(raw.CONNECT_OPEN, raw.optional("qemu:///system") + struct.pack(">I", 0))
forged = raw.text(ours) + uuid.UUID(their_uuid).bytes + struct.pack(">i", -1)
print(json.dumps(["destroy theirs as ours", client.call(raw.DOMAIN_DESTROY, forged).error[0]]))
"""


@pytest.fixture
def ruled(new_daemon, polkit):  # noqa: F811
    daemon = new_daemon({"auth_unix_rw": "polkit", "auth_unix_ro": "polkit", "access_drivers": ["polkit"],
                         "unix_sock_rw_perms": "0777"})
    daemon.environment["DBUS_SYSTEM_BUS_ADDRESS"] = polkit.address
    daemon.start()
    return daemon


@pytest.fixture
def two(ruled, name):
    """A connection of root's, a domain of the tried user's, one of somebody else's."""
    conn = libvirt.open(ruled.uri())
    domains = [conn.createXML(bare_guest(f"{kind}-{name}"), libvirt.VIR_DOMAIN_START_PAUSED) for kind in ("ours", "theirs")]
    domains += [conn.defineXML(bare_guest(f"{kind}-{name}-off")) for kind in ("ours", "theirs")]
    yield conn, domains
    for domain in domains[:2]:
        if domain.isActive():
            domain.destroy()
    conn.close()


def test_lists_and_calls_follow_the_rules(ruled, two, polkit, name):  # noqa: F811
    _, domains = two
    polkit.answer.write_text("only domain_name=ours-")
    done = as_nobody(TRY, ruled.uri(), f"ours-{name}-off", f"theirs-{name}", domains[1].UUIDString(),
                     ROOT / "tests/support", ruled.socket())
    told = dict(json.loads(line) for line in done.stdout.splitlines())
    denied = libvirt.VIR_ERR_ACCESS_DENIED
    assert told == {
        "list": [f"ours-{name}", f"ours-{name}-off"], "defined": [f"ours-{name}-off"], "running": 1,
        "stats": [f"ours-{name}", f"ours-{name}-off"], "look up ours": f"ours-{name}-off", "look up theirs": denied,
        "look up theirs by UUID": denied, "define ours": f"ours-{name}-off", "define another": denied,
        "destroy theirs as ours": denied}, done.stderr
    assert domains[1].isActive()
    asked = polkit.asked.read_text()
    assert "connect_driver=QEMU" in asked and f"domain_uuid={domains[0].UUIDString()}" in asked


WATCH = """
import libvirt, sys, threading
libvirt.registerErrorHandler(lambda *_: None, None)
libvirt.virEventRegisterDefaultImpl()
conn = libvirt.open(sys.argv[1])
conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE,
                            lambda conn, domain, event, detail, _: print(domain.name(), event, flush=True), None)
print("listening", flush=True)
while True:
    libvirt.virEventRunDefaultImpl()
"""


def test_events_follow_the_rules(ruled, two, polkit, name, tmp_path):  # noqa: F811
    import subprocess
    _, domains = two
    polkit.answer.write_text("only domain_name=ours-")
    heard = tmp_path / "heard"
    script = f"import os; os.setgid(65534); os.setgroups([]); os.setuid(65534)\n{WATCH}"
    with open(heard, "wb") as out, subprocess.Popen(["/usr/bin/python3", "-c", script, ruled.uri()], stdout=out) as watcher:
        try:
            wait_until(lambda: "listening" in heard.read_text(), "the watcher")
            for domain in (domains[1], domains[0], domains[1], domains[0]):
                domain.resume()
                domain.suspend()
            wait_until(lambda: heard.read_text().count(f"ours-{name}") == 4, "the events of ours")
            assert heard.read_text().splitlines()[1:] == [f"ours-{name} {event}" for event in (4, 3, 4, 3)]
        finally:
            watcher.kill()
