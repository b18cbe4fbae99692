"""The way through a record: all its issues, sub-issues and suggestions, each with its place.

An issue without children counts; a parent only where it says so (单独计数); suggestions are never issues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from noticeboard.positions import KeyPath
from noticeboard.record.model import Issue, Notice, Section, Suggestion

Holder = Notice | Section | Issue


@dataclass(frozen=True)
class Placed:
    """An issue with its way from the top of the record, its section (if any) and the issues above it."""

    path: KeyPath
    issue: Issue
    section: Section | None
    parents: tuple[Issue, ...]


def walk(notice: Notice) -> Iterator[Placed]:
    """All issues of a notice, parents and leaves, in the order of the source."""
    for at, section in enumerate(notice.sections):
        yield from below(section.issues, ("方面", at, "问题"), section, ())
    yield from below(notice.issues, ("问题",), None, ())


def below(
    issues: Iterable[Issue], path: KeyPath, section: Section | None, parents: tuple[Issue, ...]
) -> Iterator[Placed]:
    """Some issues of one holder and all below them, depth first."""
    for at, issue in enumerate(issues):
        yield Placed((*path, at), issue, section, parents)
        yield from below(issue.issues, (*path, at, "子问题"), section, (*parents, issue))


def matters(notice: Notice) -> Iterator[tuple[KeyPath, Issue | Suggestion]]:
    """All issues, parents too, and suggestions of a notice, with their places."""
    yield from ((placed.path, placed.issue) for placed in walk(notice))
    yield from ((("意见建议", at), suggestion) for at, suggestion in enumerate(notice.suggestions))


def countable(notice: Notice) -> list[Placed]:
    """The issues that count."""
    return [placed for placed in walk(notice) if placed.issue.counts]


def holders(notice: Notice) -> Iterator[tuple[KeyPath, Holder]]:
    """The notice and all sections and issues in it: whatever may state totals of its own."""
    yield (), notice
    for at, section in enumerate(notice.sections):
        yield ("方面", at), section
    for placed in walk(notice):
        yield placed.path, placed.issue
