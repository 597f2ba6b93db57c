# SPDX-License-Identifier: Apache-2.0
"""What run_tests.py does at the same time: jobs, what each found, and the pool that runs them."""
import concurrent.futures
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Result:
    """What a job found. `output` is shown when something failed, `notes` always."""

    passed: int = 0
    failures: list = field(default_factory=list)  # the names of what failed, each once
    skipped: int = 0
    output: str = ""
    notes: list = field(default_factory=list)

    def __iadd__(self, other):
        self.passed += other.passed
        self.failures += other.failures
        self.skipped += other.skipped
        return self

    def __str__(self):
        return f"{self.passed} passed, {len(self.failures)} failed, {self.skipped} skipped"


class Running:
    """The processes that jobs have started, so that an interrupt ends them all."""

    def __init__(self):
        self.lock = threading.Lock()
        self.groups = set()

    def end(self):
        with self.lock:
            for group in self.groups:
                kill(group)


running = Running()


def kill(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(command, seconds=None, nice=0, show=False, environment=None):
    """(exit code, what it printed). After `seconds` it is ended with all it started and the code is None. With `show` it
    prints to our own output. `environment` is added to ours."""
    words = [str(word) for word in command]
    process = subprocess.Popen(["nice", "-n", str(nice), *words] if nice else words, cwd=ROOT, start_new_session=True,
                               stdin=subprocess.DEVNULL, stdout=None if show else subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, errors="replace",
                               env={**os.environ, **(environment or {})})
    with running.lock:
        running.groups.add(process.pid)
    try:
        output, _ = process.communicate(timeout=seconds)
        return process.returncode, output or ""
    except subprocess.TimeoutExpired:
        kill(process.pid)
        return None, (process.communicate()[0] or "") + f"\nnot done after {seconds} s\n"
    finally:
        with running.lock:
            running.groups.discard(process.pid)


def guarded(function):
    """A job's function with its time; an exception of ours counts as a failure."""
    began = time.monotonic()
    try:
        result = function()
    except Exception as error:  # a broken tool must not hide what the others found
        result = Result(failures=[f"{type(error).__name__}: {error}"])
    return result, time.monotonic() - began


def run_all(jobs, at_once):
    """Runs (name, function → Result) jobs, the first ones first, prints each as it ends and returns the sum."""
    total = Result()
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        try:
            names = {pool.submit(guarded, function): name for name, function in jobs}
            for done in concurrent.futures.as_completed(names):
                result, seconds = done.result()
                failed = bool(result.failures)
                print(f"  {'FAILED' if failed else 'ok'}  {names[done]}: {result} in {seconds:.0f} s", flush=True)
                if failed and result.output:
                    print(result.output.rstrip(), flush=True)
                for note in result.notes:
                    print(f"      {note}", flush=True)
                total += result
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            running.end()
            raise
    return total
