#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Behind `./dev test`, `./dev lint` and `./dev fuzz`: runs the stages, counts over all of them.

lint and build come first, alone. All that follows is one pool of jobs, so that both processors are busy whether a job
computes or waits: the Python tests in several processes (a file each, long files in parts), the unit programs, the
header check, the fuzz targets. A stage that cannot run at all counts as one failure. At the end stand the names of
all that failed and, as the last line, `N passed, N failed, N skipped`; the exit code says whether nothing failed.
"""
import argparse
import collections
import json
import os
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from jobs import ROOT, Result, run, run_all

CHECKS = ["check_layers", "check_coawait", "check_file_sizes", "check_text"]
STAGES = ["lint", "build", "headers", "unit", "tools", "system", "differential", "fuzz"]
QUICK = ["lint", "build", "unit", "tools", "system"]
CORES = os.cpu_count()
AT_ONCE = CORES + 1  # the system tests wait for guests much of their time
PYTHON_TESTS = {"tools": "tests/tools", "system": "tests/system", "differential": "tests/differential"}
# how many processes share a long file's or program's tests
PARTS = {"differential/test_documents.py": 4, "differential/test_scripts.py": 4, "system/test_authentication.py": 2,
         "unit_hypervisor_qemu": 3}
# what lasts longest is begun first
LONG = ["check_headers", "differential/test_scripts.py", "system/test_console_and_power.py", "unit_hypervisor_qemu",
        "system/test_agent.py", "system/test_networks.py", "system/test_crashes.py", "system/test_going_back.py",
        "differential/test_schemas.py"]
UNIT_SECONDS = 600
PYTEST_SECONDS = 900
# of fuzzing in a whole run, a target; other targets get the rest's
FUZZ_SECONDS = {"framing": 60, "xdr": 60, "xml": 60, "documents": 60}
OTHER_FUZZ_SECONDS = 20
LONGEST_LIST = 40


def judged(name, command):
    """One check that is a program."""
    def job():
        code, output = run(command)
        return Result(passed=1) if code == 0 else Result(failures=[name], output=output)
    return name, job


def lint_jobs(options):
    jobs = [judged(check, [sys.executable, f"tools/{check}.py"]) for check in CHECKS]
    code, listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.h", "*.cpp"])
    sources = [name for name in listed.split("\0") if name and (ROOT / name).exists()] if code == 0 else []
    halves = [sources[part::CORES] for part in range(CORES)]
    return jobs + [judged(f"clang-format {part + 1}", ["clang-format-19", "--dry-run", "--Werror", *half])
                   for part, half in enumerate(halves) if half]


def build(preset, targets=(), nice=0, show=False):
    """None, or the output of what went wrong; with `show` that is seen already."""
    folder = ROOT / "build" / preset
    if not (folder / "build.ninja").exists():
        code, output = run(["cmake", "--preset", preset])
        if code != 0:
            return output
    command = ["cmake", "--build", folder, "-j", CORES, *(["--target", *targets] if targets else [])]
    code, output = run(command, nice=nice, show=show)
    return None if code == 0 else "\n".join(output.splitlines()[-100:])


# ---- unit tests ----------------------------------------------------------------------------------------------
def unit_program(program, part, options):
    """One GoogleTest program or a part of it; its cases are counted from the report it writes."""
    number, parts = part.split("/")
    shard = {"GTEST_TOTAL_SHARDS": parts, "GTEST_SHARD_INDEX": str(int(number) - 1)}
    with tempfile.TemporaryDirectory(prefix="yado-test-") as folder:
        report = Path(folder) / "report.json"
        command = [program, "--gtest_brief=1", f"--gtest_output=json:{report}"]
        if options.filter:
            command.append(f"--gtest_filter=*{options.filter}*")
        code, output = run(command, UNIT_SECONDS, environment=shard)
        try:
            suites = json.loads(report.read_text())["testsuites"]
        except (OSError, ValueError, KeyError):
            suites = []
    result = Result(output=output)
    for case in (case for suite in suites for case in suite["testsuite"]):
        name = f"{program.name}: {case['classname']}.{case['name']}"
        if case.get("status") == "NOTRUN":
            continue
        if "failures" in case:
            result.failures.append(name)
        elif case.get("result") == "SKIPPED":
            result.skipped += 1
            result.notes.append(f"skipped: {name}")
        else:
            result.passed += 1
    if code != 0 and not result.failures:
        result.failures.append(f"{program.name} (died before it could say)")
    return result


def unit_jobs(options):
    programs = sorted((ROOT / "build/debug/bin").glob("unit_*"))
    if not programs:
        return [("unit", lambda: Result(failures=["unit: no unit tests are built"]))]
    return [job for program in programs for job in in_parts(
        program.name, lambda part, program=program: unit_program(program, part, options))]


def in_parts(name, function, whole=False):
    """The jobs of a file or program, each calling function("2/4")."""
    parts = 1 if whole else PARTS.get(name, 1)
    return [(name if parts == 1 else f"{name} {number}/{parts}", lambda part=f"{number}/{parts}": function(part))
            for number in range(1, parts + 1)]


# ---- Python tests --------------------------------------------------------------------------------------------
def only_failures(output):
    """What pytest says of the failures, without the list of all that passed."""
    lines = output.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("===") and line.strip("= ") in ("FAILURES", "ERRORS"):
            return "\n".join(lines[number:])
    return "\n".join(lines[-60:])


def pytest(path, part, options):
    """One file of Python tests, or a part of it. Debian's own python3 has python3-libvirt."""
    with tempfile.TemporaryDirectory(prefix="yado-test-") as reports:
        report = Path(reports) / "report.xml"
        command = ["/usr/bin/python3", "-m", "pytest", "-v", "-p", "no:cacheprovider", "--tb=short",
                   "-o", "junit_family=xunit1", f"--junitxml={report}", f"--part={part}", path]
        if options.filter:
            command += ["-k", options.filter]
        if options.quick:
            command += ["-m", "not slow"]
        code, output = run(command, PYTEST_SECONDS)
        try:
            cases = list(ElementTree.parse(report).getroot().iter("testcase"))
        except (OSError, ElementTree.ParseError):
            cases = []
    result = Result(output=only_failures(output))
    reasons = collections.Counter()
    for case in cases:
        name = f"{case.get('file') or path}::{case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            if name not in result.failures:
                result.failures.append(name)
        elif skipped is not None:
            result.skipped += 1
            reasons[skipped.get("message", "")] += 1
        else:
            result.passed += 1
    result.notes = [f"skipped {count}: {reason}" for reason, count in reasons.items()]
    if code not in (0, 5) and not result.failures:
        ending = "was not done in time" if code is None else f"ended with {code}"
        result.failures.append(f"{path}, part {part}: pytest {ending}")
    return result


def pytest_jobs(stage, options):
    return [job for path in sorted((ROOT / PYTHON_TESTS[stage]).glob("test_*.py")) for job in in_parts(
        str(path.relative_to(ROOT / "tests")),
        lambda part, path=path: pytest(path.relative_to(ROOT), part, options), whole=bool(options.filter))]


# ---- fuzzing -------------------------------------------------------------------------------------------------
def fuzz_target(name, seconds):
    corpus, found = ROOT / "build/fuzz/corpus" / name, ROOT / "build/fuzz/found" / name
    seeds = ROOT / "tests/fuzz/seeds" / name
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    command = [ROOT / f"build/fuzz/bin/fuzz_{name}", f"-max_total_time={seconds}", f"-artifact_prefix={found}/",
               "-rss_limit_mb=2048", "-timeout=10", "-print_final_stats=1", corpus]
    if seeds.is_dir():
        command.append(seeds)
    code, output = run(command, seconds + 120)
    lines = output.splitlines()
    runs = next((line.split()[-1] for line in lines if "number_of_executed_units" in line), "?")
    if code == 0:
        return Result(passed=1, notes=[f"{runs} runs in {seconds} s"])
    return Result(failures=[f"fuzz {name}"], output="\n".join(lines[-60:]))


def fuzz_targets(options):
    """The names asked for; SystemExit for one that is not there."""
    there = [path.stem for path in sorted((ROOT / "tests/fuzz").glob("*.cpp"))]
    unknown = sorted(set(options.targets) - set(there))
    if unknown:
        sys.exit(f"no such target: {', '.join(unknown)}; there are: {', '.join(there)}")
    return [name for name in there if not options.targets or name in options.targets]


def fuzz_jobs(options, targets):
    def seconds(name):
        return options.seconds or FUZZ_SECONDS.get(name, OTHER_FUZZ_SECONDS)
    return [(f"fuzz {name}", lambda name=name: fuzz_target(name, seconds(name)))
            for name in sorted(targets, key=lambda name: -seconds(name))]


def built_for_fuzzing(targets, nice=0):
    problem = build("fuzz", [f"fuzz_{name}" for name in targets], nice)
    return Result(failures=["build of the fuzz targets"], output=problem) if problem else Result()


# ---- all of it -----------------------------------------------------------------------------------------------
def stage(name, work):
    print(f"== {name}", flush=True)
    began = time.monotonic()
    result = work()
    print(f"== {name}: {result} in {time.monotonic() - began:.0f} s", flush=True)
    return result


def debug_build():
    problem = build("debug", show=True)
    return Result(failures=["build"]) if problem else Result(passed=1)


def longest_first(jobs):
    order = {name: place for place, name in enumerate(LONG)}
    return sorted(jobs, key=lambda job: order.get(job[0].split()[0], len(LONG)))


def tests(options, wanted):
    """Every stage after the build, as one pool of jobs. What lasts longest is begun first."""
    targets = fuzz_targets(options) if "fuzz" in wanted else []
    jobs = []
    if targets:
        jobs.append(("build of the fuzz targets", lambda: built_for_fuzzing(targets, nice=10)))
    others = [job for name in PYTHON_TESTS if name in wanted for job in pytest_jobs(name, options)]
    if "headers" in wanted:
        others.append(judged("check_headers", [sys.executable, "tools/check_headers.py"]))
    if "unit" in wanted:
        others += unit_jobs(options)
    total = run_all(jobs + longest_first(others), AT_ONCE)
    if targets and "build of the fuzz targets" not in total.failures:
        total += run_all(fuzz_jobs(options, targets), CORES)
    return total


def main():
    parser = argparse.ArgumentParser(prog="./dev test")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-k", dest="filter", default="")
    parser.add_argument("--stage", action="append", choices=STAGES)
    parser.add_argument("--seconds", type=int, default=0, help="of each fuzz target")
    parser.add_argument("targets", nargs="*", help="fuzz targets")
    options = parser.parse_args()
    wanted = options.stage or (QUICK if options.quick else STAGES)
    if options.filter and not options.stage:  # a filter asks for certain tests
        wanted = [name for name in wanted if name not in ("lint", "headers", "fuzz")]
    total = Result()
    if "lint" in wanted:
        total += stage("lint", lambda: run_all(lint_jobs(options), CORES))
    if "build" in wanted:
        total += stage("build", debug_build)
    after = [name for name in STAGES if name in wanted and name not in ("lint", "build")]
    if after and "build" not in total.failures:
        total += stage(", ".join(after), lambda: tests(options, after))
    if total.failures:
        print("\nfailed:")
        for name in total.failures[:LONGEST_LIST]:
            print(f"  {name}")
        if len(total.failures) > LONGEST_LIST:
            print(f"  and {len(total.failures) - LONGEST_LIST} more")
    print(total)
    return 1 if total.failures else 0


if __name__ == "__main__":
    sys.exit(main())
