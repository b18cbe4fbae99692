"""What answers where something was: the page of a notice that was withdrawn or replaced, and those at old addresses.

Each old anchor stands on these pages too, with the way to where its issue is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.board.addresses import Address
from noticeboard.board.board import NoticeFile
from noticeboard.board.words import numbered, region_words, shown_title
from noticeboard.record.model import Notice, Retirement
from noticeboard.record.walk import matters
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import HOME, Head, Imprint, PageView
from noticeboard.site.pages.notice_head import window_title
from noticeboard.site.views.links import NoticeLink
from noticeboard.site.views.sitepages import UNITS


def retired_words(retirement: Retirement) -> str:
    """What became of a notice: 撤下, 更正并替换."""
    return retirement.words.removeprefix("已")


@dataclass(frozen=True)
class RetiredLink:
    """A retired notice in a list."""

    title: str
    address: str
    date: str
    words: str

    @classmethod
    def of(cls, filed: NoticeFile) -> RetiredLink:
        """The list entry of a retired notice."""
        retirement = filed.notice.retirement
        assert retirement is not None
        return cls(shown_title(filed.notice), filed.page.path, str(retirement.date), retired_words(retirement))


@dataclass(frozen=True)
class AnchorLink:
    """An anchor that old links may lead to, and the issue to which it leads on."""

    anchor: str
    title: str
    address: str


def anchor_links(filed: NoticeFile) -> Iterator[AnchorLink]:
    """Every 方面, issue and suggestion of a notice."""
    address = filed.page.path

    def link(anchor: str, number: str | None, title: str) -> AnchorLink:
        return AnchorLink(anchor, numbered(number, title), f"{address}#{anchor}")

    notice: Notice = filed.notice
    yield from (link(section.id, section.number, section.title) for section in notice.sections)
    yield from (link(matter.id, matter.number, matter.title) for _, matter in matters(notice))


@dataclass(frozen=True)
class RetiredView(PageView):
    """The page of a notice that was withdrawn or replaced; its content is not on it."""

    title: str
    unit_name: str
    unit_address: str
    region: str
    reason: str
    #: The notice in its place, if that one is in force.
    successor: NoticeLink | None
    #: Whether there was one, which was withdrawn later.
    is_successor_withdrawn: bool
    anchors: tuple[AnchorLink, ...]

    @classmethod
    def of(cls, site: Site, filed: NoticeFile) -> RetiredView:
        """The view of a retired notice."""
        retirement, unit = filed.notice.retirement, site.board.unit_of(filed)
        assert retirement is not None
        found = site.board.in_its_place(filed)
        successor = found if found and found.notice.retirement is None else None
        name, happened = unit.unit.short_name, f"{retirement.date}{retired_words(retirement)}"
        return cls(
            head=Head(
                Imprint.of(site, [unit.slug]),
                filed.page,
                window_title(filed, unit),
                f"这份通报已于{happened}。",
                crumbs=(*HOME, UNITS.crumb, (name, unit.page.path)),
                original="",
                history=happened,
                hides=("toc",),
                extras=(("noindex", True),),
            ),
            title=shown_title(filed.notice),
            unit_name=name,
            unit_address=unit.page.path,
            region=region_words(unit),
            reason=retirement.reason,
            successor=site.link(successor) if successor else None,
            is_successor_withdrawn=found is not None and successor is None,
            anchors=tuple(anchor_links(successor)) if successor else (),
        )


@dataclass(frozen=True)
class MovedView(PageView):
    """The page at an old address: what stood here, and where it is now."""

    #: That what was here is at ``target`` now; what happened is the page's description.
    way: str
    target: str
    anchors: tuple[AnchorLink, ...]


def moved_views(site: Site) -> Iterator[MovedView]:
    """The pages of all old addresses."""
    here = "内容现在在这里："
    for unit in site.board.units:
        imprint, name = Imprint.of(site, [unit.slug]), unit.unit.short_name
        for slug in unit.former_slugs:
            is_merged = slug in unit.unit.absorbed
            what = f"原来在这个网址的单位已经并入{name}" if is_merged else "这个单位的网址改了"
            head = _moved_head(imprint, Address.of_unit(slug), name, what, unit.page)
            yield MovedView(head, "它的通报也在那里：" if is_merged else here, unit.page.path, ())
        for filed in unit.every_notice:
            anchors = () if filed.notice.retirement else tuple(anchor_links(filed))
            for page in filed.former_pages:
                head = _moved_head(imprint, page, shown_title(filed.notice), "这份通报的网址改了", filed.page)
                yield MovedView(head, here, filed.page.path, anchors)


def _moved_head(imprint: Imprint, old: Address, title: str, what: str, target: Address) -> Head:
    """The head of the page at an old address; machines are told the new one alone."""
    url = imprint.site_url + target.path
    return Head(
        imprint,
        old,
        title,
        what,
        original="",
        history="网址改了，内容在新的网址",
        citation=f"{title}[EB/OL]. {url}",
        hides=("toc",),
        extras=(("canonical", url), ("noindex", True)),
    )
