"""One page made of the records as they are now, without the rest of the site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from noticeboard import paths
from noticeboard.board.board import Board
from noticeboard.files import entries, sync
from noticeboard.serve.state import State, page_of
from noticeboard.site import engine
from noticeboard.site.cards import vcards
from noticeboard.site.model.site import Site
from noticeboard.site.pages.tree import by_hand, page_alone
from noticeboard.site.qrcodes import qrcodes
from noticeboard.temporary import temporary_folder


def make_alone(page: str, state: State) -> dict[str, dict[str, bytes]]:
    """The page of a state, with the files in its folder by their paths in the site; other pages that came along, too.

    Raises what the engine or a template raises.
    """
    with temporary_folder() as folder:
        tree, made = folder / "tree", folder / "made"
        if (paths.DOCS / page).is_file():
            # They link each other by file, which MkDocs wants to see.
            written = dict(by_hand(paths.DOCS, state.site.masthead))
        else:
            written = {page: page_alone(state.site, page).text.encode("utf-8")}
        sync(written.items(), tree)
        engine.build_pages(paths.CONFIG, tree, made, written, with_assets=False)
        by_page: dict[str, dict[str, bytes]] = {}
        by_engine = ((path, (made / path).read_bytes()) for path, entry in entries(made) if entry.is_file())
        for path, content in chain(by_engine, _beside(page, state.site)):
            by_page.setdefault(page_of(path), {})[path] = content
    return by_page


def _beside(page: str, site: Site) -> Iterator[tuple[str, bytes]]:
    """The other files in the folder of a page of a record."""
    units = (unit for unit in site.board.units if page.split("/")[1:2] in ([unit.slug], [f"{unit.slug}.md"]))
    its_unit = Site(Board(tuple(units)), site.masthead)
    for path, content in chain(qrcodes(its_unit), vcards(its_unit)):
        if page_of(path) == page:
            yield path, content
