"""Which state of the source a site was made from: the commit, and whether there was more than it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from noticeboard.board.git import Git
from noticeboard.problems import CannotRun


@dataclass(frozen=True)
class Source:
    """The commit of the repository that holds the notices; ``None`` where they are in none, or git is not installed."""

    revision: str | None = None
    #: Whether something was changed and not committed.
    is_modified: bool = False


def source(notices: Path) -> Source:
    """The source of the notices in this folder."""
    try:
        git = Git(notices)
        return Source(git.commit("HEAD"), git.is_modified())
    except CannotRun:
        return Source()
