"""The life of an issue as pages show it: beside the issue, and on its unit's page."""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.board.board import NoticeFile
from noticeboard.board.lives import Lives, Stage, Step
from noticeboard.board.words import NO_DAY, date_words, numbered
from noticeboard.record.model import Change, Issue, Suggestion
from noticeboard.site.views.statuses import StatusView


@dataclass(frozen=True)
class StepView:
    """One step of a life."""

    date: str
    #: What happened, where the status alone does not tell.
    what: str
    status: StatusView | None
    ground: str
    #: The notice that tells it, and where it does; empty for the feedback.
    source: str
    address: str
    is_here: bool

    @classmethod
    def of(cls, step: Step, here: NoticeFile | None) -> StepView:
        """The view of a step on the page of the notice ``here``, or on another page."""
        date = str(step.date) if step.date else NO_DAY
        if step.stage is None:
            return cls(date, "反馈巡察意见", None, "", "", "", is_here=False)
        is_here = here is not None and step.stage.filed.address == here.address
        return cls(
            date,
            step.change.what if step.change else "",
            StatusView.on(date, step.status) if step.status else None,
            step.change.ground if step.change else "",
            "本通报" if is_here else f"{date_words(step.stage.filed)}的通报",
            step.stage.filed.page.at(step.stage.matter.id),
            is_here,
        )


def life(lives: Lives, filed: NoticeFile, matter: Issue | Suggestion) -> tuple[StepView, ...]:
    """The life of a matter for the page of its notice; empty where its own notice tells all."""
    if not lives.has_history(filed, matter):
        return ()
    return tuple(StepView.of(step, filed) for step in lives.steps(filed, matter))


@dataclass(frozen=True)
class LifeView:
    """The life of an issue on its unit's page."""

    title: str
    address: str
    steps: tuple[StepView, ...]

    @classmethod
    def of(cls, stage: Stage, lives: Lives) -> LifeView:
        """The life that ends with ``stage``."""
        return cls(
            numbered(stage.matter.number, stage.matter.title),
            stage.filed.page.at(stage.matter.id),
            tuple(StepView.of(step, None) for step in lives.steps(stage.filed, stage.matter)),
        )


@dataclass(frozen=True)
class ChangeView:
    """A change in the list at the end of a notice."""

    date: str
    #: The issue that it concerns; empty for the whole notice.
    title: str
    anchor: str
    #: 正在整改 → 已完成整改; empty where no status changed.
    statuses: str
    what: str
    ground: str

    @classmethod
    def of(cls, matter: Issue | Suggestion | None, change: Change) -> ChangeView:
        """The view of one change."""
        title, anchor = (numbered(matter.number, matter.title), matter.id) if matter else ("", "")
        before, after = change.before, change.after
        statuses = f"{before.words} → {after.words}" if before and after else ""
        return cls(str(change.date), title, anchor, statuses, change.what, change.ground)
