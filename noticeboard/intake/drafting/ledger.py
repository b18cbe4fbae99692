"""Tables of the ledger kind (整改台账) → issues, whatever the heads are called and however they are ordered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from noticeboard.intake.documents.document import Cell
from noticeboard.intake.drafting import statuses
from noticeboard.intake.drafting.bodies import Body, body, day_of, listed_measures
from noticeboard.intake.drafting.draft import Draft, HeadingDraft, IssueDraft, SectionDraft
from noticeboard.intake.drafting.gather import Gathered
from noticeboard.intake.drafting.headings import Name, Number, name_of, number_of, title_of
from noticeboard.intake.drafting.leaf import Leaf, copied, quoted
from noticeboard.intake.drafting.lines import Line, Lines, Span
from noticeboard.intake.drafting.patterns.bodies import LEDGER_HEADS

#: A row is the head of a ledger where this many cells say so.
_LEAST_HEADS = 2
#: A row of a table: what stands where.
_Row: TypeAlias = list[tuple[Cell, Line]]


@dataclass
class _Entry:
    """One issue of a ledger: the cells under each head, in order."""

    cells: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    section: Line | None = None


def ledger(draft: Draft, found: Gathered) -> None:
    """Add the issues of all tables to what was found in the text; one that is there already is completed."""
    tables: dict[int, dict[int, _Row]] = defaultdict(lambda: defaultdict(list))
    for line in draft.lines.lines:
        if line.cell is not None and not line.aside:
            tables[line.cell.table][line.cell.row].append((line.cell, line))
    for rows in tables.values():
        for entry in _entries(draft, rows):
            _add(draft, found, entry)


def _entries(draft: Draft, rows: Mapping[int, _Row]) -> list[_Entry]:
    """The issues of a table; none where it is no ledger."""
    head, columns = _head(draft.lines, rows)
    if "issue" not in columns.values():
        return []
    width = max(cell.column + cell.columns for row in rows.values() for cell, _ in row)
    repeated = _texts(draft.lines, rows[head])
    section: Line | None = None
    entries: list[_Entry] = []
    for at, row in sorted(rows.items()):
        cell, line = row[0]
        if at >= head and _texts(draft.lines, row) == repeated:
            # The head itself, and on the next page once more.
            draft.formulas += [("表头", (line.start, line.end)) for _, line in row]
        elif at < head:
            continue
        elif len(row) == 1 and (cell.columns >= width - 1 or cell.column not in columns):
            # A row of one cell is the heading of those below it.
            section = line
        else:
            kinds = {kind: line for cell, line in row if (kind := columns.get(cell.column))}
            section = kinds.get("section", section)
            if "issue" in kinds:
                entries.append(_Entry(section=section))
            for kind, line in kinds.items() if entries else ():
                entries[-1].cells[kind].append(line)
    return entries


def _texts(lines: Lines, row: _Row) -> list[str]:
    return [lines.of(line).strip() for _, line in row]


def _head(lines: Lines, rows: Mapping[int, _Row]) -> tuple[int, dict[int, str]]:
    """The row of heads, and what stands in each column by its words."""
    for at, row in sorted(rows.items()):
        columns: dict[int, str] = {}
        for cell, line in row:
            text = re.sub(r"\s|[（(][^（）()]*[）)]", "", lines.of(line))
            kind = next((kind for kind, regex in LEDGER_HEADS if regex.fullmatch(text)), None)
            if kind and (kind not in ("issue", "section") or kind not in columns.values()):
                columns[cell.column] = kind
        if len(columns) >= _LEAST_HEADS:
            return at, columns
    return -1, {}


def _named(lines: Lines, line: Line) -> tuple[Number | None, Name | None, Leaf | None]:
    """The number and the name in a cell, and the title that they come to."""
    number = number_of(lines, line.start, line.end)
    begin = number.whole[1] if number else line.start
    name = name_of(lines, begin, line.end)
    return number, name, copied(lines, *name.pieces) if name else copied(lines, (begin, line.end))


def _add(draft: Draft, found: Gathered, entry: _Entry) -> None:
    lines = draft.lines
    number, name, title = _named(lines, entry.cells["issue"][0])
    if title is None:
        return
    rest: list[Span] = []
    if name:
        title = title_of(lines, name)
        draft.formulas += [("标题的套语", span) for span in name.formula]
        rest = [span for span in (lines.trimmed(*name.rest),) if span[1] > span[0]]
    if number:
        draft.formulas.append(("编号", number.whole))
    issue = IssueDraft(id=Leaf(""), title=title)
    _read(draft, entry, rest).fill(lines, issue)
    present = next((present for present in found.leaves() if _is_same(present, title)), None)
    if present is not None:
        again = [*entry.cells["issue"], *entry.cells.get("number", [])]
        draft.formulas += [("与正文重复", (line.start, line.end)) for line in again]
        present.complete(issue)
        return
    printed = [number.printed] if number else [(line.start, line.end) for line in entry.cells.get("number", [])[:1]]
    issue.number = copied(lines, *printed)
    holder, anchor = _holder(draft, found, entry.section)
    issue.id = Leaf(f"{anchor}-{len(holder) + 1}")
    holder.append(issue)


def _is_same(heading: HeadingDraft, title: Leaf) -> bool:
    return "".join(heading.title.value.split()) == "".join(title.value.split())


def _read(draft: Draft, entry: _Entry, rest: Sequence[Span]) -> Body:
    lines = draft.lines
    spans: dict[str, list[Span]] = defaultdict(list)
    for kind, cells in entry.cells.items():
        spans[kind] = [span for line in cells for span in _paragraphs(lines, line)]
    read = body(draft, [*rest, *spans["progress"]])
    read.measures = [*listed_measures(draft, spans["measures"]), *read.measures]
    read.result += spans["result"]
    read.responsible += spans["responsible"]
    read.deadline += spans["deadline"]
    read.closed = day_of(lines, spans["closed"]) or read.closed
    if not read.status and (alone := statuses.alone(lines, spans["progress"])):
        read.status, read.progress = alone, []
    read.status = statuses.alone(lines, spans["status"]) or read.status
    return read


def _paragraphs(lines: Lines, line: Line) -> Iterator[Span]:
    start = line.start
    for piece in lines.of(line).split("\n"):
        if piece.strip():
            yield lines.trimmed(start, start + len(piece))
        start += len(piece) + 1


def _holder(draft: Draft, found: Gathered, section: Line | None) -> tuple[list[IssueDraft], str]:
    """The list that an issue joins, under its 方面 where the table has them, and how the anchors in it begin."""
    if section is None:
        return found.issues, "i"
    lines = draft.lines
    number, name, title = _named(lines, section)
    title = title or quoted(lines, (section.start, section.end))
    for nth, present in enumerate(found.sections, 1):
        if _is_same(present, title):
            return present.issues, f"i-{nth}"
    draft.formulas += [("标题的套语", span) for span in name.formula] if name else []
    nth = len(found.sections) + 1
    printed = copied(lines, number.printed) if number else None
    found.sections.append(SectionDraft(id=Leaf(f"f-{nth}"), number=printed, title=title))
    return found.sections[-1].issues, f"i-{nth}"
