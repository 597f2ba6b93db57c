#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every header can be included alone (CONTRIBUTING, rule 3).

Each is compiled on top of a precompiled header: the standard library and fmt, and those of GROUPS that the header
includes anyway. What that could hide, names of the standard library without their header, std_names.py finds in the
text. Results are remembered in build/headers.json under a hash of everything the header includes from the project, so
only what changed is compiled again. `--all` forgets them. Generated headers must exist (build first).
"""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import std_names
from sources import ROOT, project_files, report

CACHE = ROOT / "build" / "headers.json"
COMPILER = os.environ.get("CXX", "clang++-19")
INCLUDE_DIRS = ["src", "tests", "build/debug/generated"]
DEFINES = ["-D_GNU_SOURCE", "-DSPDLOG_COMPILED_LIB", "-DSPDLOG_FMT_EXTERNAL", '-DYADO_VERSION="0"',
           '-DYADO_SOURCE_DIR="."']
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<][^">]+[">])', re.MULTILINE)
# what takes long to read and is in many headers; each with all that it includes
GROUPS = ['"schema/io.h"', '"model/domain/domain.h"', '"service/call.h"']


def command(header, *options):
    return [COMPILER, "-std=c++23", "-x", "c++-header", "-Wall", "-Wextra", "-Werror",
            "-Wno-pragma-once-outside-header", *DEFINES, *[f"-I{ROOT / folder}" for folder in INCLUDE_DIRS], *options,
            str(header)]


def closure(header, seen):
    """{project file: its bytes} of the header and all it includes, in a fixed order."""
    if header in seen or not header.is_file():
        return
    seen[header] = header.read_bytes()
    for name in INCLUDE.findall(seen[header].decode("utf-8", errors="replace")):
        if name[0] == '"':
            for folder in INCLUDE_DIRS:
                closure(ROOT / folder / name[1:-1], seen)


def included(header):
    """All that stands in an #include of the header or of what it includes: "a.h" and <string>."""
    seen = {}
    closure(header, seen)
    return {name for text in seen.values() for name in INCLUDE.findall(text.decode("utf-8", errors="replace"))}


def fingerprint(header):
    seen = {}
    closure(header, seen)
    digest = hashlib.sha256(" ".join(command("")).encode())
    for path in [*sorted(seen), *(Path(__file__).parent / name for name in ("check_headers.py", "std_names.py"))]:
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


class Precompiled:
    """The precompiled headers of one run, each made when the first header asks for it."""

    def __init__(self, folder):
        self.folder = folder
        self.made = {}  # groups → Future
        self.pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count())

    def fitting(self, includes):
        groups = tuple(name for name in GROUPS if name in includes)
        if groups not in self.made:
            self.made[groups] = self.pool.submit(self.make, groups, len(self.made))
        return self.made[groups]

    def make(self, groups, number):
        header, result = self.folder / f"{number}.h", self.folder / f"{number}.pch"
        names = [*sorted(f"<{name}>" for name in std_names.headers()), "<fmt/format.h>", *groups]
        header.write_text("".join(f"#include {name}\n" for name in names))
        subprocess.run(command(header, "-fpch-instantiate-templates", "-o", result), check=True)
        return result


def compiled(header, precompiled=None):
    """None when the header compiles, else the compiler's first words."""
    options = ["-fsyntax-only", *(["-include-pch", str(precompiled)] if precompiled else [])]
    done = subprocess.run(command(header, *options), capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else f"{header}: does not compile alone\n{done.stderr[:2000]}"


def check(header, precompiled):
    """What is wrong with the header, as one text; None for nothing."""
    includes = included(header)
    problems = std_names.missing(header.read_text(errors="replace"), includes)
    if problems:
        return "\n".join(f"{header}: {problem}" for problem in problems)
    return compiled(header, precompiled.fitting(includes).result())


def check_all(headers):
    """{header: problem or None}"""
    with tempfile.TemporaryDirectory(prefix="yado-headers-") as folder:
        precompiled = Precompiled(Path(folder))
        for header in headers:
            precompiled.fitting(included(header))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            return dict(zip(headers, pool.map(lambda header: check(header, precompiled), headers)))


def main():
    try:
        good = set() if "--all" in sys.argv else set(json.loads(CACHE.read_text()))
    except (OSError, ValueError):
        good = set()
    marks = {ROOT / path: fingerprint(ROOT / path) for path in project_files((".h",), ["src", "tests"])}
    results = check_all([header for header, mark in marks.items() if mark not in good])
    CACHE.parent.mkdir(exist_ok=True)
    CACHE.write_text(json.dumps([mark for header, mark in marks.items() if not results.get(header)]))
    report("check_headers", [problem for problem in results.values() if problem])


if __name__ == "__main__":
    sys.exit(main())
