#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Licence line, no tabs, no trailing blanks, a last newline, no path of one machine (CONTRIBUTING, rule 5)."""
import re
import sys
from pathlib import Path

from sources import ROOT, project_files, report

LICENSED = (".h", ".cpp", ".inc", ".py", ".sh", ".cmake", ".ts", ".tsx", ".css")
SCRIPTS = ("dev", ".ci/run")
DATA = ("tests/golden", "tests/fuzz/seeds")  # byte for byte what some program said
SPDX = "SPDX-License-Identifier: Apache-2.0"
# Built from pieces, so that this file does not find itself.
MACHINE = re.compile("|".join(["/" + "work/", "/" + "home/[a-z]+/", "/" + "root/[a-z]", "/" + "Users/"]))
NAMES = re.compile(r"\b(class|struct)\s+\w*(Manager|Helper|Util|Utils)\b")


def check(path, text):
    """Problems of one file (path relative to the root)."""
    problems = []
    path = Path(path)
    lines = text.split("\n")
    code = path.suffix in LICENSED or str(path) in SCRIPTS
    if code and not any(SPDX in line for line in lines[:3]):
        problems.append(f"{path}:1: the first lines lack '{SPDX}'")
    if text and not text.endswith("\n"):
        problems.append(f"{path}:{len(lines)}: no newline at the end")
    for number, line in enumerate(lines, 1):
        where = f"{path}:{number}: "
        if code and "\t" in line:
            problems.append(where + "tab")
        if (code or path.suffix == ".md") and line != line.rstrip():
            problems.append(where + "blanks at the end of the line")
        if MACHINE.search(line):
            problems.append(where + "path of one machine: " + MACHINE.search(line).group())
        if path.suffix in (".h", ".cpp") and NAMES.search(line):
            problems.append(where + "say what it does, not Manager, Helper or Util")
    if path.suffix == ".h" and "#pragma once" not in text:
        problems.append(f"{path}:1: no #pragma once")
    return problems


def main():
    problems = []
    for path in project_files():
        if any(path.is_relative_to(folder) for folder in DATA):
            continue
        data = (ROOT / path).read_bytes()
        if b"\0" in data:
            continue
        problems += check(path, data.decode("utf-8", errors="replace"))
    report("check_text", problems)


if __name__ == "__main__":
    sys.exit(main())
