"""What a reviewer must look at, as Markdown for the summary of a run on GitHub and for a comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from noticeboard.board.board import Board, NoticeFile
from noticeboard.changes.gfm import render
from noticeboard.changes.table import as_markdown
from noticeboard.changes.words import Changed
from noticeboard.problems import Problem, Severity
from noticeboard.rules import Accepted
from noticeboard.site.views.totals import TotalRow, total_rows

#: So many problems are listed; a file in a wrong encoding or a merge gone wrong may have thousands.
_LISTED = 50
#: How a total agrees with what is listed (``TotalRow.code``).
_MARKS = {"agrees": "一致", "differs": Markup("**不一致**"), "not_listed": "", "no_count": ""}


@dataclass(frozen=True)
class NoticeSummary:
    """One changed notice: its totals, the warnings that its editor accepts, the file of its preview (if built)."""

    subject: str
    totals: tuple[TotalRow, ...]
    accepted: tuple[Accepted, ...]
    file: str = ""
    kilobytes: int = 0
    page_kilobytes: int = 0


@dataclass(frozen=True)
class Size:
    """How large the site is."""

    pages: int
    megabytes: str

    @classmethod
    def of(cls, site_dir: Path) -> Size:
        """The size of a built site."""
        files = [file for file in site_dir.rglob("*") if file.is_file()]
        size = sum(file.stat().st_size for file in files)
        return cls(sum(file.suffix == ".html" for file in files), f"{size / 1e6:.1f}")


@dataclass(frozen=True)
class SummaryView:
    """All that the template shows."""

    verdict: Markup
    problems: tuple[Problem, ...]
    more_problems: int
    changes: Markup
    unreadable: tuple[Path, ...]
    notices: tuple[NoticeSummary, ...]
    size: Size | None

    @classmethod
    def of(
        cls,
        problems: Sequence[Problem],
        changed: Sequence[Changed],
        unreadable: Sequence[Path],
        notices: Sequence[NoticeSummary],
        size: Size | None,
    ) -> SummaryView:
        """The errors first; warnings are for the reviewer to weigh."""
        ordered = sorted(problems, key=lambda problem: (problem.severity is Severity.WARNING, problem.sort_key))
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        return cls(
            _verdict(errors, len(problems) - errors, has_previews=size is not None),
            tuple(ordered[:_LISTED]),
            max(0, len(ordered) - _LISTED),
            # Of what cannot be read nobody knows whether it changed.
            Markup(as_markdown(changed) if changed or not unreadable else ""),  # noqa: S704 - escaped there
            tuple(unreadable),
            tuple(notices),
            size,
        )

    def render(self) -> str:
        """The Markdown."""
        return render(Path(__file__).with_name("summary.md.j2"), view=self, marks=_MARKS)


def _verdict(errors: int, warnings: int, *, has_previews: bool) -> Markup:
    if errors:
        made = "只供看的预览生成了。" if has_previews else "没有生成预览。"
        words = f"**有 {errors} 个错误，不能公布**，另有 {warnings} 个警告。{made}"
    elif warnings:
        words = f"没有错误；**{warnings} 个警告要看一看**。"
    else:
        words = "没有错误，没有警告。"
    return Markup(words)  # noqa: S704 - words of our own


def concerned(changed: Sequence[Changed], board: Board) -> list[tuple[Changed, NoticeFile]]:
    """The changed notices that are there now and in force or not."""
    by_page = {filed.page: filed for filed in board.by_address.values()}
    return [(change, by_page[change.page]) for change in changed if change.page in by_page]


def notice_summary(subject: str, filed: NoticeFile, accepted: Mapping[str, tuple[Accepted, ...]]) -> NoticeSummary:
    """What there is to look at before anything is built."""
    return NoticeSummary(subject, total_rows(filed), accepted.get(filed.address, ()))
