"""Units as lists have them, by region."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.board.words import region_words
from noticeboard.site.views.facts import ContactView
from noticeboard.site.views.links import NoticeLink


@dataclass(frozen=True)
class UnitLink:
    """A unit in a list."""

    name: str
    region: str
    level: str
    address: str
    #: Its folder name, which is its anchor in a list.
    anchor: str
    notices: tuple[NoticeLink, ...]
    contact: ContactView | None
    #: Whether a vCard stands beside its page.
    has_card: bool

    @classmethod
    def of(cls, unit: UnitFolder, notices: tuple[NoticeLink, ...]) -> UnitLink:
        """The list entry of a unit with those of its notices."""
        return cls(
            name=unit.unit.short_name,
            region=region_words(unit),
            level=unit.unit.level,
            address=unit.page.path,
            anchor=unit.slug,
            notices=notices,
            contact=ContactView.of(unit.unit.contact),
            has_card=unit.unit.contact is not None and unit.unit.contact.reaches,
        )


@dataclass(frozen=True)
class Province:
    """The units of one province, by the code of their region."""

    name: str
    anchor: str
    units: tuple[UnitLink, ...]


def provinces(by_region: Iterable[UnitFolder], link: Callable[[NoticeFile], NoticeLink]) -> tuple[Province, ...]:
    """Units, which come in the order of GB/T 2260, by province; ``link`` gives the list entry of a notice."""
    grouped = groupby(by_region, key=lambda unit: (unit.unit.region.code[:2], unit.unit.region.province))
    return tuple(
        Province(
            name,
            f"region-{code}",
            tuple(UnitLink.of(unit, tuple(map(link, unit.notices))) for unit in units),
        )
        for (code, name), units in grouped
    )
