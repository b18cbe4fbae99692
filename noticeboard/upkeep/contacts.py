"""Contacts that nobody has tried for a year: what the site gives readers to reach a unit must still be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from noticeboard.board.board import Board, UnitFolder
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Contact


@dataclass(frozen=True)
class DueContact:
    """A contact to try: whose, on which page of the site, in which file, by what, and why now."""

    unit: str
    address: str
    file: Path
    #: Phones, else mail addresses, else the street address: what there is to try.
    ways: tuple[str, ...]
    why: str


def due_contacts(board: Board, today: dt.date) -> Iterator[DueContact]:
    """The contact of each unit that is due on ``today``: never tried, tried over a year ago, or on a day to come.

    One that was tried in a month or a year, without a day, is due when all of that month or year is a year past.
    """
    for unit in board.units:
        offered = _offered(unit)
        if offered is None:
            continue
        contact, address, file = offered
        why = _why(contact.checked, today)
        if why:
            ways = contact.phones or contact.emails or (contact.address or "",)
            yield DueContact(unit.unit.short_name, address, file, ways, why)


def _offered(unit: UnitFolder) -> tuple[Contact, str, Path] | None:
    """What readers are given to reach a unit: its own contact, else that of its newest notice that has one."""
    if unit.unit.contact and unit.unit.contact.reaches:
        return unit.unit.contact, unit.page.path, unit.file
    for filed in unit.notices:
        if filed.notice.contact and filed.notice.contact.reaches:
            return filed.notice.contact, filed.page.path, filed.file
    return None


def _why(checked: PartialDate | None, today: dt.date) -> str:
    """Empty where it is not due."""
    if checked is None or checked.year is None:
        return "没有核对日期"
    if PartialDate(today.year, today.month, today.day).is_surely_before(checked):
        return f"核对日期 {checked.iso} 还没有到，多半写错了"
    if checked.is_surely_before(PartialDate(today.year - 1, today.month, today.day)):
        return f"{checked.iso} 核对，已满一年"
    return ""
