"""A draft of the record: what a document says of it, each text with the words that it rests on.

An entry is made after a model: it has those fields of it that a document can give, with a leaf where the model has a
text. What a field is called in the file, and in which order it stands there, is the model's to say. What the document
says around its facts (关于…的问题整改情况) is kept as formulas, so that all its characters can be accounted for.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Self, TypeAlias, get_args

from noticeboard.intake.drafting.leaf import Leaf
from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.positions import KeyPath
from noticeboard.record.fields import Date, Figure
from noticeboard.record.model import (
    Attachment,
    Contact,
    Inspection,
    Issue,
    Notice,
    Part,
    Publication,
    Record,
    Region,
    Section,
    Stated,
    Status,
    Suggestion,
    Unit,
)

#: Values that every reader of YAML may take for what they are.
_TYPED = (Date, Figure)
#: Anything in a draft.
Value: TypeAlias = "Leaf | Entry | Sequence[Leaf | Entry]"


class Key(NamedTuple):
    """A field of an entry and its key in the file."""

    field: str
    name: str
    #: Whether a number or a date stands there.
    is_typed: bool = False


@dataclass(kw_only=True, eq=False)
class Entry:
    """What was found for one record; false as long as that is nothing."""

    model: ClassVar[type[Record]]
    #: Whether it is written on one line.
    is_short: ClassVar[bool] = False

    @classmethod
    @functools.cache
    def keys(cls) -> tuple[Key, ...]:
        """All keys that it can have, in the order of the file: an anchor, then as in the model."""
        drafted = {field.name for field in dataclasses.fields(cls)}
        fields = [(name, info) for name, info in cls.model.model_fields.items() if name in drafted]
        return tuple(
            Key(name, info.alias or name, any(form in _TYPED for form in (info.annotation, *get_args(info.annotation))))
            for name, info in sorted(fields, key=lambda named: named[0] != "id")
        )

    def items(self) -> Iterator[tuple[Key, Value]]:
        """The keys that it has, with what stands there."""
        for key in self.keys():
            value = getattr(self, key.field)
            if value:
                yield key, value

    def __bool__(self) -> bool:
        return any(True for _ in self.items())

    def complete(self, other: Self) -> list[tuple[Key, Value, Value]]:
        """Take over what is missing here. What both have is given: the key, what stands here, what there."""
        both = []
        for key, there in other.items():
            here = getattr(self, key.field)
            if here:
                both.append((key, here, there))
            else:
                setattr(self, key.field, there)
        return both


@dataclass(kw_only=True)
class DateDraft(Entry):
    """A date whose words are damaged or leave something out."""

    is_short = True
    printed: Leaf
    certain: Leaf | None

    @classmethod
    @functools.cache
    def keys(cls) -> tuple[Key, ...]:
        """Of a date no record is made: it is one value (``record.fields.Date``)."""
        return (Key("printed", "原文"), Key("certain", "可确定", is_typed=True))


#: As the file may have them: one text alone or a list, a date that is whole or damaged, a status in words alone.
Texts: TypeAlias = Leaf | list[Leaf]
When: TypeAlias = Leaf | DateDraft


@dataclass(kw_only=True)
class StatusDraft(Entry):
    """A status with what it rests on."""

    model = Status
    is_short = True
    words: Leaf
    category: Leaf | None = None
    basis: Leaf | None = None
    quote: Leaf | None = None


StatusOrWords: TypeAlias = Leaf | StatusDraft


@dataclass(kw_only=True)
class StatedDraft(Entry):
    """One total."""

    model = Stated
    is_short = True
    subject: Leaf
    of: Leaf | None = None
    number: Leaf | None = None
    unit: Leaf | None = None
    quote: Leaf | None = None


@dataclass(kw_only=True)
class HeadingDraft(Entry):
    """What 方面, issues and suggestions share: a name, and what was done about it."""

    id: Leaf
    number: Leaf | None = None
    title: Leaf
    printed_title: Leaf | None = None
    measures: list[Leaf] = field(default_factory=list)
    progress: Leaf | None = None
    result: Leaf | None = None


@dataclass(kw_only=True)
class MatterDraft(HeadingDraft):
    """What issues and suggestions share."""

    status: StatusOrWords | None = None
    responsible: Leaf | None = None
    deadline: Leaf | None = None
    closed_date: When | None = None


@dataclass(kw_only=True)
class SuggestionDraft(MatterDraft):
    """A suggestion."""

    model = Suggestion


@dataclass(kw_only=True)
class IssueDraft(MatterDraft):
    """An issue."""

    model = Issue
    stated: list[StatedDraft] = field(default_factory=list)
    issues: list[IssueDraft] = field(default_factory=list)

    def leaves(self) -> Iterator[IssueDraft]:
        """The issues below that have none below themselves; a leaf is its own."""
        if not self.issues:
            yield self
        for issue in self.issues:
            yield from issue.leaves()


@dataclass(kw_only=True)
class SectionDraft(HeadingDraft):
    """A 方面."""

    model = Section
    stated: list[StatedDraft] = field(default_factory=list)
    issues: list[IssueDraft] = field(default_factory=list)


@dataclass(kw_only=True)
class PartDraft(Entry):
    """组织落实, 下一步 …."""

    model = Part
    kind: Leaf
    number: Leaf | None = None
    title: Leaf
    text: list[Leaf]


@dataclass(kw_only=True)
class InspectionDraft(Entry):
    """Who inspected whom, and when."""

    model = Inspection
    team: Leaf | None = None
    bodies: Leaf | None = None
    term: Leaf | None = None
    round: Leaf | None = None
    modes: list[Leaf] = field(default_factory=list)
    start: When | None = None
    end: When | None = None
    feedback_date: When | None = None


@dataclass(kw_only=True)
class PublicationDraft(Entry):
    """Where and when the notice was published."""

    model = Publication
    source: Leaf | None = None
    url: Leaf | None = None
    posted: When | None = None
    posted_time: Leaf | None = None
    signed: When | None = None
    content: Leaf | None = None


@dataclass(kw_only=True)
class ContactDraft(Entry):
    """How to reach the unit."""

    model = Contact
    phones: Texts = field(default_factory=list)
    faxes: Texts = field(default_factory=list)
    emails: Texts = field(default_factory=list)
    address: Leaf | None = None
    postcode: Leaf | None = None
    hours: Leaf | None = None


@dataclass(kw_only=True)
class AttachmentDraft(Entry):
    """A document published with the notice."""

    model = Attachment
    name: Leaf


@dataclass(kw_only=True)
class NoticeDraft(Entry):
    """The whole notice."""

    model = Notice
    title: Leaf | None = None
    title_supplied: Leaf | None = None
    kind: Leaf | None = None
    signatories: Texts = field(default_factory=list)
    document_number: Leaf | None = None
    index_number: Leaf | None = None
    publication: PublicationDraft = field(default_factory=PublicationDraft)
    entered: Leaf | None = None
    inspections: list[InspectionDraft] = field(default_factory=list)
    as_of: When | None = None
    stated: list[StatedDraft] = field(default_factory=list)
    summary: Leaf | None = None
    sections: list[SectionDraft] = field(default_factory=list)
    issues: list[IssueDraft] = field(default_factory=list)
    suggestions: list[SuggestionDraft] = field(default_factory=list)
    parts: list[PartDraft] = field(default_factory=list)
    attachments: list[AttachmentDraft] = field(default_factory=list)
    contact: ContactDraft = field(default_factory=ContactDraft)
    source_defect: Leaf | None = None


@dataclass(kw_only=True)
class RegionDraft(Entry):
    """Where a unit belongs."""

    model = Region
    province: Leaf
    code: Leaf


@dataclass(kw_only=True)
class UnitDraft(Entry):
    """A ``unit.yml``."""

    model = Unit
    full_name: Leaf
    short_name: Leaf
    region: RegionDraft
    kind: Leaf
    level: Leaf
    contact: ContactDraft


@dataclass
class Draft:
    """What came of a document: the record as far as it was found, and everything a person must know about it."""

    lines: Lines
    #: By what it came about, as it is told at its head: 由“通报.docx”转换.
    made: str = ""
    record: NoticeDraft = field(default_factory=NoticeDraft)
    #: (what kind of formula, where).
    formulas: list[tuple[str, Span]] = field(default_factory=list)
    #: What a person should look at that is no value: numbering that jumps, names of persons.
    remarks: list[str] = field(default_factory=list)
    #: Names of persons, each with where it stands.
    persons: list[tuple[str, int]] = field(default_factory=list)


def leaves(value: Value, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Leaf]]:
    """Every value of a draft with its place in the record, in the order of the file."""
    if isinstance(value, Leaf):
        yield path, value
    elif isinstance(value, Entry):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key.name))
    else:
        for at, inner in enumerate(value):
            yield from leaves(inner, (*path, at))


def plain(value: Value) -> Any:
    """A draft as plain values, as a file that is read gives them."""
    if isinstance(value, Leaf):
        return value.value
    if isinstance(value, Entry):
        return {key.name: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value]
