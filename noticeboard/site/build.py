"""The whole build: pages of a checked board, engine, files beside the pages, site map, manifest; published as one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from noticeboard import paths
from noticeboard.board.source import source
from noticeboard.checking.check import Checked
from noticeboard.kept import Kept
from noticeboard.problems import CannotRun, reason
from noticeboard.site import engine
from noticeboard.site.cards import vcards
from noticeboard.site.contents import contents
from noticeboard.site.data.manifest import with_manifest
from noticeboard.site.data.parts import notice_parts, unit_parts
from noticeboard.site.data.publish import data_files, notice_files, write_data
from noticeboard.site.feeds.publish import feeds
from noticeboard.site.fingerprint import site_fingerprint
from noticeboard.site.former import at_former_addresses
from noticeboard.site.making import Maker
from noticeboard.site.model.site import Site
from noticeboard.site.pages.data import DataView
from noticeboard.site.pages.tree import by_hand, page, pages, write_tree
from noticeboard.site.publish import check_folder, publish
from noticeboard.site.qrcodes import qrcodes
from noticeboard.site.search.index import index
from noticeboard.site.search.passages import sources
from noticeboard.temporary import claimed, temporary_folder


def write_pages(checked: Checked, pages_dir: Path | None = None) -> Path:
    """The Markdown tree of a checked board, with the files beside the pages; gives its folder. Raises ``CannotRun``.

    Two runs into one folder follow each other.
    """
    settings = engine.settings(paths.CONFIG)
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
            written = by_hand(paths.DOCS, site.masthead)
            write_tree(generated, at_former_addresses(site.board, beside), written, tree, is_ours=pages_dir is None)
    except OSError as error:
        raise CannotRun(f"写不了文件夹 {tree}：{reason(error)}") from error
    return tree


@contextmanager
def making(kept: Kept, executor: Executor | None, say: Callable[[str], None]) -> Iterator[Maker]:
    """What makes the files of a site; nothing that it made stays kept if meanwhile somebody changed how they look."""
    maker = Maker(kept, executor, site_fingerprint(paths.CONFIG), say)
    try:
        yield maker
    finally:
        if not _is_still(maker.fingerprint):
            kept.forget(maker.made)
            say("生成的时候有人改了模板、主题或者 mkdocs.yml，网页可能有新有旧；请再运行一次")


def _is_still(fingerprint: bytes) -> bool:
    try:
        return site_fingerprint(paths.CONFIG) == fingerprint
    except CannotRun:
        return False


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
    settings = engine.settings(paths.CONFIG)
    is_ours = real == settings.site_dir
    check_folder(site_dir, is_ours=is_ours)
    site = Site(checked.board, settings.masthead, checked.accepted)
    with temporary_folder() as made:
        (made / "data").mkdir()
        # What was made is read again while it is published.
        with making(kept or Kept(made / "kept"), executor, say) as maker:
            content = contents(site, checked.keys, maker, made / "data")
            made_from = source(checked.folder)
            whole = with_manifest(
                content, settings.masthead, made_from, checked.board.last_changed, checked.open_drafts
            )
            published = publish(whole, site_dir, is_ours=is_ours)
    if not published.is_at_once:
        say(f"{site_dir} 不能整个换（是挂载点，或者系统、磁盘不支持），文件是逐个换的：换的那一刻新旧可能混在一起")
    return published.changed
