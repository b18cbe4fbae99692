"""How the site says a date, a title, a number, a place: the same on every page, in feeds and in data."""

from __future__ import annotations

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.record.model import Notice
from noticeboard.record.walk import matters

NO_DAY = "截至日期未载"


def as_of_words(notice: Notice) -> str:
    """The day for which a notice's statuses and totals hold, and the last change of a status after it."""
    changed = max((day for _, matter in matters(notice) if (day := matter.status_changed)), default=None)
    return (f"截至{notice.as_of}" if notice.as_of else NO_DAY) + (f"，变更至{changed}" if changed else "")


def as_of_sentence(notice: Notice) -> str:
    """The same as a sentence about the statuses of a page."""
    if notice.as_of:
        return f"状态{as_of_words(notice)}。"
    return f"通报没有写明状态截至哪一天（{as_of_words(notice)}）。"


def shown_title(notice: Notice) -> str:
    """The title; one that the site supplied stands in square brackets (DA/T 18 《档案著录规则》)."""
    return f"[{notice.title}]" if notice.title_supplied else notice.title


def date_words(filed: NoticeFile) -> str:
    """When the notice was published, or which date the address took instead."""
    publication = filed.notice.publication
    if publication.signed or publication.posted:
        return str(publication.signed or publication.posted)
    return f"{filed.date}（发布日期未载）"


def dated_words(filed: NoticeFile) -> str:
    """The same with what it is the date of: 2023年12月14日落款."""
    publication = filed.notice.publication
    words = "落款" if publication.signed else "发布" if publication.posted else ""
    return f"{date_words(filed)}{words}"


def numbered(number: str | None, title: str) -> str:
    """A title behind its printed number: 1、甲 and （一）甲, but 1. 甲 and 问题一 甲."""
    if not number:
        return title
    return f"{number}{title}" if number[-1] in "、）．：:" else f"{number} {title}"


def region_words(unit: UnitFolder) -> str:
    """湖南省永州市祁阳市."""
    return "".join(unit.unit.region.names)
