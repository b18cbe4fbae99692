"""The page of one unit: who it is, how to reach it, its notices, its issues with what is open first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.board.words import region_words
from noticeboard.record.model import Contact, Unit
from noticeboard.record.shown import Place
from noticeboard.record.vocabulary import StatusCode
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import HOME, Head, Imprint, PageView, feed_of, json_ld
from noticeboard.site.pages.life import LifeView
from noticeboard.site.pages.retired import RetiredLink
from noticeboard.site.pages.timeline import Event, timeline
from noticeboard.site.views.facts import ContactView, Facts, facts
from noticeboard.site.views.links import IssueRow, NoticeLink, issue_rows
from noticeboard.site.views.sitepages import UNITS
from noticeboard.site.views.statuses import BarSegment, StatusCount, bar_segments, status_counts, suggestion_counts

_OPEN_FIRST = (
    StatusCode.NOT_STARTED,
    StatusCode.IN_PROGRESS,
    StatusCode.LONG_TERM,
    StatusCode.PHASED,
    StatusCode.BASICALLY_COMPLETED,
    StatusCode.UNSTATED,
    StatusCode.COMPLETED_CONTINUING,
    StatusCode.COMPLETED,
)
_ORDER = {code.value: at for at, code in enumerate(_OPEN_FIRST)}


@dataclass(frozen=True)
class UnitView(PageView):
    """All that the page of a unit shows."""

    facts: Facts
    contact: ContactView | None
    #: Whether there is a vCard beside the page.
    has_card: bool
    timeline: tuple[Event, ...]
    #: Notices whose day of publication is not known, so that they do not stand in the timeline.
    undated: tuple[NoticeLink, ...]
    notices: tuple[NoticeLink, ...]
    #: Notices that name no issue singly: their issues cannot stand in the table.
    unlisted: tuple[NoticeLink, ...]
    issues: tuple[IssueRow, ...]
    #: The issues of which there is more to tell than one notice did.
    lives: tuple[LifeView, ...]
    retired: tuple[RetiredLink, ...]
    status_counts: tuple[StatusCount, ...]
    bar: tuple[BarSegment, ...]
    suggestion_counts: tuple[StatusCount, ...]

    @property
    def has_later(self) -> bool:
        """Whether an issue stands in the table twice, since a later notice carries it on."""
        return any(row.later for row in self.issues)

    @classmethod
    def of(cls, site: Site, unit: UnitFolder) -> UnitView:
        """The view of a unit."""
        region = region_words(unit)
        own = {
            "region": f"{region}（GB/T 2260 代码 {unit.unit.region.code}）",
            "kind": f"{unit.unit.kind}，{unit.unit.level}级",
        }
        counts = status_counts(unit.notices)
        links = tuple(map(site.link, unit.notices))
        rows = [row for filed in unit.notices for row in issue_rows(filed, unit.unit, site.lives)]
        return cls(
            head=_head(unit, region, Imprint.of(site, [unit.slug])),
            facts=facts(unit.unit, Place.PAGE, own),
            contact=ContactView.of(unit.unit.contact),
            has_card=unit.unit.contact is not None and unit.unit.contact.reaches,
            timeline=timeline(unit.notices),
            undated=tuple(link for link, filed in zip(links, unit.notices, strict=True) if not _is_dated(filed)),
            notices=links,
            unlisted=tuple(link for link in links if not link.listed_issues),
            # What a later notice carries on is no longer how things stand.
            issues=tuple(sorted(rows, key=lambda row: (bool(row.later), _ORDER[row.status.code]))),
            lives=tuple(LifeView.of(stage, site.lives) for stage in site.lives.ends.get(unit.slug, ())),
            retired=tuple(RetiredLink.of(filed) for filed in unit.retired),
            status_counts=counts,
            bar=bar_segments(counts),
            suggestion_counts=suggestion_counts(unit.notices),
        )


def _head(unit: UnitFolder, region: str, imprint: Imprint) -> Head:
    name = unit.unit.short_name
    return Head(
        imprint,
        unit.page,
        name,
        f"{unit.unit.full_name}：巡察整改通报、问题与状态、联系方式",
        crumbs=(*HOME, UNITS.crumb),
        structured=(json_ld(_organisation(unit.unit, region, imprint.url(unit.page.path))),),
        extras=feed_of(unit.page.path, name),
    )


def _organisation(unit: Unit, region: str, url: str) -> dict[str, Any]:
    contact = unit.contact or Contact()
    reach = {"@type": "ContactPoint", "contactType": "反映问题"}
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{url}#unit",
        "name": unit.full_name,
        "alternateName": unit.short_name if unit.short_name != unit.full_name else None,
        "url": url,
        "areaServed": region,
        "telephone": list(contact.phones),
        "email": list(contact.emails),
        "address": contact.address,
        "contactPoint": [reach | {"telephone": phone} for phone in contact.phones]
        + [reach | {"email": email} for email in contact.emails],
    }


def _is_dated(filed: NoticeFile) -> bool:
    """Whether the time line has a place for a notice."""
    day = filed.published
    return day is not None and day.year is not None
