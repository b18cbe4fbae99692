"""Short ways to make a draft of a text in a test."""

from __future__ import annotations

from typing import Any

from noticeboard.board.board import Board
from noticeboard.intake.documents import read_document
from noticeboard.intake.documents.document import Block, Document
from noticeboard.intake.drafting.assemble import draft_of
from noticeboard.intake.drafting.draft import Draft, leaves, plain
from noticeboard.intake.drafting.importing import Imported, import_read
from noticeboard.intake.drafting.leaf import Leaf
from noticeboard.record.dates import PartialDate

#: The day on which all drafts of tests are made.
ENTERED = PartialDate(2026, 1, 5)
#: What makes a text a notice, in as few words as may be.
LEAD = (
    "中共示例县示例局党组关于巡察整改进展情况的通报\n"
    "根据县委统一部署，2022年9月8日至12月8日，县委第三巡察组对示例局党组进行了巡察。"
    "2023年2月9日，巡察组反馈了巡察意见。现将整改进展情况予以公布。\n"
)


def draft(text: str) -> Draft:
    """The draft of a text of these lines."""
    lines = text.split("\n")
    return draft_of(Document("示例.txt", tuple(Block(line, f"第 {at} 行") for at, line in enumerate(lines, 1))))


def record(text: str) -> dict[str, Any]:
    """The record of that draft as plain values."""
    return plain(draft(text).record)


def leaf(text: str, *path: str | int) -> Leaf:
    """One value of that draft, with its doubt: ``leaf(text, "问题", 0, "状态", "词语")``."""
    return dict(leaves(draft(text).record))[path]


def import_document(name: str, content: bytes, board: Board, entered: PartialDate) -> Imported:
    """The whole way of a file of this name."""
    return import_read(name, read_document(name, content), board, entered)


def imported(text: str, board: Board | None = None) -> Imported:
    """The whole way of a text file."""
    return import_document("示例.txt", text.encode("utf-8"), board or Board(), ENTERED)


def tree(text: str) -> list[Any]:
    """方面 and issues of a text: ``["1. 甲", ["(1) 乙"]]`` for an issue with one below."""
    found = record(text)
    return [*_sections(found.get("方面", [])), *_issues(found.get("问题", []))]


def _named(entry: dict[str, Any]) -> str:
    return f"{entry.get('编号', '')} {entry['标题']}".strip()


def _sections(sections: list[dict[str, Any]]) -> list[Any]:
    return [
        part for section in sections for part in (f"〔{_named(section)}〕", _issues(section.get("问题", []))) if part
    ]


def _issues(issues: list[dict[str, Any]]) -> list[Any]:
    return [part for issue in issues for part in (_named(issue), _issues(issue.get("子问题", []))) if part]
