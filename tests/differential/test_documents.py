# SPDX-License-Identifier: Apache-2.0
"""The golden documents defined at both daemons: the same error, or the same document back in every view."""
import difflib
import fnmatch
import re
import shutil

import libvirt
import pytest
from harness import daemon as daemons

GOLDEN = daemons.ROOT / "tests/golden/domain"
CASES = sorted(path for path in GOLDEN.glob("*.xml") if not path.name.endswith(".out.xml"))
PRINTED = sorted((daemons.ROOT / "tests/differential/virt-install").glob("*.xml"))
SAME_IDENTITY = "7a6f1e7e-2b3f-4a55-9a8d-0f6d3c1b2a55"
INACTIVE = libvirt.VIR_DOMAIN_XML_INACTIVE
VIEWS = {"inactive": INACTIVE, "secure": INACTIVE | libvirt.VIR_DOMAIN_XML_SECURE,
         "migratable": INACTIVE | libvirt.VIR_DOMAIN_XML_MIGRATABLE}
#: What the middle column of KNOWN_DIFFERENCES.md says where it is more than prose.
ORDER = "another of its problems is named first"
CRASH = "libvirtd crashes"
#: yadod goes on to say why, and what to do about it.
REASONS = re.compile(r"(does not support virt type 'kvm'|No emulator found for arch '\w+'): .*")
KVM = "does not support virt type 'kvm'"


def known_rows():
    """Case, or a pattern with *, → (difference, reason), from the table beside the golden files."""
    rows = {}
    for line in (GOLDEN / "KNOWN_DIFFERENCES.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3 and cells[0] != "case":
            assert cells[2], f"a difference without a reason: {line}"
            rows.update(dict.fromkeys(re.split(r",\s*", cells[0].replace("\\*", "*")), (cells[1], cells[2])))
    return rows


def known(case):
    return next((row for pattern, row in known_rows().items() if fnmatch.fnmatchcase(case.stem, pattern)), None)


def shown(domain, flags):
    try:
        return domain.XMLDesc(flags)
    except libvirt.libvirtError as error:
        return f"error {error.get_error_code()}: {error.get_error_message()}\n"


class Side:
    """A daemon and a connection to it; the stock one is started again when a document has ended it."""

    def __init__(self, kind):
        self.kind = kind
        self.open()

    def open(self):
        self.daemon = self.kind()
        self.daemon.start()
        self.connection = libvirt.open(self.daemon.uri())

    def close(self):
        try:
            self.connection.close()
        finally:
            self.daemon.close()

    def answers(self, text):
        """View → document as it comes back, or "error" → text; made comparable."""
        try:
            domain = self.connection.defineXML(text)
        except libvirt.libvirtError as error:
            if not self.connection.isAlive():
                self.close()
                self.open()
                return {"error": f"the daemon ended: {error}"}
            told = f"error {error.get_error_code()}: {error.get_error_message()}\n"
            return {"error": REASONS.sub(r"\1", told)}
        try:
            return {view: self.comparable(text, view, shown(domain, flags)) for view, flags in VIEWS.items()}
        finally:
            domain.undefineFlags(libvirt.VIR_DOMAIN_UNDEFINE_NVRAM)

    def comparable(self, given, view, document):
        """Without this daemon's folder, and what was made up by chance."""
        if view == "migratable":  # libvirt reads the definition once more for it, which orders controllers anew
            controllers = re.compile(r"    <controller [^>]*?(?:/>\n|(?<!/)>\n.*?</controller>\n)", re.DOTALL)
            document = controllers.sub("", document) + "".join(sorted(controllers.findall(document)))
        document = document.replace(str(self.daemon.inside("/")).rstrip("/") + "/", "/")
        document = re.sub(r"<mac address='52:54:00:[^']*'", "<mac address='52:54:00:N'", document)
        return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                      lambda found: found[0] if found[0] in given.lower() else "UUID", document)


@pytest.fixture(scope="module")
def both():
    opened = []
    try:
        for kind in (daemons.StockDaemon, daemons.YadoDaemon):
            why = kind.why_not()
            if why:
                pytest.skip(why)
            opened.append(Side(kind))
        yield opened
    finally:
        for side in opened:
            side.close()


def text_of(case):
    text = case.read_bytes().decode("utf-8", errors="surrogateescape")
    if "\udc80" <= max(text, default="") <= "\udcff" or "\0" in text or len(text) > 1_000_000:
        return None
    if "<uuid>" not in text:  # chosen at random otherwise
        text = re.sub(r"(</name>)", rf"\1<uuid>{SAME_IDENTITY}</uuid>", text, count=1)
    return text


def listed_problems(case):
    """Everything we say about a document with errors; clients see the first, --explain and the log all."""
    lines = (GOLDEN / f"{case.stem}.errors").read_text().splitlines()[1:]
    return [re.sub(r"^ +(line \d+: )?(/\S*: )?", "", line) for line in lines]


def differences(expected, found):
    text = []
    for view in dict.fromkeys([*expected, *found]):
        ours, theirs = found.get(view, ""), expected.get(view, "")
        text += difflib.unified_diff(theirs.splitlines(), ours.splitlines(), f"libvirt {view}", f"yado {view}",
                                     lineterm="", n=2)
    return "\n".join(text)


def compared(both, text):
    """What each daemon makes of a document, and libvirt's error if that is one."""
    expected, found = (side.answers(text) for side in both)
    told = expected.get("error", "")
    if re.search(r"TPM (version '[\d.]+' is not supported|backend type external)", told) and not shutil.which("swtpm"):
        pytest.skip("libvirtd refuses TPM emulators where swtpm is not installed")
    return expected, found, told


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_documents_are_understood_alike(both, case):
    text = text_of(case)
    if text is None:
        pytest.skip("not text that a client could send as such")
    what, why = known(case) or ("", "")
    if what == CRASH:
        pytest.skip(f"{CRASH}: {why}")
    expected, found, told = compared(both, text)
    if what == ORDER:
        assert any(told.rstrip("\n").endswith(f": {problem}") for problem in listed_problems(case)), told
    if expected != found and not what:
        pytest.fail(differences(expected, found), pytrace=False)
    if expected == found and what and KVM not in told:
        pytest.fail("no difference any more: take it off the list", pytrace=False)


@pytest.mark.parametrize("case", PRINTED, ids=lambda path: path.stem)
def test_what_virt_install_prints_is_understood_alike(both, case):
    """tools/print_virt_install.py made these; all of them have to be alike."""
    expected, found, _ = compared(both, case.read_text())
    if expected != found:
        pytest.fail(differences(expected, found), pytrace=False)


def test_known_differences_are_of_cases_that_exist():
    stems = [case.stem for case in CASES]
    unknown = [pattern for pattern in known_rows() if not fnmatch.filter(stems, pattern)]
    assert not unknown


def test_enough_documents_are_defined():
    """Those of TCG: the others need a host with KVM, or another libvirt driver."""
    defined = [case for case in CASES if re.search(r"<domain[^>]* type=.qemu", case.read_text(errors="replace"))
               and (GOLDEN / f"{case.stem}.out.xml").exists() and not known(case)]
    assert len(defined) + len(PRINTED) >= 300
