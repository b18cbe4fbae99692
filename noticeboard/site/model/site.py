"""The site that is being made: a checked board and who publishes it. Pages, search, feeds and data are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from noticeboard.board.board import Board, NoticeFile
from noticeboard.board.lives import Lives
from noticeboard.rules import Accepted
from noticeboard.site.model.listings import Listings, listings_of, rows_by_list, shares_of
from noticeboard.site.model.listpages import ListPage, list_pages
from noticeboard.site.model.regions import Province, provinces
from noticeboard.site.settings.masthead import Masthead
from noticeboard.site.views.links import IssueRow, NoticeLink


@dataclass(frozen=True, eq=False)
class Site:
    """All that the outputs are made of. What more than one of them asks is made once, when the first one asks."""

    board: Board
    masthead: Masthead
    #: The warnings that the editor of a notice accepts, by its address.
    accepted: Mapping[str, tuple[Accepted, ...]] = field(default_factory=dict)
    #: Made one by one: a preview of one page asks for few.
    _links: dict[str, NoticeLink] = field(default_factory=dict, init=False)
    _rows: dict[str, Mapping[str, tuple[IssueRow, ...]]] = field(default_factory=dict, init=False)

    def is_official(self, slugs: Iterable[str] | None = None) -> bool:
        """Whether this is the own site of all these units (folder names), or of every unit that it has."""
        units = self._slugs if slugs is None else frozenset(slugs)
        return bool(units) and units <= self.masthead.official_units

    @cached_property
    def _slugs(self) -> frozenset[str]:
        return frozenset(unit.slug for unit in self.board.units)

    @cached_property
    def lives(self) -> Lives:
        """Which matter carries on which."""
        return Lives.of(self.board)

    def link(self, filed: NoticeFile) -> NoticeLink:
        """A notice in force as lists have it."""
        if filed.address not in self._links:
            self._links[filed.address] = NoticeLink.of(filed, self.board.unit_of(filed).unit)
        return self._links[filed.address]

    @cached_property
    def provinces(self) -> tuple[Province, ...]:
        """All units by region, as lists have them."""
        return provinces(self.board.by_region, self.link)

    def rows(self, filed: NoticeFile) -> Mapping[str, tuple[IssueRow, ...]]:
        """The issues of a notice in force by the address of the list of a status, a year or a topic they stand in."""
        if filed.address not in self._rows:
            self._rows[filed.address] = rows_by_list(filed, self.board.unit_of(filed).unit, self.lives)
        return self._rows[filed.address]

    @cached_property
    def list_pages(self) -> Mapping[str, tuple[ListPage, ...]]:
        """The pages of each such list that holds an issue, by its address."""
        return list_pages((filed.address, shares_of(filed)) for filed in self.board.notices)

    @cached_property
    def listings(self) -> Listings:
        """These lists, and those that hold no issue."""
        counts = {address: sum(page.count for page in pages[1:] or pages) for address, pages in self.list_pages.items()}
        return listings_of(self.board, counts)
