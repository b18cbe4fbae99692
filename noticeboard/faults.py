"""A fault of this program told apart from a fault of what it reads, and said in words instead of a traceback."""

from __future__ import annotations

import traceback
from pathlib import Path, PurePath

_PACKAGE = Path(__file__).resolve().parent


class Fault(Exception):  # noqa: N818 - said to a person: what of this program failed, and that it is to be reported
    """A fault of this program, in words."""


def is_ours(error: BaseException) -> bool:
    """Whether an error was raised in the code of this package, not in that of a library which it called."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and _within(frames[-1].filename) is not None


def told(error: BaseException) -> str:
    """What went wrong, and where in our code: ``程序出错（noticeboard/rules/dates.py 第 21 行，IndexError）……``."""
    if isinstance(error, Fault):
        return str(error)
    ours = [
        f"{within.as_posix()} 第 {frame.lineno} 行，"
        for frame in traceback.extract_tb(error.__traceback__)
        if (within := _within(frame.filename)) is not None
    ]
    where = f"{ours[-1] if ours else ''}{type(error).__name__}"
    return f"程序出错（{where}）。这不是文件的问题：请把这句话和用到的文件报告给维护者"


def _within(filename: str) -> PurePath | None:
    path = Path(filename)
    return path.relative_to(_PACKAGE.parent) if path.is_relative_to(_PACKAGE) else None
