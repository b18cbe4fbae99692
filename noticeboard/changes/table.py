"""What changed, as a table in the Markdown of GitHub."""

from __future__ import annotations

from collections.abc import Sequence

from noticeboard.changes.gfm import in_markdown
from noticeboard.changes.words import Changed


def as_markdown(changed: Sequence[Changed]) -> str:
    """A row for each file with all that it says otherwise; a sentence where there is none."""
    if not changed:
        return "通报和单位没有变化。\n"
    rows = "".join(
        f"| {in_markdown(change.subject)} | {change.what.value} | {'<br>'.join(map(in_markdown, change.lines))} |\n"
        for change in changed
    )
    return f"| 通报 | | 变化 |\n| --- | --- | --- |\n{rows}"
