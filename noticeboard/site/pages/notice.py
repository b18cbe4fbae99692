"""The page of one notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import starmap

from noticeboard.board.board import NoticeFile
from noticeboard.board.lives import Lives, changes
from noticeboard.board.words import as_of_sentence, numbered, region_words
from noticeboard.record.counting import Listed, reconcile
from noticeboard.record.model import Attachment, Contact, Inspection, Issue, Notice, Part, Section, Suggestion
from noticeboard.record.shown import Place
from noticeboard.record.vocabulary import OPEN_STATUSES, StatusCode
from noticeboard.rules import Accepted
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import PageView
from noticeboard.site.pages.life import ChangeView, StepView, life
from noticeboard.site.pages.notice_head import notice_head
from noticeboard.site.settings.corrections import Corrections
from noticeboard.site.views.facts import ContactView, Facts, facts, facts_of_inspection, facts_of_notice
from noticeboard.site.views.links import LaterLink, NoticeLink, later_links
from noticeboard.site.views.statuses import BarSegment, StatusCount, StatusView, bar_segments, status_counts
from noticeboard.site.views.totals import TotalRow, stated_statuses, total_rows

#: Level of the headings of 方面, and of issues at the top level.
_TOP_LEVEL = 3
#: So many open issues are named where a notice is told in short.
_NAMED = 5
_DEEPEST = 6
#: The values of the statuses that are not closed.
_OPEN = frozenset(code.value for code in OPEN_STATUSES)


@dataclass(frozen=True)
class MatterView:
    """An issue or a suggestion as shown, with its children."""

    record: Issue | Suggestion
    numbered: str
    counts: bool
    status: StatusView
    shows_status: bool
    stated: tuple[TotalRow, ...]
    facts: Facts
    #: From feedback until now, where there is more to tell than the notice did.
    life: tuple[StepView, ...]
    #: What the newest notice that carries it on says of it.
    later: tuple[LaterLink, ...]
    children: tuple[MatterView, ...]
    #: Depth of indentation in the table, 0 for the top.
    depth: int
    #: Level of the heading, 3 to 6.
    level: int

    @classmethod
    def of(cls, matter: Issue | Suggestion, filed: NoticeFile, lives: Lives, level: int, depth: int = 0) -> MatterView:
        """The view of a matter whose heading has ``level``."""
        issues: tuple[Issue, ...] = matter.issues if isinstance(matter, Issue) else ()
        counts = not isinstance(matter, Issue) or matter.counts
        status = StatusView.of(matter, filed.notice)
        return cls(
            record=matter,
            numbered=numbered(matter.number, matter.title),
            counts=counts,
            status=status,
            # A heading that does not count says nothing of its own state, unless the source does.
            shows_status=counts or status.code != "unstated",
            stated=tuple(map(TotalRow.of, reconcile(matter))) if isinstance(matter, Issue) else (),
            facts=facts(matter, Place.PAGE),
            life=life(lives, filed, matter),
            later=later_links(filed, matter, lives),
            children=tuple(cls.of(child, filed, lives, min(level + 1, _DEEPEST), depth + 1) for child in issues),
            depth=depth,
            level=level,
        )

    def rows(self) -> Iterator[MatterView]:
        """A row of the table for this matter, then those of all under it."""
        yield self
        for child in self.children:
            yield from child.rows()


@dataclass(frozen=True)
class SectionView:
    """A 方面 as shown."""

    record: Section
    numbered: str
    stated: tuple[TotalRow, ...]
    facts: Facts
    issues: tuple[MatterView, ...]
    rows: tuple[MatterView, ...]

    @classmethod
    def of(cls, section: Section, filed: NoticeFile, lives: Lives) -> SectionView:
        """The view of a section of a notice."""
        issues = tuple(MatterView.of(issue, filed, lives, _TOP_LEVEL + 1) for issue in section.issues)
        return cls(
            record=section,
            numbered=numbered(section.number, section.title),
            stated=tuple(map(TotalRow.of, reconcile(section))),
            facts=facts(section, Place.PAGE),
            issues=issues,
            rows=tuple(row for issue in issues for row in issue.rows()),
        )


@dataclass(frozen=True)
class Difference:
    """What an editor accepted: the findings of one rule, and why the source is so."""

    findings: tuple[str, ...]
    reason: str

    @classmethod
    def of(cls, accepted: Iterable[Accepted]) -> tuple[Difference, ...]:
        """Findings with one reason stand together."""
        by_reason: dict[str, list[str]] = defaultdict(list)
        for warning in accepted:
            by_reason[warning.acceptance.reason].append(warning.problem.what)
        return tuple(cls(tuple(dict.fromkeys(found)), reason) for reason, found in by_reason.items())


@dataclass(frozen=True)
class Reply:
    """How a reader tells the unit about one issue."""

    phone: str
    email: str
    #: Whether and when somebody tried them.
    standing: str

    @classmethod
    def of(cls, *contacts: Contact | None) -> Reply | None:
        """By the first of some contacts that reaches anybody; ``None`` where it has neither phone nor mailbox."""
        view = ContactView.of(next((contact for contact in contacts if contact and contact.reaches), None))
        if view is None or not (view.contact.phones or view.contact.emails):
            return None
        return cls(next(iter(view.contact.phones), ""), next(iter(view.contact.emails), ""), view.standing)


@dataclass(frozen=True)
class NoticeView(PageView):
    """All that the page of a notice shows."""

    #: As lists have it.
    link: NoticeLink
    #: Where its complete record is.
    data_address: str
    title_supplied: bool
    region: str
    is_summary: bool
    summary: str
    #: Of each inspection, then of the notice.
    facts: Facts
    source_url: str
    as_of_sentence: str
    totals: tuple[TotalRow, ...]
    counts: Listed
    status_counts: tuple[StatusCount, ...]
    bar: tuple[BarSegment, ...]
    #: The issues whose status says that they are not closed, and how many others say nothing.
    open_issues: tuple[MatterView, ...]
    unstated: int
    open_suggestions: int
    #: Who inspected whom, for a reader who wants nothing else.
    in_short: str
    #: Of the statuses that the notice itself sums up, those that are not closed.
    stated_open: str
    differences: tuple[Difference, ...]
    source_defect: str
    sections: tuple[SectionView, ...]
    issues: tuple[MatterView, ...]
    rows: tuple[MatterView, ...]
    suggestions: tuple[MatterView, ...]
    #: Each with its anchor and its numbered title.
    parts: tuple[tuple[str, str, Part], ...]
    changes: tuple[ChangeView, ...]
    contact: ContactView | None
    reply: Reply | None
    #: Where a reader tells this site what it copied wrongly.
    corrections: Corrections
    #: The unit's notices before and after this one.
    earlier: NoticeLink | None
    later: NoticeLink | None
    attachments: tuple[Attachment, ...]

    @property
    def open_named(self) -> tuple[MatterView, ...]:
        """The open issues that are named where the notice is told in short."""
        return self.open_issues[:_NAMED]

    @property
    def open_words(self) -> str:
        """What follows them: how many there are, and what is not known."""
        stated = f"；通报自己说{self.stated_open}" if self.stated_open else ""
        if self.open_issues:
            count = f"等 {len(self.open_issues)} 个" if len(self.open_issues) > _NAMED else ""
            return count + (f"；另有 {self.unstated} 个没有标明状态" if self.unstated else "") + stated
        if self.unstated:
            return f"通报没有逐条写明，列出的 {self.unstated} 个问题都未标明{stated}"
        return ("问题都标明已经完成" if self.status_counts else "通报没有逐条写明") + stated

    @property
    def listed_words(self) -> str:
        """方面 3 个，问题 18 个，措施 40 条，意见建议 2 个."""
        counts = self.counts
        known = (
            f"方面 {counts.sections} 个" if counts.sections else "",
            f"问题 {counts.issues} 个",
            f"措施 {counts.measures} 条",
            f"意见建议 {counts.suggestions} 个" if counts.suggestions else "",
        )
        return "，".join(filter(None, known))

    @property
    def has_status_changes(self) -> bool:
        """Whether the statuses are no longer those that the totals of the notice speak of."""
        return any(change.statuses for change in self.changes)

    @classmethod
    def of(cls, site: Site, filed: NoticeFile) -> NoticeView:
        """The view of a notice."""
        notice, unit, lives = filed.notice, site.board.unit_of(filed), site.lives
        issues = tuple(MatterView.of(issue, filed, lives, _TOP_LEVEL) for issue in notice.issues)
        sections = tuple(SectionView.of(section, filed, lives) for section in notice.sections)
        rows = tuple(row for issue in issues for row in issue.rows())
        everything = [*(row for section in sections for row in section.rows), *rows]
        counts = status_counts([filed])
        later, earlier = _neighbours(site, filed)
        return cls(
            head=notice_head(site, filed),
            link=site.link(filed),
            data_address=filed.page.data_file,
            title_supplied=notice.title_supplied,
            region=region_words(unit),
            is_summary=notice.publication.content == "摘要",
            summary=notice.summary or "",
            facts=tuple(_known(notice)),
            source_url=notice.publication.url or "",
            as_of_sentence=as_of_sentence(notice),
            totals=total_rows(filed),
            counts=filed.listed,
            status_counts=counts,
            bar=bar_segments(counts),
            open_issues=tuple(row for row in everything if row.counts and row.status.code in _OPEN),
            unstated=sum(count.count for count in counts if count.code == StatusCode.UNSTATED.value),
            open_suggestions=sum(suggestion.status.code in OPEN_STATUSES for suggestion in notice.suggestions),
            in_short="；".join(filter(None, map(_in_short, notice.inspections))),
            stated_open=stated_statuses(filed, OPEN_STATUSES),
            differences=Difference.of(site.accepted.get(filed.address, ())),
            source_defect=notice.source_defect or "",
            sections=sections,
            issues=issues,
            rows=rows,
            suggestions=tuple(MatterView.of(matter, filed, lives, _TOP_LEVEL) for matter in notice.suggestions),
            parts=tuple(
                (anchor, numbered(part.number, part.title), part)
                for anchor, part in zip(notice.part_anchors, notice.parts, strict=True)
            ),
            changes=tuple(starmap(ChangeView.of, changes(notice))),
            contact=ContactView.of(notice.contact),
            # Details of today come before those that a notice of some years ago gives.
            reply=Reply.of(unit.unit.contact, notice.contact),
            corrections=site.masthead.corrections,
            earlier=earlier,
            later=later,
            attachments=notice.attachments,
        )


def _neighbours(site: Site, filed: NoticeFile) -> tuple[NoticeLink | None, NoticeLink | None]:
    """The unit's next newer and next older notice."""
    notices = site.board.unit_of(filed).notices
    at = notices.index(filed)
    return (
        site.link(notices[at - 1]) if at else None,
        site.link(notices[at + 1]) if at + 1 < len(notices) else None,
    )


def _in_short(inspection: Inspection) -> str:
    """市委第三巡察组巡察市文联党组（2023年3月1日至2023年5月31日）."""
    body, start, end = "、".join(inspection.bodies), inspection.start, inspection.end
    days = f"（{start or '开始日期未载'}至{end or '结束日期未载'}）" if start or end else ""
    return (f"{inspection.team or ''}巡察{body}" if body else inspection.team or "") + days


def _known(notice: Notice) -> Iterator[tuple[str, str]]:
    for inspection in notice.inspections:
        yield from facts_of_inspection(inspection, Place.PAGE)
    yield from facts_of_notice(notice, Place.PAGE)
    # When the site took it in, and what day its record was last changed: no facts of the document.
    if notice.entered:
        yield "收录于", str(notice.entered)
    changed = changes(notice)
    yield "最近变更", f"{changed[-1][1].date}" if changed else "收录以来没有"
