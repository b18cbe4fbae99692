"""The pages that stand over all units: home, units by region, all contacts, all issues, the map of the site."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from noticeboard.board.addresses import UNITS, Address
from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.board.words import region_words
from noticeboard.site.pages.head import Head
from noticeboard.site.pages.listings import Listings
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.views.records import (
    BarSegment,
    ContactView,
    NoticeLink,
    StatusCount,
    bar_segments,
    status_counts,
)
from noticeboard.site.views.sitepages import SITE_MAP, SITE_PAGES, SitePage

_LATEST = 10
#: Up to so many units are linked one by one beside the search; more only by province.
_UNITS_BESIDE_SEARCH = 60
#: The same for the map of the site.
_UNITS_ON_MAP = 500


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
    notices: tuple[NoticeLink, ...]
    contact: ContactView | None
    #: Whether a vCard stands beside its page.
    has_card: bool

    @classmethod
    def of(cls, unit: UnitFolder) -> UnitLink:
        """The list entry of a unit."""
        return cls(
            name=unit.unit.short_name,
            full_name=unit.unit.full_name,
            region=region_words(unit),
            level=unit.unit.level,
            address=unit.page.path,
            anchor=unit.slug,
            notices=tuple(NoticeLink.of(filed, unit.unit) for filed in unit.notices),
            contact=ContactView.of(unit.unit.contact),
            has_card=unit.unit.contact is not None and unit.unit.contact.reaches,
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

    masthead: Masthead
    is_official: bool
    units: int
    notices: int
    issues: int
    #: How many units have a phone, a mailbox or an address.
    reachable: int
    status_counts: tuple[StatusCount, ...]
    bar: tuple[BarSegment, ...]
    latest: tuple[NoticeLink, ...]
    provinces: tuple[Province, ...]
    address: ClassVar[Address] = Address("")

    @property
    def head(self) -> Head:
        """The head of the page; its window is named after the site alone."""
        url = self.masthead.url("")
        search = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{url}issues/?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
        return Head(
            self.address.path,
            self.masthead.site_name,
            "巡察整改进展情况的通报：查出了什么问题、改了没有、截至哪一天、找谁反映。可以查找，网址不变。",
            crumbs=(),
            structured=(
                {
                    "@type": "WebSite",
                    "name": self.masthead.site_name,
                    "url": url,
                    "inLanguage": "zh-CN",
                    "potentialAction": search,
                },
            ),
            hides=("toc",),
            extras={"has_search_box": True},
        )

    @classmethod
    def of(cls, board: Board, masthead: Masthead) -> HomeView:
        """The view of the home page."""
        filed = board.notices
        counts = status_counts(one.notice for one in filed)
        by_slug = {unit.slug: unit.unit for unit in board.units}
        return cls(
            masthead=masthead,
            is_official=masthead.official_units.issuperset(by_slug),
            units=len(board.units),
            notices=len(filed),
            issues=sum(count.count for count in counts),
            reachable=sum(unit.unit.contact is not None and unit.unit.contact.reaches for unit in board.units),
            status_counts=counts,
            bar=bar_segments(counts),
            latest=tuple(NoticeLink.of(one, by_slug[one.unit_slug]) for one in _latest(filed)),
            provinces=provinces(board.units),
        )


def _latest(filed: Iterable[NoticeFile]) -> list[NoticeFile]:
    """What came to the site last; of what came on one day, the newest."""
    return heapq.nlargest(_LATEST, filed, key=lambda one: (one.entered, one.recency))


@dataclass(frozen=True)
class UnitsView:
    """The list of all units by region."""

    provinces: tuple[Province, ...]
    address: ClassVar[Address] = UNITS

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(self.address.path, "单位", "按地区列出的全部单位，每个单位的通报、问题和联系方式")

    @classmethod
    def of(cls, board: Board) -> UnitsView:
        """The view of the list of units."""
        return cls(provinces(board.units))


@dataclass(frozen=True)
class ContactsView:
    """How to reach all units, by region."""

    provinces: tuple[Province, ...]
    #: Units that published no way to reach them.
    unreachable: tuple[UnitLink, ...]
    address: ClassVar[Address] = Address("contacts/")

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(
            self.address.path, "通讯录", "各单位在通报中公布的电话、电子邮箱、地址和受理时间，可以存进手机通讯录"
        )

    @classmethod
    def of(cls, board: Board) -> ContactsView:
        """The view of the directory."""
        all_units = provinces(board.units)
        units = [unit for province in all_units for unit in province.units]
        return cls(all_units, tuple(unit for unit in units if not unit.contact))


@dataclass(frozen=True)
class IssuesView:
    """The page on which all issues are searched and filtered, with the ways to them that need no script."""

    provinces: tuple[Province, ...]
    #: Whether the units of a province are linked one by one.
    links_units: bool
    listings: Listings
    unlisted: tuple[NoticeLink, ...]
    address: ClassVar[Address] = Address("issues/")

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(
            self.address.path,
            "问题",
            "全部问题及其状态：按文字查找，按单位、状态、主题、年份、地区筛选",
            hides=("toc",),
            extras={"explores": True, "has_search_box": True, "styles": "search"},
        )

    @classmethod
    def of(cls, board: Board, listings: Listings) -> IssuesView:
        """The view of the page of all issues."""
        by_slug = {unit.slug: unit.unit for unit in board.units}
        links = [NoticeLink.of(filed, by_slug[filed.unit_slug]) for filed in board.notices]
        return cls(
            provinces=provinces(board.units),
            links_units=len(board.units) <= _UNITS_BESIDE_SEARCH,
            listings=listings,
            unlisted=tuple(link for link in links if not link.listed_issues),
        )


@dataclass(frozen=True)
class SiteMapView:
    """The columns of the site, its units with their notices, and its lists of issues."""

    provinces: tuple[Province, ...]
    links_units: bool
    listings: Listings
    address: ClassVar[Address] = SITE_MAP.address
    columns: ClassVar[tuple[SitePage, ...]] = tuple(page for page in SITE_PAGES if page is not SITE_MAP)

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(self.address.path, SITE_MAP.name, "本站的全部栏目和页面", hides=("toc",))

    @classmethod
    def of(cls, board: Board, listings: Listings) -> SiteMapView:
        """The view of the map of the site."""
        return cls(provinces(board.units), len(board.units) <= _UNITS_ON_MAP, listings)
