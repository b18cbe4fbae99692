"""What a check of somebody's pull request left behind → a comment for that pull request.

The file was written by code that nobody has looked at yet: it is data of any form, and all its text is escaped anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from noticeboard.board.addresses import Address
from noticeboard.changes.gfm import LONGEST, cut, in_markdown
from noticeboard.changes.table import as_markdown
from noticeboard.changes.words import Changed, What
from noticeboard.problems import CannotRun

_LONGEST_FILE = 5_000_000
_MOST, _LONGEST_TEXT = 200, 2_000


def comment(file: Path, run_url: str) -> str:
    """The comment: what changes, and where the rest is. Raises ``CannotRun`` where the file is no list of changes."""
    content = file.read_bytes()[: _LONGEST_FILE + 1]
    changed = list(_changed(content))
    shown = changed[:_MOST]
    more = f"\n还有 {len(changed) - _MOST} 个文件没有列出。\n" if len(changed) > _MOST else ""
    table = cut(as_markdown(shown), LONGEST, "| … | | 太长，后面的看运行的摘要 |")
    where = "问题、核对的总数和预览（双击就能打开的网页）在这次检查的摘要和 Artifacts 里"
    return f"### 改了什么\n\n{table}{more}\n{where}：<{_url(run_url)}>\n"


def _url(url: str) -> str:
    if not url.startswith("https://") or any(character in "<>\\\"' \n\r" for character in url):
        raise CannotRun(f"不是网址：{in_markdown(url[:80])}")
    return url


def _changed(content: bytes) -> Iterator[Changed]:
    try:
        rows = json.loads(content.decode("utf-8")) if len(content) <= _LONGEST_FILE else None
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        raise CannotRun("检查留下的文件不是改动的列表")
    names = {what.name.lower(): what for what in What}
    for row in rows:
        fields = row if isinstance(row, dict) else {}
        lines, what = fields.get("lines"), names.get(str(fields.get("what")))
        if what is None or not isinstance(lines, list):
            raise CannotRun("检查留下的文件里有不像改动的内容")
        texts = tuple(str(line)[:_LONGEST_TEXT] for line in lines[:_MOST])
        yield Changed(str(fields.get("subject"))[:_LONGEST_TEXT], what, Path(), Address(""), texts)
