# SPDX-License-Identifier: Apache-2.0
"""Every document we define or show is valid by the RELAX NG schemas that come with libvirt, where those are."""
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from harness import daemon as daemons

GOLDEN = daemons.ROOT / "tests/golden"
SCHEMAS = Path("/usr/share/libvirt/schemas")
CHECK_SECONDS = 10  # libxml2 takes minutes over some documents of large interleaves
#: folder of tests/golden → schema, where the names differ
OF_FOLDER = {"capabilities": "capability"}
#: folders whose files are no documents of libvirt's
NOT_OURS = {"host", "protocol", "qemu"}


def exceptions():
    """Path of a document → why libvirt 9.0's schema does not know it."""
    rows = {}
    for line in (GOLDEN / "NOT_BY_SCHEMA.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 2 and cells[0] != "document":
            assert cells[1], f"an exception without a reason: {line}"
            rows.update(dict.fromkeys(re.split(r",\s*", cells[0]), cells[1]))
    return rows


def kinds():
    for folder in sorted(path for path in GOLDEN.iterdir() if path.is_dir() and path.name not in NOT_OURS):
        schema = SCHEMAS / f"{OF_FOLDER.get(folder.name, folder.name)}.rng"
        documents = sorted([*folder.glob("*.out.xml"), *folder.glob("forms/*.xml")])
        if documents:
            yield folder.name, schema, documents


def problem(schema, document):
    """What is wrong with a document, in one line; empty when it is valid."""
    try:
        done = subprocess.run(["xmllint", "--noout", "--relaxng", schema, document], capture_output=True, text=True,
                              timeout=CHECK_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"no answer within {CHECK_SECONDS} s"
    lines = [line.removeprefix(f"{document}:") for line in done.stderr.splitlines() if "fails to validate" not in line]
    return "" if done.returncode == 0 else "; ".join(lines[:4])


@pytest.mark.parametrize(("kind", "schema", "documents"), list(kinds()), ids=lambda part: part if isinstance(part, str) else "")
def test_documents_are_valid(kind, schema, documents):
    if shutil.which("xmllint") is None:
        pytest.skip("no xmllint (package libxml2-utils)")
    if not SCHEMAS.is_dir():
        pytest.skip("no schemas (package libvirt-daemon or libvirt-dev)")
    if not schema.exists():
        pytest.skip(f"libvirt has no schema for {kind}")
    known = exceptions()
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        answers = dict(zip(documents, workers.map(lambda document: problem(schema, document), documents), strict=True))
    names = {document: str(document.relative_to(GOLDEN)) for document in documents}
    wrong = [f"{names[document]}: {told}" for document, told in answers.items() if told and names[document] not in known]
    stale = [names[document] for document, told in answers.items() if not told and names[document] in known]
    assert not wrong, "\n".join(wrong)
    assert not stale, f"valid after all: take off the list: {stale}"


def test_exceptions_exist():
    missing = [name for name in exceptions() if not (GOLDEN / name).exists()]
    assert not missing
