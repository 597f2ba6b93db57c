#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No hand-written source file over 600 lines (CONTRIBUTING, rule 4)."""
import sys

from sources import CPP, ROOT, project_files, report

LIMIT = 600
# a table has one fact a line and nothing to split
TABLES = (".inc", ".tsv", ".toml")


def check(path, lines):
    count = len(lines)
    if count <= LIMIT or str(path).endswith(TABLES):
        return []
    return [f"{path}: {count} lines, at most {LIMIT}: split it by topic"]


def main():
    problems = []
    for path in project_files((*CPP, ".py", ".sh", ".ts", ".tsx", ".css", ".cmake", ""), ["src", "tests", "tools", "web", "cmake", "dev"]):
        if path.is_relative_to("tests/golden") or path.is_relative_to("tests/fuzz/seeds"):
            continue
        problems += check(path, (ROOT / path).read_text(encoding="utf-8", errors="replace").splitlines())
    report("check_file_sizes", problems)


if __name__ == "__main__":
    sys.exit(main())
