"""What a record published and now says otherwise, field by field.

Something added where nothing stood is no difference; a status is one even then, since 未标明 is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from noticeboard.changes.guard.cutting import cut_around, first_difference
from noticeboard.changes.guard.rules import (
    DATE_CHANGED,
    ENTRY_DAY_CHANGED,
    FIGURE_CHANGED,
    STATUS_CHANGED,
    TEXT_CHANGED,
)
from noticeboard.positions import KeyPath
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import (
    Attachment,
    Contact,
    Inspection,
    Issue,
    Notice,
    Part,
    Publication,
    Record,
    Section,
    Stated,
    Status,
    Suggestion,
)
from noticeboard.rules.registry import Rule

T = TypeVar("T", bound=Record)

#: What has an anchor of its own is compared by it; entries and retirement have rules of their own; the rest is not
#: the notice's: topics, accepted warnings and old addresses are the site's, a list of carried-on matters may grow.
_APART: dict[type[Record], frozenset[str]] = {
    Notice: frozenset(
        ("retirement", "former_addresses", "sections", "issues", "suggestions", "parts", "changes", "accepted")
    ),
    Section: frozenset(("id", "issues")),
    Issue: frozenset(("id", "topics", "changes", "issues")),
    Suggestion: frozenset(("id", "topics", "changes")),
    Part: frozenset(("id",)),
    # To try a phone number again is no change of what was published.
    Contact: frozenset(("checked",)),
}

#: By what an entry of a list is known where it is not as it was; the first that fits. An empty one: by its order.
_KNOWN_BY: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    Stated: (("subject", "of", "body"), ("number", "unit", "quote"), ("number", "unit")),
    Inspection: (("team", "term", "round"), ()),
    Attachment: (("name",), ("url",)),
}

#: Values that are not what their type says: a time is told as a date is, and one day is the site's own.
_RULES_OF: dict[tuple[type[Record], str], Rule] = {
    (Publication, "posted_time"): DATE_CHANGED,
    (Notice, "entered"): ENTRY_DAY_CHANGED,
}

#: Signs of a long text that are shown around the first difference.
_SHOWN = 24


@dataclass(frozen=True)
class Difference:
    """One value that was published and is now another, or gone (``after`` is ``None``)."""

    rule: Rule
    #: In the present record; for something gone the way to where it stood.
    at: KeyPath
    #: What it is: “通报所述”中“问题”的数.
    name: str
    before: str
    after: str | None
    statuses: tuple[Status, Status] | None = None

    @property
    def shown(self) -> tuple[str, str | None]:
        """Both values, long ones cut to where they begin to differ."""
        if self.after is None:
            return _cut(self.before, 0), None
        start = first_difference(self.before, self.after)
        return _cut(self.before, start), _cut(self.after, start)


def differences(old: Record, new: Record, path: KeyPath) -> Iterator[Difference]:
    """What of ``old`` is not so in ``new``, which stands at ``path``; what has an anchor of its own is left out."""
    for name, field in type(old).model_fields.items():
        if name not in _APART.get(type(old), ()):
            key = field.alias or name
            yield from _of_field(type(old), name, getattr(old, name), getattr(new, name), (*path, key))


def _of_field(kind: type[Record], name: str, old: object, new: object, path: KeyPath) -> Iterator[Difference]:
    key = f"“{path[-1]}”"
    if isinstance(old, Status):
        assert isinstance(new, Status)
        yield from _of_status(old, new, path)
    elif isinstance(old, tuple):
        assert isinstance(new, tuple)
        if old and isinstance(old[0], Record):
            yield from _of_list(old, new, path)
        else:
            yield from _of_texts(old, new, path)
    elif isinstance(old, Record):
        if isinstance(new, Record):
            yield from differences(old, new, path)
        else:
            yield from _removed(old, path, key)
    elif old not in (None, False) and old != new:
        usual = DATE_CHANGED if isinstance(old, PartialDate) else TEXT_CHANGED
        rule = _RULES_OF.get((kind, name), usual)
        yield Difference(rule, path, key, _typed(old), None if new in (None, False) else _typed(new))


def _of_status(old: Status, new: Status, path: KeyPath) -> Iterator[Difference]:
    both = (old, new)
    if (old.words, old.code) != (new.words, new.code):
        after = new.words if old.words != new.words else f"{new.words}（{new.code.label}）"
        yield Difference(STATUS_CHANGED, (*path, "词语"), "状态", old.words, after, both)
    if old.as_of is not None and old.as_of != new.as_of:
        after_day = None if new.as_of is None else _typed(new.as_of)
        yield Difference(STATUS_CHANGED, (*path, "截至"), "状态的“截至”", _typed(old.as_of), after_day)
    for key, was, now in (("依据", old.basis, new.basis), ("原文", old.quote, new.quote)):
        # What the old words rested on goes with them.
        if was is not None and was != now and old.words == new.words:
            yield Difference(TEXT_CHANGED, (*path, key), f"状态的“{key}”", was, now)


def _of_stated(old: Stated, new: Stated, path: KeyPath) -> Iterator[Difference]:
    name = f"“通报所述”中“{old.subject}”的"
    if old.number is not None and old.figure != new.figure:
        after = None if new.number is None else new.figure
        yield Difference(FIGURE_CHANGED, (*path, "数"), f"{name}数", old.figure, after)
    for key, was, now in (
        ("项目", old.subject, new.subject),
        ("所属", old.of, new.of),
        ("原文", old.quote, new.quote),
        ("对象", old.body, new.body),
        ("说明", old.note, new.note),
    ):
        if was is not None and was != now:
            yield Difference(TEXT_CHANGED, (*path, key), f"{name}“{key}”", was, now)


def _of_list(old: Sequence[Record], new: Sequence[Record], path: KeyPath) -> Iterator[Difference]:
    for one, at in _paired(old, new):
        if at is None:
            yield from _removed(one, path, f"“{path[-1]}”的一项")
            continue
        other = new[at]
        if isinstance(one, Stated) and isinstance(other, Stated):
            yield from _of_stated(one, other, (*path, at))
        else:
            yield from differences(one, other, (*path, at))


def _paired(old: Sequence[T], new: Sequence[T]) -> Iterator[tuple[T, int | None]]:
    """Each old entry with the position of the new one that it has become."""
    left, free = dict(enumerate(old)), dict(enumerate(new))
    fields: tuple[tuple[str, ...], ...] = (tuple(type(old[0]).model_fields), *_KNOWN_BY.get(type(old[0]), ((),)))
    found: dict[int, int] = {}
    for names in fields:
        key = _key(names)
        for at, one in list(left.items()):
            position = next((where for where, other in free.items() if key(other) == key(one)), None)
            if position is not None:
                found[at] = position
                del left[at], free[position]
    yield from ((one, found.get(at)) for at, one in enumerate(old))


def _key(names: tuple[str, ...]) -> Callable[[Record], tuple[object, ...]]:
    return lambda record: tuple(getattr(record, name) for name in names)


def _of_texts(old: Sequence[object], new: Sequence[object], path: KeyPath) -> Iterator[Difference]:
    """Texts in another order are the same texts."""
    missing = list((Counter(old) - Counter(new)).elements())
    surplus = Counter(new) - Counter(old)
    added = []
    for at, text in enumerate(new):
        if surplus[text] > 0:
            surplus[text] -= 1
            added.append(at)
    for text, at in zip_longest(missing, added[: len(missing)]):
        now = None if at is None else str(new[at])
        yield Difference(TEXT_CHANGED, path if at is None else (*path, at), f"“{path[-1]}”", str(text), now)


def _removed(old: Record, path: KeyPath, name: str) -> Iterator[Difference]:
    """A whole record that is gone: its figure or its dates where it has any, else one text."""
    if isinstance(old, Stated):
        rule = TEXT_CHANGED if old.number is None else FIGURE_CHANGED
        what = f"“通报所述”中的“{old.subject}”"
        yield Difference(rule, path, what, old.figure or old.quote or old.subject, None)
        return
    dates = [
        (field.alias, value)
        for key, field in type(old).model_fields.items()
        if isinstance(value := getattr(old, key), PartialDate)
    ]
    for alias, date in dates:
        yield Difference(DATE_CHANGED, path, f"{name}的“{alias}”", _typed(date), None)
    if not dates:
        texts = [text for value in dict(old).values() if (text := _typed(value))]
        yield Difference(TEXT_CHANGED, path, name, "、".join(texts), None)


def _typed(value: object) -> str:
    """A value as the file has it."""
    if isinstance(value, PartialDate):
        return value.words or value.iso
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(map(_typed, value))
    return "" if value is None else str(value)


def _cut(text: str, start: int) -> str:
    return cut_around(text, start, _SHOWN, 2 * _SHOWN)
