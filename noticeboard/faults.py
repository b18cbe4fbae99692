"""A fault of the program itself, told in one sentence: whoever meets it did nothing wrong and reads no traceback."""

from __future__ import annotations

import traceback
from pathlib import Path

_HERE = Path(__file__).resolve().parent
#: The words of an error may hold a whole file.
_LONGEST = 200


def told(fault: BaseException) -> str:
    """What failed, where in the program, and what to do; one line."""
    words = " ".join(f"{type(fault).__name__}：{fault}".split())
    shortened = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"
    return f"程序出错了，不是你的文件的错（{_place(fault)}{shortened}）。请把这一行和用到的文件告诉维护者"


def _place(fault: BaseException) -> str:
    """The innermost line of ours that it went through."""
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        file = Path(frame.filename)
        if file.is_relative_to(_HERE):
            return f"{file.relative_to(_HERE).as_posix()} 第 {frame.lineno} 行，"
    return ""
