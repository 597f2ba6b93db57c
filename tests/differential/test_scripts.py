# SPDX-License-Identifier: Apache-2.0
"""The same commands, the same answers: stock virsh at yadod and at libvirtd, and yado beside virsh at libvirtd."""
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import comparison  # noqa: E402
from harness import daemon as daemons  # noqa: E402
from harness import networks  # noqa: E402

SCRIPTS = sorted((comparison.HERE / "scripts").glob("*.txt"))
CLIENT_ONLY = {"help"}
pytestmark = pytest.mark.slow
baseline = {}


def need(kind):
    why = kind.why_not()
    if why:
        pytest.skip(why)


def played(client, kind, letter, script, folder):
    need(kind)
    daemon = kind()
    try:
        daemon.start()
        return comparison.Pass(client, daemon, letter, folder).play(script)
    finally:
        daemon.close()


def stock_answers(script, folder):
    """What virsh and libvirtd answer; once a session."""
    if script.stem not in baseline:
        baseline[script.stem] = played("virsh", daemons.StockDaemon, "s", script, folder / "stock")
    return baseline[script.stem]


@pytest.fixture(scope="session")
def known():
    return comparison.Known()


@pytest.mark.parametrize("script", [script for script in SCRIPTS if script.stem not in CLIENT_ONLY],
                         ids=lambda script: script.stem)
def test_daemons_answer_alike(script, known, tmp_path):
    expected = stock_answers(script, tmp_path)
    ours = networks.NetworkDaemon if script.stem.startswith("networks") else daemons.YadoDaemon
    found = played("virsh", ours, "y", script, tmp_path / "ours")
    told = comparison.differences("daemons", script.stem, expected, found, known)
    if told:
        pytest.fail("\n".join(told), pytrace=False)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_clients_print_alike(script, known, tmp_path):
    expected = stock_answers(script, tmp_path)
    found = played(daemons.PROGRAMS / "yado", daemons.StockDaemon, "c", script, tmp_path / "ours")
    told = comparison.differences("clients", script.stem, expected, found, known)
    if told:
        pytest.fail("\n".join(told), pytrace=False)


def test_a_difference_is_noticed(tmp_path):
    """The comparison itself: other text, other exit codes, and only what is known may differ."""
    known = comparison.Known()
    known.rows = [{"between": "daemons", "command": "^known", "ignoring": "noise", "reason": "for this test"}]
    one, other = (0, "same\nnoise 1\n", ""), (0, "same\nnoise 2\n", "")
    assert comparison.differences("daemons", "x", [("known", one)], [("known", other)], known) == []
    assert comparison.differences("clients", "x", [("known", one)], [("known", other)], known)
    assert comparison.differences("daemons", "x", [("other", one)], [("other", other)], known)
    assert comparison.differences("daemons", "x", [("known", one)], [("known", (1, *other[1:]))], known)
    assert comparison.differences("daemons", "x", [("known", one)], [("known", (0, "else\nnoise 2\n", ""))], known)
