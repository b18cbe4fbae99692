"""What passages can be filtered by, as columns: exact counts for any set of passages.

The columns stand in several files, so that hits under one filter need not wait for all of them.
"""

from __future__ import annotations

from typing import Any

from noticeboard.record.model import Region, Unit
from noticeboard.record.vocabulary import LEVELS, TOPICS, StatusCode
from noticeboard.site.search.passages import Passage, Source

_STATUS_LETTERS = {code.value: str(at) for at, code in enumerate(StatusCode)}
_TOPIC_LETTERS = {name: chr(ord("A") + at) for at, name in enumerate(TOPICS)}


class Facets:
    """Collects the columns of sources, in the order of their passages."""

    def __init__(self) -> None:
        self._units: dict[str, tuple[int, Unit]] = {}
        self._unit_of_page: list[int] = []
        self._year_of_page: list[int] = []
        self._kinds: list[str] = []
        self._statuses: list[str] = []
        self._topics: list[str] = []

    def add(self, source: Source) -> None:
        """The next page and its passages."""
        at, _ = self._units.setdefault(source.unit_slug, (len(self._units), source.unit))
        self._unit_of_page.append(at)
        self._year_of_page.append(source.year or 0)
        for passage in source.passages:
            self._kinds.append(passage.kind.value)
            self._statuses.append(_STATUS_LETTERS[passage.status.code] if passage.status else "-")
            self._topics.append(_topics(passage))

    def files(self) -> dict[str, dict[str, Any]]:
        """Name → JSON. A column has a value for each page, or a letter for each passage.

        ``pages``: ``unit``, the place in the table ``units`` of the page's unit, which is also the number of the
        unit's own page, and ``year``, 0 for a unit. ``passages``: ``kind``, a letter (``passages.Kind``), and
        ``status``, its place in the table ``statuses`` or ``-``. ``topics``: ``of_passage``, a letter for each topic
        (A is the first of the table ``topics``), passages parted by commas. ``units``: units, regions, levels.
        Rows of tables: ``statuses`` [code, words, sign], ``topics`` [slug, words], ``units`` [slug, name, code of its
        region, level]; ``regions`` has the names by code.
        """
        regions: dict[str, str] = {}
        for _, unit in self._units.values():
            regions |= _regions(unit.region)
        units = [[slug, unit.short_name, unit.region.code, unit.level] for slug, (_, unit) in self._units.items()]
        return {
            "pages": {"unit": self._unit_of_page, "year": self._year_of_page},
            "passages": {
                "statuses": [[code.value, code.label, code.sign] for code in StatusCode],
                "kind": "".join(self._kinds),
                "status": "".join(self._statuses),
            },
            "topics": {
                "topics": [[slug, name] for name, slug in TOPICS.items()],
                "of_passage": ",".join(self._topics),
            },
            "units": {"units": units, "regions": dict(sorted(regions.items())), "levels": list(LEVELS)},
        }


def _topics(passage: Passage) -> str:
    return "".join(_TOPIC_LETTERS[topic] for topic in dict.fromkeys(passage.topics))


def _regions(region: Region) -> dict[str, str]:
    """The regions that a unit belongs to, by code of GB/T 2260: province, city, and its own."""
    names = {region.code[:2] + "0000": region.province}
    if region.city:
        names[region.code[:4] + "00"] = region.province + region.city
    return names | {region.code: "".join(region.names)}
