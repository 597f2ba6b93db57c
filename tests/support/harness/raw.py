# SPDX-License-Identifier: Apache-2.0
"""Frames by hand, for what no well-behaved client sends."""
import socket
import struct

REMOTE, QEMU, ADMIN, KEEPALIVE = 0x20008086, 0x20008087, 0x06900690, 0x6B656570
CALL, REPLY, MESSAGE, STREAM, CALL_WITH_FDS, REPLY_WITH_FDS, STREAM_HOLE = range(7)
OK, ERROR, CONTINUE = range(3)
HEADER = struct.Struct(">IIIiiIi")
LIMIT = 33554436

CONNECT_OPEN, CONNECT_CLOSE, GET_TYPE, GET_VERSION, GET_HOSTNAME = 1, 2, 3, 4, 59
DOMAIN_LOOKUP_BY_NAME, GET_LIB_VERSION, AUTH_LIST, SUPPORTS_FEATURE, LIST_ALL_DOMAINS = 23, 157, 66, 60, 273
DOMAIN_DESTROY, GET_DOMAIN_CAPABILITIES = 12, 342
DOMAIN_DEFINE_XML, EVENT_REGISTER_ANY, EVENT_DEREGISTER_ANY = 11, 316, 317


def frame(procedure, payload=b"", serial=0, program=REMOTE, version=1, kind=CALL, status=OK, length=None):
    """One frame; length overrides what the length word says."""
    return HEADER.pack(28 + len(payload) if length is None else length, program, version, procedure, kind, serial,
                       status) + payload


def text(value):
    data = value.encode() if isinstance(value, str) else value
    return struct.pack(">I", len(data)) + data + b"\0" * (-len(data) % 4)


def optional(value):
    return struct.pack(">I", 0) if value is None else struct.pack(">I", 1) + text(value)


class Reply:
    def __init__(self, header, payload):
        self.length, self.program, self.version, self.procedure, self.kind, self.serial, self.status = header
        self.payload = payload

    @property
    def error(self):
        """(code, domain, message) of an error reply, else None."""
        if self.status != ERROR or not self.payload:
            return None
        code, domain, present = struct.unpack_from(">iiI", self.payload)
        size = struct.unpack_from(">I", self.payload, 12)[0] if present else 0
        return code, domain, self.payload[16:16 + size].decode(errors="replace")

    def number(self, offset=0):
        return struct.unpack_from(">i", self.payload, offset)[0]

    def __repr__(self):
        return f"<{'error ' + repr(self.error) if self.error else 'reply'} proc {self.procedure} serial {self.serial}>"


class RawClient:
    """A connected socket that sends what it is told."""

    def __init__(self, stream):
        self.stream = stream
        self.serial = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()

    def send(self, data):
        self.stream.sendall(data)

    def receive(self, exactly):
        data = bytearray()
        while len(data) < exactly:
            got = self.stream.recv(exactly - len(data))
            if not got:
                raise EOFError
            data += got
        return bytes(data)

    def reply(self):
        """The next frame; EOFError when the daemon has closed."""
        header = HEADER.unpack(self.receive(28))
        return Reply(header, self.receive(header[0] - 28))

    def call(self, procedure, payload=b"", **options):
        """Sends a call and returns its reply; events before it are dropped."""
        serial, self.serial = self.serial, self.serial + 1
        self.send(frame(procedure, payload, serial=serial, **options))
        while True:
            got = self.reply()
            if got.serial == serial and got.kind in (REPLY, REPLY_WITH_FDS):
                return got

    def open(self, uri="qemu:///system", flags=0):
        assert self.call(AUTH_LIST).error is None
        opened = self.call(CONNECT_OPEN, optional(uri) + struct.pack(">I", flags))
        assert opened.error is None, opened.error
        return self

    def closed(self, seconds=10):
        """Whether the daemon closes the connection, whatever it still says before."""
        self.stream.settimeout(seconds)
        try:
            while self.stream.recv(65536):
                pass
            return True
        except ConnectionError:
            return True
        except (TimeoutError, socket.timeout):
            return False
