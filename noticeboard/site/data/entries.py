"""What both tables tell of a notice: where it is filed, its unit, its inspection, its publication, its contact."""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.board.board import NoticeFile
from noticeboard.record.model import Contact, Notice, Publication, Unit
from noticeboard.record.shown import Place
from noticeboard.record.urls import as_uri
from noticeboard.site.data.columns import Column, ColumnType, columns_of, exact_day, joined
from noticeboard.site.model.site import Site
from noticeboard.site.views.facts import facts


@dataclass(frozen=True)
class NoticeEntry:
    """A notice on a site."""

    site: Site
    filed: NoticeFile

    @property
    def unit(self) -> Unit:
        """Its unit."""
        return self.site.board.unit_of(self.filed).unit

    @property
    def notice(self) -> Notice:
        """The record."""
        return self.filed.notice

    @property
    def contact(self) -> Contact | None:
        """Where to turn to: the unit's own contact, else the notice's."""
        contacts = (self.unit.contact, self.notice.contact)
        return next((contact for contact in contacts if contact is not None and contact.reaches), None)


def contact_phrase(contact: Contact | None) -> str:
    """电话：0746-3229641；电子邮箱：x@y. A phrase, so that no spreadsheet takes a number for one and drops its zero."""
    if contact is None:
        return ""
    # The day on which somebody tried it has a column of its own.
    return joined(f"{name}：{value}" for name, value in facts(contact, Place.TABLES, {"checked": ""}))


def _days_from_feedback(entry: NoticeEntry) -> int | None:
    publication = entry.notice.publication
    start, end = exact_day(entry.filed.feedback_date), exact_day(publication.signed) or exact_day(publication.posted)
    # A publication before its feedback is a mistake of the source, not a span.
    return (end - start).days if start and end and start <= end else None


UNIT_NAME: Column[NoticeEntry] = Column(
    "unit_name", "单位", "单位的简称", lambda entry: entry.unit.short_name, width=20
)

OF_UNIT: tuple[Column[NoticeEntry], ...] = (
    Column("province", "省", "单位所在的省、自治区、直辖市", lambda entry: entry.unit.region.province),
    Column("city", "市", "地级市、州、盟；没有的空着", lambda entry: entry.unit.region.city),
    Column("county", "县", "县、区、县级市；没有的空着", lambda entry: entry.unit.region.county),
    Column("region_code", "地区代码", "GB/T 2260 的六位代码", lambda entry: entry.unit.region.code, width=10),
    Column("level", "级别", "单位的级别：省、市、县、乡镇或村", lambda entry: entry.unit.level, width=8),
    *columns_of((Unit,), lambda entry: (entry.unit,), ("unit_", "单位")),
    Column("unit_full_name", "单位全称", "原文中的全称", lambda entry: entry.unit.full_name, width=28),
    Column(
        "unit",
        "单位代号",
        "单位在本站的代号，也是单位页网址 /units/…/ 的一部分",
        lambda entry: entry.filed.unit_slug,
        width=18,
    ),
)

OF_INSPECTION: tuple[Column[NoticeEntry], ...] = (
    Column(
        "inspection_team",
        "巡察组",
        "照原文；几次巡察的用“；”隔开",
        lambda entry: joined(inspection.team for inspection in entry.notice.inspections),
        width=20,
    ),
    Column(
        "feedback_date",
        "反馈日期",
        "反馈巡察意见的日期；几次巡察的，是最近的一次",
        lambda entry: entry.filed.feedback_date,
        ColumnType.DATE,
    ),
)

OF_PUBLICATION: tuple[Column[NoticeEntry], ...] = (
    Column("signed", "落款日期", "通报落款的日期", lambda entry: entry.notice.publication.signed, ColumnType.DATE),
    Column("posted", "发布日期", "原网站上的发布日期", lambda entry: entry.notice.publication.posted, ColumnType.DATE),
    Column(
        "days_from_feedback",
        "反馈到公布的天数",
        "从反馈日期到落款日期（落款不到日的，到发布日期）相隔几天；日期不到日的、公布早于反馈的空着",
        _days_from_feedback,
        ColumnType.INTEGER,
        width=16,
    ),
)

ENTERED: Column[NoticeEntry] = Column(
    "entered", "收录日期", "本站收录通报的日期，不是通报本身的日期", lambda entry: entry.notice.entered, ColumnType.DATE
)

OF_SOURCE: tuple[Column[NoticeEntry], ...] = (
    Column(
        "notice_kind", "文种", "通报的种类：巡察整改进展、审计整改结果等", lambda entry: entry.notice.kind, width=16
    ),
    Column(
        "content",
        "摘要或全文",
        "措施、进展和成效是本站的摘要，还是原文全文；标题、编号、日期和数字总是照录",
        lambda entry: entry.notice.publication.content,
    ),
    *columns_of((Publication,), lambda entry: (entry.notice.publication,)),
    Column(
        "source_url",
        "原通报网址",
        "原通报在来源网站的网址",
        lambda entry: as_uri(entry.notice.publication.url or "") or None,
        ColumnType.LINK,
        30,
    ),
)

CONTACT: Column[NoticeEntry] = Column(
    "contact",
    "联系方式",
    "反映问题找谁：单位现在的联系方式，没有的用通报所载的；写成一句话，表格软件才不会把电话当成数、丢掉开头的 0",
    lambda entry: contact_phrase(entry.contact),
    width=30,
)
