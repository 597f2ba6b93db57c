# SPDX-License-Identifier: Apache-2.0
"""yadod as a program: options, signals, socket activation, one instance, going idle, taking libvirtd's place."""
import os
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import libvirt
import pytest
from harness import daemon as daemons
from harness import namespace, raw
from harness.daemon import alive, wait_until
from harness.guests import bare_guest
from harness.raw import RawClient

pytestmark = pytest.mark.ours


def yadod(*words, **options):
    return subprocess.run([str(daemons.PROGRAMS / "yadod"), *map(str, words)], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL, check=False, **options)


@pytest.fixture
def started(new_daemon):
    daemon = new_daemon()
    daemon.start()
    return daemon


def test_version_and_help():
    for option in ("--version", "-V"):
        done = yadod(option)
        assert done.returncode == 0 and "9.0.0" in done.stdout
    done = yadod("--help")
    assert done.returncode == 0
    for option in ("-d", "--daemon", "-f", "--config", "-l", "--listen", "-p", "--pid-file", "-t", "--timeout", "-v",
                   "--verbose"):
        assert option in done.stdout


@pytest.mark.parametrize("words", [["--bogus"], ["-t", "soon"], ["-t", "-1"], ["-f"], ["extra"]])
def test_bad_options(words):
    done = yadod(*words)
    assert done.returncode != 0 and done.stderr and "terminate called" not in done.stderr


def test_unknown_configuration_key_is_named_with_its_line(new_daemon):
    daemon = new_daemon()
    path = daemon.root / "etc/libvirt/libvirtd.conf"
    path.write_text('log_level = 3\n\nlog_levle = 3\n')
    with pytest.raises(RuntimeError) as error:
        daemon.start()
    assert "log_levle" in str(error.value) and str(path) in str(error.value) and "3" in str(error.value)


@pytest.mark.parametrize("line", ['max_clients = "many"', "unix_sock_group = 5", "listen_tcp = [", 'log_level = "',
                                  "auth_unix_rw = \"telepathy\"", "max_workers = 99999999999999999999"])
def test_bad_configuration_values_are_refused(new_daemon, line):
    daemon = new_daemon()
    (daemon.root / "etc/libvirt/libvirtd.conf").write_text(line + "\n")
    with pytest.raises(RuntimeError) as error:
        daemon.start()
    assert "ended with 1" in str(error.value) or "ended with 2" in str(error.value) or "ended with 6" in str(error.value)


def test_missing_configuration_file_is_an_error_only_when_named(new_daemon):
    daemon = new_daemon()
    (daemon.root / "etc/libvirt/libvirtd.conf").unlink()
    with pytest.raises(RuntimeError):
        daemon.start()
    daemon.command = lambda: [str(daemons.PROGRAMS / "yadod"), "--root", str(daemon.root)]
    daemon.start()
    assert daemon.answers()


def test_as_a_daemon_with_a_pid_file(new_daemon, tmp_path):
    daemon = new_daemon()
    pid_file = tmp_path / "it.pid"
    done = subprocess.run([*daemon.command(), "-d", "-p", str(pid_file)], capture_output=True, timeout=60, check=False,
                          stdin=subprocess.DEVNULL)
    pid = int(pid_file.read_text())
    try:
        assert done.returncode == 0
        assert daemon.answers(), "the parent returned before the sockets were there"
        assert os.getsid(pid) != os.getsid(0) and os.readlink(f"/proc/{pid}/cwd") == "/"
        second = subprocess.run([*daemon.command(), "-d", "-p", str(pid_file)], capture_output=True, text=True, timeout=60,
                                check=False, stdin=subprocess.DEVNULL)
        assert second.returncode != 0 and str(pid) in second.stderr + daemon.log()
        assert alive(pid)
    finally:
        os.kill(pid, signal.SIGTERM)
        wait_until(lambda: not alive(pid), "the daemon's end")
    assert not pid_file.exists() or pid_file.read_text() == "" or not daemon.answers()


def test_failed_start_in_the_background_tells_the_parent(new_daemon):
    daemon = new_daemon()
    (daemon.root / "etc/libvirt/libvirtd.conf").write_text("nonsense = 1\n")
    done = subprocess.run([*daemon.command(), "-d"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0 and "nonsense" in done.stderr


def test_terminating_is_clean(started, name):
    connection = libvirt.open(started.uri())
    connection.createXML(bare_guest(name))
    pid, = started.guest_processes()
    started.stop()  # asserts the exit code
    assert alive(pid)
    assert not started.answers()
    os.kill(pid, signal.SIGKILL)


def test_interrupt_is_clean_too(started):
    started.signal(signal.SIGINT)
    assert started.wait() == 0


def test_stale_sockets_of_a_killed_daemon_are_replaced(started):
    started.kill()
    assert started.socket().exists()
    started.start()
    assert started.answers()


def test_reload_changes_what_may_change(started):
    admin = f"libvirtd+unix:///system?socket={started.socket('libvirt-admin-sock')}"

    def told():
        return subprocess.run(["virt-admin", "-c", admin, "daemon-log-filters"], capture_output=True, text=True, timeout=60,
                              check=True).stdout + \
            subprocess.run(["virt-admin", "-c", admin, "srv-clients-info", "libvirtd"], capture_output=True, text=True,
                           timeout=60, check=True).stdout
    assert "4:rpc" not in told() and "4321" not in told()
    started.config.update(log_filters="4:rpc", max_clients=4321)
    started.write_config()
    started.signal(signal.SIGHUP)
    wait_until(lambda: "4:*rpc*" in told() and "4321" in told(), "the new settings")


def test_reload_of_a_broken_configuration_changes_nothing(started):
    path = started.root / "etc/libvirt/libvirtd.conf"
    path.write_text("nonsense = 1\n")
    started.signal(signal.SIGHUP)
    wait_until(lambda: "nonsense" in started.log(), "the complaint")
    assert started.alive() and started.answers()
    started.write_config()


def test_idle_daemon_ends(new_daemon, name):
    daemon = new_daemon(arguments=["-t", "1"])
    daemon.start()
    connection = libvirt.open(daemon.uri())
    connection.createXML(bare_guest(name), libvirt.VIR_DOMAIN_START_PAUSED)  # not kept: it would hold the connection
    with pytest.raises(subprocess.TimeoutExpired):
        daemon.process.wait(2.5)  # a client and a guest
    connection.close()
    with pytest.raises(subprocess.TimeoutExpired):
        daemon.process.wait(2.5)  # a guest
    with RawClient(daemon.connect()) as client:  # gone before the guest's end is complete
        found = client.open().call(raw.DOMAIN_LOOKUP_BY_NAME, raw.text(name))
        client.send(raw.frame(raw.DOMAIN_DESTROY, found.payload, serial=99))
    assert daemon.wait(20) == 0


def test_socket_activation(new_daemon, tmp_path):
    """LISTEN_FDS with systemd's names: the daemon serves those sockets and makes no others of their kind."""
    daemon = new_daemon()
    run = daemon.inside("/run/libvirt")
    run.mkdir(parents=True)
    listeners = []
    for number, name in enumerate(("libvirt-sock", "libvirt-sock-ro", "libvirt-admin-sock")):
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(run / name))
        os.chmod(run / name, 0o600 + number)
        listener.listen()
        listeners.append(listener)
    wrapper = tmp_path / "activate.py"
    wrapper.write_text("""import os, sys
for number in range(int(sys.argv[1])):
    os.set_inheritable(3 + number, True)
os.environ.update(LISTEN_FDS=sys.argv[1], LISTEN_PID=str(os.getpid()), LISTEN_FDNAMES=sys.argv[2])
os.execv(sys.argv[3], sys.argv[3:])
""")
    plain = daemon.command()

    def place():  # descriptors 3, 4, 5 in the child
        copies = [os.dup2(os.dup(listener.fileno()), 50 + number) for number, listener in enumerate(listeners)]
        for number, copy in enumerate(copies):
            os.dup2(copy, 3 + number)
    daemon.command = lambda: [sys.executable, str(wrapper), "3", "libvirtd.socket:libvirtd-ro.socket:libvirtd-admin.socket",
                              *plain]
    real_spawn = daemon.spawn
    daemon.spawn = lambda: real_spawn(preexec_fn=place, close_fds=False)
    daemon.start()
    with RawClient(daemon.connect()) as client:
        assert client.open().call(raw.GET_TYPE).error is None
    with RawClient(daemon.connect("libvirt-sock-ro")) as client:
        client.open()
        assert client.call(raw.DOMAIN_DEFINE_XML, raw.text("<domain/>")).error[0] == libvirt.VIR_ERR_OPERATION_DENIED
    for number, name in enumerate(("libvirt-sock", "libvirt-sock-ro", "libvirt-admin-sock")):
        assert stat.S_IMODE((run / name).stat().st_mode) == 0o600 + number  # systemd's, not ours to change
    daemon.stop()
    assert (run / "libvirt-sock").exists()  # still systemd's
    for listener in listeners:
        listener.close()


def test_private_root_keeps_everything_inside(started, name):
    """Nothing outside --root is opened for writing or bound."""
    connection = libvirt.open(started.uri())
    connection.defineXML(bare_guest(name)).createWithFlags(libvirt.VIR_DOMAIN_START_PAUSED)
    root = str(started.root)
    for link in Path(f"/proc/{started.pid}/fd").iterdir():
        try:
            target = os.readlink(link)
            flags = int(Path(f"/proc/{started.pid}/fdinfo/{link.name}").read_text().split("flags:")[1].split()[0], 8)
        except OSError:
            continue
        if target.startswith("/") and flags & 3 and not target.startswith(("/dev/", "/proc/", "/sys/", "/memfd:")):
            assert target.startswith((root, str(started.folder))), target
    connection.lookupByName(name).destroy()
    connection.lookupByName(name).undefine()
    connection.close()


def test_sessions_of_users_are_their_own(tmp_path):
    """As an ordinary user: qemu:///session below the XDG directories, no read-only socket, only that user."""
    for folder in ("runtime", "config", "cache", "data"):
        (tmp_path / folder).mkdir()
    tmp_path.chmod(0o755)
    for path in (tmp_path, *tmp_path.iterdir()):
        os.chown(path, 65534, 65534)
    for parent in tmp_path.parents:
        if str(parent) not in ("/", "/tmp"):
            parent.chmod(0o755)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
                   "XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_CACHE_HOME": str(tmp_path / "cache"),
                   "XDG_DATA_HOME": str(tmp_path / "data")}
    program = tmp_path / "yadod"
    program.write_bytes((daemons.PROGRAMS / "yadod").read_bytes())
    program.chmod(0o755)
    with open(tmp_path / "log", "wb") as log:
        process = subprocess.Popen([str(program)], env=environment, user=65534, group=65534, extra_groups=[],
                                   stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/")
    try:
        path = tmp_path / "runtime/libvirt/libvirt-sock"

        def listening():
            assert process.poll() is None, (tmp_path / "log").read_text()
            try:
                with socket.socket(socket.AF_UNIX) as stream:
                    stream.connect(str(path))
                return True
            except OSError:
                return False
        wait_until(listening, "the session's socket")
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
        assert not path.with_name("libvirt-sock-ro").exists()
        done = subprocess.run(["virsh", "-c", f"qemu+unix:///session?socket={path}", "list", "--all"], env=environment,
                              user=65534, group=65534, extra_groups=[], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        system = subprocess.run(["virsh", "-c", f"qemu+unix:///system?socket={path}", "list"], env=environment,
                                user=65534, group=65534, extra_groups=[], capture_output=True, text=True, check=False)
        assert system.returncode != 0
    finally:
        process.terminate()
        assert process.wait(20) == 0


@pytest.mark.slow
def test_takes_libvirtds_place_and_gives_it_back(tmp_path, name):
    """With libvirtd's own command line in libvirtd's own places: its guests are there; libvirtd gets them back."""
    why = daemons.StockDaemon.why_not()
    if why:
        pytest.skip(why)
    with daemons.StockDaemon() as stock:
        connection = libvirt.open(stock.uri())
        domain = connection.defineXML(bare_guest(name))
        domain.setAutostart(1)
        inactive = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
        connection.close()
        stock.stop()
        done = stock.space.run(daemons.PROGRAMS / "yadod", "-d", "-p", "/run/libvirtd.pid", timeout=60)
        assert done.returncode == 0, done.stderr
        pid = int(stock.inside("/run/libvirtd.pid").read_text())
        connection = libvirt.open(stock.uri())
        found = connection.lookupByName(name)
        assert found.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE) == inactive
        assert found.autostart() == 1
        if found.isActive():
            found.destroy()  # the mark of a first start after boot was still missing
        connection.defineXML(bare_guest(name + "-new"))
        connection.close()
        stock.space.run("kill", str(pid))
        wait_until(lambda: not stock.answers(), "yadod's end")
        stock.start()
        connection = libvirt.open(stock.uri())
        assert sorted(domain.name() for domain in connection.listAllDomains()) == [name, name + "-new"]
        assert connection.lookupByName(name).XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE) == inactive
        connection.close()


def test_why_not_is_told_when_sockets_cannot_be_made(new_daemon):
    daemon = new_daemon()
    run = daemon.inside("/run")
    run.parent.mkdir(parents=True, exist_ok=True)
    run.write_text("not a folder")
    with pytest.raises(RuntimeError) as error:
        daemon.start()
    assert str(run) in str(error.value)


def test_namespaces_are_available_where_tests_need_them():
    """Says in the report when this machine cannot run the tests against libvirtd."""
    why = namespace.why_not()
    if why:
        pytest.skip(why)
