"""The functions that check records, each with its rule."""

from __future__ import annotations

import inspect
import typing
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.positions import KeyPath, Marks
from noticeboard.problems import Problem, Rule
from noticeboard.record.model import Notice, Unit


@dataclass(frozen=True)
class Finding:
    """What a rule found at one place of a record; ``remedy`` only where the rule's own is too general."""

    at: KeyPath
    what: str
    remedy: str | None = None

    def problem(self, rule: Rule, file: Path, marks: Marks) -> Problem:
        """The breach in a file: at what stands there, of the whole file at its beginning."""
        mark = marks.find(self.at)
        return rule.problem(file, mark.value if self.at else mark.key, self.what, self.remedy)


NoticeCheck = Callable[[Notice], Iterator[Finding]]
UnitCheck = Callable[[Unit], Iterator[Finding]]
BoardCheck = Callable[[Board], Iterator[tuple[NoticeFile | UnitFolder, Finding]]]
C = TypeVar("C", bound=NoticeCheck | UnitCheck | BoardCheck)

#: ``Notice``, ``Unit`` or ``Board`` → the functions that look at one, each with the rule whose breaches it finds.
CHECKS: dict[type, list[tuple[Rule, Callable[[Any], Iterator[Any]]]]] = defaultdict(list)


def checks(rule: Rule) -> Callable[[C], C]:
    """Register a function that finds breaches of a rule in what its parameter is: a notice, a unit, either, a board."""

    def register(check: C) -> C:
        (looked_at,) = inspect.signature(check, eval_str=True).parameters.values()
        for kind in typing.get_args(looked_at.annotation) or (looked_at.annotation,):
            CHECKS[kind].append((rule, check))
        return check

    return register
