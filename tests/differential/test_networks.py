# SPDX-License-Identifier: Apache-2.0
"""The golden documents of networks, filters, bindings and host interfaces through our model and at libvirt: the same
error, or the same document back. Interfaces go to libvirt's test driver: Debian's daemon can only show them."""
import difflib
import re
import subprocess

import libvirt
import pytest
from harness import daemon as daemons

GOLDEN = daemons.ROOT / "tests/golden"
TOOL = daemons.PROGRAMS / "document_tool"
TOOL_SECONDS = 30


def network(connection, text):
    defined = connection.networkDefineXML(text)
    try:
        return defined.XMLDesc(libvirt.VIR_NETWORK_XML_INACTIVE)
    finally:
        defined.undefine()


def nwfilter(connection, text):
    defined = connection.nwfilterDefineXML(text)
    try:
        return defined.XMLDesc(0)
    finally:
        defined.undefine()


def binding(connection, text):
    created = connection.nwfilterBindingCreateXML(text, 0)
    try:
        return created.XMLDesc(0)
    finally:
        created.delete()


def interface(_, text):
    connection = libvirt.open("test:///default")
    try:
        return connection.interfaceDefineXML(text, 0).XMLDesc(0)
    finally:
        connection.close()


KINDS = {"network": network, "nwfilter": nwfilter, "nwfilterbinding": binding, "interface": interface}
CASES = [(kind, path) for kind in KINDS for path in sorted((GOLDEN / kind).glob("*.xml"))
         if not path.name.endswith(".out.xml")]


def known_cases(kind):
    """Case → reason, from the table beside the golden files."""
    rows = {}
    for line in (GOLDEN / kind / "KNOWN_DIFFERENCES.md").read_text().splitlines():
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
    with daemons.StockDaemon() as daemon:
        connection = libvirt.open(daemon.uri())
        yield connection
        connection.close()


def normal(text):
    """Without what is chosen by chance or for the host."""
    text = re.sub(r"(<uuid>)[^<]*(</uuid>)", r"\1U\2", text)
    text = re.sub(r"(\n  <mac address='52:54:00:)[^']*'", r"\1N'", text)
    return re.sub(r"name='(virbr|foo)\d+'", r"name='\1N'", text).rstrip("\n") + "\n"


def answered(kind, connection, text):
    try:
        return normal(KINDS[kind](connection, text))
    except libvirt.libvirtError as error:
        return f"error {error.get_error_code()}: {error.get_error_message()}".rstrip("\n") + "\n"


def ours(kind, text):
    done = subprocess.run([TOOL, kind], input=text, capture_output=True, text=True, timeout=TOOL_SECONDS, check=True)
    return normal(done.stdout)


@pytest.mark.parametrize(("kind", "case"), CASES, ids=lambda part: getattr(part, "stem", part))
def test_documents_are_understood_alike(stock, kind, case):
    text = case.read_text()
    expected, found = answered(kind, stock, text), ours(kind, text)
    known = case.stem in known_cases(kind)
    if expected != found and not known:
        pytest.fail("\n".join(difflib.unified_diff(expected.splitlines(), found.splitlines(), "libvirt", "yado",
                                                   lineterm="", n=2)), pytrace=False)
    assert expected != found or not known, "no difference any more: take it off the list"


@pytest.mark.parametrize("kind", KINDS)
def test_known_differences_are_of_cases_that_exist(kind):
    stems = {path.stem for path in (GOLDEN / kind).glob("*.xml")}
    assert set(known_cases(kind)) <= stems


def test_there_are_enough_documents():
    count = {kind: sum(1 for one, _ in CASES if one == kind) for kind in KINDS}
    assert count["network"] >= 40
    assert count["nwfilter"] >= 30
