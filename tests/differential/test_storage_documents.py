# SPDX-License-Identifier: Apache-2.0
"""The golden pools, volumes and secrets at a stock libvirtd and in our model: the same error, or the same document."""
import difflib
import re
import subprocess

import libvirt
import pytest
from harness import daemon as daemons

TOOL = daemons.PROGRAMS / "document_tool"
GOLDEN = daemons.ROOT / "tests/golden"
UUID = "00000000-0000-4000-8000-000000000001"  # the tool's
BACKENDS = ("iscsi-direct", "rbd", "sheepdog", "gluster", "zfs", "vstorage")


def cases(folder, prefix=""):
    found = (path for path in (GOLDEN / folder).glob("*.xml") if not path.name.endswith(".out.xml"))
    return sorted(path for path in found if path.name.startswith((prefix, "error-")))


def known_cases(folder):
    """Case → reason, from the table beside the golden files."""
    rows = {}
    for line in (GOLDEN / folder / "KNOWN_DIFFERENCES.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3 and cells[0] != "case":
            assert cells[2], f"a difference without a reason: {line}"
            rows.update(dict.fromkeys(re.split(r",\s*", cells[0]), cells[2]))
    return rows


@pytest.fixture(scope="module")
def stock():
    why = daemons.StockDaemon.why_not()
    if why:
        pytest.skip(why)
    if not TOOL.exists():
        pytest.skip(f"{TOOL} is not built")
    running = daemons.StockDaemon()
    try:
        running.start()
        connection = libvirt.open(running.uri())
        yield connection
        connection.close()
    finally:
        running.close()


@pytest.fixture(scope="module")
def directory(stock):
    """A pool that volumes are created in."""
    pool = stock.storagePoolDefineXML("<pool type='dir'><name>images</name><target><path>/tmp/yado-images</path>"
                                      "</target></pool>")
    pool.build()
    pool.create()
    yield pool
    pool.destroy()
    pool.delete()
    pool.undefine()


def told(action):
    try:
        return action()
    except libvirt.libvirtError as error:
        return f"error {error.get_error_code()}: {error.get_error_message()}\n"


def ours(kind, text):
    return subprocess.run([TOOL, kind], input=text, capture_output=True, text=True, check=True, timeout=60).stdout


def compare(folder, case, expected, found):
    known = known_cases(folder)
    if expected == found:
        assert case.stem not in known, f"{case.stem} is alike: take it off the list"
    elif case.stem not in known:
        pytest.fail("\n".join(difflib.unified_diff(expected.splitlines(), found.splitlines(), "libvirt", "yado",
                                                   lineterm="", n=2)), pytrace=False)


def with_our_uuid(document, text):
    return document if "<uuid>" in text else re.sub("<uuid>.*</uuid>", f"<uuid>{UUID}</uuid>", document, count=1)


@pytest.mark.parametrize("case", cases("storagepool"), ids=lambda path: path.stem)
def test_pools_are_understood_alike(stock, case):
    text = case.read_text()

    def define():
        pool = stock.storagePoolDefineXML(text)
        document = pool.XMLDesc(libvirt.VIR_STORAGE_XML_INACTIVE)
        pool.undefine()
        return with_our_uuid(document, text)

    expected = told(define)
    if "missing backend for pool type" in expected:
        assert any(f"type='{kind}'" in text for kind in BACKENDS), expected
        pytest.skip("libvirtd has no driver for this kind of pool here: nothing to compare with")
    compare("storagepool", case, expected, ours("pool", text))


MEASURED = re.compile(r" *<(key|physical|allocation|path)\b.*\n| *<(timestamps|permissions|source)>\n(?s:.*?) *</\2>\n")


@pytest.mark.parametrize("case", cases("storagevol", "dir-"), ids=lambda path: path.stem)
def test_volumes_are_understood_alike(directory, case):
    """What is measured once the volume is there is left aside: paths, times, owners, and what it takes."""
    text = case.read_text()

    def create():
        volume = directory.createXML(text)
        document = volume.XMLDesc()
        volume.delete()
        return document

    def without_measured(document):
        return MEASURED.sub("", document)

    compare("storagevol", case, without_measured(told(create)), without_measured(ours("volume", text)))


@pytest.mark.parametrize("case", cases("secret"), ids=lambda path: path.stem)
def test_secrets_are_understood_alike(stock, case):
    text = case.read_text()

    def define():
        secret = stock.secretDefineXML(text)
        document = secret.XMLDesc()
        secret.undefine()
        return with_our_uuid(document, text)

    compare("secret", case, told(define), ours("secret", text))
