"""The rules of the record: what they are, and what they find on a board."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from noticeboard.board.board import Board, NoticeFile
from noticeboard.problems import Problem, Rule, Severity, rule
from noticeboard.record.model import Acceptance, Notice, Unit
from noticeboard.rules import completeness, contacts, dates, history, identity, privacy, totals
from noticeboard.rules.registry import CHECKS, Finding

# Importing these modules registers their rules.
_MODULES = (completeness, contacts, dates, history, identity, privacy, totals)

ACCEPTANCE_UNUSED = rule(
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


def checked() -> set[Rule]:
    """The rules that functions check in records."""
    return {rule for functions in CHECKS.values() for rule, _ in functions}


def of_record(record: Notice | Unit) -> list[tuple[Rule, Finding]]:
    """What the rules of single notices, or of single units, find in one; nothing else decides it."""
    return [(rule, finding) for rule, check in CHECKS[type(record)] for finding in check(record)]


def review(board: Board, findings: Callable[[Notice | Unit], list[tuple[Rule, Finding]]] = of_record) -> Review:
    """Apply all rules to all units and notices of a board; ``findings`` may remember what ``of_record`` gave."""
    found: dict[Path, list[Problem]] = defaultdict(list)
    for broken, check in CHECKS[Board]:
        for filed, finding in check(board):
            found[filed.file].append(finding.problem(broken, filed.file, filed.marks))
    for unit in board.units:
        found[unit.file] += [finding.problem(rule, unit.file, unit.marks) for rule, finding in findings(unit.unit)]
        for notice in unit.every_notice:
            # What is retired is not published: what it lacks is no matter, what must not be in the file still is.
            found[notice.file] += [
                finding.problem(rule, notice.file, notice.marks)
                for rule, finding in findings(notice.notice)
                if notice.notice.retirement is None or rule.severity is Severity.ERROR
            ]
    accepted = {notice.address: tuple(_accepted(notice, found[notice.file])) for notice in board.notices}
    for notice in board.notices:
        taken = {warning.problem for warning in accepted[notice.address]}
        left = [problem for problem in found[notice.file] if problem not in taken]
        found[notice.file] = [*left, *_unused(notice, accepted[notice.address])]
    return Review(tuple(itertools.chain.from_iterable(found.values())), accepted)


def _accepted(filed: NoticeFile, found: list[Problem]) -> Iterator[Accepted]:
    by_code = {acceptance.code: acceptance for acceptance in reversed(filed.notice.accepted)}
    for problem in found:
        if problem.severity is Severity.WARNING and problem.code in by_code:
            yield Accepted(problem, by_code[problem.code])


def _unused(filed: NoticeFile, accepted: tuple[Accepted, ...]) -> Iterator[Problem]:
    used = [id(warning.acceptance) for warning in accepted]
    for at, acceptance in enumerate(filed.notice.accepted):
        # The first acceptance of a code takes effect; a second one is left over.
        if id(acceptance) not in used:
            what = f"“{acceptance.code}”没有对应的警告"
            yield Finding(("已知差异", at), what).problem(ACCEPTANCE_UNUSED, filed.file, filed.marks)
