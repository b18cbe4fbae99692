"""What answers where something was: the page of a notice that was withdrawn or replaced, and those at old addresses.

Each old anchor stands on these pages too, with the way to where its issue is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from noticeboard.board.addresses import Address
from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.board.words import numbered, region_words, shown_title
from noticeboard.record.model import Notice, Retirement
from noticeboard.record.walk import matters
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import HOME, Head, Imprint
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
class RetiredView:
    """The page of a notice that was withdrawn or replaced; its content is not on it."""

    imprint: Imprint
    address: Address
    title: str
    window_title: str
    unit_name: str
    unit_address: str
    region: str
    date: str
    #: As of a sentence: 撤下, 更正并替换.
    words: str
    reason: str
    #: The notice in its place, if that one is in force.
    successor: NoticeLink | None
    #: Whether there was one, which was withdrawn later.
    is_successor_withdrawn: bool
    anchors: tuple[AnchorLink, ...]

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(
            self.imprint,
            self.address.path,
            self.window_title,
            f"这份通报已于{self.date}{self.words}。",
            crumbs=(*HOME, UNITS.crumb, (self.unit_name, self.unit_address)),
            original="",
            history=f"{self.date}{self.words}",
            hides=("toc",),
            extras=(("noindex", True),),
        )

    @classmethod
    def of(cls, site: Site, filed: NoticeFile) -> RetiredView:
        """The view of a retired notice."""
        retirement, unit = filed.notice.retirement, site.board.unit_of(filed)
        assert retirement is not None
        found = site.board.in_its_place(filed)
        successor = found if found and found.notice.retirement is None else None
        title = shown_title(filed.notice)
        name = unit.unit.short_name
        return cls(
            imprint=Imprint.of(site, [unit.slug]),
            address=filed.page,
            title=title,
            window_title=title if name in title else f"{name}：{title}",
            unit_name=name,
            unit_address=unit.page.path,
            region=region_words(unit),
            date=str(retirement.date),
            words=retired_words(retirement),
            reason=retirement.reason,
            successor=site.link(successor) if successor else None,
            is_successor_withdrawn=found is not None and successor is None,
            anchors=tuple(anchor_links(successor)) if successor else (),
        )


@dataclass(frozen=True)
class MovedView:
    """The page at an old address: what stood here, and where it is now."""

    imprint: Imprint
    address: Address
    title: str
    #: What happened, and that what was here is at ``target`` now, as a sentence.
    words: str
    description: str
    target: str
    target_url: str
    anchors: tuple[AnchorLink, ...]

    @property
    def head(self) -> Head:
        """The head of the page; machines are told the new address alone."""
        return Head(
            self.imprint,
            self.address.path,
            self.title,
            self.description,
            original="",
            history="网址改了，内容在新的网址",
            citation=f"{self.title}[EB/OL]. {self.target_url}",
            hides=("toc",),
            extras=(("canonical", self.target_url), ("noindex", True)),
        )


def moved_views(site: Site) -> Iterator[MovedView]:
    """The pages of all old addresses."""
    for unit in site.board.units:
        imprint = Imprint.of(site, [unit.slug])
        for slug in unit.former_slugs:
            yield _moved_unit(slug, unit, imprint)
        for filed in unit.every_notice:
            target = filed.page.path
            anchors = () if filed.notice.retirement else tuple(anchor_links(filed))
            for page in filed.former_pages:
                yield MovedView(
                    imprint=imprint,
                    address=page,
                    title=shown_title(filed.notice),
                    words="这份通报的网址改了，内容现在在这里：",
                    description="这份通报的网址改了",
                    target=target,
                    target_url=imprint.site_url + target,
                    anchors=anchors,
                )


def _moved_unit(slug: str, unit: UnitFolder, imprint: Imprint) -> MovedView:
    target, name = unit.page.path, unit.unit.short_name
    is_merged = slug in unit.unit.absorbed
    return MovedView(
        imprint=imprint,
        address=Address.of_unit(slug),
        title=name,
        words=f"原来在这个网址的单位已经并入{name}，它的通报也在那里："
        if is_merged
        else "这个单位的网址改了，内容现在在这里：",
        description=f"原来在这个网址的单位已经并入{name}" if is_merged else "这个单位的网址改了",
        target=target,
        target_url=imprint.site_url + target,
        anchors=(),
    )
