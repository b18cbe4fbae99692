"""A record as named statements, each a text or several: what two versions of it are compared by.

A statement is known by the thing it is said of (the notice itself, an issue by its 标识 …) and by its name there, never
by its position: a line that only moved is no change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from noticeboard.changes.guard.anchors import anchors
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import (
    Acceptance,
    Attachment,
    Change,
    Inspection,
    Issue,
    Matter,
    Notice,
    Part,
    Record,
    Section,
    Stated,
    Status,
    Suggestion,
    Unit,
)

#: Name → what is said: one text, or the items of a list.
Statements: TypeAlias = "dict[str, tuple[str, ...]]"

#: What stands as a thing of its own, and what names the thing.
_APART: dict[type[Record], frozenset[str]] = {
    Notice: frozenset(("sections", "issues", "suggestions", "parts")),
    Section: frozenset(("id", "issues")),
    Issue: frozenset(("id", "issues")),
    Suggestion: frozenset(("id",)),
    Part: frozenset(("id",)),
}
#: What a thing is called before its name; a part goes by its name alone.
_KINDS: dict[type[Record], str] = {Section: "方面", Issue: "问题", Suggestion: "意见建议", Part: ""}
#: Signs of a title that are shown.
_TITLE = 30
#: A key of these is understood without the one above it.
_PLAIN = ("发布", "联系方式", "地区")


@dataclass(frozen=True)
class Thing:
    """What statements are made of: its kind, how it is called, the thing above it, and the statements."""

    kind: str
    name: str
    above: str
    statements: Statements = field(hash=False)
    status: Status | None = None

    @property
    def called(self) -> str:
        """问题 1.“差旅费报销不规范”."""
        return f"{self.kind}{self.name}"


def things(notice: Notice) -> dict[str, Thing]:
    """Everything in a notice that has an anchor, by it, in order; under ``""`` the notice itself."""
    return {"": Thing("", "", "", statements(notice))} | {
        anchor: Thing(
            _KINDS[type(one.record)],
            _name(one.record),
            one.above or "",
            statements(one.record),
            one.record.status if isinstance(one.record, Matter) else None,
        )
        for anchor, one in anchors(notice).items()
    }


def _name(record: Section | Matter | Part) -> str:
    title = record.title if len(record.title) <= _TITLE else f"{record.title[:_TITLE]}…"
    return f"{f' {record.number}' if record.number else ''}“{title}”"


def statements(record: Notice | Section | Matter | Part | Unit) -> Statements:
    """What a record says, without what stands in it as a thing of its own."""
    return dict(_of_record(record, ""))


def _of_record(record: Record, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, info in type(record).model_fields.items():
        if name in _APART.get(type(record), ()):
            continue
        yield from _of_value(getattr(record, name), info.alias or name, prefix)


def _of_value(value: object, key: str, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    name = f"{prefix}{key}"
    if isinstance(value, Status):
        yield from _of_status(value, name)
    elif isinstance(value, Record):
        yield from _of_record(value, "" if key in _PLAIN and not prefix else f"{name}的")
    elif isinstance(value, tuple) and value and isinstance(value[0], Record):
        yield from _of_records(value, name)
    elif isinstance(value, tuple):
        if value:
            yield name, tuple(map(str, value))
    elif value is True:
        yield name, ("是",)
    elif value not in (None, False):
        yield name, (_typed(value),)


def _of_status(status: Status, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield name, (f"{status.words}（归入“{status.category}”）" if status.category else status.words,)
    if status.basis != "本条":
        yield f"{name}的依据", (status.basis,)
    if status.as_of:
        yield f"{name}的截至日期", (_typed(status.as_of),)
    if status.quote:
        yield f"{name}的原文", (status.quote,)


def _of_records(records: tuple[Record, ...], name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    seen: dict[str, int] = {}
    for record in records:
        if isinstance(record, Change):
            continue
        called = _called(record, name)
        seen[called] = seen.get(called, 0) + 1
        # Several of one name: told apart by their order.
        own = f"{called}（第 {seen[called]} 处）" if seen[called] > 1 else called
        if isinstance(record, Stated):
            yield own, (record.figure or "有此说法",)
            yield from (
                (f"{own}的{key}", (text,)) for key, text in (("原文", record.quote), ("说明", record.note)) if text
            )
        elif isinstance(record, Acceptance):
            yield own, (record.reason,)
        elif isinstance(record, Attachment):
            yield own, (record.url or "没有网址",)
        else:
            yield from _of_record(record, f"{own}的" if len(records) > 1 else "")
    changes = tuple(f"{one.date} {one.what}" for one in records if isinstance(one, Change))
    if changes:
        yield name, changes


def _called(record: Record, name: str) -> str:
    if isinstance(record, Stated):
        of = "" if record.of == "问题" else f"{record.of}："
        return f"通报所述“{f'{record.body}：' if record.body else ''}{of}{record.subject}”"
    if isinstance(record, Acceptance):
        return f"已知差异“{record.code}”"
    if isinstance(record, Attachment):
        return f"附件“{record.name}”"
    if isinstance(record, Inspection) and record.team:
        return f"{name}“{record.team}”"
    return name


def _typed(value: object) -> str:
    if not isinstance(value, PartialDate):
        return str(value)
    certain = f"（可确定 {value.iso}）" if value.words and value.iso else ""
    return f"{value.words or value.iso}{certain}"
