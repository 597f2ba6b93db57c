# SPDX-License-Identifier: Apache-2.0
"""access_drivers: who may do what with which domain, and what lists and events leave out."""
import json
import subprocess
import uuid

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


# runs as nobody: the same of networks, pools and secrets
TRY_OBJECTS = """
import json, libvirt, sys
libvirt.registerErrorHandler(lambda *_: None, None)
uri, kind, ours, theirs, their_uuid, document = sys.argv[1:7]
def tell(what, call):
    try:
        print(json.dumps([what, call()]), flush=True)
    except libvirt.libvirtError as error:
        print(json.dumps([what, error.get_error_code()]), flush=True)
conn = libvirt.open(uri)
pools = kind == "pool"
listed = conn.listAllStoragePools if pools else conn.listAllNetworks
by_name = conn.storagePoolLookupByName if pools else conn.networkLookupByName
by_uuid = conn.storagePoolLookupByUUIDString if pools else conn.networkLookupByUUIDString
define = conn.storagePoolDefineXML if pools else conn.networkDefineXML
tell("list", lambda: [each.name() for each in listed()])
tell("names", lambda: conn.listDefinedStoragePools() if pools else conn.listDefinedNetworks())
tell("count", lambda: conn.numOfDefinedStoragePools() if pools else conn.numOfDefinedNetworks())
tell("active", lambda: conn.numOfStoragePools() if pools else conn.numOfNetworks())
tell("look up ours", lambda: by_name(ours).name())
tell("look up theirs", lambda: by_name(theirs).name())
tell("look up theirs by UUID", lambda: by_uuid(their_uuid).name())
tell("a call on ours", lambda: by_name(ours).autostart())
tell("define ours", lambda: define(document.replace("NAME", ours)).name())
tell("define another", lambda: define(document.replace("NAME", "other")).name())
"""
OBJECTS = {"network": "<network><name>NAME</name></network>",
           "pool": "<pool type='dir'><name>NAME</name><target><path>/var/lib/NAME</path></target></pool>"}


def defined_by(conn, kind):
    return conn.storagePoolDefineXML if kind == "pool" else conn.networkDefineXML


@pytest.mark.parametrize("kind, detail", [("network", "network_name"), ("pool", "pool_name")])
def test_networks_and_pools_follow_the_rules(ruled, polkit, name, kind, detail):  # noqa: F811
    conn = libvirt.open(ruled.uri())
    ours, theirs = (defined_by(conn, kind)(OBJECTS[kind].replace("NAME", f"{whose}-{name}")) for whose in ("ours", "theirs"))
    polkit.answer.write_text(f"only {detail}=ours-")
    # of what there is already, its UUID as well
    document = OBJECTS[kind].replace("<name>", f"<uuid>{ours.UUIDString()}</uuid><name>")
    done = as_nobody(TRY_OBJECTS, ruled.uri(), kind, ours.name(), theirs.name(), theirs.UUIDString(), document)
    told = dict(json.loads(line) for line in done.stdout.splitlines())
    denied = libvirt.VIR_ERR_ACCESS_DENIED
    assert told == {
        "list": [f"ours-{name}"], "names": [f"ours-{name}"], "count": 1, "active": 0, "look up ours": f"ours-{name}",
        "look up theirs": denied, "look up theirs by UUID": denied, "a call on ours": 0, "define ours": f"ours-{name}",
        "define another": denied}, done.stderr
    conn.close()


TRY_VOLUMES = """
import json, libvirt, sys
libvirt.registerErrorHandler(lambda *_: None, None)
conn = libvirt.open(sys.argv[1])
pool = conn.storagePoolLookupByName(sys.argv[2])
more = pool.createXML("<volume><name>more</name><capacity>512</capacity></volume>")
print(json.dumps({"list": sorted(pool.listVolumes()), "all": len(pool.listAllVolumes()), "count": pool.numOfVolumes(),
                  "pool": more.storagePoolLookupByVolume().name()}))
"""


def test_volumes_are_of_their_pool(ruled, polkit, name):  # noqa: F811
    """The rule names the pool, which a volume's call knows by UUID alone."""
    conn = libvirt.open(ruled.uri())
    pools = {kind: conn.storagePoolDefineXML(OBJECTS["pool"].replace("NAME", f"{kind}-{name}")) for kind in ("ours", "theirs")}
    for pool in pools.values():
        pool.build()
        pool.create()
        pool.createXML("<volume><name>first</name><capacity>512</capacity></volume>")
    polkit.answer.write_text(f"only pool_name=ours-{name}")
    done = as_nobody(TRY_VOLUMES, ruled.uri(), f"ours-{name}")
    assert json.loads(done.stdout or "null") == {"list": ["first", "more"], "all": 2, "count": 2, "pool": f"ours-{name}"}, done.stderr
    assert "access denied" in as_nobody(TRY_VOLUMES, ruled.uri(), f"theirs-{name}").stderr
    conn.close()


WATCH = """
import libvirt, sys
libvirt.registerErrorHandler(lambda *_: None, None)
libvirt.virEventRegisterDefaultImpl()
conn = libvirt.open(sys.argv[1])
def tell(_conn, thing, event, *_):
    print(thing.UUIDString() if isinstance(thing, libvirt.virSecret) else thing.name(), event, flush=True)
conn.domainEventRegisterAny(None, libvirt.VIR_DOMAIN_EVENT_ID_LIFECYCLE, tell, None)
conn.networkEventRegisterAny(None, libvirt.VIR_NETWORK_EVENT_ID_LIFECYCLE, tell, None)
conn.storagePoolEventRegisterAny(None, libvirt.VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE, tell, None)
conn.secretEventRegisterAny(None, libvirt.VIR_SECRET_EVENT_ID_LIFECYCLE, tell, None)
print("listening", flush=True)
while True:
    libvirt.virEventRunDefaultImpl()
"""


@pytest.fixture
def heard(ruled, tmp_path):
    """What a client run by nobody hears, a line each."""
    path = tmp_path / "heard"
    script = f"import os; os.setgid(65534); os.setgroups([]); os.setuid(65534)\n{WATCH}"
    with open(path, "wb") as out, subprocess.Popen(["/usr/bin/python3", "-c", script, ruled.uri()], stdout=out) as watcher:
        try:
            wait_until(lambda: "listening" in path.read_text(), "the watcher")
            yield lambda: path.read_text().splitlines()[1:]
        finally:
            watcher.kill()


def test_events_follow_the_rules(two, polkit, name, heard):  # noqa: F811
    _, domains = two
    polkit.answer.write_text("only domain_name=ours-")
    for domain in (domains[1], domains[0], domains[1], domains[0]):
        domain.resume()
        domain.suspend()
    wait_until(lambda: len(heard()) == 4, "the events of ours")
    assert heard() == [f"ours-{name} {event}" for event in (4, 3, 4, 3)]


@pytest.mark.parametrize("kind, detail", [("network", "network_name"), ("pool", "pool_name")])
def test_events_of_objects_follow_the_rules(ruled, polkit, name, heard, kind, detail):  # noqa: F811
    conn = libvirt.open(ruled.uri())
    polkit.answer.write_text(f"only {detail}=ours-")
    for whose in ("theirs", "ours"):
        defined_by(conn, kind)(OBJECTS[kind].replace("NAME", f"{whose}-{name}")).undefine()
    wait_until(lambda: len(heard()) == 2, "the events of ours")
    assert heard() == [f"ours-{name} 0", f"ours-{name} 1"]
    conn.close()


def test_events_of_secrets_follow_the_rules(ruled, polkit, heard):  # noqa: F811
    conn = libvirt.open(ruled.uri())
    ours, theirs = (str(uuid.uuid4()) for _ in range(2))
    polkit.answer.write_text(f"only secret_uuid={ours}")
    for identity in (theirs, ours):
        conn.secretDefineXML(f"<secret><uuid>{identity}</uuid></secret>").undefine()
    wait_until(lambda: len(heard()) == 2, "the events of ours")
    assert heard() == [f"{ours} 0", f"{ours} 1"]
    assert "connect_driver=QEMU" in polkit.asked.read_text()
    conn.close()
