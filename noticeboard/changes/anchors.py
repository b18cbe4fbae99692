"""Anchors that led somewhere once must lead there still.

An anchor is the 标识 of a 方面, an issue, a suggestion or a part; a part without one has ``part-N``, counted among
those without. What stands at an anchor is known by its title.
"""

from __future__ import annotations

import difflib
import string
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from noticeboard.changes.differences import Anchored
from noticeboard.changes.promises import ANCHOR_GONE, ANCHOR_MOVED
from noticeboard.problems import Rule
from noticeboard.record.model import Part, Section
from noticeboard.rules.registry import Finding

Anchors: TypeAlias = Mapping[str, Anchored]

#: Below this likeness (0 to 1) two titles do not name the same matter.
_ALIKE = 0.5


def lost(before: Anchors, now: Anchors, told: Collection[str]) -> Iterator[tuple[str, Rule, Finding]]:
    """Each anchor that is gone or leads to another matter; ``told``: those on whose change there is a new entry."""
    for anchor, old in before.items():
        new = now.get(anchor)
        if new is None:
            yield anchor, ANCHOR_GONE, _gone(old, before, now)
        elif new.title != old.title and _is_exchanged(old, new, before, now, told):
            yield anchor, ANCHOR_MOVED, _moved(old, new, before, now)


def _is_exchanged(old: Anchored, new: Anchored, before: Anchors, now: Anchors, told: Collection[str]) -> bool:
    """Whether another matter stands where ``old`` stood, rather than the same one under a corrected title."""
    if _newly(old.title, before, now) or _newly(new.title, now, before):
        return True
    is_alike = difflib.SequenceMatcher(None, old.title, new.title, autojunk=False).ratio() >= _ALIKE
    return not is_alike and bool(old.content) and old.content.isdisjoint(new.content) and old.anchor not in told


def _newly(title: str, before: Anchors, now: Anchors) -> Anchored | None:
    """Where a title stands now and did not stand before; of ``now, before`` where it stood and stands no more."""
    for anchor, thing in now.items():
        if thing.title == title and (anchor not in before or before[anchor].title != title):
            return thing
    return None


def _gone(old: Anchored, before: Anchors, now: Anchors) -> Finding:
    went_to, called = _newly(old.title, before, now), f"{old.anchor}“{old.title}”"
    if went_to is None:
        above = old.above
        while above is not None and above not in now:
            above = before[above].above
        # What stands below a 方面 is listed as 问题, below an issue as 子问题.
        key = "问题" if above and isinstance(now[above].record, Section) else "子问题"
        at = (*now[above].path, key) if above else (old.path[0],)
        own = "" if old.is_positional else f"（标识: {old.anchor}）"
        return Finding(at, f"{called}没有了", f"恢复“{old.title}”{own}；要更正它，改文字，不改标识")
    what = f"{called}的锚点变成了 {went_to.anchor}"
    if old.is_positional:
        return Finding((*went_to.path, "标题"), what, _remedy_of_parts(old, before, now))
    remedy = f"在“{old.title}”下面写回“标识: {old.anchor}”"
    return Finding((*went_to.path, "标识"), what, remedy)


def _moved(old: Anchored, new: Anchored, before: Anchors, now: Anchors) -> Finding:
    what = f"{old.anchor} 原来是“{old.title}”，现在是“{new.title}”"
    if old.is_positional:
        return Finding((*new.path, "标题"), what, _remedy_of_parts(old, before, now))
    went_to, came_from = _newly(old.title, before, now), _newly(new.title, now, before)
    steps = [f"把“{old.title}”的标识写回 {old.anchor}" if went_to else f"恢复“{old.title}”（标识: {old.anchor}）"]
    if came_from:
        steps.append(f"“{new.title}”的标识写回 {came_from.anchor}" if not came_from.is_positional else "恢复原来的先后")
    else:
        steps.append(f"给“{new.title}”另写一个没有用过的标识，例如 {_unused(old.anchor, {*before, *now})}")
    return Finding((*new.path, "标识"), what, "；".join(steps))


def _remedy_of_parts(old: Anchored, before: Anchors, now: Anchors) -> str:
    """Why ``part-N`` is no longer what it was: given a name, inserted before, taken away, or put in another order."""
    parts = [thing for thing in now.values() if isinstance(thing.record, Part)]
    here = next((part for part in parts if part.title == old.title), None)
    if here is not None and not here.is_positional:
        return f"删去“{old.title}”下面的“标识: {here.anchor}”，它公布时没有标识"
    titles = {thing.title for thing in before.values() if isinstance(thing.record, Part)}
    inserted = [part.title for part in parts if part.is_positional and part.title not in titles]
    kept = {part.title for part in parts}
    removed = [part.title for part in before.values() if part.is_positional and part.title not in kept]
    steps = [f"恢复“{title}”" for title in removed]
    if inserted:
        names = _unused_names({*before, *now})
        given = "、".join(f"“{title}”下面写“标识: {next(names)}”" for title in inserted)
        steps.append(f"在新加的{given}，或者把它移到最后")
    if not steps:
        order = "、".join(f"“{part.title}”" for part in before.values() if part.is_positional)
        steps.append(f"没有标识的部分恢复原来的先后：{order}")
    return "；".join(steps)


def _unused_names(used: Collection[str]) -> Iterator[str]:
    """p-a, p-b … p-z, p-a-a …, as many as are asked for."""
    letters = [f"p-{letter}" for letter in string.ascii_lowercase]
    while True:
        yield from (name for name in letters if name not in used)
        letters = [f"{name}-{letter}" for name in letters for letter in string.ascii_lowercase]


def _unused(anchor: str, used: Collection[str]) -> str:
    """The next free number beside ``anchor``: i-1-3 beside i-1-2."""
    stem = anchor.rpartition("-")[0]
    return next(name for number in range(1, len(used) + 2) if (name := f"{stem}-{number}") not in used)
