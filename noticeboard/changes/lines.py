"""Differences in words, a line each: ``状态 正在整改 → 已完成整改``.

A line is known by its name: what it is called in the record, with what it is said of (通报所述“问题”的原文).
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from noticeboard.changes.differences import Difference, differences
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Acceptance, Attachment, Change, Inspection, Record, Stated, Status
from noticeboard.text import cut_around, first_difference

#: The name of what is said, what was said (one text, or the items of a list; nothing) and what is said now.
_Statement: TypeAlias = "tuple[str, tuple[str, ...], tuple[str, ...]]"

#: Records of which one thing says the most: the fields that their name and this thing tell, and the thing.
_FOREMOST: dict[type[Record], tuple[frozenset[str], Callable[[Any], str]]] = {
    Status: (
        frozenset(("words", "category")),
        lambda status: f"{status.words}（归入“{status.category}”）" if status.category else status.words,
    ),
    Stated: (frozenset(("subject", "of", "body", "number", "unit")), lambda stated: stated.figure or "有此说法"),
    Acceptance: (frozenset(("code", "reason")), lambda acceptance: acceptance.reason),
    Attachment: (frozenset(("name", "url")), lambda attachment: attachment.url or "没有网址"),
}
#: A key of these is understood without the one above it.
_PLAIN = ("发布", "联系方式", "地区")
#: What is told by another name than its key.
_LABELS: dict[tuple[type[Record], str], str] = {(Status, "as_of"): "截至日期"}
#: Signs of a text that are shown; of a long one the part that differs.
_SHOWN = 40


def lines(found: Iterable[Difference]) -> Iterator[str]:
    """What is said otherwise, in the order of the record; then what is said no longer."""
    gone = []
    for name, was, said in _all_statements(found, ""):
        if was and not said:
            gone.append(f"删去{name}：{_joined(was)}")
        elif said and not was:
            yield f"新增{name}：{_joined(said)}"
        elif was != said:
            yield from _changed(name, was, said)
    yield from gone


def _all_statements(found: Iterable[Difference], prefix: str) -> Iterator[_Statement]:
    for difference in found:
        label = _LABELS.get((difference.owner, difference.name), difference.key)
        name, value = f"{prefix}{label}", difference.after or difference.before
        if isinstance(value, Record):
            is_plain = difference.key in _PLAIN and not prefix
            yield from _of_record(difference, name, "" if is_plain else f"{name}的")
        elif isinstance(value, tuple) and value and isinstance(value[0], Change):
            yield name, _dated(difference.before), _dated(difference.after)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for entry in difference.parts:
                yield from _of_entry(difference, entry, name)
        else:
            yield name, _texts(difference, difference.before), _texts(difference, difference.after)


def _of_record(difference: Difference, name: str, prefix: str) -> Iterator[_Statement]:
    before, after = difference.before, difference.after
    told, text = _FOREMOST.get(type(after or before), (frozenset[str](), None))
    if text is not None:
        yield name, () if before is None else (text(before),), () if after is None else (text(after),)
    yield from _all_statements((part for part in difference.parts if part.name not in told), prefix)


def _of_entry(whole: Difference, entry: Difference, name: str) -> Iterator[_Statement]:
    """An entry of a list under its own name; alone, and without one, it is understood without the list's."""
    before, after = entry.before, entry.after
    is_named = type(after or before) in _FOREMOST or max(len(whole.before or ()), len(whole.after or ())) > 1
    if before and after and is_named and _called(before, name) != _called(after, name):
        gone, come = tuple(differences(before, None)), tuple(differences(None, after))
        yield from _of_entry(whole, replace(entry, after=None, parts=gone), name)
        yield from _of_entry(whole, replace(entry, before=None, parts=come), name)
        return
    own = _numbered(after, whole.after, name) if after else _numbered(before, whole.before, name)
    yield from _of_record(entry, own, f"{own}的" if is_named else "")


def _numbered(record: Record, records: tuple[Record, ...], name: str) -> str:
    """Several of one name are told apart by their order."""
    called = _called(record, name)
    same = [other for other in records if _called(other, name) == called]
    nth = next(nth for nth, other in enumerate(same, 1) if other is record)
    return f"{called}（第 {nth} 处）" if nth > 1 else called


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


def _dated(changes: tuple[Change, ...] | None) -> tuple[str, ...]:
    return tuple(f"{change.date} {change.what}" for change in changes or ())


def _texts(difference: Difference, value: object) -> tuple[str, ...]:
    """What a value says; nothing where it is as if the key were not there."""
    if value in (None, False) or value == difference.owner.model_fields[difference.name].default:
        return ()
    if isinstance(value, tuple):
        return tuple(map(str, value))
    return ("是" if value is True else _typed(value),)


def _typed(value: object) -> str:
    if not isinstance(value, PartialDate):
        return str(value)
    certain = f"（可确定 {value.iso}）" if value.words and value.iso else ""
    return f"{value.words or value.iso}{certain}"


def _changed(name: str, was: tuple[str, ...], said: tuple[str, ...]) -> Iterator[str]:
    if len(was) == len(said) == 1:
        yield f"{name} {_both(was[0], said[0])}"
        return
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, was, said, autojunk=False).get_opcodes():
        if tag == "replace" and i2 - i1 == j2 - j1:
            yield from (f"{name} {_both(old, new)}" for old, new in zip(was[i1:i2], said[j1:j2], strict=True))
        elif tag != "equal":
            yield from (f"删去{name}：{_cut(text, 0)}" for text in was[i1:i2])
            yield from (f"新增{name}：{_cut(text, 0)}" for text in said[j1:j2])


def _joined(texts: Iterable[str]) -> str:
    return "；".join(_cut(text, 0) for text in texts)


def _both(was: str, said: str) -> str:
    same = first_difference(was, said)
    return f"{_cut(was, same)} → {_cut(said, same)}"


def _cut(text: str, start: int) -> str:
    """On one line."""
    return cut_around(" ".join(text.split()), start, _SHOWN, _SHOWN)
