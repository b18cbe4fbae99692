"""A document read in a process of its own, which is ended where it computes too long or takes too much memory.

What is counted (``limits``) refuses nearly everything that would; this is the last resort for what nobody foresaw in
the parsers, which are written by others. It alone depends on the machine.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import json
import os
import subprocess
import sys
from dataclasses import astuple
from pathlib import Path, PurePath

from noticeboard.faults import Fault, told
from noticeboard.intake.documents import DAMAGED, kind_of, limits, read_document
from noticeboard.intake.documents.document import Block, Cell, Document, Unreadable

#: From where this module is imported.
_ROOT = Path(__file__).resolve().parents[__name__.count(".")]
#: The readers that rest on parsers. A text has none; LibreOffice is a process of its own, and larger.
_WITH_PARSER = frozenset(("pdf", "sheet", "web", "word"))
#: Seconds of computing; seconds of waiting on a machine that is busy with other things.
_COMPUTING, _WAITING = 5, 30
#: Bytes of all that a process writes to.
_MEMORY = 450 * 1024 * 1024


def read_apart(name: str, content: bytes) -> Document:
    """As ``read_document``. Raises ``Unreadable``, and ``Fault`` where our own code failed in that process."""
    suffix = PurePath(name).suffix.lower()
    if kind_of(suffix, content) not in _WITH_PARSER:
        return read_document(name, content)
    # -P: a file of the folder that somebody works in is no module of ours.
    command = [sys.executable, "-P", "-m", __name__, str(_COMPUTING), str(_MEMORY)]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    handed = json.dumps(suffix).encode("ascii") + b"\n" + content
    try:
        done = subprocess.run(  # noqa: S603 - this module
            command, input=handed, capture_output=True, check=False, timeout=_WAITING, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(limits.TOO_LARGE) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        # Memory may end anywhere, in what says so too.
        if done.returncode > 0 and not said.startswith("MemoryError"):
            raise Fault(f"程序出错（{said}）") from error
        # The system ended it: for its time or its memory, or because a parser wrote where it must not.
        words = DAMAGED if done.returncode in _CRASHES else limits.TOO_LARGE
        raise Unreadable(words) from error
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    if "fault" in answer:
        raise Fault(answer["fault"])
    blocks = (Block(text, place, aside, cell and Cell(*cell)) for text, place, aside, cell in answer["blocks"])
    return Document(name, tuple(blocks), tuple(answer["remarks"]))


#: SIGSEGV, SIGBUS, SIGABRT, SIGILL and SIGFPE, as ``subprocess`` gives them.
_CRASHES = frozenset((-11, -7, -6, -4, -8))


def _limit(seconds: int, memory: int) -> None:
    """From here on the system ends this process where it goes too far, if the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _is_for_want_of_memory(error: Exception) -> bool:
    """However it is told: by Python, by the system, or by a library that did not tell at all."""
    return isinstance(error, (MemoryError, SystemError)) or getattr(error, "errno", None) == errno.ENOMEM


def _answer(seconds: int, memory: int) -> dict[str, object]:
    handed, _, content = sys.stdin.buffer.read().partition(b"\n")
    suffix = json.loads(handed)
    # First the parser itself, whose room is no matter of the document.
    importlib.import_module(f"{__package__}.{kind_of(suffix, content)}")
    _limit(seconds, memory)
    try:
        document = read_document(f"document{suffix}", content)
    except Unreadable as reason:
        return {"refused": str(reason)}
    except Exception as error:  # noqa: BLE001 - whatever our own code does wrong is told where it can be read
        return {"refused": limits.TOO_LARGE} if _is_for_want_of_memory(error) else {"fault": told(error)}
    blocks = [(block.text, block.place, block.aside, block.cell and astuple(block.cell)) for block in document.blocks]
    return {"remarks": document.remarks, "blocks": blocks}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_answer(*map(int, sys.argv[1:]))))
