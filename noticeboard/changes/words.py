"""Board against an earlier one → what changed, in words for the person who reviews a change.

Unlike ``guard`` it judges nothing: it tells everything, additions too.
"""

from __future__ import annotations

import enum
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.changes.addresses import answering
from noticeboard.changes.differences import Anchored, anchors, differences
from noticeboard.changes.lines import lines
from noticeboard.record.counting import listed
from noticeboard.record.model import Issue, Matter, Notice, Part, Record, Section, Suggestion
from noticeboard.record.vocabulary import StatusCode
from noticeboard.record.walk import countable

#: What a thing is called before its name; a part goes by its name alone.
_KINDS: dict[type[Record], str] = {Section: "方面", Issue: "问题", Suggestion: "意见建议", Part: ""}
#: Signs of a title that are shown.
_TITLE = 30
_UNREAD = "以前的文件读不懂，没有比较"


class What(enum.Enum):
    """What became of a notice or a unit's file."""

    ADDED = "新增"
    CHANGED = "更正"
    REMOVED = "删去"
    RETIRED = "撤下"


@dataclass(frozen=True)
class Changed:
    """One file with all that it says otherwise."""

    #: 祁阳市文联 2023-12, or 祁阳市文联 for the unit's own file.
    subject: str
    what: What
    file: Path
    page: Address
    lines: tuple[str, ...]


def changed(
    before: Board, now: Board, unread: Mapping[Address, Path], unreadable: Collection[Path]
) -> Iterator[Changed]:
    """Every unit and notice that ``now`` has otherwise than ``before``, units and newest notices first.

    ``unread``: addresses of before whose records could not be read; ``unreadable``: files of now that cannot be.
    """
    then = answering(before)
    met = set()
    for unit in now.units:
        found = [page for page in (unit.page, *map(Address.of_unit, unit.unit.former_names)) if page in then]
        met |= set(found)
        old_unit = then[found[0]] if found else None
        yield from _of_unit(old_unit if isinstance(old_unit, UnitFolder) else None, unit, unread)
        for filed in unit.every_notice:
            found = [page for page in (filed.page, *filed.former_pages) if page in then]
            met |= set(found)
            old = then[found[0]] if found else None
            yield from _of_notice(old if isinstance(old, NoticeFile) else None, filed, unit, unread)
    blind = {os.path.realpath(file) for file in unreadable}
    for address, old_one in then.items():
        # What cannot be read is neither there nor gone; the check says what is wrong with it.
        files = {os.path.realpath(file) for file in (old_one.file, old_one.file.parent / "unit.yml")}
        if address == old_one.page and address not in met and not blind & files:
            yield Changed(_gone_subject(before, old_one), What.REMOVED, old_one.file, address, ())


def _gone_subject(before: Board, old: NoticeFile | UnitFolder) -> str:
    if isinstance(old, UnitFolder):
        return old.unit.short_name
    unit = before.unit(old.unit_slug)
    return f"{unit.unit.short_name if unit else old.unit_slug} {old.date_name}"


def _of_unit(old: UnitFolder | None, new: UnitFolder, unread: Mapping[Address, Path]) -> Iterator[Changed]:
    is_unread = old is None and new.page in unread
    if old is not None and old.unit is new.unit:
        return
    told = (_UNREAD,) if is_unread else tuple(lines(differences(old.unit if old else None, new.unit)))
    if told:
        what = What.CHANGED if old or is_unread else What.ADDED
        yield Changed(new.unit.short_name, what, new.file, new.page, told)


def _of_notice(
    old: NoticeFile | None, new: NoticeFile, unit: UnitFolder, unread: Mapping[Address, Path]
) -> Iterator[Changed]:
    subject = f"{unit.unit.short_name} {new.date_name}"
    if old is None:
        is_unread = new.page in unread
        told = (_UNREAD,) if is_unread else tuple(_in_short(new.notice))
        yield Changed(subject, What.CHANGED if is_unread else What.ADDED, new.file, new.page, told)
    elif old.notice is not new.notice:
        moved = () if old.address == new.address else (f"从 {old.address} 移到 {new.address}",)
        told = (*moved, *_in_full(old.notice, new.notice))
        is_retired = new.notice.retirement is not None and old.notice.retirement is None
        if told:
            yield Changed(subject, What.RETIRED if is_retired else What.CHANGED, new.file, new.page, told)


def _in_short(notice: Notice) -> Iterator[str]:
    """What a new notice holds."""
    counts = listed(notice)
    statuses = Counter(placed.issue.status.code for placed in countable(notice))
    words = "，".join(f"{code.label} {statuses[code]}" for code in StatusCode if statuses[code])
    yield f"标题：{notice.title}"
    issues = f"{counts.issues} 个问题{f'（{words}）' if words else ''}"
    yield f"{counts.sections} 个方面，{issues}，{counts.measures} 条措施，{counts.suggestions} 条意见建议"
    if notice.contact is None:
        yield "没有联系方式"
    else:
        ways = ("phones", "emails", "address")
        yield from lines(found for found in differences(None, notice.contact) if found.name in ways)


def _in_full(old: Notice, new: Notice) -> Iterator[str]:
    """All that a notice says otherwise: itself, then what stands in it under an anchor."""
    yield from lines(differences(old, new))
    before, now = anchors(old), anchors(new)
    for anchor, thing in now.items():
        was = before.get(anchor)
        if was is None:
            status = f"（{thing.record.status.words}）" if isinstance(thing.record, Matter) else ""
            yield f"新增{_called(thing)}{status}"
            continue
        told = list(lines(differences(was.record, thing.record)))
        if was.above != thing.above:
            above = now.get(thing.above or "")
            told.append(f"移到{_called(above) if above else '另一处'}之下")
        if told:
            yield f"{_called(was)}：{'；'.join(told)}"
    yield from (f"删去{_called(thing)}" for anchor, thing in before.items() if anchor not in now)


def _called(thing: Anchored) -> str:
    """问题 1.“差旅费报销不规范”."""
    record = thing.record
    title = record.title if len(record.title) <= _TITLE else f"{record.title[:_TITLE]}…"
    return f"{_KINDS[type(record)]}{f' {record.number}' if record.number else ''}“{title}”"
