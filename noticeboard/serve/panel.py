"""What the preview puts into a page while serving it, and nothing else ever does: its problems, and the reloading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from importlib import resources

from noticeboard.problems import Problem

#: Where the preview's own files are; no page of a site has such an address.
OWN = "/_preview/"
_BODY = re.compile(rb"<body[^>]*>")


def asset(name: str) -> bytes:
    """``panel.css`` or ``reload.js``."""
    return (resources.files("noticeboard.serve") / name).read_bytes()


def panel(problems: Sequence[Problem], *, is_old: bool, is_whole_site: bool) -> str:
    """The list of problems at the head of a page; empty where there are none. All text is escaped."""
    if not problems:
        return ""
    old = "<p>文件现在读不懂。下面是上一次读得懂的内容。</p>" if is_old else ""
    if is_whole_site:
        by_file = Counter(problem.file.as_posix() for problem in problems)
        items = [f"<li><code>{escape(file)}</code>：{count} 处</li>" for file, count in by_file.items()]
    else:
        items = list(map(_item, problems))
    heading = f"预览：{len(problems)} 处要看一看（公布的网站上没有这一栏）"
    return (
        f'<section class="nb-preview" role="status" aria-label="预览中的问题"><h2>{heading}</h2>'
        f"{old}<ul>{''.join(items)}</ul></section>"
    )


def _item(problem: Problem) -> str:
    where = f"{problem.file.name} 第 {problem.place.line} 行第 {problem.place.column} 列"
    return (
        f"<li><b>{problem.severity.value}</b> {escape(where)}：{escape(problem.what)}"
        f"<br>怎样改：{escape(problem.remedy)} <code>{escape(problem.code)}</code></li>"
    )


def with_panel(html: bytes, shown: str, token: str) -> bytes:
    """A page with the panel as the first thing in its body."""
    body = _BODY.search(html)
    at = body.end() if body else 0
    return html[:at] + own_part(shown, token).encode("utf-8") + html[at:]


def own_part(shown: str, token: str) -> str:
    """All that the preview adds to a page."""
    return (
        f'<link rel="stylesheet" href="{OWN}panel.css">{shown}'
        f'<script src="{OWN}reload.js" data-token="{escape(token)}" defer></script>'
    )


def alone(shown: str, token: str, words: str) -> bytes:
    """A page that has only the panel: nothing could be made of its file yet, or it is not built yet."""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>预览</title></head>'
        f"<body>{own_part(shown, token)}<p class='nb-preview-word'>{escape(words)}</p></body></html>"
    ).encode()
