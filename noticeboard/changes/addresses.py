"""Addresses that answered once must answer still: at their place, or where somebody names them as an old one (旧址)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from noticeboard.board.addresses import Address
from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.changes.promises import ADDRESS_GONE, BASE_UNREADABLE
from noticeboard.problems import Place, Problem

_RETIREMENT = "状态: {词语: 撤下, 日期: …, 原因: …}"


def answering(board: Board) -> dict[Address, UnitFolder | NoticeFile]:
    """Every address that answers, old ones too, with what stands there."""
    everything: list[UnitFolder | NoticeFile] = [*board.units, *board.by_address.values()]
    found = {filed.page: filed for filed in everything}
    for filed in everything:
        for page in filed.former_pages:
            found.setdefault(page, filed)
    return found


def gone(before: Board, now: Board, unread: Mapping[Address, Path], standing: Collection[Address]) -> Iterator[Problem]:
    """Each address that answered ``before`` (or is ``unread``: its record could not be read) and does not now.

    What stands in a file that cannot be read now (``standing``) is not gone: that file has problems of its own.
    """
    search = _Search(before, now)
    answers = {*answering(now), *standing}
    for address, what in answering(before).items():
        if address in answers:
            continue
        if isinstance(what, UnitFolder):
            yield ADDRESS_GONE.problem(
                what.file, Place(), f"网址 /{address} 会失效", search.remedy_of_unit(address, what)
            )
        else:
            yield _gone_notice(now, what, address, search.remedy_of_notice(address, what))
    for address, file in unread.items():
        if address not in answers:
            yield ADDRESS_GONE.problem(file, Place(), f"网址 /{address} 会失效", f"恢复文件 {file}")
    for file in dict.fromkeys(unread.values()):
        yield BASE_UNREADABLE.problem(file, Place(), "这个文件以前的内容读不懂，没有与它比较")


def _gone_notice(now: Board, old: NoticeFile, address: Address, remedy: str) -> Problem:
    unit = now.unit(old.unit_slug)
    data = f"和数据 /{address.data_file} " if address == old.page and old.notice.retirement is None else ""
    what = f"网址 /{address} {data}会失效（“{old.notice.title}”）"
    return ADDRESS_GONE.problem(unit.file if unit else old.file, Place(), what, remedy)


@dataclass(frozen=True)
class _Search:
    """Looks for where something went that is no longer at its address."""

    before: Board
    now: Board

    def remedy_of_notice(self, address: Address, old: NoticeFile) -> str:
        """What to write, and where."""
        own = address.name
        here, unit = self.now.by_address.get(old.address), self.now.unit(old.unit_slug)
        if here is not None and own in old.notice.former_addresses:
            return f"在 {here.file} 里写回“{_line('旧址', old.notice.former_addresses)}”"
        if here is not None and unit is not None:
            # It had this one with its whole unit.
            return f"在 {unit.file} 里写回“{_line('旧址', (*unit.unit.former_names, own.partition('/')[0]))}”"
        new = self._moved(old)
        if new is None:
            folder = "" if self.now.unit(old.unit_slug) else f"（连同 {old.file.parent / 'unit.yml'}）"
            return f"恢复文件 {old.file}{folder}，或保留文件并写“{_RETIREMENT}”"
        unit = self.now.unit(new.unit_slug)
        if unit and new.date_name == old.date_name and self._is_renamed(old.unit_slug, unit):
            return f"在 {unit.file} 里写“{_line('旧址', (*unit.unit.former_names, old.unit_slug))}”"
        return f"在 {new.file} 里写“{_line('旧址', (*new.notice.former_addresses, own))}”"

    def remedy_of_unit(self, address: Address, old: UnitFolder) -> str:
        """The same for the page of a unit."""
        slug = address.name
        here = self.now.unit(old.slug)
        if here is not None:
            key, names = (
                ("旧址", old.unit.former_names) if slug in old.unit.former_names else ("并入", old.unit.absorbed)
            )
            return f"在 {here.file} 里写回“{_line(key, names)}”"
        for unit in self.now.units:
            if self._is_renamed(slug, unit):
                return f"在 {unit.file} 里写“{_line('旧址', (*unit.unit.former_names, slug))}”"
        moved = [new for filed in old.every_notice if (new := self._moved(filed))]
        unit_of_moved = self.now.unit(moved[0].unit_slug) if moved else None
        if unit_of_moved is not None:
            return f"在 {unit_of_moved.file} 里写“{_line('并入', (*unit_of_moved.unit.absorbed, slug))}”"
        return (
            f"恢复文件 {old.file}；文件夹改了名的，在新的 unit.yml 里写“旧址: {slug}”；"
            f"并入别的单位的，在那个单位的 unit.yml 里写“并入: {slug}”"
        )

    def _is_renamed(self, slug: str, unit: UnitFolder) -> bool:
        """Whether ``unit`` is the vanished unit ``slug`` under a new folder name."""
        old = self.before.unit(slug)
        if old is None or self.now.unit(slug) is not None or self.before.unit(unit.slug) is not None:
            return False
        titles = {filed.notice.title for filed in old.every_notice}
        is_same = old.unit.full_name == unit.unit.full_name
        return is_same or any(filed.notice.title in titles for filed in unit.every_notice)

    def _moved(self, old: NoticeFile) -> NoticeFile | None:
        """The notice of the same title at an address that is new, if there is just one, or one of the same date."""
        found = [
            new
            for address, new in self.now.by_address.items()
            if new.notice.title == old.notice.title and address not in self.before.by_address
        ]
        same_date = [new for new in found if new.date_name == old.date_name]
        return next((some[0] for some in (found, same_date) if len(some) == 1), None)


def _line(key: str, names: tuple[str, ...]) -> str:
    """The line to write: ``旧址: old``, or a list of several."""
    return f"{key}: [{', '.join(names)}]" if len(names) > 1 else f"{key}: {names[0]}"
