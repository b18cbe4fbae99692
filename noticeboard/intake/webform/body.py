"""The body of an issue that was made with the form → what stands in each of its boxes.

GitHub writes ``### label``, an empty line and the content of each box, in the order of the form ("Syntax for GitHub's
form schema"). A text that somebody pasted may hold such lines too: only the labels of the form count, each once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from noticeboard.radicals import unified
from noticeboard.text import CONTROLS, UNSEEN, with_line_feeds

#: Labels of the boxes in the form's file, in its order.
LABELS = (
    "单位",
    "落款日期",
    "发布日期",
    "来源",
    "网址",
    "数据截至",
    "通报所述的总数",
    "问题",
    "电话",
    "电子邮箱",
    "地址",
    "全文",
    "提交以前",
)
_EMPTY = "_No response_"
_CELL = re.compile(r"[|｜\t]")
#: What a body longer than this holds, GitHub itself would not take (65,536 characters).
LONGEST = 1_000_000
_UNSEEN = re.compile(f"[{CONTROLS}{UNSEEN}]")


@dataclass(frozen=True)
class Filled:
    """The boxes by their labels; what was left empty is empty."""

    boxes: dict[str, str]

    def __getitem__(self, label: str) -> str:
        return self.boxes.get(label, "")

    def line(self, label: str) -> str:
        """What was written into a box of one line, as one line."""
        return " ".join(self[label].split())

    def lines(self, label: str) -> list[str]:
        """The lines of a box that say something."""
        return [" ".join(line.split()) for line in self[label].splitlines() if line.strip()]

    def rows(self, label: str) -> list[list[str]]:
        """The lines of a box with their cells: apart by a bar, or by a tab where they were pasted from a table."""
        rows = [[" ".join(cell.split()) for cell in _CELL.split(line)] for line in self[label].splitlines()]
        return [row for row in rows if any(row)]


def filled(body: str) -> Filled:
    """What stands in the boxes of a body; of a text that is no form, nothing."""
    # Radicals that came with a copy are no other characters to the person who pasted them.
    text = unified(_UNSEEN.sub("", with_line_feeds(body[:LONGEST])))
    boxes: dict[str, str] = {}
    rest = text
    for at, label in enumerate(LABELS):
        heading = re.search(rf"^### {re.escape(label)}[ \t]*$", rest, re.MULTILINE)
        if heading is None:
            continue
        rest = rest[heading.end() :]
        # Up to the next label of the form: a pasted text may have headings of its own.
        following = "|".join(map(re.escape, LABELS[at + 1 :]))
        ends = [end.start() for end in re.finditer(rf"^### (?:{following})[ \t]*$", rest, re.MULTILINE) if following]
        # Of the text the last one: it may itself repeat the label of the box behind it.
        content = (rest[: ends[-1 if label == "全文" else 0]] if ends else rest).strip()
        boxes[label] = "" if content == _EMPTY else content
    return Filled(boxes)
