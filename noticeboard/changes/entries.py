"""A broken promise in words: what changed from what to what, and the very line (变更) that tells readers of it."""

from __future__ import annotations

import json
import re

from noticeboard.changes.breaches import Breach
from noticeboard.changes.differences import Anchored
from noticeboard.record.model import Matter, Status

#: A text that needs no quotation marks between braces.
_PLAIN = re.compile(r"""[^\s,:{}\[\]#'"\\&*!|>%@`?-][^,:{}\[\]#'"\\\n]*(?<!\s)""")


def what_changed(breach: Breach, bearer: Anchored | None) -> str:
    """``i-1-2 的状态从“正在整改”改为“已完成整改”…``."""
    before, after = breach.shown
    owner = f"{bearer.anchor}“{bearer.title}”的" if bearer else ""
    change = f"“{before}”被删去了" if after is None else f"从“{before}”改为“{after}”"
    return f"{owner}{breach.name}{change}，而“变更”里没有新的记录"


def entry_to_write(breach: Breach, bearer: Anchored | None, *, has_entries: bool) -> str:
    """Where to add an entry, and the entry; a matter has its own list (``has_entries``), all else the notice's."""
    before, after = breach.shown
    is_matter = bearer is not None and isinstance(bearer.record, Matter)
    subject = breach.name if bearer is None or is_matter else f"{bearer.title}：{breach.name}"
    content = f"{subject}“{before}”删去" if after is None else f"{subject}由“{before}”改为“{after}”"
    fields = {"日期": "…", "内容": yaml_text(content)}
    if breach.statuses:
        fields |= {"原状态": _status(breach.statuses[0]), "现状态": _status(breach.statuses[1])}
    fields["依据"] = "…"
    entry = "{" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}"
    where = f"在“{bearer.title}”这一条" if bearer and is_matter else "在通报"
    line = f"{where}的“变更”最后加一条“- {entry}”" if has_entries else f"{where}里加一行“变更: [{entry}]”"
    return f"改错了的改回去；确实要改的，{line}"


def _status(status: Status) -> str:
    words = yaml_text(status.words)
    return f"{{词语: {words}, 归类: {status.category}}}" if status.category else words


def yaml_text(text: str) -> str:
    """A text as it may stand in braces."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
