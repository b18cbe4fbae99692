"""The day on which a notice came to this site, as far as git knows: that of the first commit of its file.

Of a commit's two dates it is the author's, which ``new``, ``import`` and the web form mean too: the day on which
somebody entered the notice. The committer's is another one after each rebase, cherry-pick or amendment. A file that is
not committed has no day yet: it may be a notice that was only moved, and the day of its commit is still to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from noticeboard.board.git import Git
from noticeboard.problems import CannotRun
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Notice

_NO_GIT = "不在 git 仓库里（或者没有安装 git），不知道哪天收录的"
_SHALLOW = "这个克隆只有最近的几次提交（浅克隆），看不到第一次；先运行 git fetch --unshallow"
_UNREADABLE = "git 读不出全部历史（克隆不完整）；重新克隆一次，git clone 不加 --filter、--depth"
_NOT_COMMITTED = "还没有提交；今天收进来的写今天的日期"
_BEFORE_ITSELF = "第一次提交的日期早于它的落款或发布日期，不像是真的"


@dataclass
class EntryDays:
    """Asks git once for a folder of units, and remembers what it could not tell and why."""

    _first: dict[Path, dict[str, PartialDate] | str] = field(default_factory=dict)
    _untold: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))

    def of(self, file: Path, notice: Notice) -> PartialDate | None:
        """The day of entry of a notice's file; ``None`` where git does not know, or cannot be right."""
        place = file.resolve()
        folder = place.parent.parent
        if folder not in self._first:
            self._first[folder] = _first_days(folder)
        known = self._first[folder]
        day = None if isinstance(known, str) else known.get(place.relative_to(folder).as_posix())
        own = (notice.publication.signed, notice.publication.posted)
        if day is not None and not any(date is not None and day.is_surely_before(date) for date in own):
            return day
        why = known if isinstance(known, str) else _NOT_COMMITTED if day is None else _BEFORE_ITSELF
        self._untold[why].append(file)
        return None

    def remarks(self) -> Iterator[str]:
        """Which files were left without, and why, a line a reason."""
        for why, files in self._untold.items():
            first = f"{files[0]} 等 {len(files)} 份" if len(files) > 1 else str(files[0])
            yield f"没有替 {first} 写“收录”：{why}"


def _first_days(folder: Path) -> dict[str, PartialDate] | str:
    """By ``UNIT/DATE.yml``; or why there are none."""
    try:
        git = Git(folder)
    except CannotRun:
        return _NO_GIT
    if git.is_shallow:
        return _SHALLOW
    try:
        return {name: PartialDate.in_china(moment) for name, moment in git.first_commits().items()}
    except CannotRun:
        return _UNREADABLE
