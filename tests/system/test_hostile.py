# SPDX-License-Identifier: Apache-2.0
"""Hostile frames and documents: a clear error or a closed connection, and the daemon lives on."""
import os
import random
import socket
import struct
import time

import libvirt
import pytest
from harness import raw
from harness.guests import bare_guest
from harness.raw import RawClient


@pytest.fixture
def client(yadod):
    with RawClient(yadod.connect()) as made:
        yield made.open()
    assert_serves(yadod)


def assert_serves(daemon):
    """The daemon is the same process and answers a new client."""
    assert daemon.alive()
    with RawClient(daemon.connect()) as client:
        assert client.open().call(raw.GET_TYPE).error is None


# ---- framing -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("length", [0, 1, 3, 4, 27, raw.LIMIT + 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_bad_length_closes(yadod, length):
    with RawClient(yadod.connect()) as client:
        client.send(raw.frame(raw.AUTH_LIST, length=length))
        assert client.closed()
    assert_serves(yadod)


def test_bad_length_after_good_calls_closes(client):
    assert client.call(raw.GET_TYPE).error is None
    client.send(struct.pack(">I", 5) + b"x" * 100)
    assert client.closed()


def test_every_truncation_of_a_call(yadod):
    whole = raw.frame(raw.AUTH_LIST)
    for cut in range(len(whole)):
        with RawClient(yadod.connect()) as client:
            client.send(whole[:cut])
            client.stream.shutdown(socket.SHUT_WR)
            assert client.closed()
    assert_serves(yadod)


def test_bytes_one_at_a_time(yadod):
    with RawClient(yadod.connect()) as client:
        for byte in raw.frame(raw.AUTH_LIST, serial=7):
            client.send(bytes([byte]))
        assert client.reply().serial == 7


@pytest.mark.parametrize("seed", range(20))
def test_garbage(yadod, seed):
    noise = random.Random(seed)
    with RawClient(yadod.connect()) as client:
        try:
            client.send(noise.randbytes(noise.randrange(1, 200_000)))
            client.stream.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # closed while we still spoke
        assert client.closed()
    assert_serves(yadod)


@pytest.mark.parametrize("seed", range(10))
def test_damaged_calls(yadod, seed):
    """Well-framed calls of every number with random arguments."""
    noise = random.Random(seed)
    with RawClient(yadod.connect()) as client:
        client.open()
        for procedure in range(1, 460):
            if procedure in (raw.CONNECT_CLOSE, raw.AUTH_LIST):
                continue
            payload = noise.randbytes(noise.choice([0, 4, 8, 20, 64]))
            client.send(raw.frame(procedure, payload, serial=procedure))
            if procedure % 4 == 0:
                client.call(raw.GET_TYPE)
    assert_serves(yadod)


# ---- the errors libvirt gives --------------------------------------------------------------------------------
def test_unknown_procedure(client):
    assert client.call(9999).error[::2] == (39, "unknown procedure: 9999")


def test_event_numbers_are_no_calls(client):
    assert client.call(107).error[0] == 39


def test_unknown_program(client):
    got = client.call(1, program=0x12345678)
    assert got.program == 0x12345678
    assert got.error[::2] == (39, "Cannot find program 305419896 version 1")


def test_unknown_version(client):
    got = client.call(raw.GET_TYPE, version=7)
    assert got.version == 7
    assert got.error[::2] == (39, f"Cannot find program {raw.REMOTE} version 7")


def test_status_error_in_a_call(client):
    assert client.call(raw.GET_TYPE, status=raw.ERROR).error[::2] == (39, "Unexpected message status 1")


def test_too_few_arguments(client):
    assert client.call(raw.DOMAIN_LOOKUP_BY_NAME, b"\0\0").error[::2] == (39, "Unable to decode message payload")


def test_string_longer_than_the_message(client):
    assert client.call(raw.DOMAIN_LOOKUP_BY_NAME, struct.pack(">I", 100) + b"abc").error[0] == 39
    assert client.call(raw.DOMAIN_LOOKUP_BY_NAME, struct.pack(">I", 0xFFFFFFFF)).error[0] == 39


def test_trailing_bytes_are_ignored(client):
    assert client.call(raw.GET_TYPE, b"more than asked").error is None


def test_calls_before_authentication(yadod):
    with RawClient(yadod.connect()) as client:
        assert client.call(raw.GET_TYPE).error is not None  # test_authentication.py has the case of a real method
        assert client.open().call(raw.GET_TYPE).error is None


def test_calls_before_open(yadod):
    with RawClient(yadod.connect()) as client:
        client.call(raw.AUTH_LIST)
        assert client.call(raw.GET_VERSION).error[::2] == (1, "internal error: hypervisor connection not open")


def test_opening_twice(client):
    again = client.call(raw.CONNECT_OPEN, raw.optional("qemu:///system") + b"\0\0\0\0")
    assert again.error[::2] == (1, "internal error: connection already open")


@pytest.mark.parametrize("uri, code, message", [
    ("xen:///system", 5, "no connection driver available for xen:///system"),
    ("qemu:///bogus", 1, "internal error: unexpected qemu URI path '/bogus', try qemu:///system"),
])
def test_unknown_uris(yadod, uri, code, message):
    with RawClient(yadod.connect()) as client:
        client.call(raw.AUTH_LIST)
        got = client.call(raw.CONNECT_OPEN, raw.optional(uri) + b"\0\0\0\0")
        assert got.error[::2] == (code, message)


def test_replies_and_strange_kinds_are_ignored(client):
    for kind in (raw.REPLY, 9, raw.STREAM):
        client.send(raw.frame(raw.GET_TYPE, serial=77, kind=kind))
    assert client.call(raw.GET_TYPE).error is None


def test_keepalive_ping_before_anything(yadod):
    with RawClient(yadod.connect()) as client:
        client.send(raw.frame(1, program=raw.KEEPALIVE, kind=raw.MESSAGE))
        pong = client.reply()
        assert (pong.program, pong.procedure, pong.kind) == (raw.KEEPALIVE, 2, raw.MESSAGE)


# ---- too much of it ------------------------------------------------------------------------------------------
def test_pipelined_flood_is_answered_in_full(client):
    count = 5000
    batch = b"".join(raw.frame(raw.GET_LIB_VERSION, serial=1000 + number) for number in range(count))
    pid = os.fork()
    if pid == 0:  # the sender must not wait for the reader
        try:
            client.stream.sendall(batch)
        finally:
            os._exit(0)
    serials = {client.reply().serial for _ in range(count)}
    os.waitpid(pid, 0)
    assert serials == set(range(1000, 1000 + count))


def test_reader_that_never_reads(yadod, conn, name):
    """A flood whose answers nobody takes: others are served quickly, memory stays bounded, and it ends with us."""
    before = memory_kib(yadod.pid)
    conn.defineXML(bare_guest(name))
    with RawClient(yadod.connect()) as slow:
        slow.open()
        slow.stream.setblocking(False)
        batch = b"".join(raw.frame(raw.LIST_ALL_DOMAINS, struct.pack(">iI", 1, 0), serial=n) for n in range(1000))
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            try:
                slow.stream.send(batch)
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                break
            began = time.monotonic()
            assert conn.getType() == "QEMU"
            assert time.monotonic() - began < 5
    assert memory_kib(yadod.pid) - before < 64 * 1024
    assert_serves(yadod)


def test_unfinished_large_message_reserves_no_memory(yadod):
    """32 MiB announced, four bytes sent, from many connections: memory follows what has come, not what is claimed."""
    before = memory_kib(yadod.pid)
    clients = [RawClient(yadod.connect()) for _ in range(15)]
    for client in clients:
        client.send(struct.pack(">I", raw.LIMIT) + raw.frame(raw.AUTH_LIST)[4:])
    assert_serves(yadod)
    grown = memory_kib(yadod.pid) - before
    for client in clients:
        client.stream.close()
    assert grown < 32 * 1024, f"{grown} KiB for messages that never came"


def memory_kib(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def test_clients_that_never_authenticate(new_daemon):
    """Their number is limited, and they do not keep others out for good."""
    daemon = new_daemon({"max_anonymous_clients": 5})
    daemon.start()
    idle = [RawClient(daemon.connect()) for _ in range(8)]
    for client in idle:
        client.stream.close()
    assert_serves(daemon)


def test_opening_and_leaving_in_the_middle(yadod, name):
    """Clients that vanish at once, in the middle of calls and with events registered."""
    files = len(os.listdir(f"/proc/{yadod.pid}/fd"))
    for round_ in range(100):
        client = RawClient(yadod.connect())
        if round_ % 2:
            client.open()
            client.send(raw.frame(raw.EVENT_REGISTER_ANY, struct.pack(">iI", 0, 0), serial=9))
            client.send(raw.frame(raw.DOMAIN_DEFINE_XML, raw.text(bare_guest(f"{name}-{round_}")), serial=10))
        client.stream.close()
    assert_serves(yadod)
    from harness.daemon import wait_until
    wait_until(lambda: len(os.listdir(f"/proc/{yadod.pid}/fd")) <= files + 2, "descriptors being closed")


# ---- documents -----------------------------------------------------------------------------------------------
def doctype_bomb():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE domain [<!ENTITY e0 "ha">{entities}]><domain type="qemu"><name>&e11;</name></domain>'


HOSTILE_DOCUMENTS = {
    "nested": "<domain type='qemu'>" + "<a>" * 100_000 + "</a>" * 100_000 + "</domain>",
    "nested-unclosed": "<a>" * 100_000,
    "entities": doctype_bomb(),
    "external": '<!DOCTYPE domain [<!ENTITY x SYSTEM "file:///etc/passwd">]><domain type="qemu"><name>&x;</name></domain>',
    "parameter-entity": '<!DOCTYPE domain [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]><domain type="qemu"/>',
    "huge-name": f"<domain type='qemu'><name>{'n' * 1_000_000}</name></domain>",
    "huge-attribute": f"<domain type='{'q' * 3_000_000}'><name>x</name></domain>",
    "many-attributes": "<domain type='qemu' " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>",
    "many-devices": "<domain type='qemu'><name>x</name><memory>1024</memory><os><type>hvm</type></os><devices>"
                    + "<channel type='null'><target type='virtio'/></channel>" * 40_000 + "</devices></domain>",
    "invalid-utf-8": b"<domain type='qemu'><name>\xff\xfe\x80</name></domain>",
    "nul": b"<domain type='qemu'><name>a\0b</name></domain>",
    "control-characters": b"<domain type='qemu'><name>a\x01\x02</name></domain>",
    "wrong-encoding": "<?xml version='1.0' encoding='UTF-16'?><domain type='qemu'/>",
    "huge-numbers": "<domain type='qemu'><name>x</name><memory unit='EiB'>99999999999999999999</memory>"
                    "<vcpu>99999999999</vcpu><os><type>hvm</type></os></domain>",
    "negative": "<domain type='qemu'><name>x</name><memory>-1</memory><vcpu>-1</vcpu><os><type>hvm</type></os></domain>",
    "empty-everything": "<domain type='qemu'><name/><uuid/><memory/><vcpu/><os/><devices/></domain>",
    "path-name": "<domain type='qemu'><name>../../etc/x</name><memory>1024</memory><os><type>hvm</type></os></domain>",
    "dot-name": "<domain type='qemu'><name>..</name><memory>1024</memory><os><type>hvm</type></os></domain>",
    "newline-name": "<domain type='qemu'><name>a\nb</name><memory>1024</memory><os><type>hvm</type></os></domain>",
}
VALID = {"dot-name", "many-devices"}  # may be taken; must be harmless


@pytest.mark.parametrize("kind", HOSTILE_DOCUMENTS)
@pytest.mark.ours  # libvirtd quotes whole documents and needs seconds for some
def test_hostile_documents(yadod, client, kind):
    document = HOSTILE_DOCUMENTS[kind]
    began = time.monotonic()
    got = client.call(raw.DOMAIN_DEFINE_XML, raw.text(document))
    if kind not in VALID or got.error:
        assert got.error is not None, "was taken"
        assert got.error[2] and len(got.error[2]) < 4096
    assert time.monotonic() - began < 10
    assert client.call(raw.GET_TYPE).error is None
    assert not os.path.exists("/etc/x.xml")


def test_document_beyond_the_string_limit(client):
    got = client.call(raw.DOMAIN_DEFINE_XML, raw.text("<domain>" + "x" * 4_200_000))
    assert got.error[::2] == (39, "Unable to decode message payload")


def test_arguments_of_qemu_cannot_be_smuggled_in(conn, name):
    """Commas, quotes, newlines and option dashes in names and paths stay what they are."""
    tricky = f"{name},debug-threads=off -daemonize"
    domain = conn.createXML(bare_guest(tricky), libvirt.VIR_DOMAIN_START_PAUSED)
    assert domain.isActive() == 1 and domain.name() == tricky
    domain.destroy()


def test_names_with_shell_and_xml_letters(conn, name):
    tricky = f"{name} $(touch x) & < > ' \" ; é 宿"
    escaped = tricky.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    domain = conn.defineXML(bare_guest(escaped))
    assert domain.name() == tricky
    domain.createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    assert conn.lookupByName(tricky).isActive() == 1
    domain.destroy()
