# SPDX-License-Identifier: Apache-2.0
"""The golden documents defined at both daemons: the same error, or the same document back."""
import difflib
import fnmatch
import re

import libvirt
import pytest
from harness import daemon as daemons

GOLDEN = daemons.ROOT / "tests/golden/domain"
CASES = sorted(path for path in GOLDEN.glob("*.xml") if not path.name.endswith(".out.xml"))
CRASHES = {"numa-refused-own-distance", "numa-refused-sibling"}  # libvirtd 9.0 reads beyond its table of distances
SAME_IDENTITY = "7a6f1e7e-2b3f-4a55-9a8d-0f6d3c1b2a55"


def known_cases():
    """Case, or a pattern with *, → reason, from the table beside the golden files."""
    rows = {}
    for line in (GOLDEN / "KNOWN_DIFFERENCES.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3 and cells[0] != "case":
            assert cells[2], f"a difference without a reason: {line}"
            rows.update(dict.fromkeys(re.split(r",\s*", cells[0].replace("\\*", "*")), cells[2]))
    return rows


@pytest.fixture(scope="module")
def both():
    opened, running = [], []
    try:
        for kind in (daemons.StockDaemon, daemons.YadoDaemon):
            why = kind.why_not()
            if why:
                pytest.skip(why)
            running.append(kind())
            running[-1].start()
            opened.append(libvirt.open(running[-1].uri()))
        yield list(zip(running, opened, strict=True))
    finally:
        for connection in opened:
            connection.close()
        for daemon in running:
            daemon.close()


def answered(daemon, connection, text):
    """The definition's document as it comes back, or the error; made comparable."""
    try:
        domain = connection.defineXML(text)
    except libvirt.libvirtError as error:
        told = f"error {error.get_error_code()}: {error.get_error_message()}\n"
        return re.sub(r"(does not support virt type 'kvm'): .*", r"\1", told)  # yadod goes on to say why
    try:
        document = domain.XMLDesc(libvirt.VIR_DOMAIN_XML_INACTIVE)
    finally:
        domain.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_NVRAM)
    document = document.replace(str(daemon.inside("/")).rstrip("/") + "/", "/")
    return re.sub(r"<mac address='52:54:00:[^']*'", "<mac address='52:54:00:N'", document)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_documents_are_understood_alike(both, case):
    if case.stem in CRASHES:
        pytest.skip("libvirtd crashes, then or at a later document")
    text = case.read_bytes().decode("utf-8", errors="surrogateescape")
    if "\udc80" <= max(text, default="") <= "\udcff" or "\0" in text or len(text) > 1_000_000:
        pytest.skip("not text that a client could send as such")
    if "<uuid>" not in text:  # chosen at random otherwise
        text = re.sub(r"(</name>)", rf"\1<uuid>{SAME_IDENTITY}</uuid>", text, count=1)
    expected, found = (answered(daemon, connection, text) for daemon, connection in both)
    known = any(fnmatch.fnmatchcase(case.stem, pattern) for pattern in known_cases())
    if expected != found and not known:
        pytest.fail("\n".join(difflib.unified_diff(expected.splitlines(), found.splitlines(), "libvirt", "yado",
                                                   lineterm="", n=2)), pytrace=False)
