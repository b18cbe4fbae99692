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
from noticeboard.changes.guard.addresses import answering
from noticeboard.changes.words.statements import Thing, statements, things
from noticeboard.changes.words.wording import additions, different
from noticeboard.record.counting import listed
from noticeboard.record.vocabulary import StatusCode
from noticeboard.record.walk import countable

__all__ = ["Changed", "What", "changed"]


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
        found = [address for address in _addresses(unit) if address in then]
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


def _addresses(unit: UnitFolder) -> list[Address]:
    return [Address.of_unit(slug) for slug in (unit.slug, *unit.unit.former_names)]


def _gone_subject(before: Board, old: NoticeFile | UnitFolder) -> str:
    if isinstance(old, UnitFolder):
        return old.unit.short_name
    unit = before.unit(old.unit_slug)
    return f"{unit.unit.short_name if unit else old.unit_slug} {old.date_name}"


def _of_unit(old: UnitFolder | None, new: UnitFolder, unread: Mapping[Address, Path]) -> Iterator[Changed]:
    address, said = new.page, statements(new.unit)
    if old is None:
        lines = ("以前的文件读不懂，没有比较",) if address in unread else tuple(additions(said))
        yield Changed(
            new.unit.short_name, What.ADDED if address not in unread else What.CHANGED, new.file, address, lines
        )
    elif old.unit is not new.unit:
        lines = tuple(different(statements(old.unit), said))
        if lines:
            yield Changed(new.unit.short_name, What.CHANGED, new.file, address, lines)


def _of_notice(
    old: NoticeFile | None, new: NoticeFile, unit: UnitFolder, unread: Mapping[Address, Path]
) -> Iterator[Changed]:
    subject, address = f"{unit.unit.short_name} {new.date_name}", new.page
    if old is None:
        is_unread = address in unread
        lines = ("以前的文件读不懂，没有比较",) if is_unread else tuple(_in_short(new))
        yield Changed(subject, What.CHANGED if is_unread else What.ADDED, new.file, address, lines)
    elif old.notice is not new.notice:
        lines = tuple(_things(things(old.notice), things(new.notice)))
        if old.address != new.address:
            lines = (f"从 {old.address} 移到 {new.address}", *lines)
        is_retired = new.notice.retirement is not None and old.notice.retirement is None
        if lines:
            yield Changed(subject, What.RETIRED if is_retired else What.CHANGED, new.file, address, lines)


def _in_short(filed: NoticeFile) -> Iterator[str]:
    """What a new notice holds."""
    notice = filed.notice
    counts = listed(notice)
    statuses = Counter(placed.issue.status.code for placed in countable(notice))
    words = "，".join(f"{code.label} {statuses[code]}" for code in StatusCode if statuses[code])
    yield f"标题：{notice.title}"
    issues = f"{counts.issues} 个问题{f'（{words}）' if words else ''}"
    yield f"{counts.sections} 个方面，{issues}，{counts.measures} 条措施，{counts.suggestions} 条意见建议"
    if notice.contact is None:
        yield "没有联系方式"
    else:
        yield from additions({k: v for k, v in statements(notice).items() if k in ("电话", "电子邮箱", "地址")})


def _things(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Iterator[str]:
    for anchor, thing in new.items():
        was = old.get(anchor)
        if was is None:
            status = f"（{thing.status.words}）" if thing.status else ""
            yield f"新增{thing.called}{status}"
            continue
        lines = list(different(was.statements, thing.statements))
        if was.above != thing.above:
            lines.append(f"移到{new[thing.above].called if thing.above in new and thing.above else '另一处'}之下")
        if anchor and lines:
            yield f"{was.called}：{'；'.join(lines)}"
        elif not anchor:
            yield from lines
    for anchor, thing in old.items():
        if anchor not in new:
            yield f"删去{thing.called}"
