#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every header compiles alone (CONTRIBUTING, rule 3).

Results are remembered in build/headers.json under a hash of everything the header includes from the project, so
only what changed is compiled again. `--all` forgets them. Generated headers must exist (build first).
"""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys

from sources import ROOT, project_files, report

CACHE = ROOT / "build" / "headers.json"
COMPILER = os.environ.get("CXX", "clang++-19")
INCLUDE_DIRS = ["src", "tests", "build/debug/generated"]
DEFINES = ["-D_GNU_SOURCE", "-DSPDLOG_COMPILED_LIB", "-DSPDLOG_FMT_EXTERNAL", '-DYADO_VERSION="0"',
           '-DYADO_SOURCE_DIR="."']
QUOTED = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def command(header):
    return [COMPILER, "-std=c++23", "-fsyntax-only", "-x", "c++-header", "-Wall", "-Wextra", "-Werror",
            "-Wno-pragma-once-outside-header", *DEFINES,
            *[f"-I{ROOT / folder}" for folder in INCLUDE_DIRS], str(header)]


def closure(header, seen):
    """The header and all project files it includes, in a fixed order."""
    if header in seen or not header.is_file():
        return
    seen[header] = header.read_bytes()
    for name in QUOTED.findall(seen[header].decode("utf-8", errors="replace")):
        for folder in INCLUDE_DIRS:
            closure(ROOT / folder / name, seen)


def fingerprint(header):
    seen = {}
    closure(header, seen)
    digest = hashlib.sha256(" ".join(command("")).encode())
    for path in sorted(seen):
        digest.update(str(path).encode() + b"\0" + seen[path] + b"\0")
    return digest.hexdigest()


def check(header):
    """None when the header compiles alone, else the compiler's first words."""
    done = subprocess.run(command(header), capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"{header}: does not compile alone\n" + done.stderr[:2000]


def main():
    try:
        good = set() if "--all" in sys.argv else set(json.loads(CACHE.read_text()))
    except (OSError, ValueError):
        good = set()
    marks = {ROOT / path: fingerprint(ROOT / path) for path in project_files((".h",), ["src", "tests"])}
    todo = [header for header, mark in marks.items() if mark not in good]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = dict(zip(todo, pool.map(check, todo)))
    CACHE.parent.mkdir(exist_ok=True)
    CACHE.write_text(json.dumps([mark for header, mark in marks.items() if not results.get(header)]))
    report("check_headers", [problem for problem in results.values() if problem])


if __name__ == "__main__":
    sys.exit(main())
