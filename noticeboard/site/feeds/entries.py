"""What is new: new notices, dated changes (变更), withdrawals; as typed values that know no format.

A notice is new on the day on which the site took it in (收录), however old it is; where its record does not tell that
day, its own date stands for it. No date is the clock's. Dates of records may stop at the year or the month, those of
Atom may not (§3.3): an entry stands at the first moment that its date allows, in Beijing time, and its summary gives
the date in the record's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.board.lives import Lives, changes
from noticeboard.board.words import numbered, shown_title
from noticeboard.record.dates import BEIJING, PartialDate
from noticeboard.record.model import Issue, Suggestion
from noticeboard.record.walk import matters
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.views.links import NoticeLink

#: So many issues that a notice carries on are told one by one.
_TOLD = 10


@dataclass(frozen=True)
class Entry:
    """Something new; all texts are plain."""

    id: str
    title: str
    #: The whole address of the page where it stands.
    url: str
    #: When it came to the site, and when it became what it is now: another moment only of a notice that was retired.
    published: datetime
    updated: datetime
    #: The date of what it tells of: of what came on one day, the newest stands first.
    dated: datetime
    author: str
    summary: str
    topics: tuple[str, ...] = ()


def entries(site: Site, unit: UnitFolder) -> Iterator[Entry]:
    """The notices of a unit, each followed by its changes, and what became of those that are retired."""
    # The author is the unit, but of most sites the words are not.
    standing = "" if site.is_official([unit.slug]) else "非官方整理，内容以原通报为准。"
    for filed in unit.notices:
        notice = _of_notice(site, filed, unit, standing)
        yield notice
        yield from _of_changes(filed, notice, site.masthead, standing)
    for filed in unit.retired:
        yield _of_retired(filed, unit, site.masthead)


def _of_notice(site: Site, filed: NoticeFile, unit: UnitFolder, standing: str) -> Entry:
    link = site.link(filed)
    what = filed.notice.summary or f"{link.stated_words}，{link.listed_words}"
    carried = _carried_on(filed, site.lives)
    topics = dict.fromkeys(topic for _, matter in matters(filed.notice) for topic in matter.topics)
    return Entry(
        id=site.masthead.tag(filed.first_page.bare),
        title=_title(filed, unit),
        url=site.masthead.url(link.address),
        published=_entered(filed),
        updated=_entered(filed),
        dated=_published(filed),
        author=unit.unit.full_name,
        summary=f"{_dates(filed, link)}。{_sentence(what)}{carried}{standing}",
        topics=tuple(topics),
    )


def _carried_on(filed: NoticeFile, lives: Lives) -> str:
    """What a notice tells of issues that earlier ones named, as a sentence (承接以前通报的1个问题：…), or nothing."""
    told = [
        f"{numbered(matter.number, matter.title)}，{words}"
        for _, matter in matters(filed.notice)
        if (words := _came_from(filed, matter, lives))
    ]
    if not told:
        return ""
    more = f"；等{len(told)}个" if len(told) > _TOLD else ""
    return f"承接以前通报的{len(told)}个问题：{'；'.join(told[:_TOLD])}{more}。"


def _came_from(filed: NoticeFile, matter: Issue | Suggestion, lives: Lives) -> str:
    before = [stage.matter.status.words for stage in lives.before(filed, matter)]
    return f"{'、'.join(dict.fromkeys(before))} → {matter.published_status.words}" if before else ""


def _of_changes(filed: NoticeFile, notice: Entry, masthead: Masthead, standing: str) -> Iterator[Entry]:
    # A change has no name but its day. Of several of one day the later ones are written below the earlier ones.
    nth: Counter[str] = Counter()
    for matter, change in changes(filed.notice):
        anchor = matter.id if matter else ""
        name = f"{f'{anchor}/' if anchor else ''}changes/{change.date.iso or 'undated'}"
        nth[name] += 1
        of_status = f"{change.before.words} → {change.after.words}。" if change.before and change.after else ""
        title = f"{notice.title}：{numbered(matter.number, matter.title)}" if matter else notice.title
        day = notice.dated if change.date.year is None else _first_moment(change.date)
        # A notice may come with changes that are older than it is here: they are new when it is.
        moment = max(day, notice.published)
        yield Entry(
            id=f"{notice.id}/{name}" + (f"_{nth[name]}" if nth[name] > 1 else ""),
            title=f"变更：{title}",
            url=masthead.url(filed.page.at(anchor or "changes")),
            published=moment,
            updated=moment,
            dated=day,
            author=notice.author,
            summary=f"{change.date}：{of_status}{_sentence(change.what)}依据：{_sentence(change.ground)}{standing}",
            topics=matter.topics if matter else (),
        )


def _of_retired(filed: NoticeFile, unit: UnitFolder, masthead: Masthead) -> Entry:
    """The entry of the notice itself, which now says what became of it; nothing of its content."""
    retirement = filed.notice.retirement
    assert retirement is not None
    words = retirement.words.removeprefix("已")
    day = retirement.date
    return Entry(
        id=masthead.tag(filed.first_page.bare),
        title=f"{words}：{_title(filed, unit)}",
        url=masthead.url(filed.page.path),
        published=_entered(filed),
        updated=_entered(filed) if day.year is None else _first_moment(day),
        dated=_published(filed),
        author=unit.unit.full_name,
        summary=f"{day}{words}。原因：{_sentence(retirement.reason)}",
    )


def _title(filed: NoticeFile, unit: UnitFolder) -> str:
    title, name = shown_title(filed.notice), unit.unit.short_name
    return title if name in title else f"{name}：{title}"


def _entered(filed: NoticeFile) -> datetime:
    """When the site took a notice in, else when it was published."""
    day = filed.notice.entered
    return _first_moment(day) if day and day.year else _published(filed)


def _published(filed: NoticeFile) -> datetime:
    """When a notice was published, else signed, else the date in its address."""
    publication = filed.notice.publication
    if publication.posted and publication.posted.year:
        return _first_moment(publication.posted, publication.posted_time)
    return _first_moment(publication.signed if publication.signed and publication.signed.year else filed.date)


def _first_moment(date: PartialDate, at: str | None = None) -> datetime:
    """The beginning of a year, a month or a day; of a day perhaps another time (``10:58``)."""
    assert date.year is not None
    hour, minute = at.split(":") if at and date.day else (0, 0)
    return datetime(date.year, date.month or 1, date.day or 1, int(hour), int(minute), tzinfo=BEIJING)


def _dates(filed: NoticeFile, link: NoticeLink) -> str:
    publication = filed.notice.publication
    signed = f"{publication.signed}落款" if publication.signed else ""
    at = f" {publication.posted_time}" if publication.posted_time else ""
    posted = f"{publication.posted}{at}发布" if publication.posted else ""
    own = "，".join(filter(None, (signed, posted))) or link.date
    return f"{own}，{link.entered}" if link.entered else own


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"
