"""What several outputs show of a record: a status, a contact, totals beside counts. Views only, no markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from noticeboard.board.board import NoticeFile
from noticeboard.board.history import Lives, Stage
from noticeboard.board.words import NO_DAY, as_of_words, date_words, dated_words, numbered, shown_title
from noticeboard.record.counting import Agreement, Comparison
from noticeboard.record.model import Contact, Issue, Matter, Notice, Status, Suggestion, Unit
from noticeboard.record.shown import Place
from noticeboard.record.vocabulary import StatedSubject, StatusCode
from noticeboard.site.views.facts import Facts, facts


@dataclass(frozen=True)
class StatusView:
    """A status as shown: sign, the source's words, class for colour and filters, its day and what it rests on."""

    sign: str
    words: str
    code: str
    as_of: str
    basis: str

    @classmethod
    def of(cls, matter: Matter, notice: Notice) -> StatusView:
        """The view of the present status of a matter of ``notice``."""
        day = f"截至{notice.as_of}" if notice.as_of else NO_DAY
        return cls.on(f"{matter.status_changed}变更" if matter.status_changed else day, matter.status)

    @classmethod
    def on(cls, day: str, status: Status) -> StatusView:
        """The view of a status that holds on ``day``, where it says no other day itself."""
        basis = ""
        if status.code is not StatusCode.UNSTATED and status.basis != "本条":
            basis = status.basis + (f"“{status.quote}”" if status.quote else "")
        return cls(
            status.code.sign, status.words, status.code.value, f"截至{status.as_of}" if status.as_of else day, basis
        )


@dataclass(frozen=True)
class ContactView:
    """Contact details with the day on which somebody tried them."""

    contact: Contact
    standing: str
    #: Those that are no way to call or write at once, with the standing among them.
    facts: Facts

    @classmethod
    def of(cls, contact: Contact | None) -> ContactView | None:
        """``None`` where nothing is given."""
        if contact is None or contact == Contact():
            return None
        standing = f"{contact.checked}核对" if contact.checked else "通报所载，未核对"
        return cls(
            contact,
            standing,
            facts(contact, Place.PAGE, {"phones": "", "faxes": "", "emails": "", "checked": standing}),
        )


@dataclass(frozen=True)
class TotalRow:
    """One stated total beside the count of what the page lists."""

    subject: str
    stated: str
    listed: str
    code: str
    quote: str
    note: str

    @property
    def in_line(self) -> str:
        """What is listed, as said within a line."""
        return "与逐条列出的一致" if self.code == Agreement.AGREES.value else self.listed

    @classmethod
    def of(cls, comparison: Comparison) -> TotalRow:
        """The row of one comparison."""
        stated = comparison.stated
        subject = stated.subject if stated.of == "问题" else f"{stated.of}：{stated.subject}"
        if stated.body:
            subject = f"{stated.body}：{subject}"
        return cls(
            subject,
            stated.figure or "是",
            _listed_words(comparison),
            comparison.agreement.value,
            stated.quote or "",
            stated.note or "",
        )


def _listed_words(comparison: Comparison) -> str:
    is_status = isinstance(comparison.subject, StatusCode)
    if comparison.subject is StatedSubject.ALL_DONE and comparison.listed is not None:
        return f"{comparison.listed}个标明未完成" if comparison.listed else "没有标明未完成的"
    if comparison.listed is None:
        return "只有总数"
    if comparison.agreement is Agreement.NOT_LISTED:
        return "未逐条标明" if is_status else "未逐条列出"
    words = f"{comparison.listed}{comparison.stated.unit or '个'}"
    return f"{words}，不一致" if comparison.agreement is Agreement.DIFFERS else words


def total_rows(filed: NoticeFile) -> tuple[TotalRow, ...]:
    """All totals stated for the whole notice."""
    return tuple(map(TotalRow.of, filed.comparisons))


def stated_statuses(filed: NoticeFile, codes: Container[StatusCode] = tuple(StatusCode)) -> str:
    """How many issues have which status, as the notice sums up, without zeros: 已完成整改17个，正在整改1个."""
    found = (
        total.stated for total in filed.comparisons if isinstance(total.subject, StatusCode) and total.subject in codes
    )
    return "，".join(
        f"{stated.subject}{stated.figure}"
        for stated in found
        if stated.of == "问题" and not stated.body and stated.count and stated.figure
    )


@dataclass(frozen=True)
class StatusCount:
    """How many listed issues have a status of one class."""

    sign: str
    label: str
    code: str
    count: int

    @property
    def words(self) -> str:
        """已完成整改 17 个."""
        return f"{self.label} {self.count} 个"

    @property
    def address(self) -> str:
        """The list of all issues of the site that have this status."""
        return f"issues/status/{self.code}/"


@dataclass(frozen=True)
class BarSegment:
    """A part of a bar of statuses: where it begins and how long it is, in thousandths of the bar."""

    code: str
    start: int
    length: int


def bar_segments(counts: Iterable[StatusCount]) -> tuple[BarSegment, ...]:
    """The bar of some counts; together its segments are just as long as the bar."""
    counts = tuple(counts)
    whole = sum(count.count for count in counts)
    ends = [round(1000 * sum(one.count for one in counts[: at + 1]) / whole) for at in range(len(counts))]
    return tuple(
        BarSegment(count.code, start, end - start) for count, start, end in zip(counts, [0, *ends], ends, strict=False)
    )


def status_counts(notices: Iterable[NoticeFile]) -> tuple[StatusCount, ...]:
    """The listed issues by class of status, in the order of the table; classes without an issue are left out."""
    return _in_order(placed.issue.status.code for filed in notices for placed in filed.countable)


def suggestion_counts(notices: Iterable[NoticeFile]) -> tuple[StatusCount, ...]:
    """The same for suggestions, which are never counted as issues."""
    return _in_order(suggestion.status.code for filed in notices for suggestion in filed.notice.suggestions)


def _in_order(codes: Iterable[StatusCode]) -> tuple[StatusCount, ...]:
    counter = Counter(codes)
    return tuple(StatusCount(code.sign, code.label, code.value, counter[code]) for code in StatusCode if counter[code])


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
