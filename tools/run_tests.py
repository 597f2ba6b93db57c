#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Behind `./dev test`, `./dev lint` and `./dev fuzz`: runs the stages, counts over all of them.

Each stage yields (passed, failed, skipped); a stage that cannot run at all counts as one failure. The last line
printed is `N passed, N failed, N skipped` and the exit code says whether nothing failed.
"""
import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = ["check_layers", "check_coawait", "check_file_sizes", "check_text"]
STAGES = ["lint", "build", "headers", "unit", "tools", "system", "differential", "fuzz"]
QUICK = ["lint", "build", "unit", "tools", "system"]
UNIT_SECONDS = 300
FUZZ_TARGETS_AT_ONCE = 2


class Count:
    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def __iadd__(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        return self

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(command, **options):
    return subprocess.run([str(word) for word in command], cwd=ROOT, check=False, **options)


def judged(name, command):
    """One check that is a program: its output is shown when it fails."""
    done = run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"  {'ok' if done.returncode == 0 else 'FAILED'}  {name}", flush=True)
    if done.returncode == 0:
        return Count(passed=1)
    print(done.stdout, flush=True)
    return Count(failed=1)


def lint(options):
    total = Count()
    for check in CHECKS:
        total += judged(check, [sys.executable, f"tools/{check}.py"])
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.h", "*.cpp"],
                 capture_output=True, text=True)
    sources = [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]
    if sources:
        total += judged("clang-format", ["clang-format-19", "--dry-run", "--Werror", *sources])
    return total


def configure(preset):
    folder = ROOT / "build" / preset
    if not (folder / "build.ninja").exists():
        done = run(["cmake", "--preset", preset], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            print(done.stdout)
            return None
    return folder


def build(options):
    folder = configure("debug")
    if folder is None or run(["cmake", "--build", folder, "-j", os.cpu_count()]).returncode != 0:
        return Count(failed=1)
    return Count(passed=1)


def headers(options):
    return judged("check_headers", [sys.executable, "tools/check_headers.py"])


def unit_program(program, options, report):
    """One GoogleTest program; its cases are counted from the report it writes."""
    command = [program, "--gtest_brief=1", f"--gtest_output=json:{report}"]
    if options.filter:
        command.append(f"--gtest_filter=*{options.filter}*")
    try:
        done = run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                   timeout=UNIT_SECONDS)
        output, code = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        output, code = f"{late.stdout or ''}\n{program.name}: not done after {UNIT_SECONDS} s", -1
    count = Count()
    try:
        cases = [case for suite in json.loads(report.read_text())["testsuites"] for case in suite["testsuite"]]
    except (OSError, ValueError, KeyError):
        cases = []
    for case in cases:
        if case.get("status") == "NOTRUN":
            continue
        count += Count(failed=1) if "failures" in case else \
            Count(skipped=1) if case.get("result") == "SKIPPED" else Count(passed=1)
    if code != 0 and count.failed == 0:
        count.failed = 1  # it died before it could say
    return program.name, count, output if code != 0 or count.skipped else ""


def unit(options):
    programs = sorted((ROOT / "build/debug/bin").glob("unit_*"))
    if not programs:
        print("  no unit tests are built")
        return Count(failed=1)
    total = Count()
    with tempfile.TemporaryDirectory(prefix="yado-test-") as folder, \
            concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(unit_program, program, options, Path(folder) / program.name) for program in programs]
        for job in jobs:
            name, count, output = job.result()
            print(f"  {'ok' if count.failed == 0 else 'FAILED'}  {name}: {count}", flush=True)
            if output:
                print(output, flush=True)
            total += count
    return total


def pytest(options, folder):
    """The Python tests below a folder; they need Debian's own python3, for which python3-libvirt is packaged."""
    with tempfile.TemporaryDirectory(prefix="yado-test-") as reports:
        report = Path(reports) / "report.xml"
        command = ["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs", "--tb=short",
                   f"--junitxml={report}", folder]
        if options.filter:
            command += ["-k", options.filter]
        if options.quick:
            command += ["-m", "not slow"]
        code = run(command).returncode
        if code == 5 and (options.filter or options.quick):
            return Count()  # nothing there matches
        try:
            suite = ElementTree.parse(report).getroot().find("testsuite")
            number = {key: int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")}
        except (OSError, ElementTree.ParseError, AttributeError, TypeError):
            return Count(failed=1)
    failed = number["failures"] + number["errors"]
    if code != 0 and failed == 0:
        failed = 1
    return Count(max(0, number["tests"] - failed - number["skipped"]), failed, number["skipped"])


def fuzz_target(program, seconds):
    name = program.name.removeprefix("fuzz_")
    corpus, found = ROOT / "build/fuzz/corpus" / name, ROOT / "build/fuzz/found" / name
    seeds = ROOT / "tests/fuzz/seeds" / name
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    command = [program, f"-max_total_time={seconds}", f"-artifact_prefix={found}/", "-rss_limit_mb=2048",
               "-timeout=10", "-print_final_stats=1", corpus]
    if seeds.is_dir():
        command.append(seeds)
    done = run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    return name, done.returncode, done.stdout


def fuzz(options):
    wanted = set(options.targets)
    sources = [path.stem for path in sorted((ROOT / "tests/fuzz").glob("*.cpp"))]
    targets = [name for name in sources if not wanted or name in wanted]
    if wanted - set(sources):
        print(f"  no such target: {', '.join(sorted(wanted - set(sources)))}; there are: {', '.join(sources)}")
        return Count(failed=1)
    if not targets:
        return Count()
    folder = configure("fuzz")
    if folder is None or run(["cmake", "--build", folder, "-j", os.cpu_count(), "--target",
                              *[f"fuzz_{name}" for name in targets]]).returncode != 0:
        return Count(failed=1)
    total = Count()
    with concurrent.futures.ThreadPoolExecutor(FUZZ_TARGETS_AT_ONCE) as pool:
        jobs = [pool.submit(fuzz_target, folder / "bin" / f"fuzz_{name}", options.seconds) for name in targets]
        for job in jobs:
            name, code, output = job.result()
            runs = next((line.split()[-1] for line in output.splitlines() if "number_of_executed_units" in line), "?")
            print(f"  {'ok' if code == 0 else 'FAILED'}  fuzz {name}: {runs} runs in {options.seconds} s", flush=True)
            if code != 0:
                print("\n".join(output.splitlines()[-60:]), flush=True)
            total += Count(passed=1) if code == 0 else Count(failed=1)
    return total


def main():
    parser = argparse.ArgumentParser(prog="./dev test")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("-k", dest="filter", default="")
    parser.add_argument("--stage", action="append", choices=STAGES)
    parser.add_argument("--seconds", type=int, default=60, help="of each fuzz target")
    parser.add_argument("targets", nargs="*", help="fuzz targets")
    options = parser.parse_args()
    stages = {
        "lint": lint, "build": build, "headers": headers, "unit": unit, "fuzz": fuzz,
        "tools": lambda options: pytest(options, "tests/tools"),
        "system": lambda options: pytest(options, "tests/system"),
        "differential": lambda options: pytest(options, "tests/differential"),
    }
    total = Count()
    for name in STAGES:
        if name not in (options.stage or (QUICK if options.quick else STAGES)):
            continue
        if name in ("lint", "headers", "fuzz") and options.filter and not options.stage:
            continue  # a filter asks for certain tests
        print(f"== {name}", flush=True)
        began = time.monotonic()
        count = stages[name](options)
        print(f"== {name}: {count} in {time.monotonic() - began:.0f} s", flush=True)
        total += count
        if name == "build" and count.failed:
            break
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
