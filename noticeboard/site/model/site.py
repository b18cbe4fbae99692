"""The site that is being made: a checked board and who publishes it. Pages, search, feeds and data are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from noticeboard.board.board import Board, NoticeFile
from noticeboard.board.lives import Lives
from noticeboard.rules import Accepted
from noticeboard.site.model.listings import Listings, listings_of, rows_of
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

    @cached_property
    def rows(self) -> Mapping[str, tuple[IssueRow, ...]]:
        """The issues of each list of a status, a year or a topic, by the list's address; the newest notice first."""
        return rows_of(self.board, self.lives)

    @cached_property
    def listings(self) -> Listings:
        """These lists."""
        return listings_of(self.board, self.rows)
