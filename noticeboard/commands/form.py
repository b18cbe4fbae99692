"""``form``: the body of an issue made with the web form → a draft and an answer (``make form`` in the workflow)."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from noticeboard import folders, places
from noticeboard.commands import clock
from noticeboard.faults import told
from noticeboard.files import create_all
from noticeboard.gfm import LONGEST, cut, render
from noticeboard.intake.document import Unreadable
from noticeboard.problems import Problem
from noticeboard.webform.body import filled
from noticeboard.webform.drafted import Drafted, drafted

#: So many are listed in an answer; the check of the pull request tells all.
_LISTED = 40
_LONGEST_WORDS = 200


def _short(text: str) -> str:
    """The words of a problem, which may quote what somebody filled in at any length."""
    return text if len(text) <= _LONGEST_WORDS else text[:_LONGEST_WORDS] + "……"


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``form``."""
    parser.add_argument("body", type=Path, metavar="FILE", help="issue 的正文")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="草稿写到哪个文件夹")
    parser.add_argument("--answer", type=Path, required=True, metavar="FILE", help="答复写到哪里")
    parser.add_argument("--attachment", type=Path, metavar="FILE", help="附在全文一栏的文件")
    parser.add_argument("--notices", type=Path, metavar="DIR", help="已有的通报，用来认出单位（默认 notices/）")


@dataclass(frozen=True)
class Answer:
    """What the answer tells."""

    reason: str = ""
    unit: str = ""
    slug: str = ""
    is_known: bool = False
    why: str = ""
    files: Sequence[PurePosixPath] = ()
    problems: Sequence[Problem] = ()

    @classmethod
    def of(cls, made: Drafted) -> Answer:
        """What came of a form."""
        issuer = made.issuer
        told = (issuer.name, issuer.slug, issuer.is_known, issuer.why)
        return cls("", *told, tuple(made.files), made.problems[:_LISTED])

    def render(self) -> str:
        """The Markdown of the answer."""
        written = render("answer.md.j2", view=self, short=_short)
        return cut(written, LONGEST, "（还有，没有列完；全部的见合并请求里的检查。）")


def run(arguments: argparse.Namespace) -> int:
    """0 a draft was written, 1 there can be none and the answer says why."""
    board = folders.known(arguments.notices or places.NOTICES)
    form = filled(arguments.body.read_bytes().decode("utf-8", "replace"))
    attached = arguments.attachment
    try:
        attachment = (attached.name, attached.read_bytes()) if attached else None
        made = drafted(form, board, attachment, clock.today())
    except Unreadable as reason:
        arguments.answer.write_text(Answer(reason=str(reason)).render(), encoding="utf-8")
        return 1
    except Exception as error:  # noqa: BLE001 - who filled in the form is told too
        arguments.answer.write_text(Answer(reason=told(error)).render(), encoding="utf-8")
        return 1
    create_all((arguments.output / path, text) for path, text in made.files.items())
    arguments.answer.write_text(Answer.of(made).render(), encoding="utf-8")
    return 0
