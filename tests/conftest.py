# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the system and differential tests.

YADO_TEST_DAEMON=stock runs the system tests against Debian's libvirtd instead: how a test is proven that says what
every libvirt daemon does. Tests of what only Yado does carry the mark `ours`.
"""
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "support"))

from harness import daemon as daemons  # noqa: E402
from harness import guests  # noqa: E402

try:
    import libvirt
except ImportError:  # the tests that need it are skipped by their fixtures
    libvirt = None

STOCK = os.environ.get("YADO_TEST_DAEMON") == "stock"
CHOSEN = daemons.StockDaemon if STOCK else daemons.YadoDaemon
CLIENT_SECONDS = 120
ENGLISH = {"LC_ALL": "C", "LANGUAGE": "C"}


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: boots guests or waits; left out by --quick")
    config.addinivalue_line("markers", "ours: what only Yado does or promises")


def pytest_addoption(parser):
    parser.addoption("--part", default="1/1", metavar="K/N", help="only the K-th of N parts of the tests")


def pytest_collection_modifyitems(config, items):
    keep_part(config, items)
    for item in items:
        if STOCK and item.get_closest_marker("ours"):
            item.add_marker(pytest.mark.skip(reason="only for yadod"))


def keep_part(config, items):
    """--part: tests of the same parameters stay together, because they may share what one of them has found."""
    number, parts = map(int, config.getoption("part").split("/"))
    keys = [item.callspec.id if hasattr(item, "callspec") else item.name for item in items]
    mine = set(list(dict.fromkeys(keys))[number - 1::parts])
    config.hook.pytest_deselected(items=[item for item, key in zip(items, keys, strict=True) if key not in mine])
    items[:] = [item for item, key in zip(items, keys, strict=True) if key in mine]


def client(*words, text=True, timeout=CLIENT_SECONDS, **options):
    environment = {**os.environ, **ENGLISH, **options.pop("env", {})}
    if "input" not in options:
        options.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run([str(word) for word in words], capture_output=True, text=text, timeout=timeout, check=False,
                          env=environment, **options)


def pinned(uri, program):
    """A function that runs the program's commands at the URI and returns what it printed; fails=True wants failure."""
    def run(*words, fails=False, readonly=False, **options):
        done = client(program, *(["-r"] if readonly else []), "-c", uri(), *words, **options)
        if fails:
            assert done.returncode != 0, f"{words} did not fail: {done.stdout}"
            return done.stderr
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout
    return run


def remove_all_guests(daemon):
    """Through the protocol, as a client would; whatever state the test left them in."""
    connection = libvirt.open(daemon.uri())
    everything = (libvirt.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | libvirt.VIR_DOMAIN_UNDEFINE_NVRAM |
                  libvirt.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA)

    def removed():  # more than once: calls of clients that have gone may still be under way
        for domain in connection.listAllDomains():
            for ending in (domain.destroy, lambda domain=domain: domain.undefineFlags(everything)):
                try:
                    ending()
                except libvirt.libvirtError:
                    pass
        return connection.listAllDomains() == []
    try:
        daemons.wait_until(removed, "removing the test's guests")
    finally:
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def event_loop():
    """libvirt's client library wants an event loop before the first connection."""
    if libvirt is None:
        yield
        return
    libvirt.registerErrorHandler(lambda *_: None, None)
    libvirt.virEventRegisterDefaultImpl()

    def turn():
        while True:
            try:
                libvirt.virEventRunDefaultImpl()
            except libvirt.libvirtError:
                pass  # of a connection whose daemon was killed; the others' events still matter
    threading.Thread(target=turn, daemon=True).start()
    # a timer that wakes the loop, so that it sees handles added while it slept
    libvirt.virEventAddTimeout(100, lambda *_: None, None)
    yield


def _daemon_or_skip(kind=CHOSEN):
    why = kind.why_not()
    if why:
        pytest.skip(why)
    if libvirt is None:
        pytest.skip("no python3-libvirt")


@pytest.fixture(scope="module")
def module_daemon():
    _daemon_or_skip()
    daemon = CHOSEN()
    try:
        daemon.start()
        yield daemon
    finally:
        daemon.close()


@pytest.fixture
def yadod(module_daemon):
    """A running daemon, shared by a module's tests; afterwards no guest and nothing of one may be left."""
    if not module_daemon.alive():
        module_daemon.start()
    yield module_daemon
    if not module_daemon.alive():
        module_daemon.start()
    remove_all_guests(module_daemon)
    assert module_daemon.leftovers() == []


@pytest.fixture
def new_daemon():
    """Makes daemons of the test's own: new_daemon(config={...}, arguments=[...]) (not started)."""
    made = []

    def make(config=None, arguments=()):
        _daemon_or_skip()
        made.append(CHOSEN(config, arguments))
        return made[-1]
    yield make
    problems = []
    for daemon in made:
        try:
            daemon.close()
        except AssertionError as error:
            problems.append(error)
    assert not problems


@pytest.fixture(scope="session")
def stock_session():
    _daemon_or_skip(daemons.StockDaemon)
    with daemons.StockDaemon() as daemon:
        yield daemon


@pytest.fixture
def stock(stock_session):
    """Debian's libvirtd in namespaces of its own."""
    yield stock_session
    remove_all_guests(stock_session)


@pytest.fixture
def virsh(yadod):
    return pinned(yadod.uri, "virsh")


@pytest.fixture
def yado(yadod):
    program = daemons.PROGRAMS / "yado"
    assert program.exists(), f"{program} is not built"
    return pinned(yadod.uri, program)


@pytest.fixture
def conn(yadod):
    connection = libvirt.open(yadod.uri())
    yield connection
    connection.close()


@pytest.fixture
def name():
    """A guest name no other test run uses: cgroups are the machine's."""
    name.count = getattr(name, "count", 0) + 1
    return f"t{os.getpid()}-{name.count}"


@pytest.fixture
def linux(yadod):
    """linux(name, **options): XML of a guest that boots the small image."""
    try:
        guests.guest_image()
    except RuntimeError as error:
        pytest.skip(str(error))
    return lambda name, **options: guests.linux_guest(name, yadod.images, **options)


@pytest.fixture
def xml_file(tmp_path):
    """Writes XML where a client can read it and returns the path."""
    def write(text, name="document.xml"):
        path = tmp_path / name
        path.write_text(text) if isinstance(text, str) else path.write_bytes(text)
        return path
    return write
