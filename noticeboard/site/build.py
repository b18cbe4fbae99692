"""The whole build: pages of a checked board, engine, files beside the pages, site map, manifest; published as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from noticeboard.board.source import source
from noticeboard.checking.check import Checked
from noticeboard.files import Content, entries
from noticeboard.paths import CONFIG, DOCS
from noticeboard.problems import CannotRun, reason
from noticeboard.site import engine
from noticeboard.site.cards import vcards
from noticeboard.site.data.manifest import PATH as MANIFEST
from noticeboard.site.data.manifest import with_manifest
from noticeboard.site.data.publish import data_files, write_data
from noticeboard.site.feeds.publish import feeds
from noticeboard.site.former import at_former_addresses
from noticeboard.site.model.site import Site
from noticeboard.site.pages.data import DataView
from noticeboard.site.pages.tree import Page, by_hand, page, pages, write_tree
from noticeboard.site.publish import check_folder, publish
from noticeboard.site.qrcodes import qrcodes
from noticeboard.site.search.index import index
from noticeboard.site.search.passages import sources
from noticeboard.site.sitemap import sitemap
from noticeboard.temporary import claimed, temporary_folder


def write_pages(checked: Checked, pages_dir: Path | None = None) -> Path:
    """The Markdown tree of a checked board, with the files beside the pages; gives its folder. Raises ``CannotRun``.

    Two runs into one folder follow each other.
    """
    settings = engine.settings(CONFIG)
    tree = pages_dir or settings.pages_dir
    real = Path(os.path.realpath(tree))
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        with temporary_folder() as made, claimed(real.with_name(f".{real.name}.noticeboard"), tree):
            parts = _parts(Site(checked.board, settings.masthead, checked.accepted), made)
            write_tree(parts.pages, parts.beside, parts.by_hand, tree, is_ours=pages_dir is None)
    except OSError as error:
        raise CannotRun(f"写不了文件夹 {tree}：{reason(error)}") from error
    return tree


@dataclass(frozen=True)
class _Parts:
    """What a site is made of: the pages of a board, the files beside them as they are (path, content), and ``docs``."""

    pages: Iterator[Page]
    beside: Iterator[tuple[str, Content]]
    by_hand: Iterator[tuple[str, Content]]


def _parts(site: Site, made: Path) -> _Parts:
    """``made`` is an empty folder for the large ones, to be kept until all is taken from it."""
    data = write_data(site, made)
    page_of_data = page("data.md.j2", DataView.of(site, data))
    beside = chain(data_files(site, data, made), index(sources(site.board)), feeds(site), vcards(site), qrcodes(site))
    return _Parts(
        chain(pages(site), [page_of_data]),
        at_former_addresses(site.board, beside),
        by_hand(DOCS, site),
    )


def build(checked: Checked, site_dir: Path, *, say: Callable[[str], None] = lambda _: None) -> list[str]:
    """The site of a checked board in ``site_dir``; gives the paths written or removed there. Raises ``CannotRun``.

    A build that fails leaves the old site as it was; ``say`` is told where one had to be replaced file by file.
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
        parts = _parts(site, made / "data")
        tree, html = made / "pages", made / "html"
        meant = write_tree(parts.pages, (), parts.by_hand, tree, is_ours=False)
        engine.build_pages(CONFIG, tree, html)
        files = sorted(path for path, entry in entries(html) if entry.is_file())
        _check_complete(meant, set(files))
        addresses = [file.removesuffix("index.html") for file in files if file.endswith("index.html")]
        site_map = sitemap(site, addresses).encode("utf-8")
        content = _joined(html, files, chain(parts.beside, [("sitemap.xml", site_map)]))
        made_from = source(checked.folder)
        whole = with_manifest(content, settings.masthead, made_from, checked.board.last_changed, checked.open_drafts)
        published = publish(whole, site_dir, is_ours=is_ours)
    if not published.is_at_once:
        say(f"{site_dir} 不能整个换（是挂载点，或者系统、磁盘不支持），文件是逐个换的：换的那一刻新旧可能混在一起")
    return published.changed


def _check_complete(meant: Iterable[str], files: set[str]) -> None:
    """Each file of the tree made one file of the site, and a file of its own. Raises ``CannotRun``."""
    made_of: dict[str, str] = {}
    for file in meant:
        output = engine.output_of(file)
        if output not in files:
            raise CannotRun(f"{file} 没有出现在生成的网站里，网站不完整，没有公布")
        if output in made_of:
            raise CannotRun(f"{made_of[output]} 和 {file} 会成为同一个网页 {output}；给其中一个换个名字")
        made_of[output] = file


def _joined(html: Path, files: list[str], beside: Iterable[tuple[str, Content]]) -> Iterator[tuple[str, Content]]:
    """All files of the site but its manifest, each once. Raises ``CannotRun`` where ``docs`` has one that is made."""
    yield from ((file, html / file) for file in files)
    by_engine, seen = {*files}, {*files}
    _check_free(MANIFEST, by_engine)
    for path, content in beside:
        _check_free(path, by_engine)
        if path not in seen:
            seen.add(path)
            yield path, content


def _check_free(path: str, by_engine: set[str]) -> None:
    if path in by_engine:
        raise CannotRun(f"docs/{path} 与程序自己生成的同名，网站上只能有一个；给它换个名字")
