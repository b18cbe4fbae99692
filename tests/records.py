"""Short ways to write a record in a test: the smallest valid files, and more lines behind them."""

from __future__ import annotations

from pathlib import Path

from noticeboard.board.board import Board
from noticeboard.board.folders import load
from noticeboard.problems import Problem
from noticeboard.reading.read import read_bytes
from noticeboard.record.model import Notice
from noticeboard.rules import review
from noticeboard.site.settings.masthead import Masthead

NOTICE = """标题: 示例通报
文种: 巡察整改进展
发布: {内容: 摘要, 落款日期: 2023-12-14}
收录: 2024-01-05
联系方式: {电话: 0000-1234560}
"""
UNIT = """全称: 示例县示例局
简称: 示例局
地区: {省: 湖南省, 市: 示例市, 县: 示例县, 代码: 439999}
类别: 政府部门
级别: 县
"""
FILE = Path("notices/shili/2023.yml")
MASTHEAD = Masthead("示例公开栏", "https://example.org/")


def problems_of(text: str | bytes) -> list[str]:
    """What reading a notice of this text finds, each as ``LINE:COL CODE``."""
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    return [short(problem) for problem in read_bytes(FILE, content, Notice).problems]


def short(problem: Problem) -> str:
    return f"{problem.place.line}:{problem.place.column} {problem.code}"


def notice(more: str = "") -> Notice:
    """The smallest notice with ``more`` lines behind it; the lines must be sound."""
    reading = read_bytes(FILE, (NOTICE + more).encode("utf-8"), Notice)
    assert reading.record is not None, [str(problem) for problem in reading.problems]
    return reading.record


def write(folder: Path, files: dict[str, str]) -> Path:
    """A folder of notices: path in it → text."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def board_of(folder: Path, files: dict[str, str]) -> tuple[Board, list[Problem]]:
    """The board of some files with every problem of reading and of the rules."""
    board, problems = load(write(folder, files))
    return board, [*problems, *review(board).problems]


def codes_of(folder: Path, more: str, *, replace_contact: bool = False, unit: str = UNIT) -> list[str]:
    """The problems of one unit with the smallest notice and ``more`` lines behind it, as ``LINE:COL CODE``."""
    text = NOTICE.partition("联系方式")[0] if replace_contact else NOTICE
    _, problems = board_of(folder, {"shili/unit.yml": unit, "shili/2023.yml": text + more})
    return [short(problem) for problem in problems]
