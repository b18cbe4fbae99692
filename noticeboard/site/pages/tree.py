"""All pages of a board as Markdown, and the tree of them on disk, written only where it changed."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from noticeboard.board.addresses import UNITS
from noticeboard.board.board import Board
from noticeboard.board.history import Lives
from noticeboard.files import Content, sync
from noticeboard.problems import CannotRun
from noticeboard.reading.opening import documents
from noticeboard.rules import Accepted
from noticeboard.site.pages.head import PageView, lines_of, of_every_page
from noticeboard.site.pages.listings import Listings, TopicsView
from noticeboard.site.pages.lists import ContactsView, HomeView, IssuesView, SiteMapView, UnitsView
from noticeboard.site.pages.markdown import environment
from noticeboard.site.pages.notice import NoticeView
from noticeboard.site.pages.retired import RetiredView, moved_views
from noticeboard.site.pages.rules import RulesView
from noticeboard.site.pages.statistics import StatisticsView
from noticeboard.site.pages.unit import UnitView
from noticeboard.site.settings.masthead import Masthead

_BLANK_LINES = re.compile(r"\n{3,}")
# A line of attributes belongs to the block above it; templates may leave a blank line between.
_LOOSE_ATTRIBUTES = re.compile(r"\n\n(\{: )")


@dataclass(frozen=True)
class Page:
    """A generated page: its Markdown file in the tree, and its text."""

    file: str
    text: str


def page(file: str, template: str, view: PageView, masthead: Masthead, board: Board) -> Page:
    """The page that a template makes of a view."""
    text = _templates().get_template(template).render(view=view)
    all_units = [unit.slug for unit in board.units]
    return Page(file, f"---\n{view.head.front_matter(masthead, all_units, board.last_changed)}---\n{tidy(text)}")


_templates = functools.cache(environment)


def pages(board: Board, accepted: dict[str, tuple[Accepted, ...]], masthead: Masthead) -> Iterator[Page]:
    """Every generated page of the site of this masthead."""

    def page_of(file: str, template: str, view: PageView) -> Page:
        return page(file, template, view, masthead, board)

    yield home_page(board, masthead)
    yield page_of(UNITS.page_file, "units.md.j2", UnitsView.of(board))
    yield page_of("contacts/index.md", "contacts.md.j2", ContactsView.of(board))
    lives = Lives.of(board)
    listings = Listings.of(board, lives)
    yield page_of("issues/index.md", "issues.md.j2", IssuesView.of(board, listings))
    yield page_of("topics/index.md", "topics.md.j2", TopicsView.of(listings))
    yield page_of("statistics/index.md", "statistics.md.j2", StatisticsView.of(board, listings))
    yield page_of("rules/index.md", "rules.md.j2", RulesView())
    yield page_of("sitemap/index.md", "sitemap.md.j2", SiteMapView.of(board, listings))
    for listing in listings:
        for part in listing.pages():
            yield page_of(part.address.page_file, "listing.md.j2", part)
    yield from record_pages(board, accepted, masthead, lives)
    for moved in moved_views(board, masthead.site_url):
        yield page_of(moved.address.page_file, "moved.md.j2", moved)


def home_page(board: Board, masthead: Masthead) -> Page:
    """The first page of the site."""
    return page("index.md", "home.md.j2", HomeView.of(board, masthead), masthead, board)


def record_pages(
    board: Board,
    accepted: dict[str, tuple[Accepted, ...]],
    masthead: Masthead,
    lives: Lives,
    is_wanted: Callable[[str], bool] = lambda _: True,
) -> Iterator[Page]:
    """The pages of units and notices, or those whose file in the tree is wanted: any of them stands alone."""

    def page_of(file: str, template: str, view: Callable[[], PageView]) -> Iterator[Page]:
        if is_wanted(file):
            yield page(file, template, view(), masthead, board)

    for unit in board.units:
        yield from page_of(unit.page.page_file, "unit.md.j2", partial(UnitView.of, unit, masthead, lives))
        for filed in unit.notices:
            view = partial(NoticeView.of, filed, unit, accepted.get(filed.address, ()), masthead, lives)
            yield from page_of(filed.page.page_file, "notice.md.j2", view)
        for filed in unit.retired:
            yield from page_of(filed.page.page_file, "retired.md.j2", partial(RetiredView.of, filed, unit, board))


def tidy(text: str) -> str:
    """Blank lines that templates leave: one is enough, and none before a line of attributes."""
    return _LOOSE_ATTRIBUTES.sub(r"\n\1", _BLANK_LINES.sub("\n\n", text)).rstrip("\n") + "\n"


def by_hand(docs: Path, board: Board, masthead: Masthead) -> Iterator[tuple[str, Content]]:
    """What is written by hand, by its path in the tree; a page also gets what every page tells where it ends.

    Raises ``CannotRun`` as ``documents`` does.
    """
    lines = lines_of(of_every_page(masthead, board.last_changed))
    for path, file in documents(docs):
        yield path, _with_front_matter(file.read_bytes(), lines) if file.suffix == ".md" else file


def _with_front_matter(content: bytes, lines: str) -> bytes:
    """The page with more lines in its front matter, if it has one."""
    head = b"---\n"
    return head + lines.encode("utf-8") + content.removeprefix(head) if content.startswith(head) else content


def write_tree(
    generated: Iterable[Page],
    beside: Iterable[tuple[str, Content]],
    by_hand: Iterable[tuple[str, Content]],
    tree: Path,
    *,
    is_ours: bool,
) -> list[str]:
    """The generated pages, the files ``beside`` them and what is written ``by_hand``, all under ``tree``.

    ``is_ours`` and what comes out as in ``files.sync``. Raises ``CannotRun`` where two of them are one file, too.
    """
    pages = ((page.file, page.text.encode("utf-8")) for page in generated)
    written = dict(by_hand)

    def made() -> Iterator[tuple[str, Content]]:
        for path, content in chain(beside, pages):
            if path in written:
                raise CannotRun(f"docs/{path} 与程序自己生成的同名，网站上只能有一个；给它换个名字")
            yield path, content

    return sync(chain(made(), written.items()), tree, is_ours=is_ours)
