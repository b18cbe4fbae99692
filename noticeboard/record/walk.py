"""The way through a record: all its issues, sub-issues and suggestions, each with its place.

An issue without children counts; a parent only where it says so (单独计数); suggestions are never issues.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from noticeboard.positions import KeyPath
from noticeboard.record.base import Record
from noticeboard.record.model import Issue, Notice, Section, Suggestion

Holder = Notice | Section | Issue
T = TypeVar("T")
R = TypeVar("R", bound=Record)


class OfLatest(Generic[R, T]):
    """A function of a record that remembers what it gave for the latest one: many rules ask the same of each."""

    def __init__(self, of: Callable[[R], T]) -> None:
        self._of = of
        self._latest: tuple[R, T] | None = None

    def __call__(self, record: R) -> T:
        """The same as of the function; the record itself decides, not one that is equal to it."""
        latest = self._latest
        if latest is None or latest[0] is not record:
            self._latest = latest = (record, self._of(record))
        return latest[1]


@dataclass(frozen=True)
class Placed:
    """An issue with its way from the top of the record, its section (if any) and the issues above it."""

    path: KeyPath
    issue: Issue
    section: Section | None
    parents: tuple[Issue, ...]


@OfLatest
def walk(notice: Notice) -> tuple[Placed, ...]:
    """All issues of a notice, parents and leaves, in the order of the source."""
    of_sections = (below(part.issues, ("方面", at, "问题"), part, ()) for at, part in enumerate(notice.sections))
    return (*itertools.chain.from_iterable(of_sections), *below(notice.issues, ("问题",), None, ()))


def below(
    issues: Iterable[Issue], path: KeyPath, section: Section | None, parents: tuple[Issue, ...]
) -> Iterator[Placed]:
    """Some issues of one holder and all below them, depth first."""
    for at, issue in enumerate(issues):
        yield Placed((*path, at), issue, section, parents)
        yield from below(issue.issues, (*path, at, "子问题"), section, (*parents, issue))


@OfLatest
def matters(notice: Notice) -> tuple[tuple[KeyPath, Issue | Suggestion], ...]:
    """All issues, parents too, and suggestions of a notice, with their places."""
    issues = ((placed.path, placed.issue) for placed in walk(notice))
    return (*issues, *((("意见建议", at), suggestion) for at, suggestion in enumerate(notice.suggestions)))


def countable(notice: Notice) -> list[Placed]:
    """The issues that count."""
    return [placed for placed in walk(notice) if placed.issue.counts]


@OfLatest
def holders(notice: Notice) -> tuple[tuple[KeyPath, Holder], ...]:
    """The notice and those sections and issues in it that state totals of their own."""
    sections = ((("方面", at), section) for at, section in enumerate(notice.sections) if section.stated)
    issues = ((placed.path, placed.issue) for placed in walk(notice) if placed.issue.stated)
    return (((), notice), *sections, *issues)


def texts(record: Record) -> list[tuple[KeyPath, str]]:
    """Every text of a record, words of lists too, with its place."""
    found: list[tuple[KeyPath, str]] = []
    _gather(record, (), found)
    return found


def _gather(record: Record, path: KeyPath, found: list[tuple[KeyPath, str]]) -> None:
    values = record.__dict__
    for name, key in _keys(type(record)):
        value = values[name]
        # Most fields of most records have nothing.
        if not value:
            continue
        if isinstance(value, str):
            found.append(((*path, key), value))
        elif isinstance(value, Record):
            _gather(value, (*path, key), found)
        elif isinstance(value, tuple):
            for at, inner in enumerate(value):
                if isinstance(inner, str):
                    found.append(((*path, key, at), inner))
                elif isinstance(inner, Record):
                    _gather(inner, (*path, key, at), found)


@functools.cache
def _keys(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of record with their keys."""
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())
