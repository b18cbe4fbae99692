"""What a rule is, and the list of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.positions import KeyPath
from noticeboard.problems import Severity
from noticeboard.record.model import Notice, Unit


@dataclass(frozen=True)
class Finding:
    """What a rule found at one place of a record; ``remedy`` only where the rule's own is too general."""

    at: KeyPath
    what: str
    remedy: str | None = None


NoticeCheck = Callable[[Notice], Iterator[Finding]]
UnitCheck = Callable[[Unit], Iterator[Finding]]
BoardCheck = Callable[[Board], Iterator[tuple[NoticeFile | UnitFolder, Finding]]]

N = TypeVar("N", bound=NoticeCheck)
U = TypeVar("U", bound=UnitCheck)
B = TypeVar("B", bound=BoardCheck)


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its gravity, what it demands and how to mend a breach, in words for the writer of a file."""

    code: str
    severity: Severity
    demands: str
    remedy: str


NOTICE_RULES: dict[Rule, NoticeCheck] = {}
UNIT_RULES: dict[Rule, UnitCheck] = {}
BOARD_RULES: dict[Rule, BoardCheck] = {}


def notice_rule(code: str, severity: Severity, demands: str, remedy: str) -> Callable[[N], N]:
    """Register a function that looks at one notice."""

    def register(check: N) -> N:
        NOTICE_RULES[Rule(code, severity, demands, remedy)] = check
        return check

    return register


def unit_rule(code: str, severity: Severity, demands: str, remedy: str) -> Callable[[U], U]:
    """Register a function that looks at one unit."""

    def register(check: U) -> U:
        UNIT_RULES[Rule(code, severity, demands, remedy)] = check
        return check

    return register


def board_rule(code: str, severity: Severity, demands: str, remedy: str) -> Callable[[B], B]:
    """Register a function that looks at all units and notices together."""

    def register(check: B) -> B:
        BOARD_RULES[Rule(code, severity, demands, remedy)] = check
        return check

    return register
