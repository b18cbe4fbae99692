"""What two versions of a record say otherwise, value by value: nothing is judged here, and nothing told in words.

The model is walked by its fields, so that a key that comes to it is compared. What has an anchor of its own (标识) is
known by it, wherever it stands (``anchors``); an entry of any other list is compared with the one that it has become.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from noticeboard.positions import KeyPath
from noticeboard.record.model import (
    Acceptance,
    Attachment,
    Inspection,
    Issue,
    Matter,
    Notice,
    Part,
    Record,
    Section,
    Stated,
    Suggestion,
)
from noticeboard.record.walk import walk

_ANCHORED = (Section, Matter, Part)

#: By what an entry of a list is known where it is not as it was; the first that fits. An empty one: by its order.
_KNOWN_BY: dict[type[Record], tuple[tuple[str, ...], ...]] = {
    Stated: (("subject", "of", "body"), ("number", "unit", "quote"), ("number", "unit")),
    Inspection: (("team", "term", "round"), ()),
    Attachment: (("name",), ("url",)),
    Acceptance: (("code",),),
}


@dataclass(frozen=True)
class Anchored:
    """What stands at an anchor, with its way from the top of the record and the anchor above it."""

    anchor: str
    path: KeyPath
    record: Section | Issue | Suggestion | Part
    above: str | None = None

    @property
    def title(self) -> str:
        """Its name."""
        return self.record.title

    @property
    def is_positional(self) -> bool:
        """Whether its anchor depends on what stands before it."""
        return self.record.id is None

    @property
    def content(self) -> frozenset[str]:
        """What tells it from others when its title has changed."""
        if isinstance(self.record, Part):
            return frozenset(self.record.text)
        own = (*self.record.measures, self.record.progress, self.record.result)
        below = () if isinstance(self.record, Suggestion) else self.record.issues
        # A heading without texts is known by what stands under it.
        return frozenset(text for text in own if text) or frozenset(issue.id for issue in below)


def anchors(notice: Notice) -> dict[str, Anchored]:
    """All anchors of a notice, in its order; of one used twice, the first. A part without 标识 has ``part-N``."""
    found: dict[str, Anchored] = {}
    for at, section in enumerate(notice.sections):
        found.setdefault(section.id, Anchored(section.id, ("方面", at), section))
    for placed in walk(notice):
        above = placed.parents[-1].id if placed.parents else placed.section.id if placed.section else None
        found.setdefault(placed.issue.id, Anchored(placed.issue.id, placed.path, placed.issue, above))
    for at, suggestion in enumerate(notice.suggestions):
        found.setdefault(suggestion.id, Anchored(suggestion.id, ("意见建议", at), suggestion))
    for at, (anchor, part) in enumerate(zip(notice.part_anchors, notice.parts, strict=True)):
        found.setdefault(anchor, Anchored(anchor, ("其他部分", at), part))
    return found


@dataclass(frozen=True)
class Difference:
    """A field that two versions of a record give otherwise, or one entry of a list of records that is such a field.

    ``before`` and ``after`` are the values as the model has them; ``None`` where a version has no such record.
    """

    owner: type[Record]
    name: str
    #: In the present version; for an entry that is gone the way to its list.
    at: KeyPath
    before: Any
    after: Any
    #: Of a record its fields that differ, of a list of records its entries.
    parts: tuple[Difference, ...] = ()

    @property
    def key(self) -> str:
        """What the field is called in files."""
        return self.owner.model_fields[self.name].alias or self.name


def differences(old: Record | None, new: Record | None, at: KeyPath = ()) -> Iterator[Difference]:
    """Each field that two versions of a record give otherwise, in the order of the model; ``at`` is where it stands.

    A version may be ``None``: then the other one says everything alone. What has an anchor of its own is left out.
    """
    given = new if old is None else old
    kind = type(given) if given is not None else Record
    for name, field in kind.model_fields.items():
        before, after = (getattr(record, name, None) for record in (old, new))
        is_apart = _is_list_of(_ANCHORED, before, after) or (name == "id" and issubclass(kind, _ANCHORED))
        if before != after and not is_apart:
            yield _difference((kind, name), (*at, field.alias or name), before, after)


_Field: TypeAlias = "tuple[type[Record], str]"


def _difference(field: _Field, at: KeyPath, before: Any, after: Any) -> Difference:
    parts: Iterator[Difference] = iter(())
    if isinstance(before, Record) or isinstance(after, Record):
        parts = differences(before, after, at)
    elif _is_list_of((Record,), before, after):
        parts = _entries(field, at, before or (), after or ())
    return Difference(*field, at, before, after, tuple(parts))


def _is_list_of(kinds: tuple[type[Record], ...], *values: object) -> bool:
    return any(isinstance(value, tuple) and value and isinstance(value[0], kinds) for value in values)


def _entries(field: _Field, at: KeyPath, before: Sequence[Record], after: Sequence[Record]) -> Iterator[Difference]:
    origins = _origins(before, after)
    for position, entry in enumerate(after):
        was = before[origins[position]] if position in origins else None
        if was != entry:
            yield _difference(field, (*at, position), was, entry)
    kept = set(origins.values())
    yield from (_difference(field, at, entry, None) for position, entry in enumerate(before) if position not in kept)


def _origins(before: Sequence[Record], after: Sequence[Record]) -> dict[int, int]:
    """The position of each entry that was there before → where it stood."""
    left, free = dict(enumerate(before)), dict(enumerate(after))
    kind = type([*before, *after][0])
    found: dict[int, int] = {}
    for names in (tuple(kind.model_fields), *_KNOWN_BY.get(kind, ((),))):
        for at, entry in list(left.items()):
            same = (where for where, other in free.items() if _values(other, names) == _values(entry, names))
            if (position := next(same, None)) is not None:
                found[position] = at
                del left[at], free[position]
    return found


def surplus(texts: Sequence[Hashable], others: Sequence[Hashable]) -> list[int]:
    """At which positions there is what ``others`` lack, or have less often."""
    left = Counter(texts) - Counter(others)
    found = []
    for position, text in enumerate(texts):
        if left[text] > 0:
            left[text] -= 1
            found.append(position)
    return found


def _values(record: Record, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in names)
