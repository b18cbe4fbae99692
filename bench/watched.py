"""Cases run one by one in a process of their own, so that one that hangs, grows or dies is found and counted."""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

#: Name and content → what is counted of it. Raises where the program fails.
Run: TypeAlias = Callable[[str, bytes], Mapping[str, int]]
#: What a case gave, its traceback, its seconds of the processor, and the most memory (bytes) of the process so far.
Answer: TypeAlias = "tuple[Mapping[str, int], str, float, int]"

#: Seconds of a processor, and bytes, for one case; a case that takes this many seconds by the clock hangs.
SECONDS, MEMORY, HANGS = 5.0, 500_000_000, 120.0
_FAULTS = ("tracebacks", "over 5 s", "over 500 MB")
_ENDED = "the process ended"


def parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments that every such run has."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--minutes", type=float, default=1.0)
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--keep", type=Path, help="where inputs that fail are kept")
    return made


def watch(run: Run, cases: Iterable[tuple[str, bytes]], kinds: Iterable[str], arguments: argparse.Namespace) -> int:
    """Run cases until the minutes are over and print what was counted: ``kinds`` and faults; 1 where there were any."""
    end = time.monotonic() + arguments.minutes * 60
    counted: Counter[str] = Counter(dict.fromkeys(("cases", *kinds, *_FAULTS), 0))
    worker, slowest = Worker(run), 0.0
    for name, content in cases:
        if time.monotonic() > end:
            break
        given, failure, seconds, memory = worker.run(name, content)
        slowest = max(slowest, seconds)
        is_met = (bool(failure), seconds > SECONDS, memory > MEMORY)
        met = [fault for fault, is_one in zip(_FAULTS, is_met, strict=True) if is_one]
        counted.update({"cases": 1, **given})
        counted.update(met)
        if met:
            print(f"{name}: {', '.join(met)}; {seconds:.1f} s, {memory / 1e6:.0f} MB\n{failure}", flush=True)
            if arguments.keep:
                arguments.keep.mkdir(parents=True, exist_ok=True)
                (arguments.keep / f"{arguments.seed}-{name}").write_bytes(content)
        if memory > MEMORY or seconds >= HANGS or failure == _ENDED:
            worker.end()
            worker = Worker(run)
    worker.end()
    print("; ".join(f"{kind}: {count}" for kind, count in counted.items()), f"; slowest: {slowest:.1f} s", sep="")
    return 1 if any(counted[fault] for fault in _FAULTS) else 0


class Worker:
    """A process that runs cases; ``run`` is a function of a module."""

    def __init__(self, run: Run) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_work, args=(other, run), daemon=True)
        self._process.start()
        # Only the process has this end now: where it ends, no answer is waited for.
        other.close()

    def run(self, name: str, content: bytes) -> Answer:
        """What came of a case."""
        self._pipe.send((name, content))
        try:
            answer: Answer = self._pipe.recv() if self._pipe.poll(HANGS) else ({}, "", HANGS, 0)
        except EOFError:
            return {}, _ENDED, 0.0, 0
        return answer

    def end(self) -> None:
        """Leave nothing behind."""
        self._process.kill()
        self._process.join()


def _work(pipe: Connection, run: Run) -> None:
    while True:
        name, content = pipe.recv()
        begun, given, failure = time.process_time(), dict[str, int](), ""
        try:
            given = dict(run(name, content))
        except BaseException:  # noqa: BLE001 - whatever it is, it is what is looked for
            failure = traceback.format_exc()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        pipe.send((given, failure, time.process_time() - begun, memory))
