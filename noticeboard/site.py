"""The whole build: pages of a checked board, files beside them, engine, site map; into the site only what changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from noticeboard import engine
from noticeboard.board import Board
from noticeboard.checking import Checked
from noticeboard.engine import Settings
from noticeboard.feeds.publish import feeds
from noticeboard.files import Content, sync
from noticeboard.masthead import Masthead
from noticeboard.moved import at_former_addresses
from noticeboard.opendata.keys_page import FieldsView
from noticeboard.opendata.manifest import with_manifest
from noticeboard.opendata.page import DataView
from noticeboard.opendata.publish import data_files, write_data
from noticeboard.pages.tree import by_hand, page, pages, write_tree
from noticeboard.places import CONFIG, DOCS, NOTICES
from noticeboard.problems import CannotRun
from noticeboard.qrcodes import qrcodes
from noticeboard.search.index import index
from noticeboard.search.passages import sources
from noticeboard.sitemap import sitemap
from noticeboard.source import source
from noticeboard.vcards import vcards


def write_pages(checked: Checked, pages_dir: Path | None = None) -> Path:
    """The Markdown tree of a checked board, with the files beside the pages; gives its folder. Raises ``CannotRun``."""
    return _write_pages(checked, engine.settings(CONFIG), pages_dir)


def _write_pages(checked: Checked, settings: Settings, pages_dir: Path | None) -> Path:
    tree, board, masthead = pages_dir or settings.pages_dir, checked.board, settings.masthead
    with tempfile.TemporaryDirectory(prefix="noticeboard-") as made:
        data = write_data(board, masthead, Path(made))
        example = next((filed.address for filed in board.notices), "")
        generated = pages(board, checked.accepted, masthead)
        page_of_data = page("data/index.md", "data.md.j2", DataView.of(data, masthead, example), masthead, board)
        beside = at_former_addresses(
            board, chain(data_files(board, masthead, data, Path(made)), _beside(board, masthead))
        )
        page_of_fields = page("fields/index.md", "fields.md.j2", FieldsView(), masthead, board)
        generated = chain(generated, [page_of_data, page_of_fields])
        write_tree(generated, beside, by_hand(DOCS, board, masthead), tree, is_ours=pages_dir is None)
    return tree


def _beside(board: Board, masthead: Masthead) -> Iterator[tuple[str, Content]]:
    """The files that the engine, or a plain ``mkdocs build`` of the tree, takes along as they are."""
    return chain(index(sources(board)), feeds(board, masthead), vcards(board, masthead), qrcodes(board, masthead))


def build(checked: Checked, site_dir: Path, pages_dir: Path | None = None) -> list[str]:
    """The site of a checked board in ``site_dir``; gives the paths written or removed there. Raises ``CannotRun``.

    The site is made elsewhere and then copied, file by file: a build that fails leaves the old site as it was, and one
    that is killed while copying leaves whole files, old and new, which the next build completes.
    """
    if _folder_of(checked) in {site_dir.resolve(), *site_dir.resolve().parents}:
        raise CannotRun(f"网站不能放在通报的文件夹里：{site_dir}")
    settings = engine.settings(CONFIG)
    tree = _write_pages(checked, settings, pages_dir)
    with tempfile.TemporaryDirectory(prefix="noticeboard-") as made:
        staged = Path(made) / "site"
        engine.build_pages(CONFIG, tree, staged)
        files = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
        addresses = [file.removesuffix("index.html") for file in files if file.endswith("index.html")]
        site_map = sitemap(settings.masthead, addresses, checked.board).encode("utf-8")
        content: list[tuple[str, Content]] = [*((file, staged / file) for file in files), ("sitemap.xml", site_map)]
        made_from = source(_folder_of(checked))
        whole = with_manifest(content, settings.masthead, made_from, checked.board.last_changed, checked.open_drafts)
        return sync(whole, site_dir, is_ours=site_dir.resolve() == settings.site_dir)


def _folder_of(checked: Checked) -> Path:
    """The folder of all units of a board (``load`` reads one)."""
    return next((unit.file.resolve().parent.parent for unit in checked.board.units), NOTICES)
