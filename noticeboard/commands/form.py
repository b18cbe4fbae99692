"""``form``: the body of an issue made with the web form → a draft and an answer (``make form`` in the workflow)."""

from __future__ import annotations

import argparse
from pathlib import Path

from noticeboard import paths
from noticeboard.board import folders
from noticeboard.commands import clock
from noticeboard.faults import told
from noticeboard.files import create_all
from noticeboard.intake.documents.document import Unreadable
from noticeboard.intake.webform.answer import Answer
from noticeboard.intake.webform.body import filled
from noticeboard.intake.webform.drafted import drafted


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``form``."""
    parser.add_argument("body", type=Path, metavar="FILE", help="issue 的正文")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="草稿写到哪个文件夹")
    parser.add_argument("--answer", type=Path, required=True, metavar="FILE", help="答复写到哪里")
    parser.add_argument("--attachment", type=Path, metavar="FILE", help="附在全文一栏的文件")
    parser.add_argument("--notices", type=Path, metavar="DIR", help="已有的通报，用来认出单位（默认 notices/）")


def run(arguments: argparse.Namespace) -> int:
    """0 a draft was written, 1 there can be none and the answer says why."""
    board = folders.known(arguments.notices or paths.NOTICES)
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
