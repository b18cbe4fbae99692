"""Tables of the ledger kind (整改台账) → issues, whatever the heads are called and however they are ordered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from noticeboard.intake.documents.document import Cell
from noticeboard.intake.drafting import statuses
from noticeboard.intake.drafting.bodies import Body, body, day_of, listed_measures
from noticeboard.intake.drafting.draft import Draft, Leaf, Tree, copied, without_blanks
from noticeboard.intake.drafting.gather import Gathered
from noticeboard.intake.drafting.headings import name_of, name_text, number_of
from noticeboard.intake.drafting.lines import Line, Lines, Span
from noticeboard.intake.drafting.patterns.bodies import LEDGER_HEADS

#: A row is the head of a ledger where this many cells say so.
_LEAST_HEADS = 2
_ORDER = ("标识", "编号", "标题", "原题", "状态", "责任", "时限", "销号日期", "措施", "进展", "成效", "子问题")


@dataclass
class _Entry:
    """One issue of a ledger: the cells under each head, in order."""

    cells: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    section: Line | None = None

    def take(self, row: dict[str, Line]) -> None:
        """The cells of one more row."""
        for kind, line in row.items():
            self.cells[kind].append(line)


def ledger(draft: Draft, found: Gathered) -> None:
    """Add the issues of all tables to what was found in the text; one that is there already is completed."""
    tables: dict[int, list[Line]] = defaultdict(list)
    for line in draft.lines.lines:
        if line.cell is not None and not line.aside:
            tables[line.cell.table].append(line)
    for table in tables.values():
        for entry in _entries(draft, table):
            _add(draft, found, entry)


def _entries(draft: Draft, table: Sequence[Line]) -> list[_Entry]:
    """The issues of a table; none where it is no ledger."""
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in table:
        rows[_cell(line).row].append(line)
    head, columns = _head(draft.lines, rows)
    if "issue" not in columns.values():
        return []
    draft.formulas += [("表头", (line.start, line.end)) for line in rows[head]]
    width = max(_cell(line).column + _cell(line).columns for line in table)
    repeated = [draft.lines.of(line).strip() for line in rows[head]]
    section: Line | None = None
    entries: list[_Entry] = []
    for row in sorted(rows):
        cells = rows[row]
        if row <= head:
            continue
        if [draft.lines.of(line).strip() for line in cells] == repeated:
            draft.formulas += [("表头", (line.start, line.end)) for line in cells]  # on the next page
        elif len(cells) == 1 and _spans_table(_cell(cells[0]), width, columns):
            section = cells[0]
        else:
            kinds = {kind: line for line in cells if (kind := columns.get(_cell(line).column))}
            section = kinds.get("section", section)
            if "issue" in kinds:
                entries.append(_Entry(section=section))
            if entries:
                entries[-1].take(kinds)
    return entries


def _spans_table(cell: Cell, width: int, columns: dict[int, str]) -> bool:
    """A row of one cell is the heading of those below it."""
    return cell.columns >= width - 1 or cell.column not in columns


def _cell(line: Line) -> Cell:
    assert line.cell is not None
    return line.cell


def _head(lines: Lines, rows: dict[int, list[Line]]) -> tuple[int, dict[int, str]]:
    """The row of heads, and what stands in each column by its words."""
    for row in sorted(rows):
        columns: dict[int, str] = {}
        for line in rows[row]:
            text = re.sub(r"\s|[（(][^（）()]*[）)]", "", lines.of(line))
            kind = next((kind for kind, regex in LEDGER_HEADS if regex.fullmatch(text)), None)
            if kind and (kind not in ("issue", "section") or kind not in columns.values()):
                columns[_cell(line).column] = kind
        if len(columns) >= _LEAST_HEADS:
            return row, columns
    return -1, {}


def _add(draft: Draft, found: Gathered, entry: _Entry) -> None:
    lines = draft.lines
    issue_cell = entry.cells["issue"][0]
    number = number_of(lines, issue_cell.start, issue_cell.end)
    begin = number.whole[1] if number else issue_cell.start
    name = name_of(lines, begin, issue_cell.end)
    title = copied(lines, *name.pieces) if name else copied(lines, (begin, issue_cell.end))
    if title is None:
        return
    rest: list[Span] = []
    if name:
        title = Leaf(name_text(lines, name), title.words, title.kind)
        draft.formulas += [("标题的套语", span) for span in name.formula]
        rest = [span for span in (lines.trimmed(*name.rest),) if span[1] > span[0]]
    if number:
        draft.formulas.append(("编号", number.whole))
    fields = _fields(draft, entry, rest)
    present = next((issue for issue in found.leaves() if _same(issue, title)), None)
    if present is not None:
        again = [*entry.cells["issue"], *entry.cells.get("number", [])]
        draft.formulas += [("与正文重复", (line.start, line.end)) for line in again]
        present.update({key: value for key, value in fields.items() if key not in present and value is not None})
        _in_order(present)
        return
    printed = entry.cells.get("number")
    numbered = (
        copied(lines, number.printed)
        if number
        else copied(lines, (printed[0].start, printed[0].end))
        if printed
        else None
    )
    holder, anchor = _holder(draft, found, entry)
    issue = without_blanks({"标识": Leaf(anchor), "编号": numbered, "标题": title, **fields})
    _in_order(issue)
    holder.append(issue)


def _same(issue: dict[str, Tree], title: Leaf) -> bool:
    there = issue["标题"]
    return isinstance(there, Leaf) and "".join(there.value.split()) == "".join(title.value.split())


def _in_order(issue: dict[str, Tree]) -> None:
    ordered = {key: issue[key] for key in _ORDER if key in issue}
    issue.clear()
    issue.update(ordered)


def _fields(draft: Draft, entry: _Entry, rest: Sequence[Span]) -> dict[str, Tree | None]:
    lines = draft.lines
    read = Body()
    spans = {kind: [span for line in cells for span in _paragraphs(lines, line)] for kind, cells in entry.cells.items()}
    told = body(draft, [*rest, *spans.get("progress", [])])
    read.measures = [*listed_measures(draft, spans.get("measures", [])), *told.measures]
    read.progress, read.result, read.status = told.progress, [*told.result, *spans.get("result", [])], told.status
    read.responsible = [*told.responsible, *spans.get("responsible", [])]
    read.deadline = [*told.deadline, *spans.get("deadline", [])]
    read.closed = day_of(lines, spans.get("closed", [])) or told.closed
    if not read.status and spans.get("progress"):
        alone = statuses.alone(lines, spans["progress"])
        if alone:
            read.status, read.progress = alone, []
    said = statuses.alone(lines, spans["status"]) if spans.get("status") else None
    read.status = said or read.status
    return read.fields(lines)


def _paragraphs(lines: Lines, line: Line) -> Iterator[Span]:
    start = line.start
    for piece in lines.of(line).split("\n"):
        if piece.strip():
            yield lines.trimmed(start, start + len(piece))
        start += len(piece) + 1


def _holder(draft: Draft, found: Gathered, entry: _Entry) -> tuple[list[Tree], str]:
    """The list that an issue joins, and its anchor: under its 方面, where the table has them."""
    if entry.section is None:
        issues: list[Tree] = found.issues  # type: ignore[assignment]
        return issues, f"i-{len(issues) + 1}"
    lines = draft.lines
    number = number_of(lines, entry.section.start, entry.section.end)
    name = name_of(lines, number.whole[1] if number else entry.section.start, entry.section.end)
    title = copied(lines, *name.pieces) if name else copied(lines, (entry.section.start, entry.section.end))
    assert title is not None
    for nth, section in enumerate(found.sections, 1):
        if _same(section, title):
            inner = section.setdefault("问题", [])
            assert isinstance(inner, list)
            return inner, f"i-{nth}-{len(inner) + 1}"
    draft.formulas += [("标题的套语", span) for span in name.formula] if name else []
    nth = len(found.sections) + 1
    inner = []
    section = without_blanks(
        {"标识": Leaf(f"f-{nth}"), "编号": copied(lines, number.printed) if number else None, "标题": title}
    )
    section["问题"] = inner
    found.sections.append(section)
    return inner, f"i-{nth}-1"
