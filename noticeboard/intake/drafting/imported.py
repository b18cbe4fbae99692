"""The whole way of one document: read, drafted, accounted for, written, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from noticeboard.board.board import Board, NoticeFile, next_name, unit_folder
from noticeboard.intake.documents import read_document
from noticeboard.intake.documents.document import Document, Unreadable
from noticeboard.intake.drafting.account import Account, Unproven, account
from noticeboard.intake.drafting.assemble import draft_of
from noticeboard.intake.drafting.draft import Draft, Kind, Leaf, Tree, leaves
from noticeboard.intake.drafting.issuer import Issuer, date_name, issuer, unit_record
from noticeboard.intake.drafting.patterns.people import GENRE
from noticeboard.intake.drafting.writing import DOUBT, text_of
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
    #: {key: {key below: value}}: stands where the document itself says nothing.
    beside: Mapping[str, Mapping[str, str]]
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
    account: Account
    #: What ``check`` would say of the draft, standing at its address.
    problems: tuple[Problem, ...]

    @property
    def path(self) -> PurePosixPath:
        """Where it belongs in a folder of notices."""
        return PurePosixPath(self.issuer.slug, f"{self.date_name}.yml")

    @property
    def doubts(self) -> int:
        """How many places a person must look at."""
        return self.notice.count(DOUBT)


def import_document(
    name: str, content: bytes, board: Board, entered: PartialDate, told: Told | None = None
) -> Imported:
    """Make a draft of the bytes of a document. Raises ``Unreadable`` where it cannot or must not be taken in."""
    return import_read(name, read_document(name, content), board, entered, told)


def import_read(
    name: str, document: Document, board: Board, entered: PartialDate, told: Told | None = None
) -> Imported:
    """The same of a document that was read, apart from this process for instance.

    ``entered`` is the day of entry: the caller has the clock. Where the sender told something else than the document
    says, the draft asks to look. Same document, same known units, same day and same told, same bytes.
    """
    draft = draft_of(document)
    # It stands in comments of the draft: on one line, in characters that a file can hold.
    name = " ".join(NEVER_IN_VALUE.sub("□", name).split())
    _must_be_taken_in(draft)
    whose = issuer(draft, board)
    if told is not None:
        whose = _whose(draft, told.unit, whose)
        for key, values in told.beside.items():
            _add_told(draft, key, values)
        draft.remarks += [
            _to_check(f"另外填写的“{label}”没有用，草稿按原文写；对一对两处是否一样") for label in told.unused
        ]
    draft.record = with_entry(draft.record, entered)
    accounted = account(draft)
    dated = date_name(draft) if told is None else Leaf(told.date_name)
    address = free_name(board, whose.slug, dated.value)
    heading = [editor_line("notice"), *_heading(name, draft, whose, dated)]
    notice = text_of(draft, draft.record, accounted, heading)
    _proves(draft, notice)
    unit = None
    if not whose.is_known:
        unit = unit_text(draft, whose.name, f"由“{name}”转换")
    problems = tuple(problems_of(whose.slug, address, notice, unit, board))
    return Imported(draft, whose, address, notice, unit, accounted, problems)


def with_entry(record: Mapping[str, Tree], entered: PartialDate) -> dict[str, Tree]:
    """The record of a draft with its day of entry where a blank file has it: behind 发布."""
    written: dict[str, Tree] = {}
    for key, value in record.items():
        written[key] = value
        if key == "发布":
            written["收录"] = Leaf(entered.iso)
    return {**written, "收录": Leaf(entered.iso)}


def unit_text(draft: Draft, unit: str, made: str) -> str:
    """The draft of a ``unit.yml`` for a new unit of this name; ``made`` says by what it came about."""
    told = [editor_line("unit"), f"{made}的单位草稿。标有“请核对”的地方看过、改好以后，删去那一行。"]
    return text_of(Draft(draft.lines), unit_record(draft, unit), Account(0, 0, 0, 0, ()), told)


def _must_be_taken_in(draft: Draft) -> None:
    """Stop at numbers that must not leave the house, and at texts of another kind."""
    lines = draft.lines
    text = lines.text
    # In the whole text: a number may go on in the next line.
    for start, what in sensitive_numbers(text):
        raise Unreadable(f"{lines.place(start)}有一个{what}：请先在原文件里整个删去（不要用星号遮盖），再转换")
    about = len(re.findall("整改", text)) >= _LEAST and GENRE.search(text)
    found = [draft.record.get(key) for key in ("方面", "问题", "意见建议", "通报所述")]
    if not about or not any(found):
        raise Unreadable(
            "这不像整改情况的通报（没有找到问题、方面或整改总数）：看看是不是拿错了文件；扫描得来的文字请先校对"
        )


def _whose(draft: Draft, told: Issuer, found: Issuer) -> Issuer:
    """The unit that the sender named; one that the document seems to be of is asked about."""
    if found.name and found.slug != told.slug:
        what = f"另外填写的单位是“{told.name}”，原文像是“{found.name}”的"
        draft.remarks.append(_to_check(what))
    return told


def _add_told(draft: Draft, key: str, told: Mapping[str, str]) -> None:
    known = draft.record.get(key)
    part: dict[str, Tree] = dict(known) if isinstance(known, dict) else {}
    for inner, value in told.items():
        there = part.get(inner)
        if there is None:
            part[inner] = Leaf(value)
        elif value not in [leaf.value for _, leaf in leaves(there)]:
            draft.remarks.append(_to_check(f"另外填写的“{inner}”是 {value}，与原文不同"))
    if part:
        draft.record[key] = part


def _to_check(what: str) -> str:
    """A line at the head of a draft that asks to look; the sign of a comment is put before it with the others."""
    return f"{DOUBT.removeprefix('# ')}{what}"


def _heading(name: str, draft: Draft, whose: Issuer, dated: Leaf) -> Iterator[str]:
    yield f"由“{name}”转换的草稿。标有“请核对”的地方对着原文看过、改好以后，删去那一行；全部删完，就可以提交。"
    yield from draft.remarks
    if not whose.is_known:
        told = f"单位“{whose.name}”还不在本站，文件夹名 {whose.slug} 是按拼音拟的，定了就不再改"
        yield _to_check(told)
    if whose.why:
        yield _to_check(whose.why)
    if dated.doubt:
        yield _to_check(dated.doubt)


def free_name(board: Board, slug: str, name: str) -> str:
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


def problems_of(slug: str, name: str, notice: str, unit: str | None, board: Board) -> Iterator[Problem]:
    """What reading and the rules say of the draft as if it stood among the known units."""
    file = Path(slug, f"{name}.yml")
    reading = read_bytes(file, notice.encode("utf-8"), Notice)
    yield from reading.problems
    known = board.unit(slug)
    if unit is not None:
        unit_reading = read_bytes(Path(slug, "unit.yml"), unit.encode("utf-8"), Unit)
        yield from unit_reading.problems
    if reading.record is None:
        return
    filed = NoticeFile(slug, name, file, reading.record, reading.marks)
    if known is not None:
        beside = unit_folder(known.slug, known.file, known.unit, known.marks, [*known.notices, *known.retired, filed])
        reviewed = review(Board((beside,)))
    else:
        example = next(iter(board.units), None)
        if example is None:
            return
        # The rules look at a notice in a unit; any will do where its own is not complete yet, but that it is another.
        reviewed = review(Board((unit_folder(example.slug, example.file, example.unit, example.marks, [filed]),)))
        reviewed = replace(reviewed, problems=tuple(one for one in reviewed.problems if one.code != OTHER_UNIT.code))
    yield from (problem for problem in reviewed.problems if problem.file == file)


def explain(draft: Draft) -> Iterator[str]:
    """One line a value: where it stands in the record, what it is, and the words that it rests on."""
    for path, leaf in leaves(draft.record):
        where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
        if not leaf.words:
            yield f"{where}: {leaf.value}　← 由程序拟写"
            continue
        words = "……".join(" ".join(draft.lines.text[slice(*span)].split()) for span in leaf.words)
        place = draft.lines.place(leaf.words[0][0])
        same = leaf.kind is Kind.COPIED
        yield f"{where}: {leaf.value}　← {place}" if same else f"{where}: {leaf.value}　← {place}“{words}”"
    for kind, (start, end) in sorted(draft.formulas, key=lambda one: one[1]):
        said = " ".join(draft.lines.text[start:end].split())
        if said:
            yield f"套语（{kind}）: {said}　← {draft.lines.place(start)}"
