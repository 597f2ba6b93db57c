# SPDX-License-Identifier: Apache-2.0
"""The runner counts what it runs, names what failed, and ends what does not end."""
import argparse
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import jobs  # noqa: E402
import run_tests  # noqa: E402

OPTIONS = argparse.Namespace(filter="", quick=False)
TESTS = """
import pytest
def test_good(): pass
@pytest.mark.parametrize("case", ["one", "two"])
def test_bad(case): assert case == "one"
def test_left_out(): pytest.skip("no such thing here")
@pytest.fixture
def broken(): raise RuntimeError("before")
def test_broken(broken): pass
"""


@pytest.fixture
def tests(tmp_path):
    (tmp_path / "conftest.py").write_text((run_tests.ROOT / "tests/conftest.py").read_text().replace(
        'Path(__file__).resolve().parent / "support"', f'"{run_tests.ROOT}/tests/support"'))
    path = tmp_path / "test_sample.py"
    path.write_text(TESTS)
    return path


def test_python_tests_are_counted_and_named(tests):
    result = run_tests.pytest(tests, "1/1", OPTIONS)
    assert (result.passed, result.skipped) == (2, 1)
    assert [name.split("::")[1] for name in result.failures] == ["test_bad[two]", "test_broken"]
    assert result.notes == ["skipped 1: no such thing here"]
    assert "assert 'two' == 'one'" in result.output


def test_parts_are_the_whole(tests):
    results = [run_tests.pytest(tests, f"{number}/3", OPTIONS) for number in (1, 2, 3)]
    assert sum(result.passed + result.skipped + len(result.failures) for result in results) == 5
    assert sorted(name for result in results for name in result.failures) == \
        run_tests.pytest(tests, "1/1", OPTIONS).failures


def test_a_file_that_cannot_be_read_is_a_failure(tests):
    tests.write_text("import nothing_of_that_name")
    assert len(run_tests.pytest(tests, "1/1", OPTIONS).failures) == 1


def test_what_does_not_end_is_ended_with_all_it_started():
    began = time.monotonic()
    code, output = jobs.run(["sh", "-c", "echo begun; sleep 1000 & sleep 1000"], seconds=0.5)
    assert code is None and "begun" in output and "not done after 0.5 s" in output
    assert time.monotonic() - began < 100


def test_a_broken_job_does_not_hide_the_others(capsys):
    def broken():
        raise ValueError("no")
    total = jobs.run_all([("broken", broken), ("good", lambda: jobs.Result(passed=3))], 2)
    assert (total.passed, total.failures) == (3, ["ValueError: no"])
    assert "FAILED  broken" in capsys.readouterr().out
