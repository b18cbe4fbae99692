"""Units that speak of each other: what one group is made into does not depend on any other."""

from __future__ import annotations

from noticeboard.board.board import Board, UnitFolder


def groups(board: Board) -> tuple[tuple[UnitFolder, ...], ...]:
    """The units of a board, each with all those that its notices refer to (承接, 替换为), directly or through others.

    Groups and the units in them come in the order of the board; most units are a group of their own.
    """
    leaders = {unit.slug: unit.slug for unit in board.units}

    def leader(slug: str) -> str:
        while leaders[slug] != slug:
            leaders[slug] = leaders[leaders[slug]]
            slug = leaders[slug]
        return slug

    for filed in board.by_address.values():
        for other in filed.speaks_of & leaders.keys():
            leaders[leader(other)] = leader(filed.unit_slug)
    found: dict[str, list[UnitFolder]] = {}
    for unit in board.units:
        found.setdefault(leader(unit.slug), []).append(unit)
    return tuple(tuple(units) for units in found.values())
