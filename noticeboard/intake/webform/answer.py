"""What somebody who filled in the form is answered: the draft, what is open in it, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from noticeboard.changes.gfm import LONGEST, cut, render
from noticeboard.intake.drafting.importing import Imported
from noticeboard.intake.drafting.issuer import Issuer
from noticeboard.problems import Problem, clipped

#: So many are listed in an answer; the check of the pull request tells all.
_LISTED = 40


@dataclass(frozen=True)
class Answer:
    """What the answer tells."""

    reason: str = ""
    issuer: Issuer | None = None
    files: Sequence[PurePosixPath] = ()
    problems: Sequence[Problem] = ()

    @classmethod
    def of(cls, made: Imported) -> Answer:
        """What came of a form."""
        return cls("", made.issuer, tuple(made.files), made.problems[:_LISTED])

    def render(self) -> str:
        """The Markdown of the answer."""
        # The words of a problem may quote what somebody filled in at any length.
        written = render(Path(__file__).with_name("answer.md.j2"), view=self, short=clipped)
        return cut(written, LONGEST, "（还有，没有列完；全部的见合并请求里的检查。）")
