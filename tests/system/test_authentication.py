# SPDX-License-Identifier: Apache-2.0
"""Who may connect: none, SASL, polkit; over Unix sockets, TCP and TLS; the read-only socket."""
import os
import shutil
import socket
import ssl
import stat
import struct
import subprocess
import sys
from types import SimpleNamespace

import libvirt
import pytest
from harness import raw
from harness.daemon import ROOT, wait_until
from harness.guests import bare_guest
from harness.raw import RawClient

SASL, POLKIT = 1, 2
AUTH_POLKIT = 70


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def auth_types(client):
    got = client.call(raw.AUTH_LIST)
    count, = struct.unpack_from(">I", got.payload)
    return list(struct.unpack_from(f">{count}i", got.payload, 4))


# ---- the read-only socket ------------------------------------------------------------------------------------
def test_read_only_socket_refuses_writes(yadod, conn, name):
    domain = conn.defineXML(bare_guest(name))
    watcher = libvirt.open(yadod.uri(socket_name="libvirt-sock-ro"))
    try:
        seen = watcher.lookupByName(name)
        assert seen.info() and seen.XMLDesc()
        for call in (seen.create, seen.undefine, lambda: watcher.defineXML(bare_guest(name + "x")),
                     lambda: watcher.createXML(bare_guest(name + "y"))):
            with pytest.raises(libvirt.libvirtError) as error:
                call()
            assert error.value.get_error_code() == libvirt.VIR_ERR_OPERATION_DENIED
            assert error.value.get_error_message().startswith("operation forbidden: read only access prevents virDomain")
    finally:
        watcher.close()
    assert domain.isActive() == 0 and len(conn.listAllDomains()) == 1


def test_domain_capabilities_are_not_for_readers(yadod):
    for socket_name, flags in (("libvirt-sock-ro", 0), ("libvirt-sock", 1)):
        with RawClient(yadod.connect(socket_name)) as client:
            got = client.open(flags=flags).call(raw.GET_DOMAIN_CAPABILITIES, struct.pack(">5I", 0, 0, 0, 0, 0))
            assert got.error == (libvirt.VIR_ERR_OPERATION_DENIED, libvirt.VIR_FROM_DOMAIN,
                                 "operation forbidden: read only access prevents virConnectGetDomainCapabilities")


def test_read_only_flag_on_the_writable_socket(yadod):
    reader = libvirt.openReadOnly(yadod.uri())
    try:
        with pytest.raises(libvirt.libvirtError) as error:
            reader.defineXML(bare_guest("x"))
        assert error.value.get_error_code() == libvirt.VIR_ERR_OPERATION_DENIED
    finally:
        reader.close()


def test_secrets_are_not_shown_to_readers(yadod, conn, name):
    conn.defineXML(bare_guest(name, devices="<graphics type='vnc' passwd='hunter2'/>"))
    reader = libvirt.open(yadod.uri(socket_name="libvirt-sock-ro"))
    try:
        assert "hunter2" not in reader.lookupByName(name).XMLDesc()
        with pytest.raises(libvirt.libvirtError):
            reader.lookupByName(name).XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE)
    finally:
        reader.close()
    assert "hunter2" in conn.lookupByName(name).XMLDesc(libvirt.VIR_DOMAIN_XML_SECURE)
    assert "hunter2" not in conn.lookupByName(name).XMLDesc()


# ---- sockets -------------------------------------------------------------------------------------------------
def test_socket_modes_and_group(new_daemon):
    daemon = new_daemon({"unix_sock_group": "daemon", "unix_sock_ro_perms": "0771", "unix_sock_rw_perms": "0770",
                         "unix_sock_admin_perms": "0700"})
    daemon.start()
    import grp
    for name, mode in (("libvirt-sock", 0o770), ("libvirt-sock-ro", 0o771), ("libvirt-admin-sock", 0o700)):
        info = daemon.socket(name).stat()
        assert stat.S_ISSOCK(info.st_mode) and stat.S_IMODE(info.st_mode) == mode, name
    assert daemon.socket().stat().st_gid == grp.getgrnam("daemon").gr_gid


@pytest.mark.ours
@pytest.mark.parametrize("name", ["virtqemud", "virtnetworkd", "virtstoraged", "virtnodedevd", "virtsecretd",
                                  "virtnwfilterd", "virtinterfaced", "virtproxyd"])
def test_sockets_of_the_modular_daemons(yadod, name):
    for suffix in ("sock", "sock-ro"):
        with RawClient(yadod.connect(f"{name}-{suffix}")) as client:
            assert client.open().call(raw.GET_TYPE).error is None


# ---- SASL ----------------------------------------------------------------------------------------------------
@pytest.fixture
def passwords(tmp_path):
    """A SASL configuration folder for the daemon and credentials for clients: user tester, password secret."""
    if shutil.which("saslpasswd2") is None:
        pytest.skip("no saslpasswd2 (package sasl2-bin)")
    database = tmp_path / "sasldb2"
    done = subprocess.run(["saslpasswd2", "-p", "-c", "-f", str(database), "-u", "libvirt.test", "tester"],
                          input="secret\n", capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("saslpasswd2: " + done.stderr)
    config = tmp_path / "sasl"
    config.mkdir()
    (config / "libvirt.conf").write_text(f"mech_list: scram-sha-256\nsasldb_path: {database}\n")
    for word in ("secret", "wrong"):
        (tmp_path / f"auth-{word}.conf").write_text(
            f"[credentials-it]\nauthname=tester@libvirt.test\nusername=tester@libvirt.test\npassword={word}\n"
            "[auth-libvirt-default]\ncredentials=it\n[auth-libvirt-localhost]\ncredentials=it\n"
            "[auth-libvirt-127.0.0.1]\ncredentials=it\n")
    return tmp_path


def sasl_daemon(new_daemon, passwords, config, arguments=()):
    daemon = new_daemon(config, arguments)
    if hasattr(daemon, "root"):
        shutil.copytree(passwords / "sasl", daemon.root / "etc/sasl2")
    else:
        daemon.space.run("mount", "--bind", passwords / "sasl", "/etc/sasl2")
    daemon.start()
    return daemon


def virsh_at(uri, auth, *words, prefix=()):
    return subprocess.run([*prefix, "virsh", "-c", uri, *words], capture_output=True, text=True, timeout=60, check=False,
                          stdin=subprocess.DEVNULL, env={**os.environ, "LIBVIRT_AUTH_FILE": str(auth), "LC_ALL": "C"})


def test_sasl_on_the_unix_socket(new_daemon, passwords):
    daemon = sasl_daemon(new_daemon, passwords, {"auth_unix_rw": "sasl"})
    with RawClient(daemon.connect()) as client:
        assert client.call(raw.GET_TYPE).error[::2] == (39, "authentication required")
        assert auth_types(client) == [SASL]
        assert client.call(raw.CONNECT_OPEN, raw.optional("qemu:///system") + b"\0\0\0\0").error[0] == 39
        mechanisms = client.call(67)
        assert b"SCRAM-SHA-256" in mechanisms.payload
    good = virsh_at(daemon.uri(), passwords / "auth-secret.conf", "uri")
    assert (good.returncode, good.stdout.strip()) == (0, daemon.uri()), good.stderr
    bad = virsh_at(daemon.uri(), passwords / "auth-wrong.conf", "uri")
    assert bad.returncode != 0 and "authentication failed" in bad.stderr
    with RawClient(daemon.connect("libvirt-sock-ro")) as client:
        client.open()


def test_sasl_user_list(new_daemon, passwords):
    daemon = sasl_daemon(new_daemon, passwords, {"auth_unix_rw": "sasl", "sasl_allowed_username_list": ["other*"]})
    done = virsh_at(daemon.uri(), passwords / "auth-secret.conf", "uri")
    assert done.returncode != 0 and "authentication failed" in done.stderr
    daemon.close()
    daemon = sasl_daemon(new_daemon, passwords, {"auth_unix_rw": "sasl", "sasl_allowed_username_list": ["test*"]})
    done = virsh_at(daemon.uri(), passwords / "auth-secret.conf", "uri")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("step", ["start-empty", "step-first", "unknown-mechanism", "huge", "twice"])
def test_sasl_out_of_order(new_daemon, passwords, step):
    daemon = sasl_daemon(new_daemon, passwords, {"auth_unix_rw": "sasl"})

    def start(mechanism, data, absent=0):
        return raw.text(mechanism) + struct.pack(">iI", absent, len(data)) + b"".join(struct.pack(">i", b) for b in data)
    with RawClient(daemon.connect()) as client:
        client.call(raw.AUTH_LIST)
        if step == "step-first":
            client.send(raw.frame(69, struct.pack(">iI", 0, 0), serial=5))
        else:
            client.call(67)
            payload = {"start-empty": start("SCRAM-SHA-256", b"", 1), "unknown-mechanism": start("NONSENSE", b"x"),
                       "huge": raw.text("SCRAM-SHA-256") + struct.pack(">iI", 0, 70_000),
                       "twice": start("SCRAM-SHA-256", b"n,,n=tester,r=abc")}[step]
            client.send(raw.frame(68, payload, serial=5))
            if step == "twice":
                client.send(raw.frame(68, payload, serial=6))
        try:
            while client.reply().error is None and step == "twice":
                pass
        except EOFError:
            pass
        try:
            refused = client.call(raw.GET_TYPE)
            assert refused.error[0] == 39
        except (EOFError, OSError):
            pass
    assert daemon.alive()
    with RawClient(daemon.connect("libvirt-sock-ro")) as client:
        client.open()


def test_sasl_over_tcp_is_encrypted(new_daemon, passwords):
    """tcp_min_ssf wants a mechanism with a security layer; of those that need only a password there is DIGEST-MD5."""
    port = free_port()
    config = passwords / "sasl/libvirt.conf"
    config.write_text(config.read_text().replace("scram-sha-256", "scram-sha-256 digest-md5"))
    daemon = sasl_daemon(new_daemon, passwords, {"listen_tls": 0, "listen_tcp": 1, "tcp_port": str(port),
                                                 "listen_addr": "127.0.0.1", "auth_tcp": "sasl"}, ["-l"])
    uri = f"qemu+tcp://127.0.0.1:{port}/system"
    done = virsh_at(uri, passwords / "auth-secret.conf", "list", "--all", prefix=daemon.client_prefix())
    assert done.returncode == 0, done.stderr
    bad = virsh_at(uri, passwords / "auth-wrong.conf", "uri", prefix=daemon.client_prefix())
    assert bad.returncode != 0 and "authentication failed" in bad.stderr


def test_too_little_encryption_is_refused_in_the_configuration(new_daemon):
    with pytest.raises(RuntimeError) as error:
        new_daemon({"tcp_min_ssf": 0}).start()
    assert "minimum SSF levels lower than 112 are not supported" in str(error.value)


@pytest.mark.ours
def test_plain_tcp(new_daemon):
    port = free_port()
    config = {"listen_tls": 0, "listen_tcp": 1, "tcp_port": str(port), "listen_addr": "127.0.0.1", "auth_tcp": "none"}
    silent = new_daemon(config)
    silent.start()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), 2)  # without --listen nothing is opened
    silent.stop()
    daemon = new_daemon(config, ["-l"])
    daemon.start()
    connection = libvirt.open(f"qemu+tcp://127.0.0.1:{port}/system")
    assert connection.getURI() == f"qemu+tcp://127.0.0.1:{port}/system"
    assert connection.isEncrypted() == 0 and connection.isSecure() == 0
    connection.close()


# ---- TLS -----------------------------------------------------------------------------------------------------
class Authority:
    """A certificate authority of one test."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "private").mkdir(parents=True)
        self.run("--generate-privkey", "--key-type", "rsa", "--bits", "2048", "--outfile", folder / "private/cakey.pem")
        self.template("ca", "cn = Test Authority\nca\ncert_signing_key\ncrl_signing_key\nexpiration_days = 2\n")
        self.run("--generate-self-signed", "--load-privkey", folder / "private/cakey.pem", "--template",
                 folder / "ca.info", "--outfile", folder / "cacert.pem")

    def run(self, *words):
        subprocess.run(["certtool", *map(str, words)], check=True, capture_output=True)

    def template(self, name, text):
        (self.folder / f"{name}.info").write_text(text)

    def issue(self, name, text, place=None):
        """NAMEcert.pem and NAMEkey.pem, in the layout of a pkipath."""
        place = place or self.folder
        place.mkdir(exist_ok=True)
        self.template(name, text + "\nexpiration_days = 2\nsigning_key\nencryption_key\n")
        self.run("--generate-privkey", "--key-type", "rsa", "--bits", "2048", "--outfile", place / f"{name}key.pem")
        self.run("--generate-certificate", "--load-privkey", place / f"{name}key.pem", "--load-ca-certificate",
                 self.folder / "cacert.pem", "--load-ca-privkey", self.folder / "private/cakey.pem", "--template",
                 self.folder / f"{name}.info", "--outfile", place / f"{name}cert.pem")
        if not (place / "cacert.pem").exists():
            shutil.copy(self.folder / "cacert.pem", place / "cacert.pem")
        return place


SERVER = "organization = Yado\ncn = 127.0.0.1\nip_address = 127.0.0.1\ndns_name = localhost\ntls_www_server"
CLIENT = "country = JP\norganization = Yado\ncn = {}\ntls_www_client"


@pytest.fixture
def tls(new_daemon, tmp_path):
    """tls(config) → (daemon, port, authority)."""
    if shutil.which("certtool") is None:
        pytest.skip("no certtool (package gnutls-bin)")
    authority = Authority(tmp_path / "pki")
    authority.issue("server", SERVER)

    def make(config=None):
        port = free_port()
        daemon = new_daemon({"listen_tls": 1, "listen_tcp": 0, "tls_port": str(port), "listen_addr": "127.0.0.1",
                             "key_file": str(authority.folder / "serverkey.pem"),
                             "cert_file": str(authority.folder / "servercert.pem"),
                             "ca_file": str(authority.folder / "cacert.pem"), **(config or {})}, ["-l"])
        daemon.start()
        return daemon, port, authority
    return make


def tls_uri(port, place):
    return f"qemu+tls://127.0.0.1:{port}/system?pkipath={place}"


@pytest.mark.ours
class TestTls:
    def test_client_with_a_certificate(self, tls, tmp_path):
        daemon, port, authority = tls()
        place = authority.issue("client", CLIENT.format("alice"), tmp_path / "alice")
        connection = libvirt.open(tls_uri(port, place))
        assert connection.isEncrypted() == 1 and connection.isSecure() == 1
        assert connection.getHostname()
        connection.close()

    def test_client_without_a_certificate_is_cut_off(self, tls):
        daemon, port, authority = tls()
        context = ssl.create_default_context(cafile=str(authority.folder / "cacert.pem"))
        with socket.create_connection(("127.0.0.1", port), 10) as plain:
            try:
                with context.wrap_socket(plain, server_hostname="127.0.0.1") as wrapped:
                    wrapped.settimeout(10)
                    assert wrapped.recv(1) == b""
            except (ssl.SSLError, ConnectionError):
                pass

    def test_certificate_of_another_authority(self, tls, tmp_path):
        daemon, port, authority = tls()
        stranger = Authority(tmp_path / "strangers")
        place = stranger.issue("client", CLIENT.format("alice"), tmp_path / "mallory")
        shutil.copy(authority.folder / "cacert.pem", place / "cacert.pem")
        with pytest.raises(libvirt.libvirtError):
            libvirt.open(tls_uri(port, place))

    def test_allowed_names(self, tls, tmp_path):
        daemon, port, authority = tls({"tls_allowed_dn_list": ["CN=alice*", "*,CN=alice*", "CN=alice,*", "*CN=alice*"]})
        libvirt.open(tls_uri(port, authority.issue("client", CLIENT.format("alice"), tmp_path / "alice"))).close()
        with pytest.raises(libvirt.libvirtError):
            libvirt.open(tls_uri(port, authority.issue("client", CLIENT.format("bob"), tmp_path / "bob")))

    def test_no_verification_takes_anybody(self, tls):
        daemon, port, authority = tls({"tls_no_verify_certificate": 1})
        context = ssl.create_default_context(cafile=str(authority.folder / "cacert.pem"))
        with socket.create_connection(("127.0.0.1", port), 10) as plain:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as wrapped:
                wrapped.settimeout(10)
                assert wrapped.recv(1) == b"\1"
                wrapped.sendall(raw.frame(raw.AUTH_LIST))
                assert wrapped.recv(4) == struct.pack(">I", 36)

    def test_garbage_instead_of_a_handshake(self, tls):
        daemon, port, _ = tls()
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", port), 10) as plain:
                plain.settimeout(10)
                try:
                    plain.sendall(os.urandom(3000))
                    plain.shutdown(socket.SHUT_WR)  # by chance it may look like the beginning of something
                    while plain.recv(4096):
                        pass
                except OSError as error:
                    assert not isinstance(error, TimeoutError)
        assert daemon.alive() and daemon.answers()

    def test_a_silent_handshake_keeps_nobody_out(self, tls, tmp_path):
        daemon, port, authority = tls()
        silent = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(5)]
        place = authority.issue("client", CLIENT.format("alice"), tmp_path / "alice")
        libvirt.open(tls_uri(port, place)).close()
        for stream in silent:
            stream.close()

    def test_new_certificate_after_a_reload(self, tls, tmp_path):
        import signal
        daemon, port, authority = tls()
        before = ssl.get_server_certificate(("127.0.0.1", port))
        authority.issue("server", SERVER)
        daemon.signal(signal.SIGHUP)
        wait_until(lambda: ssl.get_server_certificate(("127.0.0.1", port)) != before, "the new certificate")

    def test_missing_certificate_is_said_at_start(self, tls, tmp_path):
        with pytest.raises(RuntimeError) as error:
            tls({"cert_file": str(tmp_path / "absent.pem")})
        assert str(tmp_path / "absent.pem") in str(error.value)


# ---- polkit --------------------------------------------------------------------------------------------------
@pytest.fixture
def polkit(tmp_path):
    """A private D-Bus with a polkit authority on it that says what the file `answer` says."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("no dbus-daemon")
    try:
        import dbus  # noqa: F401
        import gi  # noqa: F401
    except ImportError:
        pytest.skip("no python3-dbus or python3-gi")
    address = f"unix:path={tmp_path}/bus"
    config = tmp_path / "bus.conf"
    config.write_text(f"""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>{address}</listen><auth>EXTERNAL</auth><allow_anonymous/>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy>
</busconfig>""")
    tmp_path.chmod(0o755)
    answer = tmp_path / "answer"
    answer.write_text("yes")
    started = [subprocess.Popen(["dbus-daemon", f"--config-file={config}", "--nofork"], stderr=subprocess.DEVNULL)]
    try:
        wait_until((tmp_path / "bus").exists, "dbus-daemon")
        started.append(subprocess.Popen(
            [sys.executable, str(ROOT / "tests/support/harness/fake_polkit.py"), str(answer)],
            env={**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address}, stdout=subprocess.PIPE))
        assert started[-1].stdout.readline() == b"ready\n"
        yield SimpleNamespace(address=address, answer=answer, asked=tmp_path / "answer.asked")
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def as_nobody(code, *arguments):
    """Runs Python code as an unprivileged user: root is never asked."""
    script = f"import os; os.setgid(65534); os.setgroups([]); os.setuid(65534)\n{code}"
    return subprocess.run(["/usr/bin/python3", "-c", script, *map(str, arguments)], capture_output=True, text=True,
                          timeout=60, check=False, env={**os.environ, "HOME": "/nonexistent", "LC_ALL": "C"})


ASK = """
import socket, struct, sys
sys.path.insert(0, sys.argv[2])
from harness import raw
stream = socket.socket(socket.AF_UNIX); stream.connect(sys.argv[1]); stream.settimeout(30)
client = raw.RawClient(stream)
print(client.call(raw.AUTH_LIST).payload.hex())
got = client.call(70)
print(got.error)
print(client.call(raw.CONNECT_OPEN, raw.optional("qemu:///system") + struct.pack(">I", 0)).error)
"""


@pytest.fixture
def polkit_daemon(new_daemon, polkit):
    daemon = new_daemon({"auth_unix_rw": "polkit", "auth_unix_ro": "polkit"})
    daemon.environment["DBUS_SYSTEM_BUS_ADDRESS"] = polkit.address
    daemon.start()
    return daemon


@pytest.mark.ours
class TestPolkit:
    def test_allowed(self, polkit_daemon, polkit):
        done = as_nobody(ASK, polkit_daemon.socket(), ROOT / "tests/support")
        assert done.stdout.splitlines() == [struct.pack(">Ii", 1, POLKIT).hex(), "None", "None"], done.stderr
        asked = polkit.asked.read_text()
        assert "org.libvirt.unix.manage" in asked and "unix-process" in asked and "uid=65534" in asked

    def test_read_only_asks_for_less(self, polkit_daemon, polkit):
        as_nobody(ASK, polkit_daemon.socket("libvirt-sock-ro"), ROOT / "tests/support")
        assert "org.libvirt.unix.monitor" in polkit.asked.read_text()

    def test_refused(self, polkit_daemon, polkit):
        polkit.answer.write_text("no")
        done = as_nobody(ASK, polkit_daemon.socket(), ROOT / "tests/support")
        lines = done.stdout.splitlines()
        assert lines[1].startswith("(45, "), done.stdout + done.stderr
        assert len(lines) == 2 or lines[2].startswith("(39, ")

    def test_root_is_not_asked(self, polkit_daemon, polkit):
        with RawClient(polkit_daemon.connect()) as client:
            assert auth_types(client) == [0]
            client.call(raw.CONNECT_OPEN, raw.optional("qemu:///system") + b"\0\0\0\0")
        assert not polkit.asked.exists()

    def test_others_are_served_while_polkit_thinks(self, polkit_daemon, polkit):
        polkit.answer.write_text("never")
        waiting = subprocess.Popen(
            ["/usr/bin/python3", "-c", "import os; os.setgid(65534); os.setgroups([]); os.setuid(65534)\n" + ASK,
             str(polkit_daemon.socket()), str(ROOT / "tests/support")], stdout=subprocess.PIPE)
        wait_until(polkit.asked.exists, "the question")
        with RawClient(polkit_daemon.connect()) as client:
            assert client.open().call(raw.GET_TYPE).error is None
        waiting.kill()
        waiting.wait()
        wait_until(lambda: "cancelled" in polkit.asked.read_text(), "taking the question back")
