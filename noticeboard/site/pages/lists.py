"""The pages that stand over all units: home, units by region, all contacts, all issues, the map of the site."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from noticeboard.board.board import NoticeFile
from noticeboard.site.model.listings import Listings
from noticeboard.site.model.regions import Province, UnitLink
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import Head, Imprint, PageView, json_ld
from noticeboard.site.views.links import NoticeLink
from noticeboard.site.views.sitepages import CONTACTS, HOME, ISSUES, SITE_MAP, SITE_PAGES, UNITS, SitePage
from noticeboard.site.views.statuses import BarSegment, StatusCount, bar_segments, status_counts

_LATEST = 10
#: Up to so many units are linked one by one beside the search; more only by province.
_UNITS_BESIDE_SEARCH = 60
#: The same for the map of the site.
_UNITS_ON_MAP = 500


@dataclass(frozen=True)
class HomeView(PageView):
    """The home page."""

    units: int
    notices: int
    issues: int
    #: How many units have a phone, a mailbox or an address.
    reachable: int
    status_counts: tuple[StatusCount, ...]
    bar: tuple[BarSegment, ...]
    latest: tuple[NoticeLink, ...]
    provinces: tuple[Province, ...]

    @classmethod
    def of(cls, site: Site) -> HomeView:
        """The view of the home page."""
        board = site.board
        counts = status_counts(board.notices)
        return cls(
            head=_home_head(Imprint.of_column(site)),
            units=len(board.units),
            notices=len(board.notices),
            issues=sum(count.count for count in counts),
            reachable=sum(unit.unit.contact is not None and unit.unit.contact.reaches for unit in board.units),
            status_counts=counts,
            bar=bar_segments(counts),
            latest=tuple(map(site.link, _latest(board.notices))),
            provinces=site.provinces,
        )


def _home_head(imprint: Imprint) -> Head:
    """The head of the home page; its window is named after the site alone."""
    url = imprint.url("")
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{url}{ISSUES.address}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@type": "WebSite",
        "name": imprint.site_name,
        "url": url,
        "inLanguage": "zh-CN",
        "potentialAction": search,
    }
    return Head(
        imprint,
        HOME.address,
        imprint.site_name,
        "巡察整改进展情况的通报：查出了什么问题、改了没有、截至哪一天、找谁反映。可以查找，网址不变。",
        crumbs=(),
        structured=(json_ld(website),),
        hides=("toc",),
        extras=(("has_search_box", True),),
    )


def _latest(notices: Iterable[NoticeFile]) -> list[NoticeFile]:
    """What came to the site last; of what came on one day, the newest."""
    return heapq.nlargest(_LATEST, notices, key=lambda filed: (filed.entered, filed.recency))


@dataclass(frozen=True)
class UnitsView(PageView):
    """The list of all units by region."""

    provinces: tuple[Province, ...]

    @classmethod
    def of(cls, site: Site) -> UnitsView:
        """The view of the list of units."""
        description = "按地区列出的全部单位，每个单位的通报、问题和联系方式"
        return cls(Head(Imprint.of_column(site), UNITS.address, UNITS.name, description), site.provinces)


@dataclass(frozen=True)
class ContactsView(PageView):
    """How to reach all units, by region."""

    provinces: tuple[Province, ...]
    #: Units that published no way to reach them.
    unreachable: tuple[UnitLink, ...]

    @classmethod
    def of(cls, site: Site) -> ContactsView:
        """The view of the directory."""
        description = "各单位在通报中公布的电话、电子邮箱、地址和受理时间，可以存进手机通讯录"
        head = Head(Imprint.of_column(site), CONTACTS.address, CONTACTS.name, description)
        units = (unit for province in site.provinces for unit in province.units)
        return cls(head, site.provinces, tuple(unit for unit in units if not unit.contact))


@dataclass(frozen=True)
class IssuesView(PageView):
    """The page on which all issues are searched and filtered, with the ways to them that need no script."""

    provinces: tuple[Province, ...]
    #: Whether the units of a province are linked one by one.
    links_units: bool
    listings: Listings
    unlisted: tuple[NoticeLink, ...]

    @classmethod
    def of(cls, site: Site) -> IssuesView:
        """The view of the page of all issues."""
        links = map(site.link, site.board.notices)
        return cls(
            head=Head(
                Imprint.of_column(site),
                ISSUES.address,
                ISSUES.name,
                "全部问题及其状态：按文字查找，按单位、状态、主题、年份、地区筛选",
                hides=("toc",),
                extras=(("explores", True), ("has_search_box", True), ("styles", "search")),
            ),
            provinces=site.provinces,
            links_units=len(site.board.units) <= _UNITS_BESIDE_SEARCH,
            listings=site.listings,
            unlisted=tuple(link for link in links if not link.listed_issues),
        )


@dataclass(frozen=True)
class SiteMapView(PageView):
    """The columns of the site, its units with their notices, and its lists of issues."""

    provinces: tuple[Province, ...]
    links_units: bool
    listings: Listings
    columns: ClassVar[tuple[SitePage, ...]] = tuple(page for page in SITE_PAGES if page is not SITE_MAP)

    @classmethod
    def of(cls, site: Site) -> SiteMapView:
        """The view of the map of the site."""
        head = Head(Imprint.of_column(site), SITE_MAP.address, SITE_MAP.name, "本站的全部栏目和页面", hides=("toc",))
        return cls(head, site.provinces, len(site.board.units) <= _UNITS_ON_MAP, site.listings)
