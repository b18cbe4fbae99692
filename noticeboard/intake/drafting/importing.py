"""The whole way of one document: read, drafted, accounted for, written, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from noticeboard.board.board import Board, NoticeFile, next_name, unit_folder
from noticeboard.board.folders import UNIT_FILE
from noticeboard.intake.documents.document import Document, Unreadable
from noticeboard.intake.drafting.account import Account, Unproven, account
from noticeboard.intake.drafting.assemble import draft_of
from noticeboard.intake.drafting.draft import ContactDraft, Draft, PublicationDraft, leaves
from noticeboard.intake.drafting.issuer import Issuer, date_name, issuer, unit_record
from noticeboard.intake.drafting.leaf import Kind, Leaf
from noticeboard.intake.drafting.patterns.people import GENRE
from noticeboard.intake.drafting.writing import DOUBT, rest_of, text_of
from noticeboard.positions import KeyPath
from noticeboard.problems import ContentError, Problem
from noticeboard.reading.opening import check_size
from noticeboard.reading.read import read_bytes
from noticeboard.reading.write import editor_line
from noticeboard.reading.yaml import parse
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Notice, Unit
from noticeboard.rules import review
from noticeboard.rules.identity import OTHER_UNIT
from noticeboard.rules.privacy import sensitive_numbers
from noticeboard.text import NEVER_IN_VALUE

_TOO_LARGE = "写成草稿太大了，一份通报不会有这么多：看看是不是拿错了文件；几份通报分成几个文件再交来"
#: A notice speaks of 整改 more than once.
_LEAST = 2


@dataclass(frozen=True)
class Told:
    """What the sender of a document says apart from it."""

    unit: Issuer
    date_name: str
    #: What stands where the document itself says nothing.
    publication: PublicationDraft
    contact: ContactDraft
    #: What was filled in apart from it and is not taken over, because the document says it itself.
    unused: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """A draft, ready to be written; ``unit`` is the text of a ``unit.yml`` where the unit is new."""

    draft: Draft
    issuer: Issuer
    date_name: str
    notice: str
    unit: str | None
    #: What ``check`` would say of the draft, standing at its address.
    problems: tuple[Problem, ...]

    @property
    def path(self) -> PurePosixPath:
        """Where it belongs in a folder of notices."""
        return PurePosixPath(self.issuer.slug, f"{self.date_name}.yml")

    @property
    def files(self) -> dict[PurePosixPath, str]:
        """The text of each file, by its path in a folder of notices."""
        return {self.path: self.notice} | ({self.path.with_name(UNIT_FILE): self.unit} if self.unit else {})

    @cached_property
    def account(self) -> Account:
        """Where every character of the document went."""
        return account(self.draft)

    @property
    def doubts(self) -> int:
        """How many places a person must look at."""
        return self.notice.count(DOUBT)


def import_read(
    name: str, document: Document, board: Board, entered: PartialDate, told: Told | None = None
) -> Imported:
    """Make a draft of a document. Raises ``Unreadable`` where it must not be taken in.

    ``entered`` is the day of entry: the caller has the clock. Where the sender told something else than the document
    says, the draft asks to look. Same document, same known units, same day and same told, same bytes.
    """
    draft = draft_of(document)
    # It stands in comments of the draft: on one line, in characters that a file can hold.
    draft.made = f"由“{' '.join(NEVER_IN_VALUE.sub('□', name).split())}”转换"
    _must_be_taken_in(draft)
    whose = issuer(draft, board)
    dated = date_name(draft)
    if told is not None:
        _take_over(draft, told, whose)
        whose, dated = told.unit, Leaf(told.date_name)
    notice = notice_text(draft, _heading(draft, whose, dated), entered)
    _proves(draft, notice)
    return standing(draft, notice, whose, dated.value, board)


def notice_text(draft: Draft, heading: Iterable[str], entered: PartialDate) -> str:
    """The file of a draft, below these remarks, with its day of entry."""
    draft.record.entered = Leaf(entered.iso)
    return text_of(draft.lines, draft.record, [editor_line("notice"), *heading], rest_of(draft, account(draft)))


def standing(draft: Draft, notice: str, whose: Issuer, date: str, board: Board) -> Imported:
    """A draft at its address among the known units."""
    address = _free_name(board, whose.slug, date)
    told = [editor_line("unit"), f"{draft.made}的单位草稿。标有“请核对”的地方看过、改好以后，删去那一行。"]
    unit = None if whose.is_known else text_of(draft.lines, unit_record(whose.name, draft.record.contact), told)
    problems = tuple(_problems_of(whose.slug, address, notice, unit, board))
    return Imported(draft, whose, address, notice, unit, problems)


def _must_be_taken_in(draft: Draft) -> None:
    """Stop at numbers that must not leave the house, and at texts of another kind."""
    lines = draft.lines
    text = lines.text
    # In the whole text: a number may go on in the next line.
    for start, what in sensitive_numbers(text):
        raise Unreadable(f"{lines.place(start)}有一个{what}：请先在原文件里整个删去（不要用星号遮盖），再转换")
    about = len(re.findall("整改", text)) >= _LEAST and GENRE.search(text)
    record = draft.record
    if not about or not (record.sections or record.issues or record.suggestions or record.stated):
        raise Unreadable(
            "这不像整改情况的通报（没有找到问题、方面或整改总数）：看看是不是拿错了文件；扫描得来的文字请先校对"
        )


def _take_over(draft: Draft, told: Told, found: Issuer) -> None:
    """What the sender told; what the document says otherwise, and the unit that it seems to be of, is asked about."""
    if found.name and found.slug != told.unit.slug:
        draft.remarks.append(_to_check(f"另外填写的单位是“{told.unit.name}”，原文像是“{found.name}”的"))
    record = draft.record
    for key, here, there in (*record.publication.complete(told.publication), *record.contact.complete(told.contact)):
        for _, leaf in leaves(there):
            if leaf.value not in [said.value for _, said in leaves(here)]:
                draft.remarks.append(_to_check(f"另外填写的“{key.name}”是 {leaf.value}，与原文不同"))
    draft.remarks += [
        _to_check(f"另外填写的“{label}”没有用，草稿按原文写；对一对两处是否一样") for label in told.unused
    ]


def _to_check(what: str) -> str:
    """A line at the head of a draft that asks to look; the sign of a comment is put before it with the others."""
    return f"{DOUBT.removeprefix('# ')}{what}"


def _heading(draft: Draft, whose: Issuer, dated: Leaf) -> Iterator[str]:
    yield f"{draft.made}的草稿。标有“请核对”的地方对着原文看过、改好以后，删去那一行；全部删完，就可以提交。"
    yield from draft.remarks
    new = f"单位“{whose.name}”还不在本站，文件夹名 {whose.slug} 是按拼音拟的，定了就不再改"
    for what in ("" if whose.is_known else new, whose.why, dated.doubt):
        if what:
            yield _to_check(what)


def _free_name(board: Board, slug: str, name: str) -> str:
    """2023-12, or 2023-12_2 where the unit has one of this date already."""
    folder = board.unit(slug)
    taken = {filed.date_name for filed in folder.every_notice} if folder else set()
    return next_name(name, taken.__contains__)


def _proves(draft: Draft, notice: str) -> None:
    """The file, read again, holds every value of the draft at its place; raises ``Unproven`` where it does not.

    Raises ``Unreadable`` where it would be larger than a record can be.
    """
    try:
        check_size(notice.encode("utf-8"))
    except ContentError as error:
        raise Unreadable(_TOO_LARGE) from error
    value, _, problems = parse(Path("draft.yml"), notice, frozenset())
    if any(problem.code == "too-large" for problem in problems):
        raise Unreadable(_TOO_LARGE)
    if problems:
        raise Unproven(str(problems[0]))
    for path, leaf in leaves(draft.record):
        if _at(value, path) != leaf.value:
            raise Unproven("/".join(map(str, path)))


def _at(value: object, path: KeyPath) -> object:
    for step in path:
        value = value[step]  # type: ignore[index]
    return value


def _problems_of(slug: str, name: str, notice: str, unit: str | None, board: Board) -> Iterator[Problem]:
    """What reading and the rules say of the draft as if it stood among the known units."""
    file = Path(slug, f"{name}.yml")
    reading = read_bytes(file, notice.encode("utf-8"), Notice)
    yield from reading.problems
    if unit is not None:
        yield from read_bytes(Path(slug, UNIT_FILE), unit.encode("utf-8"), Unit).problems
    own = board.unit(slug)
    # The rules look at a notice in a unit; any will do where its own is not complete yet, but that it is another.
    host = own or next(iter(board.units), None)
    if reading.record is None or host is None:
        return
    others = [*own.notices, *own.retired] if own else []
    filed = NoticeFile(slug, name, file, reading.record, reading.marks)
    beside = unit_folder(host.slug, host.file, host.unit, host.marks, [*others, filed])
    for problem in review(Board((beside,))).problems:
        if problem.file == file and (own or problem.code != OTHER_UNIT.code):
            yield problem


def explain(draft: Draft) -> Iterator[str]:
    """One line a value: where it stands in the record, what it is, and the words that it rests on."""
    for path, leaf in leaves(draft.record):
        where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        if not leaf.words:
            yield f"{where}: {leaf.value}　← 由程序拟写"
            continue
        words = "……".join(" ".join(draft.lines.text[slice(*span)].split()) for span in leaf.words)
        meaning = "" if leaf.kind is Kind.COPIED else f"“{words}”"
        yield f"{where}: {leaf.value}　← {draft.lines.place(leaf.words[0][0])}{meaning}"
    for kind, (start, end) in sorted(draft.formulas, key=lambda formula: formula[1]):
        said = " ".join(draft.lines.text[start:end].split())
        if said:
            yield f"套语（{kind}）: {said}　← {draft.lines.place(start)}"
