"""The work of ``build --part``: what a part of the units decides is made and kept, and no site is published.

A part reads its own units, and those that they speak of. Nothing that it knows less of can make a value wrong: a key
says everything that decides its value, so at worst what a unit of another part changes is made again by the build.
Problems are that build's to tell. What all units decide (lists, feeds, segments of the search) it makes itself.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path

from noticeboard import paths
from noticeboard.board import folders
from noticeboard.board.board import Board
from noticeboard.board.groups import groups
from noticeboard.checking.readings import Readings
from noticeboard.commands.parts import Part
from noticeboard.kept import Kept
from noticeboard.rules import review
from noticeboard.site import engine
from noticeboard.site.build import making
from noticeboard.site.contents import written
from noticeboard.site.model.site import Site


def filled(part: Part, notices: Path, kept: Kept, executor: Executor | None) -> str:
    """Keep what a build makes of a part of these notices; gives in words how much that was. Raises ``CannotRun``."""
    masthead = engine.settings(paths.CONFIG).masthead
    sizes = Counter(file.parent for file in folders.record_files([notices]))
    readings = Readings(kept, executor)
    board = _board(part.share(sizes), readings)
    site = Site(board, masthead, review(board, readings.findings).accepted)
    with making(kept, executor, lambda words: print(words, file=sys.stderr)) as maker:
        maker.units(site, groups(board), readings.keys)
        if part.number == 1:
            maker.docs(dict(written(masthead)))
    return f"{len(board.units)} 个单位，{len(board.by_address)} 份通报"


def _board(own: Iterable[Path], readings: Readings) -> Board:
    """The units of these folders, with all that they speak of, directly or through others."""
    board, wanted = Board(), dict.fromkeys(own)
    waiting = list(wanted)
    while waiting:
        readings.prepare(folders.record_files(waiting))
        # As a build finds them: by the folder of all units.
        beside, some = waiting[0].parent, folders.load_units(waiting, readings.read)[0]
        board = Board(tuple(sorted((*board.units, *some.units), key=lambda unit: unit.file)))
        spoken_of = {beside / slug for filed in some.by_address.values() for slug in filed.speaks_of}
        waiting = sorted(folder for folder in spoken_of - wanted.keys() if folder.is_dir())
        wanted.update(dict.fromkeys(waiting))
    return board
