"""Notices to measure with: the five real ones, or made-up ones straight from the generator."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from bench import corpus
from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.positions import Marks
from noticeboard.record.model import Notice, Unit

_NOWHERE = Path()


def units(count: int, seed: int) -> Iterator[UnitFolder]:
    """Units with their made-up notices, ``count`` in all, one unit at a time."""
    for slug, group in groupby(corpus.notices(count, seed), key=lambda made: made[0]):
        made = list(group)
        notices = tuple(
            NoticeFile(slug, date, _NOWHERE, Notice.model_validate(notice), Marks()) for _, _, date, notice in made
        )
        yield UnitFolder(slug, _NOWHERE, Unit.model_validate(made[0][1]), Marks(), notices[::-1])


def made_up(count: int, seed: int) -> Board:
    """A board of ``count`` made-up notices."""
    return Board(tuple(units(count, seed)))
