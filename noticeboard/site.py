"""The whole build: check, pages and files beside them, engine, site map; into the site's folder only what changed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from noticeboard import engine, folders, read
from noticeboard.board import Board
from noticeboard.comparison import Changed, changed
from noticeboard.continuity import compare
from noticeboard.engine import Settings
from noticeboard.feeds.publish import feeds
from noticeboard.files import Content, sync
from noticeboard.masthead import Masthead
from noticeboard.moved import at_former_addresses
from noticeboard.opendata.keys_page import FieldsView
from noticeboard.opendata.manifest import with_manifest
from noticeboard.opendata.page import DataView
from noticeboard.opendata.publish import data_files, write_data
from noticeboard.pages.tree import page, pages, write_tree
from noticeboard.problems import CannotRun, Problem, Severity
from noticeboard.qrcodes import qrcodes
from noticeboard.revisions import published
from noticeboard.rules import Accepted, review
from noticeboard.search.index import index
from noticeboard.search.passages import sources
from noticeboard.sitemap import sitemap
from noticeboard.source import source
from noticeboard.vcards import vcards

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "mkdocs.yml"
DOCS = ROOT / "docs"
NOTICES = ROOT / "notices"


@dataclass(frozen=True)
class Checked:
    """A board that was read and checked."""

    board: Board
    problems: tuple[Problem, ...]
    accepted: dict[str, tuple[Accepted, ...]]
    #: What the person who asked should know, and is no problem.
    remarks: tuple[str, ...] = ()

    def blocks(self, *, strict: bool) -> bool:
        """Whether its problems forbid to publish it."""
        return any(strict or problem.severity is Severity.ERROR for problem in self.problems)


def check(notices: Path | None = None, paths: Iterable[Path] = (), base: str | None = None) -> Checked:
    """Read and check all notices, or those at ``paths``; against those at revision ``base``. Raises ``CannotRun``."""
    paths = list(paths)
    is_named = folders.named_by(paths)
    board, problems = folders.load_paths(paths) if paths else folders.load(notices or shown(NOTICES))
    reviewed = review(board)
    if paths:
        # A unit's file that cannot be read concerns its notices too; what the rules say of the unit does not.
        found = {problem for problem in problems if is_named(problem.file) or problem.file.name == folders.UNIT_FILE}
        found |= {problem for problem in reviewed.problems if is_named(problem.file)}
    else:
        found = {*problems, *reviewed.problems}
    remarks: tuple[str, ...] = ()
    if base is not None:
        lost, remarks = _compared(base, _whole(notices or shown(NOTICES), paths, board))
        found |= {problem for problem in lost if not paths or is_named(problem.file)}
    everything = sorted(found, key=lambda problem: problem.sort_key)
    asked = folders.only(board, paths) if paths else board
    accepted = {address: some for address, some in reviewed.accepted.items() if address in asked.by_address}
    return Checked(asked, tuple(everything), accepted, remarks)


@dataclass(frozen=True)
class Compared:
    """What a change changes, with the files that cannot be read now and were not compared."""

    changed: tuple[Changed, ...]
    unreadable: frozenset[Path]


def changes(base: str, folder: Path, board: Board, problems: Iterable[Problem]) -> Compared:
    """All that the ``board`` of a folder says otherwise than at revision ``base``. Raises ``CannotRun``.

    ``problems`` are those of reading it; what else was found does not matter.
    """
    unread = unreadable(board, problems)
    before = published(folder, base, board)
    return Compared(tuple(changed(before.board, board, before.unread, unread)), unread)


def unreadable(board: Board, problems: Iterable[Problem]) -> frozenset[Path]:
    """The files that are not on the ``board``, because they could not be read."""
    readable = {unit.file for unit in board.units} | {filed.file for filed in board.by_address.values()}
    reading = read.CODES.keys() | folders.CODES.keys()
    grave = (problem for problem in problems if problem.severity is Severity.ERROR and problem.code in reading)
    return frozenset(problem.file for problem in grave) - readable


def _whole(usual: Path, paths: list[Path], board: Board) -> Iterator[tuple[Path, Board]]:
    """The folders that hold ``paths`` with all that is in them: what is gone from one may be where nobody pointed."""
    if not paths:
        yield usual, board
    for folder in map(shown, folders.holding(paths, usual)):
        yield folder, folders.load(folder)[0]


def _compared(base: str, boards: Iterable[tuple[Path, Board]]) -> tuple[list[Problem], tuple[str, ...]]:
    """What folders have lost or changed in silence since revision ``base``, and remarks."""
    problems: list[Problem] = []
    remarks: list[str] = []
    for folder, now in boards:
        before = published(folder, base, now)
        problems += compare(before.board, now, before.unread, folders.standing(folder))
        if before.is_empty:
            remarks.append(f"版本“{base}”里没有文件夹 {folder} 的通报：全部是新的，没有可以比较的。")
    return problems, tuple(remarks)


def shown(path: Path) -> Path:
    """A path as a person at this working folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


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
        write_tree(chain(generated, [page_of_data, page_of_fields]), beside, DOCS, tree, is_ours=pages_dir is None)
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
        whole = with_manifest(content, settings.masthead, source(_folder_of(checked)))
        return sync(whole, site_dir, is_ours=site_dir.resolve() == settings.site_dir)


def _folder_of(checked: Checked) -> Path:
    """The folder of all units of a board (``load`` reads one)."""
    return next((unit.file.resolve().parent.parent for unit in checked.board.units), NOTICES)
