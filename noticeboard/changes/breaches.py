"""Which differences break a promise: a figure, a status, a date or a text that was published and now is another.

Something added where nothing stood breaks none; a status is one even then, since 未标明 is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from noticeboard.changes.differences import Difference, surplus
from noticeboard.changes.promises import DATE_CHANGED, ENTRY_DAY_CHANGED, FIGURE_CHANGED, STATUS_CHANGED, TEXT_CHANGED
from noticeboard.positions import KeyPath
from noticeboard.problems import Rule
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Contact, Issue, Notice, Publication, Record, Stated, Status, Suggestion
from noticeboard.text import cut_around, first_difference

#: Entries and retirement have rules of their own; the rest is not the notice's: topics, accepted warnings and old
#: addresses are the site's. To try a phone number again is no change of what was published.
_NOT_PROMISED: frozenset[tuple[type[Record], str]] = frozenset(
    {
        *((Notice, name) for name in ("retirement", "former_addresses", "changes", "accepted")),
        *((matter, name) for matter in (Issue, Suggestion) for name in ("topics", "changes")),
        (Contact, "checked"),
    }
)

#: Values that are not what their type says: a time is told as a date is, and one day is the site's own.
_RULES_OF: dict[tuple[type[Record], str], Rule] = {
    (Publication, "posted_time"): DATE_CHANGED,
    (Notice, "entered"): ENTRY_DAY_CHANGED,
    (Status, "as_of"): STATUS_CHANGED,
}

#: Signs of a long text that are shown around the first difference.
_SHOWN = 24


@dataclass(frozen=True)
class Breach:
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


def breaches(found: Iterable[Difference], of: str = "") -> Iterator[Breach]:
    """Every promise that differences break; ``of`` are words to stand before what is named."""
    for difference in found:
        before, after, name = difference.before, difference.after, f"{of}“{difference.key}”"
        if (difference.owner, difference.name) in _NOT_PROMISED or before in (None, False, ()):
            continue
        if isinstance(before, Status):
            yield from _of_status(difference)
        elif isinstance(before, Record):
            yield from breaches(difference.parts) if after is not None else _gone(difference, name)
        elif isinstance(before, tuple) and isinstance(before[0], Record):
            yield from _of_entries(difference.parts, name)
        elif isinstance(before, tuple):
            yield from _of_texts(before, after, difference.at, name)
        else:
            usual = DATE_CHANGED if isinstance(before, PartialDate) else TEXT_CHANGED
            rule = _RULES_OF.get((difference.owner, difference.name), usual)
            now = None if after in (None, False) else _typed(after)
            yield Breach(rule, difference.at, name, _typed(before), now)


def _of_status(difference: Difference) -> Iterator[Breach]:
    old, new = difference.before, difference.after
    key, at = difference.key, difference.at
    if (old.words, old.code) != (new.words, new.code):
        after = new.words if old.words != new.words else f"{new.words}（{new.code.label}）"
        yield Breach(STATUS_CHANGED, (*at, "词语"), key, old.words, after, (old, new))
    # What the old words rested on goes with them; their day does not.
    rest = (part for part in difference.parts if part.name == "as_of" or old.words == new.words)
    yield from breaches((part for part in rest if part.name not in ("words", "category")), f"{key}的")


def _of_entries(entries: Iterable[Difference], name: str) -> Iterator[Breach]:
    for entry in entries:
        if entry.after is None:
            yield from _gone(entry, f"{name}的一项")
        elif isinstance(entry.before, Stated):
            yield from _of_stated(entry)
        elif entry.before is not None:
            yield from breaches(entry.parts)


def _of_stated(entry: Difference) -> Iterator[Breach]:
    old, new = entry.before, entry.after
    of = f"“通报所述”中“{old.subject}”的"
    if old.number is not None and old.figure != new.figure:
        after = None if new.number is None else new.figure
        yield Breach(FIGURE_CHANGED, (*entry.at, "数"), f"{of}数", old.figure, after)
    yield from breaches((part for part in entry.parts if part.name not in ("number", "unit")), of)


def _of_texts(old: Sequence[object], new: Sequence[object], at: KeyPath, name: str) -> Iterator[Breach]:
    """Texts in another order are the same texts."""
    missing, added = surplus(old, new), surplus(new, old)
    for was, where in zip_longest(missing, added[: len(missing)]):
        now = None if where is None else str(new[where])
        yield Breach(TEXT_CHANGED, at if where is None else (*at, where), name, str(old[was]), now)


def _gone(difference: Difference, name: str) -> Iterator[Breach]:
    """A whole record that is gone: its figure or its dates where it has any, else one text."""
    old, at = difference.before, difference.at
    if isinstance(old, Stated):
        rule = TEXT_CHANGED if old.number is None else FIGURE_CHANGED
        yield Breach(rule, at, f"“通报所述”中的“{old.subject}”", old.figure or old.quote or old.subject, None)
        return
    dates = [part for part in difference.parts if isinstance(part.before, PartialDate)]
    for part in dates:
        yield Breach(DATE_CHANGED, at, f"{name}的“{part.key}”", _typed(part.before), None)
    if not dates:
        texts = [text for value in dict(old).values() if (text := _typed(value))]
        yield Breach(TEXT_CHANGED, at, name, "、".join(texts), None)


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
