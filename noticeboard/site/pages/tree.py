"""All pages of a board as Markdown, and the tree of them on disk, written only where it changed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from noticeboard.board.addresses import Address
from noticeboard.files import Content, sync
from noticeboard.problems import CannotRun
from noticeboard.reading.opening import documents
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import PageView, foot
from noticeboard.site.pages.listings import ListingView, TopicsView, listing_pages
from noticeboard.site.pages.lists import ContactsView, HomeView, IssuesView, SiteMapView, UnitsView
from noticeboard.site.pages.markdown import environment
from noticeboard.site.pages.notice import NoticeView
from noticeboard.site.pages.reference import FieldsView, RulesView
from noticeboard.site.pages.retired import RetiredView, moved_views
from noticeboard.site.pages.statistics import StatisticsView
from noticeboard.site.pages.unit import UnitView
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.views.sitepages import HOME


@dataclass(frozen=True)
class Page:
    """A generated page: its Markdown file in the tree, and its text."""

    file: str
    text: str


def page(template: str, view: PageView) -> Page:
    """The page that a template makes of a view."""
    text = _templates().get_template(template).render(view=view)
    return Page(view.address.page_file, f"---\n{view.head.front_matter()}---\n{text}")


_templates = functools.cache(environment)


def pages(site: Site) -> Iterator[Page]:
    """Every generated page, but that of the data, which tells of files that are made."""
    return (page(template, view) for template, view in views(site))


def page_alone(site: Site, file: str) -> Page:
    """The first page of the site, or that of a unit or a notice, by its file in the tree; nothing else is made."""
    return next(page(template, view()) for address, template, view in _alone(site) if address.page_file == file)


def views(site: Site) -> Iterator[tuple[str, PageView]]:
    """Template and view of each page of ``pages``."""
    yield from views_of_units(site)
    yield from views_of_columns(site)
    for listing, part in listing_pages(site):
        yield "listing.md.j2", ListingView.of(site, listing, part)


def views_of_units(site: Site) -> Iterator[tuple[str, PageView]]:
    """Those that one unit decides, with the units that its notices speak of: its page, its notices, old addresses."""
    yield from ((template, view()) for _, template, view in _of_units(site))
    for moved in moved_views(site):
        yield "moved.md.j2", moved


def views_of_columns(site: Site) -> Iterator[tuple[str, PageView]]:
    """Those that every unit may change, without the lists of issues (``listing_pages``)."""
    yield "home.md.j2", HomeView.of(site)
    yield "units.md.j2", UnitsView.of(site)
    yield "contacts.md.j2", ContactsView.of(site)
    yield "issues.md.j2", IssuesView.of(site)
    yield "topics.md.j2", TopicsView.of(site)
    yield "statistics.md.j2", StatisticsView.of(site)
    yield "rules.md.j2", RulesView.of(site)
    yield "fields.md.j2", FieldsView.of(site)
    yield "sitemap.md.j2", SiteMapView.of(site)


def _alone(site: Site) -> Iterator[tuple[Address, str, Callable[[], PageView]]]:
    """Address, template and view of the pages that a preview makes one by one."""
    yield HOME.address, "home.md.j2", partial(HomeView.of, site)
    yield from _of_units(site)


def _of_units(site: Site) -> Iterator[tuple[Address, str, Callable[[], PageView]]]:
    for unit in site.board.units:
        yield unit.page, "unit.md.j2", partial(UnitView.of, site, unit)
        for filed in unit.notices:
            yield filed.page, "notice.md.j2", partial(NoticeView.of, site, filed)
        for filed in unit.retired:
            yield filed.page, "retired.md.j2", partial(RetiredView.of, site, filed)


def by_hand(docs: Path, masthead: Masthead) -> Iterator[tuple[str, Content]]:
    """What is written by hand, by its path in the tree; a page also gets what every page tells where it ends.

    Raises ``CannotRun`` as ``documents`` does.
    """
    lines = foot(masthead)
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
