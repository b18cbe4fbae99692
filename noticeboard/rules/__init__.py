"""The rules of the record: what they are, and what they find on a board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.problems import Problem, Severity
from noticeboard.record.model import Acceptance, Notice, Unit
from noticeboard.rules import completeness, contacts, entry, history, identity, privacy, totals
from noticeboard.rules.registry import BOARD_RULES, NOTICE_RULES, UNIT_RULES, Finding, Rule

__all__ = ["ACCEPTANCE_UNUSED", "Accepted", "Review", "Rule", "all_rules", "of_notice", "review"]

# Importing these modules registers their rules.
_MODULES = (completeness, contacts, entry, history, identity, privacy, totals)

ACCEPTANCE_UNUSED = Rule(
    "acceptance-unused",
    Severity.WARNING,
    "每条已知差异都对应一个现有的警告",
    "差异已经不存在，删去这一条；错误不能接受，只能改正",
)


@dataclass(frozen=True)
class Accepted:
    """A warning with the reason for which an editor accepts it."""

    problem: Problem
    acceptance: Acceptance


@dataclass(frozen=True)
class Review:
    """What the rules found: problems that stand, and the accepted warnings of each notice by its address."""

    problems: tuple[Problem, ...]
    accepted: dict[str, tuple[Accepted, ...]]


def all_rules() -> list[Rule]:
    """Every rule once, by code."""
    # A rule that looks at notices and at the board is one rule.
    rules = {*NOTICE_RULES, *UNIT_RULES, *BOARD_RULES, ACCEPTANCE_UNUSED}
    return sorted(rules, key=lambda rule: rule.code)


def of_record(record: Notice | Unit) -> list[tuple[Rule, Finding]]:
    """What the rules of single notices, or of single units, find in one; nothing else decides it."""
    if isinstance(record, Unit):
        return [(rule, finding) for rule, check_unit in UNIT_RULES.items() for finding in check_unit(record)]
    return [(rule, finding) for rule, check_notice in NOTICE_RULES.items() for finding in check_notice(record)]


def review(board: Board, findings: Callable[[Notice | Unit], list[tuple[Rule, Finding]]] = of_record) -> Review:
    """Apply all rules to all units and notices of a board; ``findings`` may remember what ``of_record`` gave."""
    of_board: dict[str, list[Problem]] = {}
    problems: list[Problem] = []
    for rule, check_board in BOARD_RULES.items():
        for filed, finding in check_board(board):
            of_board.setdefault(str(filed.file), []).append(_problem(filed, rule, finding))
    accepted = {}
    for unit in board.units:
        problems += of_board.get(str(unit.file), [])
        problems += [_problem(unit, rule, finding) for rule, finding in findings(unit.unit)]
        for filed in unit.notices:
            found = of_board.get(str(filed.file), [])
            found += [_problem(filed, rule, finding) for rule, finding in findings(filed.notice)]
            accepted[filed.address] = tuple(_accepted(filed, found))
            taken = {one.problem for one in accepted[filed.address]}
            problems += [problem for problem in found if problem not in taken]
            problems += _unused(filed, accepted[filed.address])
        for filed in unit.retired:
            # Its content is not published: what it lacks is no matter, what must not be in the file still is.
            found = of_board.get(str(filed.file), [])
            grave = (one for one in findings(filed.notice) if one[0].severity is Severity.ERROR)
            found += [_problem(filed, rule, finding) for rule, finding in grave]
            problems += found
    return Review(tuple(problems), accepted)


def _problem(filed: NoticeFile | UnitFolder, rule: Rule, finding: Finding) -> Problem:
    mark = filed.marks.find(finding.at)
    # A finding about a key (方面, 标识 …) points at what stands there; one about the whole file at its beginning.
    place = mark.value if finding.at else mark.key
    return Problem(filed.file, place, rule.severity, rule.code, finding.what, finding.remedy or rule.remedy)


def _accepted(filed: NoticeFile, found: list[Problem]) -> Iterator[Accepted]:
    by_code = {acceptance.code: acceptance for acceptance in reversed(filed.notice.accepted)}
    for problem in found:
        if problem.severity is Severity.WARNING and problem.code in by_code:
            yield Accepted(problem, by_code[problem.code])


def _unused(filed: NoticeFile, accepted: tuple[Accepted, ...]) -> Iterator[Problem]:
    used = [one.acceptance for one in accepted]
    for at, acceptance in enumerate(filed.notice.accepted):
        # The first acceptance of a code takes effect; a second one is left over.
        if not any(acceptance is one for one in used):
            what = f"“{acceptance.code}”没有对应的警告"
            yield _problem(filed, ACCEPTANCE_UNUSED, Finding(("已知差异", at), what))
