"""What every file of a site holds: what units decide, what all of them decide, what is written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import Path

from noticeboard import paths
from noticeboard.board.board import NoticeFile, UnitFolder
from noticeboard.board.groups import groups
from noticeboard.files import Content, content_of
from noticeboard.kept import key_of
from noticeboard.problems import CannotRun
from noticeboard.site import engine
from noticeboard.site.data.manifest import PATH as MANIFEST
from noticeboard.site.data.parts import NoticePart
from noticeboard.site.data.publish import data_files, write_data
from noticeboard.site.feeds.publish import SiteFeed, feed_files, feeds_of_all
from noticeboard.site.making import Maker, PageWanted, Result, SegmentWanted, key_of_records
from noticeboard.site.model.site import Site
from noticeboard.site.pages.data import DataView
from noticeboard.site.pages.head import PageView, foot
from noticeboard.site.pages.listings import ListingView, listing_pages
from noticeboard.site.pages.tree import by_hand, views_of_columns
from noticeboard.site.search.index import segmented, start
from noticeboard.site.search.passages import Source, of_notice, of_unit
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.sitemap import sitemap
from noticeboard.site.views.sitepages import HOME
from noticeboard.site.work import Made


def contents(site: Site, keys: Mapping[Path, bytes], maker: Maker, made: Path) -> Iterator[tuple[str, Content]]:
    """All files of the site but its manifest, each once. Raises ``CannotRun`` where ``docs`` has one that is made.

    ``keys`` of the files of records as ``Checked`` has them; ``made`` is an empty folder for large files. What takes
    long is done when this returns: whoever publishes holds the folder of the site.
    """
    by_people = dict(written(site.masthead))
    docs = maker.docs(by_people)
    whole = groups(site.board)
    units = maker.units(site, whole, keys)
    # Not sooner: what waits to be done by others is in memory.
    segments_begun = maker.segments(_segments(site, keys))
    of_slug = {unit.slug: result for group, result in zip(whole, units, strict=True) for unit in group}
    data = write_data(site.masthead, _notice_parts(site, of_slug), _unit_parts(site, of_slug), made)
    lists = maker.pages(_pages_of_all(site, DataView.of(site, data), of_slug))
    entries = (entry for result in units for entry in result.facts.entries)
    feeds = [
        maker.alone(key_of("feed", repr(feed)), partial(_feed, feed)) for feed in feeds_of_all(site.masthead, entries)
    ]
    segments = segments_begun()
    results = chain.from_iterable(result.held() for result in (*units, *lists, *feeds, *segments))
    others = chain(results, data_files(data, made), start([result.head for result in segments]))
    names = {path: path for path, _, _ in docs.listed.files} | {engine.output_of(file): file for file in by_people}
    first = engine.output_of(HOME.address.page_file)
    del names[first]
    by_docs = ((path, content) for path, content in docs.held() if path != first)
    return _with_site_map(site, chain(by_docs, _others(names, others)))


def _feed(feed: SiteFeed) -> Made:
    return Made(tuple(feed_files(feed)))


def _segments(site: Site, keys: Mapping[Path, bytes]) -> Iterator[SegmentWanted]:
    found: tuple[UnitFolder | NoticeFile, ...] = (*site.board.by_region, *site.board.notices)
    for some in segmented(found, _month):
        yield SegmentWanted(_key_of_segment(some, site, keys), len(some), partial(_sources, some, site))


def _month(page: UnitFolder | NoticeFile) -> tuple[int, int] | None:
    return page.month if isinstance(page, NoticeFile) else None


def _sources(pages: Iterable[UnitFolder | NoticeFile], site: Site) -> tuple[Source, ...]:
    """What a segment of the index of the search is made of."""
    return tuple(
        of_notice(page, site.board.unit_of(page).unit) if isinstance(page, NoticeFile) else of_unit(page)
        for page in pages
    )


def _key_of_segment(pages: Iterable[UnitFolder | NoticeFile], site: Site, keys: Mapping[Path, bytes]) -> bytes:
    """What decides a segment: its records, and the units of its notices."""
    records = (
        record
        for page in pages
        for record in ((site.board.unit_of(page), page) if isinstance(page, NoticeFile) else (page,))
    )
    return key_of_records(records, keys)


def _notice_parts(site: Site, of_slug: Mapping[str, Result]) -> Iterator[NoticePart]:
    """What the data files have of each notice, in their order; read one by one, for all together are large."""
    for filed in (*site.board.notices, *site.board.retired):
        yield of_slug[filed.unit_slug].parts().notices[filed.address]


def _unit_parts(site: Site, of_slug: Mapping[str, Result]) -> Iterator[str]:
    return (of_slug[unit.slug].parts().units[unit.slug] for unit in site.board.units)


def _pages_of_all(site: Site, data: DataView, of_slug: Mapping[str, Result]) -> Iterator[PageWanted]:
    """The pages that every unit may change; those of lists are known by the rows on them, before they have any."""
    for template, view in (*views_of_columns(site), ("data.md.j2", data)):
        yield PageWanted(template, key_of(repr(view)), partial(_same, view))
    for listing, part in listing_pages(site):
        rows = (of_slug[span.notice.partition("/")[0]].facts.rows[span.notice][listing.address] for span in part.spans)
        said = repr((listing, part, site.is_official()))
        yield PageWanted("listing.md.j2", key_of(said, *rows), partial(ListingView.of, site, listing, part))


def _same(view: PageView) -> PageView:
    return view


def written(masthead: Masthead) -> Iterator[tuple[str, bytes]]:
    """What is written by hand, and in the place of the first page the lines that all pages get: 404.html has them."""
    yield HOME.address.page_file, f"---\n{foot(masthead)}---\n".encode()
    for path, content in by_hand(paths.DOCS, masthead):
        if path == HOME.address.page_file:
            raise _taken(path)
        yield path, content_of(content)


def _others(written: Mapping[str, str], files: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
    """The files that are made, each once; ``written`` are those of ``docs``, by their paths in the site."""
    if MANIFEST in written:
        raise _taken(MANIFEST)
    seen = set()
    for path, content in files:
        if path in written:
            raise _taken(written[path])
        if path not in seen:
            seen.add(path)
            yield path, content


def _taken(path: str) -> CannotRun:
    return CannotRun(f"docs/{path} 与程序自己生成的同名，网站上只能有一个；给它换个名字")


def _with_site_map(site: Site, files: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
    addresses = []
    for path, content in files:
        if path.endswith("index.html"):
            addresses.append(path.removesuffix("index.html"))
        yield path, content
    yield "sitemap.xml", sitemap(site, addresses).encode("utf-8")
