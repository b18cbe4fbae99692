"""What is made apart from the rest of the site, by any process: all files of some units, or some pages.

A job is a plain value and decides what comes of it, with the program and its settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from noticeboard import paths
from noticeboard.board.board import Board, UnitFolder
from noticeboard.files import entries as entries_of
from noticeboard.files import sync
from noticeboard.kept import key_of
from noticeboard.problems import CannotRun
from noticeboard.rules import Accepted
from noticeboard.site import engine
from noticeboard.site.cards import vcards
from noticeboard.site.data.parts import NoticePart, notice_part, unit_part
from noticeboard.site.data.publish import notice_files
from noticeboard.site.feeds.entries import Entry, entries
from noticeboard.site.feeds.publish import newest, unit_feeds
from noticeboard.site.former import at_former_addresses
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import PageView
from noticeboard.site.pages.tree import Page, page, views_of_units
from noticeboard.site.qrcodes import qrcodes
from noticeboard.site.search.passages import Source
from noticeboard.site.search.segment import Head, segment
from noticeboard.site.settings.masthead import Masthead
from noticeboard.temporary import temporary_folder


@dataclass(frozen=True)
class Facts:
    """What the pages and files about the whole site ask of a group of units; by addresses."""

    #: What the feeds tell of it.
    entries: tuple[Entry, ...]
    #: Of each notice in force, for each list in which its issues stand, what tells its rows there from any others.
    rows: Mapping[str, Mapping[str, bytes]]


@dataclass(frozen=True)
class Parts:
    """What the open data about the whole site has of a group of units: of each notice and of each unit."""

    notices: Mapping[str, NoticePart]
    units: Mapping[str, str]


@dataclass(frozen=True)
class Made:
    """What came of one thing: paths in the site with what the files hold, and what else the site asks of it."""

    files: tuple[tuple[str, bytes], ...]
    facts: Facts | Head | None = None
    parts: Parts | None = None


@dataclass(frozen=True)
class UnitsJob:
    """Groups of units whose files are wanted; no unit of a group speaks of one outside it."""

    groups: tuple[tuple[UnitFolder, ...], ...]
    masthead: Masthead
    accepted: Mapping[str, tuple[Accepted, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class PagesJob:
    """Pages by their templates and views."""

    pages: tuple[tuple[str, PageView], ...]


def made_of_units(job: UnitsJob) -> list[Made]:
    """All files of each group: pages, feeds, data, cards, codes. Raises ``CannotRun``."""
    sites = [Site(Board(group), job.masthead, job.accepted) for group in job.groups]
    pages = [[page(template, view) for template, view in views_of_units(site)] for site in sites]
    rendered = _rendered(chain.from_iterable(pages))
    return [
        Made(
            tuple(chain(((output, rendered[output]) for output in _outputs(of_group)), _beside(site))),
            _facts(site),
            _parts(site),
        )
        for site, of_group in zip(sites, pages, strict=True)
    ]


def _facts(site: Site) -> Facts:
    rows = {
        filed.address: {address: key_of(repr(some)) for address, some in site.rows(filed).items()}
        for filed in site.board.notices
    }
    return Facts(newest(entry for unit in site.board.units for entry in entries(site, unit)), rows)


def _parts(site: Site) -> Parts:
    return Parts(
        {filed.address: notice_part(site, filed) for filed in site.board.by_address.values()},
        {unit.slug: unit_part(unit, site.masthead) for unit in site.board.units},
    )


def _beside(site: Site) -> Iterable[tuple[str, bytes]]:
    files = chain(notice_files(site), unit_feeds(site), vcards(site), qrcodes(site))
    return at_former_addresses(site.board, files)


def made_of_pages(job: PagesJob) -> list[Made]:
    """The file of each page. Raises ``CannotRun``."""
    pages = [page(template, view) for template, view in job.pages]
    rendered = _rendered(pages)
    return [Made(tuple((output, rendered[output]) for output in _outputs([made]))) for made in pages]


def _outputs(pages: Iterable[Page]) -> list[str]:
    return [engine.output_of(page.file) for page in pages]


def _rendered(pages: Iterable[Page]) -> dict[str, bytes]:
    """The HTML of pages by its path in the site."""
    with temporary_folder() as folder:
        tree, html = folder / "pages", folder / "html"
        written: dict[str, str] = {}
        for made in pages:
            output = engine.output_of(made.file)
            if written.get(output) == made.file:
                # An old address may be that of a notice and of its unit alike.
                continue
            if output in written:
                raise CannotRun(f"{written[output]} 和 {made.file} 会成为同一个网页 {output}；给其中一个换个名字")
            written[output] = made.file
            file = tree / made.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(made.text, encoding="utf-8", newline="\n")
        if not written:
            return {}
        engine.build_pages(paths.CONFIG, tree, html, written.values(), with_assets=False)
        return {output: _whole(html / output, file) for output, file in written.items()}


def _whole(output: Path, file: str) -> bytes:
    try:
        return output.read_bytes()
    except FileNotFoundError:
        raise CannotRun(f"{file} 没有出现在生成的网站里，网站不完整，没有公布") from None


def made_of_segment(sources: tuple[Source, ...]) -> list[Made]:
    """One thing: a segment of the index of the search. Raises ``CannotRun`` where it holds more than it can number."""
    made = segment(sources)
    return [Made(made.files, made.head)]


def made_of_docs(written: Mapping[str, bytes]) -> list[Made]:
    """One thing: pages and files that are written by hand (path, content), with the theme's own files and 404.html.

    Raises ``CannotRun``.
    """
    with temporary_folder() as folder:
        tree, html = folder / "pages", folder / "html"
        sync(written.items(), tree)
        engine.build_pages(paths.CONFIG, tree, html, written)
        made = sorted(path for path, entry in entries_of(html) if entry.is_file())
        files = dict.fromkeys(made)
        made_of: dict[str, str] = {}
        for file in written:
            output = engine.output_of(file)
            if output not in files:
                raise CannotRun(f"{file} 没有出现在生成的网站里，网站不完整，没有公布")
            if output in made_of:
                raise CannotRun(f"{made_of[output]} 和 {file} 会成为同一个网页 {output}；给其中一个换个名字")
            made_of[output] = file
        return [Made(tuple((path, (html / path).read_bytes()) for path in made))]
