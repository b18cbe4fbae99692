"""The whole build: pages of a checked board, engine, files beside the pages, site map, manifest; published as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from functools import partial
from itertools import chain
from pathlib import Path

from noticeboard.board.groups import groups
from noticeboard.board.source import source
from noticeboard.checking.check import Checked
from noticeboard.files import Content, content_of
from noticeboard.kept import Kept, key_of
from noticeboard.paths import CONFIG, DOCS
from noticeboard.problems import CannotRun, reason
from noticeboard.site import engine
from noticeboard.site.cards import vcards
from noticeboard.site.data.manifest import PATH as MANIFEST
from noticeboard.site.data.manifest import with_manifest
from noticeboard.site.data.parts import NoticePart, notice_parts, unit_parts
from noticeboard.site.data.publish import data_files, notice_files, write_data
from noticeboard.site.feeds.publish import feed_files, feeds, feeds_of_all
from noticeboard.site.fingerprint import site_fingerprint
from noticeboard.site.former import at_former_addresses
from noticeboard.site.making import Maker, PageWanted, Result
from noticeboard.site.model.site import Site
from noticeboard.site.pages.data import DataView
from noticeboard.site.pages.head import PageView, foot
from noticeboard.site.pages.listings import ListingView, listing_pages
from noticeboard.site.pages.tree import by_hand, page, pages, views_of_columns, write_tree
from noticeboard.site.publish import check_folder, publish
from noticeboard.site.qrcodes import qrcodes
from noticeboard.site.search.index import index
from noticeboard.site.search.passages import sources
from noticeboard.site.sitemap import sitemap
from noticeboard.site.views.sitepages import HOME
from noticeboard.temporary import claimed, temporary_folder


def write_pages(checked: Checked, pages_dir: Path | None = None) -> Path:
    """The Markdown tree of a checked board, with the files beside the pages; gives its folder. Raises ``CannotRun``.

    Two runs into one folder follow each other.
    """
    settings = engine.settings(CONFIG)
    tree = pages_dir or settings.pages_dir
    real = Path(os.path.realpath(tree))
    site = Site(checked.board, settings.masthead, checked.accepted)
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with temporary_folder() as made, claimed(real.with_name(f".{real.name}.noticeboard"), tree):
            data = write_data(site.masthead, notice_parts(site), unit_parts(site), made)
            generated = chain(pages(site), [page("data.md.j2", DataView.of(site, data))])
            of_notices = chain(notice_files(site), feeds(site), vcards(site), qrcodes(site))
            beside = chain(data_files(data, made), index(sources(site.board)), of_notices)
            written = by_hand(DOCS, site.masthead)
            write_tree(generated, at_former_addresses(site.board, beside), written, tree, is_ours=pages_dir is None)
    except OSError as error:
        raise CannotRun(f"写不了文件夹 {tree}：{reason(error)}") from error
    return tree


def build(
    checked: Checked,
    site_dir: Path,
    *,
    kept: Kept | None = None,
    executor: Executor | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """The site of a checked board in ``site_dir``; gives the paths written or removed there. Raises ``CannotRun``.

    What is ``kept`` is not made again; ``executor`` makes the rest, or this process. A build that fails leaves the old
    site as it was; ``say`` is told how far it is, if that takes long, and if the site had to be replaced file by file.
    """
    real = Path(os.path.realpath(site_dir))
    if checked.folder.resolve() in {real, *real.parents}:
        raise CannotRun(f"网站不能放在通报的文件夹里：{site_dir}")
    settings = engine.settings(CONFIG)
    is_ours = real == settings.site_dir
    check_folder(site_dir, is_ours=is_ours)
    site = Site(checked.board, settings.masthead, checked.accepted)
    with temporary_folder() as made:
        (made / "data").mkdir()
        maker = Maker(kept or Kept(made / "kept"), executor, site_fingerprint(CONFIG), say)
        content = _content(site, checked, maker, made / "data")
        made_from = source(checked.folder)
        whole = with_manifest(content, settings.masthead, made_from, checked.board.last_changed, checked.open_drafts)
        published = publish(whole, site_dir, is_ours=is_ours)
    if not published.is_at_once:
        say(f"{site_dir} 不能整个换（是挂载点，或者系统、磁盘不支持），文件是逐个换的：换的那一刻新旧可能混在一起")
    return published.changed


def _content(site: Site, checked: Checked, maker: Maker, made: Path) -> Iterator[tuple[str, Content]]:
    """All files of the site but its manifest, each once. Raises ``CannotRun`` where ``docs`` has one that is made.

    What takes long is done when this returns: whoever publishes holds the folder of the site.
    """
    written = dict(_written(site))
    docs = maker.docs(written)
    whole = groups(site.board)
    units = maker.units(site, whole, checked.keys)
    of_unit = {unit.slug: result for group, result in zip(whole, units, strict=True) for unit in group}
    data = write_data(site.masthead, _notice_parts(site, of_unit), _unit_parts(site, of_unit), made)
    lists = maker.pages(_pages_of_all(site, DataView.of(site, data), of_unit))
    entries = (entry for result in units for entry in result.facts.entries)
    feeds = [
        maker.files(key_of("feed", repr(feed)), partial(feed_files, feed))
        for feed in feeds_of_all(site.masthead, entries)
    ]
    results = chain.from_iterable(result.held() for result in (*units, *lists, *feeds))
    others = chain(results, data_files(data, made), index(sources(site.board)))
    names = {path: path for path, _, _ in docs.listed.files} | {engine.output_of(file): file for file in written}
    first = engine.output_of(HOME.address.page_file)
    del names[first]
    by_docs = ((path, content) for path, content in docs.held() if path != first)
    return _with_site_map(site, chain(by_docs, _others(names, others)))


def _notice_parts(site: Site, of_unit: Mapping[str, Result]) -> Iterator[NoticePart]:
    """What the data files have of each notice, in their order; read one by one, for all together are large."""
    for filed in (*site.board.notices, *site.board.retired):
        yield of_unit[filed.unit_slug].parts().notices[filed.address]


def _unit_parts(site: Site, of_unit: Mapping[str, Result]) -> Iterator[str]:
    return (of_unit[unit.slug].parts().units[unit.slug] for unit in site.board.units)


def _pages_of_all(site: Site, data: DataView, of_unit: Mapping[str, Result]) -> Iterator[PageWanted]:
    """The pages that every unit may change; those of lists are known by the rows on them, before they have any."""
    for template, view in (*views_of_columns(site), ("data.md.j2", data)):
        yield PageWanted(template, key_of(repr(view)), partial(_same, view))
    for listing, part in listing_pages(site):
        rows = (of_unit[span.notice.partition("/")[0]].facts.rows[span.notice][listing.address] for span in part.spans)
        said = repr((listing, part, site.is_official()))
        yield PageWanted("listing.md.j2", key_of(said, *rows), partial(ListingView.of, site, listing, part))


def _same(view: PageView) -> PageView:
    return view


def _written(site: Site) -> Iterator[tuple[str, bytes]]:
    """What is written by hand, and in the place of the first page the lines that all pages get: 404.html has them."""
    yield HOME.address.page_file, f"---\n{foot(site.masthead)}---\n".encode()
    for path, content in by_hand(DOCS, site.masthead):
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
