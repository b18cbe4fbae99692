"""The pages that stand over all units: home, units by region, all issues, all contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from noticeboard.board import Board, UnitFolder
from noticeboard.pages.components import (
    Address,
    ContactView,
    NoticeLink,
    StatusCount,
    region_words,
    status_counts,
    unit_address,
)
from noticeboard.pages.listings import Listings

_LATEST = 10
#: Up to so many units are linked one by one beside the search; more only by province.
_UNITS_BESIDE_SEARCH = 60


@dataclass(frozen=True)
class UnitLink:
    """A unit in a list."""

    name: str
    full_name: str
    region: str
    level: str
    address: str
    #: Its folder name, which is its anchor in a list.
    anchor: str
    notices: int
    contact: ContactView | None

    @classmethod
    def of(cls, unit: UnitFolder) -> UnitLink:
        """The list entry of a unit."""
        return cls(
            name=unit.unit.short_name,
            full_name=unit.unit.full_name,
            region=region_words(unit),
            level=unit.unit.level,
            address=unit_address(unit.slug),
            anchor=unit.slug,
            notices=len(unit.notices),
            contact=ContactView.of(unit.unit.contact),
        )


@dataclass(frozen=True)
class Province:
    """The units of one province, by the code of their region."""

    name: str
    anchor: str
    units: tuple[UnitLink, ...]


def provinces(units: Iterable[UnitFolder]) -> tuple[Province, ...]:
    """Units by province in the order of GB/T 2260."""
    ordered = sorted(units, key=lambda unit: (unit.unit.region.code, unit.slug))
    grouped = groupby(ordered, key=lambda unit: (unit.unit.region.code[:2], unit.unit.region.province))
    return tuple(
        Province(name, f"region-{code}", tuple(UnitLink.of(unit) for unit in some)) for (code, name), some in grouped
    )


@dataclass(frozen=True)
class HomeView:
    """The home page."""

    address: Address
    #: Whether this is the site of an issuer itself.
    is_official: bool
    units: int
    notices: int
    issues: int
    #: How many units have a phone, a mailbox or an address.
    reachable: int
    status_counts: tuple[StatusCount, ...]
    latest: tuple[NoticeLink, ...]
    provinces: tuple[Province, ...]

    @classmethod
    def of(cls, board: Board, *, is_official: bool) -> HomeView:
        """The view of the home page."""
        filed = board.notices
        counts = status_counts(one.notice for one in filed)
        by_slug = {unit.slug: unit.unit for unit in board.units}
        return cls(
            address=Address(""),
            is_official=is_official,
            units=len(board.units),
            notices=len(filed),
            issues=sum(count.count for count in counts),
            reachable=sum(unit.unit.contact is not None and unit.unit.contact.reaches for unit in board.units),
            status_counts=counts,
            latest=tuple(NoticeLink.of(one, by_slug[one.unit_slug]) for one in filed[:_LATEST]),
            provinces=provinces(board.units),
        )


@dataclass(frozen=True)
class UnitsView:
    """The list of all units by region; the contacts page shows the same units with how to reach them."""

    address: Address
    provinces: tuple[Province, ...]

    @classmethod
    def of(cls, board: Board, address: str) -> UnitsView:
        """The view of a page of units at ``address``."""
        return cls(Address(address), provinces(board.units))


@dataclass(frozen=True)
class IssuesView:
    """The page on which all issues are searched and filtered, with the ways to them that need no script."""

    address: Address
    provinces: tuple[Province, ...]
    #: Whether the units of a province are linked one by one.
    links_units: bool
    listings: Listings
    unlisted: tuple[NoticeLink, ...]

    @classmethod
    def of(cls, board: Board, listings: Listings) -> IssuesView:
        """The view of the page of all issues."""
        by_slug = {unit.slug: unit.unit for unit in board.units}
        links = [NoticeLink.of(filed, by_slug[filed.unit_slug]) for filed in board.notices]
        return cls(
            address=Address("issues/"),
            provinces=provinces(board.units),
            links_units=len(board.units) <= _UNITS_BESIDE_SEARCH,
            listings=listings,
            unlisted=tuple(link for link in links if not link.listed_issues),
        )
