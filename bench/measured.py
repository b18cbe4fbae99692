"""What a program costs that is run once: seconds, seconds of the processor, memory, files and bytes that it writes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

#: Runs a program in a session of its own and tells what it took, with all processes that it waited for. A small process
#: between, since what a program is said to have used at its peak is never less than what its starter used.
_BETWEEN = """
import json, os, signal, subprocess, sys, time
limit, command = int(sys.argv[1]), sys.argv[2:]
is_cut = False
def cut(*_):
    global is_cut
    is_cut = True
    os.killpg(run.pid, signal.SIGKILL)
signal.signal(signal.SIGALRM, cut)
begun = time.perf_counter()
run = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True)
signal.alarm(limit)
try:
    _, status, used = os.wait4(run.pid, 0)
except BaseException:
    os.killpg(run.pid, signal.SIGKILL)
    raise
seconds = time.perf_counter() - begun
signal.alarm(0)
code = os.waitstatus_to_exitcode(status)
print(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, code, is_cut]))
"""
#: So much of what a program that failed said last is shown.
_SHOWN = 2_000


class End(StrEnum):
    """How a run ended."""

    DONE = "done"
    #: Cut off at its limit; its seconds are that limit, and nothing else is known.
    CUT = "cut off"
    FAILED = "failed"


@dataclass(frozen=True)
class Run:
    """What one run took."""

    #: By the clock, and of all processors, in all processes that it started and waited for.
    seconds: float
    processor: float = 0
    #: Bytes of the largest process at its peak.
    memory: int = 0
    #: Of the folder that it writes: those that are new or not as they were, and their bytes.
    files: int = 0
    size: int = 0
    #: Bytes that it keeps for the next time.
    kept: int = 0
    end: End = End.DONE


class Step(NamedTuple):
    """What is run once."""

    #: Of the row that it belongs to.
    key: str
    command: Sequence[str]
    folder: Path
    #: The folder that it writes, and the file that it keeps for the next time, if any.
    output: Path | None = None
    kept: Path | None = None


def run(step: Step, environment: Mapping[str, str], limit: int) -> Run:
    """Run a step, ``limit`` seconds at most. What it says when it fails goes to the standard error."""
    before = _standing(step.output)
    between = [sys.executable, "-c", _BETWEEN, str(limit), *step.command]
    with TemporaryFile() as said:
        done = subprocess.run(  # noqa: S603 - what is measured
            between, cwd=step.folder, env=environment, stdout=subprocess.PIPE, stderr=said, check=True
        )
        seconds, processor, memory, code, is_cut = json.loads(done.stdout)
        if is_cut:
            return Run(limit, end=End.CUT)
        if code:
            said.seek(max(0, said.seek(0, os.SEEK_END) - _SHOWN))
            print(f"{step.command} gave {code}:\n{said.read().decode('utf-8', 'replace')}", file=sys.stderr)
            return Run(seconds, end=End.FAILED)
    written = [file[0] for path, file in _standing(step.output).items() if before.get(path) != file]
    kept = step.kept.stat().st_size if step.kept and step.kept.is_file() else 0
    return Run(seconds, processor, memory, len(written), sum(written), kept)


def _standing(folder: Path | None) -> dict[str, tuple[int, int, int]]:
    """Every file under a folder with its size and what tells it from one that was written in its place."""
    if folder is None:
        return {}
    files = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    statuses = ((str(file), file.stat()) for file in files)
    return {path: (status.st_size, status.st_ino, status.st_mtime_ns) for path, status in statuses}
