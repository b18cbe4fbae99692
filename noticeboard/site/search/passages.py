"""What can be found: the passages of all units and notices, in the order in which equal hits are shown.

A passage is a piece that a reader can be led to: an issue, a 方面, a suggestion, another part of a notice, a unit.
Its fields are searched one by one, so no hit reaches over the end of one measure into the next.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.board.words import date_words, numbered, region_words, shown_title
from noticeboard.record.model import Change, Issue, Matter, Notice, Section, Stated, Suggestion, Unit
from noticeboard.record.shown import Place
from noticeboard.record.walk import walk
from noticeboard.site.views.facts import NOT_GIVEN, facts, facts_of_inspection, facts_of_notice, texts
from noticeboard.site.views.statuses import StatusView


class Kind(enum.Enum):
    """What a passage is; the letter stands for it in the index."""

    #: An issue that counts.
    ISSUE = "i"
    #: An issue that only groups others.
    GROUP = "g"
    SUGGESTION = "s"
    SECTION = "f"
    #: Title, summary and the facts of a notice.
    OVERVIEW = "o"
    PART = "p"
    CONTACT = "c"
    CHANGES = "h"
    UNIT = "u"


@dataclass(frozen=True)
class Passage:
    """One place that a reader can be led to, with its text as recorded; status words and topics are for filters."""

    kind: Kind
    #: Where it stands on its page; empty for the page itself.
    anchor: str
    #: With the blank that parts it from the title, where there is one.
    number: str
    #: Names of the thing: a hit here comes before one in ``body``.
    titles: tuple[str, ...]
    body: tuple[str, ...]
    status: StatusView | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where a unit stands among others, for filters."""

    #: Of GB/T 2260.
    region: str
    #: The regions that it belongs to, province first: code, name.
    regions: tuple[tuple[str, str], ...]
    level: str

    @classmethod
    def of(cls, unit: Unit) -> Standing:
        """The standing of ``unit``."""
        region = unit.region
        names = {region.code[:2] + "0000": region.province}
        if region.city:
            names[region.code[:4] + "00"] = region.province + region.city
        names[region.code] = "".join(region.names)
        return cls(region.code, tuple(names.items()), unit.level)


@dataclass(frozen=True)
class Source:
    """A page with its passages: a unit, or a notice, which has of its unit no more than a hit shows."""

    #: ``units/x`` or ``x/2023-12``; with an anchor it names a hit.
    name: str
    address: str
    unit_slug: str
    unit_name: str
    #: Of a unit; ``None`` for a notice.
    standing: Standing | None
    #: As printed; empty for a unit.
    date: str
    #: Year and month of the address, 0 where the month is not known; ``None`` for a unit.
    month: tuple[int, int] | None
    title: str
    passages: tuple[Passage, ...]

    @property
    def year(self) -> int | None:
        """Of the address; ``None`` for a unit."""
        return self.month and self.month[0]


def sources(board: Board) -> Iterator[Source]:
    """The units by region, then all notices, newest first: the order of equally good hits."""
    for unit in board.by_region:
        yield of_unit(unit)
    for filed in board.notices:
        yield of_notice(filed, board.unit_of(filed).unit)


def of_unit(unit: UnitFolder) -> Source:
    """What can be found of a unit: its names, region, contact."""
    # Its full name is a title.
    own = {"full_name": "", "region": region_words(unit)}
    known = (words for _, words in facts(unit.unit, Place.SEARCH, own))
    body = (*known, unit.unit.level, *(texts(unit.unit.contact) if unit.unit.contact else ()))
    titles = tuple(dict.fromkeys((unit.unit.short_name, unit.unit.full_name)))
    return Source(
        name=unit.page.bare,
        address=unit.page.path,
        unit_slug=unit.slug,
        unit_name=unit.unit.short_name,
        standing=Standing.of(unit.unit),
        date="",
        month=None,
        title=unit.unit.short_name,
        passages=(Passage(Kind.UNIT, "", "", titles, body),),
    )


def of_notice(filed: NoticeFile, unit: Unit) -> Source:
    """What can be found of a notice, in the order of its page."""
    return Source(
        name=filed.address,
        address=filed.page.path,
        unit_slug=filed.unit_slug,
        unit_name=unit.short_name,
        standing=None,
        date=date_words(filed),
        month=filed.month,
        title=shown_title(filed.notice),
        passages=tuple(_passages(filed.notice)),
    )


def _passages(notice: Notice) -> Iterator[Passage]:
    yield Passage(Kind.OVERVIEW, "overview", "", (notice.title,), tuple(_overview(notice)))
    below = {id(section): [] for section in notice.sections}  # type: dict[int, list[Issue]]
    loose: list[Issue] = []
    for placed in walk(notice):
        (loose if placed.section is None else below[id(placed.section)]).append(placed.issue)
    for section in notice.sections:
        yield Passage(
            Kind.SECTION, section.id, numbered(section.number, ""), (section.title,), tuple(_account(section, notice))
        )
        yield from (_matter(issue, notice) for issue in below[id(section)])
    yield from (_matter(issue, notice) for issue in loose)
    yield from (_matter(suggestion, notice) for suggestion in notice.suggestions)
    for anchor, part in zip(notice.part_anchors, notice.parts, strict=True):
        text = (*part.text, *_line(part.number, part.title))
        yield Passage(Kind.PART, anchor, numbered(part.number, ""), (part.title,), text)
    contact = tuple(texts(notice.contact)) if notice.contact else ()
    if contact:
        yield Passage(Kind.CONTACT, "contact", "", (), contact)
    if notice.changes:
        yield Passage(Kind.CHANGES, "changes", "", (), tuple(_changes(notice.changes)))


def _changes(changes: Iterable[Change]) -> Iterator[str]:
    return (f"{change.date}：{change.what}（依据：{change.ground}）" for change in changes)


def _matter(matter: Issue | Suggestion, notice: Notice) -> Passage:
    counts = isinstance(matter, Issue) and matter.counts
    kind = Kind.SUGGESTION if isinstance(matter, Suggestion) else Kind.ISSUE if counts else Kind.GROUP
    status = None if kind is Kind.GROUP else StatusView.of(matter, notice)
    return Passage(
        kind,
        matter.id,
        numbered(matter.number, ""),
        (matter.title,),
        tuple(_account(matter, notice)),
        status,
        matter.topics,
    )


def _account(bearer: Matter | Section, notice: Notice) -> Iterator[str]:
    """The text of an issue, a suggestion or a 方面 behind its title, in the order of the page."""
    if isinstance(bearer, Section):
        yield from _given(bearer.body)
    if isinstance(bearer, Section | Issue):
        yield from _stated(bearer.stated)
    yield from bearer.measures
    yield from _given(bearer.progress, bearer.result)
    yield from texts(bearer)
    if isinstance(bearer, Matter):
        yield from _given(StatusView.of(bearer, notice).basis)
        yield from _changes(bearer.changes)
    # Last: where the title has a hit, these mostly have it too.
    yield from _given(bearer.printed_title)
    yield from _line(bearer.number, bearer.title)


def _line(number: str | None, title: str) -> Iterator[str]:
    """A title behind its number, as it is printed and as somebody would paste it."""
    if number:
        yield numbered(number, title)


def _overview(notice: Notice) -> Iterator[str]:
    yield from _given(notice.source_defect, notice.summary)
    for inspection in notice.inspections:
        yield from (fact for _, fact in facts_of_inspection(inspection, Place.SEARCH))
    yield from (fact for _, fact in facts_of_notice(notice, Place.SEARCH) if fact != NOT_GIVEN)
    yield from _given(notice.publication.url)
    yield from _stated(notice.stated)
    yield from (acceptance.reason for acceptance in notice.accepted)
    for attachment in notice.attachments:
        yield from _given(attachment.name, attachment.url)


def _stated(totals: Iterable[Stated]) -> Iterator[str]:
    for stated in totals:
        yield from _given(stated.body, f"{stated.subject}{stated.figure}", stated.quote, stated.note)


def _given(*texts: str | None) -> Iterator[str]:
    return (text for text in texts if text)
