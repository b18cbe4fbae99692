"""What happened after publication: changes with day and ground, statuses that follow from each other, successors."""

from __future__ import annotations

from collections.abc import Iterator

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.board.lives import goes_back
from noticeboard.positions import KeyPath
from noticeboard.problems import Severity, rule
from noticeboard.record.model import Change, Matter, Notice, Status
from noticeboard.record.walk import OfLatest, matters
from noticeboard.rules.registry import Finding, checks

_STATUS_BACK = rule(
    "status-back", Severity.WARNING, "状态不倒退", "核对；确实倒退的（例如重新整改），在“已知差异”中写明原因"
)

Found = Iterator[tuple[NoticeFile | UnitFolder, Finding]]


def _changed(notice: Notice) -> Iterator[tuple[KeyPath, Matter]]:
    """The matters that have changes: few or none."""
    return ((path, matter) for path, matter in matters(notice) if matter.changes)


def _bearers(notice: Notice) -> Iterator[tuple[KeyPath, Notice | Matter]]:
    yield (), notice
    yield from _changed(notice)


@OfLatest
def _changes(notice: Notice) -> tuple[tuple[KeyPath, Change], ...]:
    return tuple(
        ((*path, "变更", at), change) for path, bearer in _bearers(notice) for at, change in enumerate(bearer.changes)
    )


@checks(
    rule(
        "change-undated",
        Severity.ERROR,
        "收录、变更和撤下的日期至少到年",
        "写明是哪一天；这些是本站做的，日期总是知道的",
    )
)
def changes_are_dated(notice: Notice) -> Iterator[Finding]:
    """A damaged date (原文) is for what a source printed; a change is made by whoever writes the record."""
    for path, change in _changes(notice):
        if change.date.words is not None:
            yield Finding((*path, "日期"), f"变更的日期“{change.date}”不是确定的日期")
    if notice.retirement and notice.retirement.date.words is not None:
        yield Finding(("状态", "日期"), f"日期“{notice.retirement.date}”不是确定的日期")
    if notice.entered and notice.entered.words is not None:
        yield Finding(("收录",), f"收录的日期“{notice.entered}”不是确定的日期")


@checks(rule("change-order", Severity.ERROR, "变更按日期先后排列", "早的在前，晚的在后"))
def changes_are_in_order(notice: Notice) -> Iterator[Finding]:
    """Entries are added at the end, so that a life reads from above to below."""
    for path, bearer in _bearers(notice):
        for at, (earlier, later) in enumerate(zip(bearer.changes, bearer.changes[1:], strict=False), 1):
            if later.date.is_surely_before(earlier.date):
                yield Finding((*path, "变更", at, "日期"), f"{later.date}的变更写在{earlier.date}的后面")


@checks(
    rule(
        "change-status",
        Severity.ERROR,
        "状态变化前后相接，最后的现状态就是本条的状态",
        "核对原状态、现状态和本条的状态",
    )
)
def status_changes_follow_from_each_other(notice: Notice) -> Iterator[Finding]:
    """From which status to which: both are told, each begins where the one before it ended."""
    for path, change in _changes(notice):
        if (change.before is None) != (change.after is None):
            missing = "原状态" if change.before is None else "现状态"
            yield Finding(path, f"状态变化缺少“{missing}”", "原状态、现状态都写；不是状态变化的，两个都不写")
    for path, matter in _changed(notice):
        now: Status | None = None
        last: KeyPath = ()
        for at, change in enumerate(matter.changes):
            if change.before is None or change.after is None:
                continue
            last = (*path, "变更", at)
            if now is not None and not _same(now, change.before):
                yield Finding((*last, "原状态"), f"原状态是“{change.before.words}”，而前一次变更以后是“{now.words}”")
            now = change.after
        if now is not None and not _same(now, matter.status):
            what = f"最后一次变更以后是“{now.words}”，而本条的状态是“{matter.status.words}”"
            yield Finding((*last, "现状态"), what, f"把本条的状态改成“{now.words}”，或改正这条变更")


def _same(status: Status, other: Status) -> bool:
    return status.words == other.words and status.code is other.code


@checks(_STATUS_BACK)
def statuses_do_not_go_back(notice: Notice) -> Iterator[Finding]:
    """From done to in progress is rare, and mostly a slip."""
    for path, change in _changes(notice):
        if change.before and change.after and goes_back(change.before, change.after):
            yield Finding((*path, "现状态"), f"状态从“{change.before.words}”退到“{change.after.words}”")


@checks(_STATUS_BACK)
def statuses_do_not_go_back_in_a_later_notice(board: Board) -> Found:
    """The same from an earlier notice to a later one (承接)."""
    for filed, path, matter, reference in _references(board):
        earlier = _target(board, filed, reference)
        status = matter.published_status
        if earlier is not None and goes_back(earlier.status, status):
            words = f"{reference} 的状态是“{earlier.status.words}”，承接它的这一条是“{status.words}”"
            *of_matter, _, _ = path
            yield filed, Finding((*of_matter, "状态"), words)


@checks(
    rule(
        "carried-unknown",
        Severity.ERROR,
        "承接的是以前通报中有的一条",
        "写那份通报的文件名和那一条的标识：2023-12#i-1-2",
    )
)
def what_is_carried_on_exists(board: Board) -> Found:
    """承接 names an issue or a suggestion of an earlier notice that is in force."""
    for filed, path, _, reference in _references(board):
        address = filed.named(reference).partition("#")[0]
        earlier = board.by_address.get(address)
        if earlier is None:
            yield filed, Finding(path, f"没有“{address}”这份通报")
        elif earlier.notice.retirement is not None:
            remedy = "改成代替它的那份通报里的标识；没有代替的，删去“承接”"
            words = "更正并替换" if earlier.notice.retirement.successor else "撤下"
            yield filed, Finding(path, f"{address} 已经{words}", remedy)
        elif _target(board, filed, reference) is None:
            yield filed, Finding(path, f"{address} 里没有标识“{reference.partition('#')[2]}”")
        elif earlier.recency >= filed.recency:
            yield filed, Finding(path, f"{address} 不比本通报早", "承接只写在后来的通报里，指向以前的通报")


def _references(board: Board) -> Iterator[tuple[NoticeFile, KeyPath, Matter, str]]:
    for filed, path, matter in board.matters:
        for at, reference in enumerate(matter.carries_on):
            yield filed, (*path, "承接", at), matter, reference


def _target(board: Board, filed: NoticeFile, reference: str) -> Matter | None:
    address, _, anchor = filed.named(reference).partition("#")
    earlier = board.by_address.get(address)
    if earlier is None or earlier.notice.retirement is not None:
        return None
    return next((matter for _, matter in matters(earlier.notice) if matter.id == anchor), None)


@checks(
    rule(
        "successor-unknown", Severity.ERROR, "“替换为”的是本站有的另一份通报", "写代替它的通报的文件名，例如 2023-12_2"
    )
)
def successors_exist(board: Board) -> Found:
    """A replaced notice leads to the one that took its place, perhaps over several steps, but never in a circle."""
    for unit in board.units:
        for filed in unit.retired:
            if filed.notice.retirement is None or filed.notice.retirement.successor is None:
                continue
            at, successor = ("状态", "替换为"), filed.named(filed.notice.retirement.successor)
            if successor not in board.by_address:
                yield filed, Finding(at, f"没有“{successor}”这份通报")
            elif board.in_its_place(filed) is None:
                yield filed, Finding(at, "替换的通报又指回自己", "写现在有效的那一份")


@checks(rule("address-taken", Severity.ERROR, "旧址只属于一处", "核对旧址；现有的单位和通报不能写成旧址"))
def former_addresses_are_free(board: Board) -> Found:
    """An old address answers for one unit or notice only, and never in the place of one that is there."""
    taken: dict[str, str] = {unit.slug: f"单位 {unit.slug}" for unit in board.units}
    for unit in board.units:
        for key, names in (("旧址", unit.unit.former_names), ("并入", unit.unit.absorbed)):
            for at, name in enumerate(names):
                if name in taken:
                    yield unit, Finding((key, at), f"“{name}”已经是{taken[name]}的网址")
                taken.setdefault(name, f"单位 {unit.slug}")
    notices = {address: address for address in board.by_address}
    for filed in board.by_address.values():
        for at, address in enumerate(filed.former_addresses):
            if notices.get(address, filed.address) != filed.address:
                # Those that it has with its unit stand in the unit's file.
                own = at < len(filed.notice.former_addresses)
                yield filed, Finding(("旧址", at) if own else (), f"旧址“{address}”已经是 {notices[address]} 的网址")
            notices.setdefault(address, filed.address)
