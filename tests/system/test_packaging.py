# SPDX-License-Identifier: Apache-2.0
"""What a package would carry: completions that complete, manual pages that know every option, units that parse."""
import re
import shutil
import subprocess

import pytest
from conftest import client
from harness.daemon import PROGRAMS, ROOT

PACKAGING = ROOT / "packaging"


@pytest.mark.parametrize("shell, file", [("bash", "yado"), ("zsh", "_yado")])
def test_packaged_completions_are_those_of_the_program(shell, file):
    printed = client(PROGRAMS / "yado", "completion", shell)
    assert printed.stdout.rstrip("\n") == (PACKAGING / "completions" / file).read_text().rstrip("\n")


@pytest.mark.parametrize("line, offered", [
    ("dom", {"domstate", "dominfo", "domid"}),
    ("start --", {"--paused", "--console", "--autodestroy"}),
    ("start @NAME@", {"@NAME@-one", "@NAME@-two"}),
])
def test_bash_completes(yadod, conn, name, line, offered):
    from harness.guests import bare_guest
    for suffix in ("-one", "-two"):
        conn.defineXML(bare_guest(name + suffix))
    words = ["yado", "-c", yadod.uri(), *line.replace("@NAME@", name).split(" ")]
    script = f"""
        PATH={PROGRAMS}:$PATH
        source {PACKAGING}/completions/yado
        COMP_WORDS=({' '.join("'" + word + "'" for word in words)})
        COMP_CWORD={len(words) - 1}
        _yado
        printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = client("bash", "-c", script)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    assert {word.replace("@NAME@", name) for word in offered} <= set(done.stdout.split())


@pytest.mark.parametrize("program, page", [("yadod", "yadod.8"), ("yado", "yado.1")])
def test_manual_pages_name_every_option(program, page):
    text = (PACKAGING / "man" / page).read_text().replace("\\-", "-")
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", client(PROGRAMS / program, "--help").stdout))
    assert options and {option for option in options if option not in text} == set()


def test_units_parse():
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze (package systemd)")
    done = client("systemd-analyze", "verify", *sorted((PACKAGING / "systemd").iterdir()))
    ours = [line for line in done.stderr.splitlines() if "yadod" in line and "is not executable" not in line
            and "Command /usr/sbin/yadod" not in line and "Command 'man " not in line]  # nothing is installed
    assert ours == []


def test_installation_puts_everything_in_its_place(tmp_path):
    build = PROGRAMS.parent
    done = subprocess.run(["cmake", "--install", build, "--prefix", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for path in ("sbin/yadod", "bin/yado", "share/man/man1/yado.1", "share/man/man8/yadod.8",
                 "lib/systemd/system/yadod.service", "share/bash-completion/completions/yado",
                 "share/zsh/vendor-completions/_yado"):
        assert (tmp_path / path).is_file(), path
