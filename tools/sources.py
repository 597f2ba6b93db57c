# SPDX-License-Identifier: Apache-2.0
"""What the check_*.py scripts share: the project's files, and how a check reports."""
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CPP = (".h", ".cpp", ".inc")


def project_files(suffixes=None, below=("",)):
    """Tracked and new files (paths relative to ROOT) with one of the suffixes under one of the folders."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, check=False)
    if listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:  # an exported tree without git
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")
                 if path.is_file() and path.relative_to(ROOT).parts[0] not in (".git", "build", ".run", ".ccache")]
    for name in sorted(set(names)):
        path = Path(name)
        if suffixes is not None and path.suffix not in suffixes:
            continue
        if any(not folder or path.is_relative_to(folder) for folder in below) and (ROOT / path).is_file():
            yield path


def report(check, problems):
    """Print the problems, one a line; ends the program with 1 when there are any."""
    for problem in problems:
        print(problem)
    if problems:
        print(f"{check}: {len(problems)} problem{'s' * (len(problems) != 1)}", file=sys.stderr)
        sys.exit(1)
