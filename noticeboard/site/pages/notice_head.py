"""What the page of a notice says of itself to machines: origin, citation, page tags, structured data."""

from __future__ import annotations

from typing import Any

from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.board.lives import changes
from noticeboard.board.words import shown_title
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Publication
from noticeboard.record.urls import as_uri
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import HOME, Head, Imprint, json_ld
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.views.sitepages import UNITS

#: So many topics are key words of the page.
_KEYWORDS = 8


def notice_head(site: Site, filed: NoticeFile) -> Head:
    """The head of a notice's page."""
    notice, unit, masthead = filed.notice, site.board.unit_of(filed), site.masthead
    description = notice.summary or f"{unit.unit.full_name}：{notice.title}"
    return Head(
        Imprint.of(site, [unit.slug]),
        filed.page,
        window_title(filed, unit),
        description,
        crumbs=(*HOME, UNITS.crumb, (unit.unit.short_name, unit.page.path)),
        original=_original(filed),
        original_url=as_uri(notice.publication.url or ""),
        history=_history(filed),
        citation=_citation(filed, unit, masthead),
        is_article=True,
        page_tags=tuple((name, content) for name, content in _tags(filed, unit, masthead, description) if content),
        structured=(json_ld(_report(filed, unit, masthead, description)),),
        extras=(("data_file", filed.page.data_file),),
    )


def window_title(filed: NoticeFile, unit: UnitFolder) -> str:
    """The title with the name of the unit, since many titles only say 市文联党组."""
    title, name = shown_title(filed.notice), unit.unit.short_name
    return title if name in title else f"{name}：{title}"


def _original(filed: NoticeFile) -> str:
    publication = filed.notice.publication
    if publication.url:
        return f"发布单位的原通报（{publication.source}）" if publication.source else "发布单位的原通报"
    return f"{publication.source}（未提供原文网址）" if publication.source else "未提供原文网址"


def _history(filed: NoticeFile) -> str:
    found, entered = changes(filed.notice), filed.notice.entered
    came = f"{entered}收录，" if entered else ""
    if not found:
        return f"{came}公布以来没有更正或变更"
    return f"{came}变更 {len(found)} 条，最近一条 {found[-1][1].date}，见上面的变更记录"


def _citation(filed: NoticeFile, unit: UnitFolder, masthead: Masthead) -> str:
    """As GB/T 7714 《信息与文献 参考文献著录规则》 quotes a document on the web; the day of reading is the reader's."""
    by = "，".join(filed.notice.signatories) or unit.unit.full_name
    day = filed.published
    dated = f" ({day.iso})" if day and day.iso else ""
    url = masthead.url(filed.page.path)
    return f"{by}. {shown_title(filed.notice)}（{masthead.site_name}整理）[EB/OL].{dated}{'.' if dated else ''} {url}"


def _topics(filed: NoticeFile) -> list[str]:
    topics = dict.fromkeys(topic for placed in filed.countable for topic in placed.issue.topics)
    return list(topics)[:_KEYWORDS]


def _tags(filed: NoticeFile, unit: UnitFolder, masthead: Masthead, description: str) -> list[tuple[str, str]]:
    """The tags of a page of content; a date only where the day is known, as the form asks (YYYY-MM-DD HH:mm)."""
    publication = filed.notice.publication
    posted = _sound_date(publication)
    is_day = posted is not None and posted.day is not None
    at = f" {publication.posted_time}" if publication.posted == posted and publication.posted_time else ""
    return [
        ("ColumnName", "通报"),
        ("ColumnType", "信息公开"),
        ("ArticleTitle", shown_title(filed.notice)),
        ("PubDate", f"{posted.iso}{at}" if posted and is_day else ""),
        ("ContentSource", publication.source or ""),
        ("Keywords", ",".join([unit.unit.short_name, filed.notice.kind, *_topics(filed)])),
        ("Author", "、".join(filed.notice.signatories)),
        ("Description", description),
        ("Url", masthead.url(filed.page.path)),
    ]


def _sound_date(publication: Publication) -> PartialDate | None:
    """The date of posting, since signed is not yet published, else of signing; a damaged one is none."""
    dates = (publication.posted, publication.signed)
    return next((date for date in dates if date is not None and date.words is None), None)


def _report(filed: NoticeFile, unit: UnitFolder, masthead: Masthead, description: str) -> dict[str, Any]:
    """A ``Report`` of schema.org by the unit; what the record does not know is left out."""
    notice, publication = filed.notice, filed.notice.publication
    day = _sound_date(publication)
    organisation = masthead.url(unit.page.path)
    return {
        "@type": "Report",
        "name": notice.title,
        "url": masthead.url(filed.page.path),
        "inLanguage": "zh-CN",
        "abstract": description,
        "author": {
            "@type": "GovernmentOrganization",
            "@id": f"{organisation}#unit",
            "name": unit.unit.full_name,
            "url": organisation,
        },
        # schema.org takes ISO 8601, which may stop at the year or the month.
        "datePublished": day.iso if day else None,
        "dateModified": filed.last_changed.iso if filed.last_changed else None,
        "reportNumber": notice.document_number,
        "isBasedOn": as_uri(notice.publication.url or ""),
        "keywords": _topics(filed),
        "contentReferenceTime": notice.as_of.iso if notice.as_of and notice.as_of.words is None else None,
        "isPartOf": {"@type": "WebSite", "name": masthead.site_name, "url": masthead.url("")},
    }
