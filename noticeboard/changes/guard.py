"""What was published against what would be: nothing that somebody may have quoted goes or changes in silence.

Addresses and anchors stay. A figure, a status or a date changes only with a new entry (变更), which readers see;
other text should have one too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.changes.addresses import answering, gone
from noticeboard.changes.anchors import lost
from noticeboard.changes.breaches import breaches
from noticeboard.changes.differences import Anchored, Difference, anchors, differences, surplus
from noticeboard.changes.entries import entry_to_write, what_changed
from noticeboard.changes.promises import ENTRY_GONE, TEXT_CHANGED
from noticeboard.positions import KeyPath
from noticeboard.problems import Problem, Rule
from noticeboard.record.model import Change, Matter, Notice, Unit
from noticeboard.rules.registry import Finding

_NONE: Mapping[Address, Path] = MappingProxyType({})


def broken_promises(
    before: Board, now: Board, unread: Mapping[Address, Path] = _NONE, standing: Collection[Address] = ()
) -> Iterator[Problem]:
    """Everything of ``before`` that ``now`` has lost or changed in silence.

    ``unread`` are addresses that were public though their records cannot be read, each with the file to blame;
    ``standing`` those of files that are there now, readable or not.
    """
    yield from gone(before, now, unread, standing)
    answers = answering(now)
    for unit in before.units:
        new_unit = answers.get(unit.page)
        if isinstance(new_unit, UnitFolder) and unit.slug not in new_unit.unit.absorbed:
            yield from _names(unit.unit, new_unit)
    for old in before.by_address.values():
        new = answers.get(old.page)
        # A file with the same content was not read twice.
        if isinstance(new, NoticeFile) and new.notice is not old.notice:
            broken = _of_notice(old.notice, new.notice)
            yield from (finding.problem(rule, new.file, new.marks) for rule, finding in broken)


def _names(old: Unit, new: UnitFolder) -> Iterator[Problem]:
    pairs = (("全称", old.full_name, new.unit.full_name), ("简称", old.short_name, new.unit.short_name))
    for key, was, is_now in pairs:
        if was != is_now:
            what = f"单位的“{key}”从“{was}”改为“{is_now}”"
            remedy = "单位改了名的，不用再做什么；写错了的，改回去"
            yield Finding((key,), what, remedy).problem(TEXT_CHANGED, new.file, new.marks)


def _of_notice(old: Notice, new: Notice) -> Iterator[tuple[Rule, Finding]]:
    yield from _entries_gone(old.changes, new.changes, ())
    is_told = _has_new(old.changes, new.changes)
    if old.retirement is None:
        if new.retirement is None:
            yield from _in_force(old, new, is_told=is_told)
    # The content of a retired notice is not published: only what the page says of its end is compared.
    elif new.retirement is not None and not is_told:
        yield from _silent(new, differences(old.retirement, new.retirement, ("状态",)))
    elif not is_told:
        what = f"通报公布时已经{old.retirement.words}，现在又恢复，而“变更”里没有新的记录"
        yield TEXT_CHANGED, Finding((), what)


def _in_force(old_notice: Notice, new_notice: Notice, *, is_told: bool) -> Iterator[tuple[Rule, Finding]]:
    before, now = anchors(old_notice), anchors(new_notice)
    told = {at for at, old in before.items() if is_told or (at in now and _has_new(_entries(old), _entries(now[at])))}
    missed = set()
    for anchor, rule, finding in lost(before, now, told):
        missed.add(anchor)
        yield rule, finding
    if not is_told:
        yield from _silent(new_notice, differences(old_notice, new_notice))
    for anchor, old in before.items():
        # What stands elsewhere now is compared once it is back.
        if anchor in missed:
            continue
        new = now[anchor]
        yield from _entries_gone(_entries(old), _entries(new), new.path)
        if anchor not in told:
            yield from _silent(new_notice, differences(old.record, new.record, new.path), new)


def _silent(
    notice: Notice, found: Iterator[Difference], bearer: Anchored | None = None
) -> Iterator[tuple[Rule, Finding]]:
    """What is published otherwise and told by no new entry; of ``bearer``, or of the notice itself."""
    own = bearer.record if bearer and isinstance(bearer.record, Matter) else notice
    for breach in breaches(found):
        remedy = entry_to_write(breach, bearer, has_entries=bool(own.changes))
        yield breach.rule, Finding(breach.at, what_changed(breach, bearer), remedy)


def _entries(thing: Anchored) -> tuple[Change, ...]:
    """Its own; what is no matter has none."""
    return thing.record.changes if isinstance(thing.record, Matter) else ()


def _entries_gone(old: Sequence[Change], new: Sequence[Change], path: KeyPath) -> Iterator[tuple[Rule, Finding]]:
    for at in surplus(old, new):
        is_altered = at < len(new) and new[at] not in old
        what = f"{old[at].date}的变更记录“{old[at].what}”{'被改动' if is_altered else '被删去'}了"
        yield ENTRY_GONE, Finding((*path, "变更", at) if is_altered else (*path, "变更"), what)


def _has_new(old: Sequence[Change], new: Sequence[Change]) -> bool:
    """Whether there is an entry more; one that was altered is none."""
    return len(surplus(new, old)) > len(surplus(old, new))
