"""Notices and issues as they are listed outside their own page, with the way there. Views only, no markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.board.board import NoticeFile
from noticeboard.board.lives import Lives, Stage
from noticeboard.board.words import as_of_words, date_words, dated_words, numbered, shown_title
from noticeboard.record.model import Issue, Suggestion, Unit
from noticeboard.record.vocabulary import StatedSubject
from noticeboard.site.views.statuses import StatusView
from noticeboard.site.views.totals import stated_statuses


@dataclass(frozen=True)
class NoticeLink:
    """A notice in a list."""

    title: str
    address: str
    date: str
    #: The same with what it is the date of: 2023年12月14日落款.
    dated: str
    unit_name: str
    unit_address: str
    as_of: str
    #: 2024年1月5日收录; empty where the record does not tell.
    entered: str
    stated_words: str
    stated_statuses: str
    listed_issues: int
    is_cut_off: bool

    @property
    def stated_in_short(self) -> str:
        """通报称有问题18个，已完成整改17个，正在整改1个."""
        return "，".join(filter(None, (self.stated_words, self.stated_statuses)))

    @property
    def facts(self) -> tuple[str, ...]:
        """Its day, when it came to the site, what it states and lists, for which day."""
        known = (self.dated, self.entered, self.stated_in_short, self.listed_words, self.as_of)
        return tuple(filter(None, known))

    @property
    def listed_words(self) -> str:
        """How many issues its page lists, and whether the text at hand was whole."""
        words = f"逐条列出{self.listed_issues}个" if self.listed_issues else "没有逐条列出"
        return f"{words}（本站得到的文本不完整）" if self.is_cut_off else words

    @classmethod
    def of(cls, filed: NoticeFile, unit: Unit) -> NoticeLink:
        """The list entry of a notice of ``unit``."""
        notice = filed.notice
        totals = (total.stated for total in filed.comparisons if total.subject is StatedSubject.ISSUES)
        stated = next((f"通报称有问题{total.figure}" for total in totals if not total.body), "通报未载问题总数")
        return cls(
            shown_title(notice),
            filed.page.path,
            date_words(filed),
            dated_words(filed),
            unit.short_name,
            filed.unit_page.path,
            as_of_words(notice),
            f"{notice.entered}收录" if notice.entered else "",
            stated,
            stated_statuses(filed),
            len(filed.countable),
            notice.source_defect is not None,
        )


@dataclass(frozen=True)
class LaterLink:
    """Where a later notice carries an issue on, and the status that it has there."""

    address: str
    date: str
    status: StatusView

    @classmethod
    def of(cls, stage: Stage) -> LaterLink:
        """The link to a stage in another notice."""
        address = stage.filed.page.at(stage.matter.id)
        return cls(address, date_words(stage.filed), StatusView.of(stage.matter, stage.filed.notice))


@dataclass(frozen=True)
class IssueRow:
    """An issue in a list outside its notice's page."""

    number: str
    title: str
    numbered: str
    address: str
    status: StatusView
    unit_name: str
    unit_address: str
    date: str
    year: int
    topics: tuple[str, ...]
    #: What the newest notice that carries it on says of it; several where it was split.
    later: tuple[LaterLink, ...] = ()


def later_links(filed: NoticeFile, matter: Issue | Suggestion, lives: Lives) -> tuple[LaterLink, ...]:
    """What the newest notice that carries a matter on says of it."""
    return tuple(LaterLink.of(stage) for stage in lives.latest(filed, matter))


def issue_rows(filed: NoticeFile, unit: Unit, lives: Lives) -> Iterator[IssueRow]:
    """The issues of a notice that count, in the order of the source."""
    for placed in filed.countable:
        yield IssueRow(
            number=placed.issue.number or "",
            title=placed.issue.title,
            numbered=numbered(placed.issue.number, placed.issue.title),
            address=filed.page.at(placed.issue.id),
            status=StatusView.of(placed.issue, filed.notice),
            unit_name=unit.short_name,
            unit_address=filed.unit_page.path,
            date=date_words(filed),
            year=filed.date.year or 0,
            topics=placed.issue.topics,
            later=later_links(filed, placed.issue, lives),
        )
