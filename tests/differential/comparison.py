# SPDX-License-Identifier: Apache-2.0
"""Runs a script of commands with a client at a daemon and makes the answers comparable."""
import os
import re
import shlex
import subprocess
import tomllib
from pathlib import Path

from harness import images

HERE = Path(__file__).resolve().parent
CLIENT_SECONDS = 90
# commands whose numbers are measurements
MEASURING = {"nodememstats", "nodecpustats", "freecell", "cpu-stats", "dommemstat", "domblkstat"}
NEUTRAL = "guestx"  # what every guest is called after normalising; the real names have the same length


def guest_name(kind):
    """Six letters, different for each pass: cgroups are the machine's, so two daemons must not use one name."""
    return f"{kind}{os.getpid() % 100000:05}"


def normal(text, command, daemon, name, folder):
    """The text without what may differ between two runs."""
    text = text.replace(name, NEUTRAL).replace(str(folder), "FOLDER").replace(str(daemon.images), "IMAGES")
    text = text.replace(daemon.uri(), "URI").replace(str(daemon.inside("/")).rstrip("/") + "/", "/")
    text = text.replace("//run", "/run")
    text = re.sub(r"/dev/pts/\d+", "/dev/pts/N", text)
    text = re.sub(r"(?m)^(CPU time: +)[\d.]+s", r"\1Ns", text)
    text = re.sub(r"(CPU frequency: +)\d+", r"\1N", text)
    text = re.sub(r"(Memory size: +)\d+", r"\1N", text)  # a host that is a guest itself may have a balloon
    text = re.sub(r"(cpu\.\w+|\w*time\w*|balloon\.rss|balloon\.last-update)(=)\d+", r"\1\2N", text)
    text = re.sub(r"(port='|127\.0\.0\.1:|vnc://127\.0\.0\.1:)\d+", r"\1N", text)
    text = re.sub(r"(?m)^( *<[amc]time>)[\d.]+", r"\1N", text)
    text = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}", "YYYY-MM-DD HH:MM:SS ZZZZZ", text)
    text = re.sub(r"(<creationTime>)\d+", r"\1N", text)
    text = re.sub(r"( portid=')[^']*", r"\1U", text)
    text = re.sub(r"\bvnet\d", "vnetN", text)  # a failed start takes a number or not
    text = re.sub(r"(<seclabel .*\n)( +<label>).*", r"\1\2LABEL</label>", text)
    if command == "domcontrol":  # another client's call may be under way for a moment
        text = re.sub(r"occupied \([\d.]+s\)", "ok", text)
    if command == "vcpuinfo":  # where a thread runs at a moment
        text = re.sub(r"(?m)^(CPU: +)\d+$", r"\1N", text)
    if command in MEASURING:
        text = re.sub(r"\d+", "N", text)
        text = re.sub(r" +", " ", text)
    # the programs' own names
    return re.sub(r"\b(virsh|yado)\b", "PROGRAM", text)


class Pass:
    """One client at one fresh daemon."""

    def __init__(self, client, daemon, kind, folder):
        self.client, self.daemon, self.name, self.folder = client, daemon, guest_name(kind), Path(folder)
        self.readonly = False
        self.folder.mkdir(parents=True, exist_ok=True)
        (daemon.images / "disk.raw").write_bytes(b"\0" * 1_048_576)
        for image in ("one.qcow2", "two.qcow2"):
            images.create(daemon.images / image)
        for document in (HERE / "documents").iterdir():
            text = document.read_text().replace("@NAME@", self.name).replace("@IMAGES@", str(daemon.images))
            (self.folder / document.name).write_text(text)

    def run(self, line):
        """(exit code, normalised output, normalised errors) of a line of a script."""
        line = line.replace("@NAME@", self.name)
        line = re.sub(r"\{([a-z_]+)\}", lambda found: str(self.folder / f"{found[1]}.xml"), line)
        words = shlex.split(line)
        try:
            done = subprocess.run(
                [self.client, *(["-r"] if self.readonly else []), "-c", self.daemon.uri(), *words], capture_output=True,
                text=True, errors="replace", timeout=CLIENT_SECONDS, check=False, stdin=subprocess.DEVNULL,
                env={**os.environ, "LC_ALL": "C", "LANGUAGE": "C"})
        except subprocess.TimeoutExpired:
            return "no answer", "", ""
        return (done.returncode, *(normal(text, words[0], self.daemon, self.name, self.folder)
                                   for text in (done.stdout, done.stderr)))

    def play(self, script):
        """[(line, answer)] of a script file."""
        answers = []
        for line in script.read_text().splitlines():
            line = line.strip()
            if line == "@READONLY@":
                self.readonly = True
            elif line and not line.startswith("#"):
                answers.append((line, self.run(line)))
        return answers


class Known:
    """known_differences.toml: what may differ, each with its reason."""

    def __init__(self):
        with open(HERE / "known_differences.toml", "rb") as file:
            self.rows = tomllib.load(file).get("difference", [])
        for row in self.rows:
            assert row.get("reason"), f"a difference without a reason: {row}"
            assert row.get("between") in ("daemons", "clients"), row

    def allows(self, between, script, line, expected, found):
        """Whether the rows for this command, taken together, explain the difference."""
        ignored = []
        for row in self.rows:
            if row["between"] == between and re.search(row.get("script", ""), script) and re.search(row["command"], line):
                if "ignoring" not in row:
                    return True
                ignored.append(row["ignoring"])
        if not ignored:
            return False
        pattern = re.compile("|".join(f"(?:{one})" for one in ignored))
        kept = [[[text for text in str(part).splitlines() if not pattern.search(text)] for part in answer]
                for answer in (expected, found)]
        return kept[0] == kept[1]


def differences(between, script, expected, found, known):
    """Texts of the differences that are not known."""
    import difflib
    told = []
    for (line, one), (_, other) in zip(expected, found, strict=True):
        if one == other or known.allows(between, script, line, one, other):
            continue
        shown = [f"$ {line}"]
        if one[0] != other[0]:
            shown.append(f"  exit code {one[0]} → {other[0]}")
        for what, before, after in (("output", one[1], other[1]), ("errors", one[2], other[2])):
            if before != after:
                shown += [f"  {what}:"] + ["  " + row for row in difflib.unified_diff(
                    before.splitlines(), after.splitlines(), "libvirt", "yado", lineterm="", n=1)][2:60]
        told.append("\n".join(shown))
    return told
