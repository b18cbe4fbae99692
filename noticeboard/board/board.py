"""All units of a site with their notices: what every part behind the reader is given.

``notices/UNIT/unit.yml`` is a unit, ``notices/UNIT/DATE.yml`` a notice; the path is the permanent address. A notice
that was withdrawn or replaced (状态) is *retired*: its address answers, its content is not published, so it stands
apart from those in force. An address may have changed (旧址); the first one identifies a notice for good.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from noticeboard.board.addresses import Address
from noticeboard.positions import KeyPath, Marks
from noticeboard.record.counting import Comparison, Listed, listed, reconcile
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Issue, Notice, Suggestion, Unit
from noticeboard.record.walk import Placed, countable, matters


@dataclass(frozen=True)
class NoticeFile:
    """A notice where it stands: its unit's folder name, its DATE, the record, and the places in its file."""

    unit_slug: str
    date_name: str
    file: Path
    notice: Notice
    marks: Marks
    #: Where it stood before (旧址), as ``address``; the oldest first.
    former_addresses: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """``qiyang-wenlian/2023-12``: the part of the permanent address that is its own."""
        return f"{self.unit_slug}/{self.date_name}"

    @property
    def page(self) -> Address:
        """Its page in the site."""
        return Address.of_notice(self.address)

    @property
    def unit_page(self) -> Address:
        """The page of its unit."""
        return Address.of_unit(self.unit_slug)

    @property
    def former_pages(self) -> tuple[Address, ...]:
        """Its pages at ``former_addresses``."""
        return tuple(map(Address.of_notice, self.former_addresses))

    @property
    def first_address(self) -> str:
        """The address under which it was published first: what identifies it for good."""
        return self.former_addresses[0] if self.former_addresses else self.address

    @property
    def first_page(self) -> Address:
        """Its page at ``first_address``: a unit that gets another name publishes nothing anew."""
        return Address.of_notice(self.first_address)

    def named(self, reference: str) -> str:
        """The notice that ``reference`` names here: ``2023-12`` is of the same unit, ``x/2023-12`` of unit x."""
        return reference if "/" in reference else f"{self.unit_slug}/{reference}"

    @property
    def date(self) -> PartialDate:
        """The date in the address (not a claim about the notice)."""
        return PartialDate.parse(self.date_name.partition("_")[0])

    @property
    def published(self) -> PartialDate | None:
        """The day of a notice: signed, else posted; ``None`` where it gives neither (its address proves nothing).

        A date so damaged that its year is not certain stands back behind the other one.
        """
        publication = self.notice.publication
        given = [date for date in (publication.signed, publication.posted) if date]
        return next((date for date in given if date.year), given[0] if given else None)

    @property
    def feedback_date(self) -> PartialDate | None:
        """The latest feedback on which it reports."""
        return max(filter(None, (inspection.feedback_date for inspection in self.notice.inspections)), default=None)

    @property
    def entered(self) -> PartialDate:
        """The day on which this site took it in; where the record does not tell, its own date stands for it."""
        return self.notice.entered or self.date

    @cached_property
    def last_changed(self) -> PartialDate | None:
        """The latest day of which the record says that something was done to it here: 收录, 变更, 撤下."""
        notice = self.notice
        days = [notice.entered, notice.retirement.date if notice.retirement else None]
        days += [change.date for change in notice.changes]
        days += [change.date for _, matter in matters(notice) for change in matter.changes]
        return _latest(days)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What is stated for the whole notice, beside what it lists."""
        return tuple(reconcile(self.notice))

    @cached_property
    def listed(self) -> Listed:
        """What it lists."""
        return listed(self.notice)

    @cached_property
    def countable(self) -> tuple[Placed, ...]:
        """Its issues that count."""
        return tuple(countable(self.notice))

    @property
    def speaks_of(self) -> set[str]:
        """The slugs of the units to whose notices it refers (承接, 替换为); its own may be among them."""
        return {self.named(reference).partition("/")[0] for reference in references(self.notice)}

    @property
    def month(self) -> tuple[int, int]:
        """Year and month of its address, 0 where the month is not known."""
        assert self.date.year is not None
        return self.date.year, self.date.month or 0

    @property
    def recency(self) -> tuple[PartialDate, int, str]:
        """Sorts the notices of a site; the newest has the greatest."""
        return (self.date, int(self.date_name.partition("_")[2] or 1), self.unit_slug)


@dataclass(frozen=True)
class UnitFolder:
    """A unit with all its notices in force, newest first, and those that were withdrawn or replaced."""

    slug: str
    file: Path
    unit: Unit
    marks: Marks
    notices: tuple[NoticeFile, ...]
    #: Their addresses answer, their content is not published.
    retired: tuple[NoticeFile, ...] = ()

    @property
    def page(self) -> Address:
        """Its page in the site."""
        return Address.of_unit(self.slug)

    @property
    def every_notice(self) -> tuple[NoticeFile, ...]:
        """Its notices, in force or not."""
        return (*self.notices, *self.retired)

    @property
    def former_slugs(self) -> tuple[str, ...]:
        """Folder names whose pages now stand here: its own earlier ones, and those of units merged into it."""
        return (*self.unit.former_names, *self.unit.absorbed)

    @property
    def former_pages(self) -> tuple[Address, ...]:
        """The pages of ``former_slugs``."""
        return tuple(map(Address.of_unit, self.former_slugs))


@dataclass(frozen=True)
class OtherFolder:
    """What stands among the folders of units and is none that can be read: its name is taken all the same.

    ``names`` are those that its ``unit.yml`` gives as far as they can be made out: a draft, or a file with a slip.
    """

    slug: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Board:
    """All units of a site, by folder name, with their notices."""

    units: tuple[UnitFolder, ...] = ()
    #: Only where folder names are given to new units.
    others: tuple[OtherFolder, ...] = ()

    @cached_property
    def notices(self) -> tuple[NoticeFile, ...]:
        """All notices in force, newest first."""
        everything = (notice for unit in self.units for notice in unit.notices)
        return tuple(sorted(everything, key=lambda notice: notice.recency, reverse=True))

    @cached_property
    def retired(self) -> tuple[NoticeFile, ...]:
        """All others, newest first."""
        everything = (notice for unit in self.units for notice in unit.retired)
        return tuple(sorted(everything, key=lambda notice: notice.recency, reverse=True))

    @cached_property
    def by_region(self) -> tuple[UnitFolder, ...]:
        """The units in the order of GB/T 2260."""
        return tuple(sorted(self.units, key=lambda unit: (unit.unit.region.code, unit.slug)))

    @cached_property
    def matters(self) -> tuple[tuple[NoticeFile, KeyPath, Issue | Suggestion], ...]:
        """Every issue, parents too, and suggestion of the notices in force, with its notice and its place there."""
        return tuple((filed, path, matter) for filed in self.notices for path, matter in matters(filed.notice))

    @cached_property
    def last_changed(self) -> PartialDate | None:
        """The same of all notices: what the foot of each page says, which is never the clock's."""
        return _latest(filed.last_changed for filed in self.by_address.values())

    @cached_property
    def by_address(self) -> dict[str, NoticeFile]:
        """Every notice, in force or not, by its address."""
        return {filed.address: filed for unit in self.units for filed in unit.every_notice}

    def in_its_place(self, filed: NoticeFile) -> NoticeFile | None:
        """The notice in which the successors of a replaced one end; ``None`` where there is none, or only a circle."""
        seen = {filed.address}
        while filed.notice.retirement and filed.notice.retirement.successor:
            address = filed.named(filed.notice.retirement.successor)
            if address in seen or address not in self.by_address:
                return None
            seen.add(address)
            filed = self.by_address[address]
        return filed if len(seen) > 1 else None

    @cached_property
    def former_pages(self) -> tuple[Address, ...]:
        """Every page at which a unit or a notice stood before."""
        of_units = (page for unit in self.units for page in unit.former_pages)
        return (*of_units, *(page for filed in self.by_address.values() for page in filed.former_pages))

    @cached_property
    def _by_slug(self) -> dict[str, UnitFolder]:
        return {unit.slug: unit for unit in self.units}

    def unit(self, slug: str) -> UnitFolder | None:
        """The unit of a folder name."""
        return self._by_slug.get(slug)

    def unit_of(self, filed: NoticeFile) -> UnitFolder:
        """The unit of a notice of this board."""
        return self._by_slug[filed.unit_slug]

    @cached_property
    def holders(self) -> dict[str, str]:
        """Every folder name that is taken, now or formerly (旧址, 并入) → whose it is, empty where nobody can tell."""
        found = {other.slug: next(iter(other.names), "") for other in self.others}
        for unit in self.units:
            found.update(dict.fromkeys(unit.former_slugs, unit.unit.full_name))
            for filed in unit.every_notice:
                for address in filed.notice.former_addresses:
                    found.setdefault(address.partition("/")[0], unit.unit.full_name)
        return found | {unit.slug: unit.unit.full_name for unit in self.units}


def next_name(name: str, is_taken: Callable[[str], bool]) -> str:
    """A DATE of a notice as it is (``2023-12``, ``2023-12_2``), or with the next number that is not taken."""
    date, _, number = name.partition("_")
    names = (date if nth == 1 else f"{date}_{nth}" for nth in itertools.count(int(number or 1)))
    return next(name for name in names if not is_taken(name))


def _latest(days: Iterable[PartialDate | None]) -> PartialDate | None:
    return max((day for day in days if day is not None and day.words is None), default=None)


def unit_folder(slug: str, file: Path, unit: Unit, marks: Marks, notices: Iterable[NoticeFile]) -> UnitFolder:
    """The unit of ``file`` with its notices in order, each with its former addresses."""
    ordered = sorted(notices, key=lambda notice: notice.recency, reverse=True)
    moved = []
    for filed in ordered:
        # The notice's own (it came from another unit) before those that it has with its whole unit (a new name).
        of_unit = (f"{name}/{filed.date_name}" for name in unit.former_names)
        moved.append(replace(filed, former_addresses=(*filed.notice.former_addresses, *of_unit)))
    in_force = tuple(filed for filed in moved if filed.notice.retirement is None)
    retired = tuple(filed for filed in moved if filed.notice.retirement is not None)
    return UnitFolder(slug, file, unit, marks, in_force, retired)


def references(notice: Notice) -> Iterator[str]:
    """Every notice that a notice refers to, as it is written, without the anchor."""
    yield from (reference.partition("#")[0] for _, matter in matters(notice) for reference in matter.carries_on)
    if notice.retirement and notice.retirement.successor:
        yield notice.retirement.successor
