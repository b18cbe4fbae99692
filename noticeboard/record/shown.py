"""Where a field of the record is shown. Each field says it itself, so that page, search and tables forget none.

JSON and the schema have every field; they need no word of it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from pydantic import Field


class Place(enum.Flag):
    """Where readers meet what a record says."""

    PAGE = enum.auto()
    SEARCH = enum.auto()
    #: CSV and workbook.
    TABLES = enum.auto()


NOWHERE = Place(0)


@dataclass(frozen=True)
class Shown:
    """A fact, said by its label and its value with the other facts of its record.

    ``not_in``: where neither it is said nor what stands below it. ``column``: what its column in the tables means;
    without one its value stands in a column made by hand, unless it is not in tables. ``width`` is the column's.
    """

    label: str
    not_in: Place = NOWHERE
    column: str = ""
    width: int = 12


def by_hand(not_in: Place = NOWHERE) -> Shown:
    """Of a field with a form of its own: views, templates, passages and tables name it; no list of facts has it."""
    return Shown("", not_in)


def key(name: str, description: str, shown: Shown) -> Any:
    """The annotation of a field: its key in files, what it tells who fills it in, and where it is shown."""
    field = Field(alias=name, description=description)
    field.metadata.append(shown)
    return field
