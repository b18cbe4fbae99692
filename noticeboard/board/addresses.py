"""Where pages and files stand in the site: the one place that knows how a permanent address is put together."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from itertools import takewhile

_NOTICES, _UNITS, _DATA = "notices/", "units/", "data/"


@dataclass(frozen=True, order=True)
class Address:
    """Where a page stands in the site (``notices/x/2023/``; the home page is empty)."""

    path: str

    def __str__(self) -> str:
        """As it stands behind the address of the site."""
        return self.path

    @classmethod
    def of_notice(cls, name: str) -> Address:
        """The page of the notice ``x/2023-12``."""
        return cls(f"{_NOTICES}{name}/")

    @classmethod
    def of_unit(cls, slug: str) -> Address:
        """The page of the unit with this folder name."""
        return cls(f"{_UNITS}{slug}/")

    @property
    def name(self) -> str:
        """The part that is its own: ``x/2023-12`` of a notice, ``x`` of a unit."""
        return self.path.partition("/")[2].removesuffix("/")

    @property
    def bare(self) -> str:
        """Without the slash at its end: ``units/x``."""
        return self.path.removesuffix("/")

    @property
    def page_file(self) -> str:
        """The page's file in the Markdown tree: ``notices/x/2023.md``, ``units/index.md``."""
        return f"{self.bare}.md" if "/" in self.bare else posixpath.join(self.bare, "index.md")

    @property
    def data_file(self) -> str:
        """Where the complete record of a notice stands as JSON."""
        return f"{_DATA}{self.bare}.json"

    def file(self, name: str) -> str:
        """A file beside the page: ``units/x/feed.xml``."""
        return f"{self.path}{name}"

    def at(self, anchor: str) -> str:
        """A place on the page: ``notices/x/2023/#i-1``."""
        return f"{self.path}#{anchor}"

    def to(self, target: str) -> str:
        """The relative way from this page to ``target``: a page (and anchor), or a file, which ends with no slash."""
        path, hash_sign, anchor = target.partition("#")
        if path == self.path and anchor:
            return hash_sign + anchor
        here, there = self.path.split("/")[:-1], path.split("/")
        same = len([*takewhile(lambda pair: pair[0] == pair[1], zip(here, there[:-1], strict=False))])
        way = "../" * (len(here) - same) + "/".join(there[same:])
        return way if there[-1] else (way or "./") + hash_sign + anchor


#: The list of all units.
UNITS = Address(_UNITS)
