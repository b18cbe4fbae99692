"""A draft → the text of its file: plain YAML, what is doubtful marked, what is left over at the end as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from noticeboard.intake.drafting.account import Account
from noticeboard.intake.drafting.draft import Draft, Entry, StatedDraft, StatusDraft, Value, leaves
from noticeboard.intake.drafting.leaf import Leaf
from noticeboard.intake.drafting.lines import Lines
from noticeboard.reading.write import scalar

#: What begins a comment that a person has to look into; ``check`` reminds of each that is still there.
DOUBT = "# 请核对："
_LONGEST_QUOTE = 60


def text_of(lines: Lines, record: Entry, heading: Iterable[str], rest: Iterable[str] = ()) -> str:
    """The file: remarks, the record, the lines of ``rest``."""
    return "\n".join([*(f"# {line}" for line in heading), *_entry(lines, record, "", ""), *rest]) + "\n"


def rest_of(draft: Draft, accounted: Account) -> Iterator[str]:
    """What stands behind the record: passages that are left over, names of persons."""
    lines = draft.lines
    if accounted.passages:
        counted = f"{len(accounted.passages)} 处（{accounted.left} 字）"
        yield ""
        yield f"{DOUBT}原文里有 {counted}没有归入栏目，有用的请移到上面，其余删去："
    for start, end in accounted.passages:
        beside = lines.at(start).aside
        where = f"{lines.place(start)}，{beside}" if beside else lines.place(start)
        yield f"#   {where}：{' '.join(lines.text[start:end].split())}"
    if draft.persons:
        yield ""
        yield f"{DOUBT}原文里有 {len(draft.persons)} 个人名，记录里只写职务，请逐个改写："
        yield from (f"#   {name}（{lines.place(at)}）" for name, at in draft.persons)


def _entry(lines: Lines, entry: Entry, indent: str, dash: str) -> Iterator[str]:
    """The lines of an entry; ``dash`` stands before its first key where it is an item of a list."""
    for key, value in entry.items():
        doubts = _doubts(lines, value) if _is_told_above(value) else ()
        # A comment cannot stand between the dash and its first key.
        yield from (f"{indent}{comment}" for comment in doubts)
        here, indent, dash = f"{indent}{dash}{key.name}:", indent + " " * len(dash), ""
        if isinstance(value, Leaf):
            # A key without a value is what a person has to fill in.
            yield f"{here} {scalar(value.value, typed=key.is_typed)}" if value.value else here
        elif isinstance(value, Entry) and value.is_short:
            yield f"{here} {_short(value)}"
        elif isinstance(value, Entry):
            yield here
            yield from _entry(lines, value, f"{indent}  ", "")
        else:
            yield here
            for item in value:
                yield from _item(lines, item, f"{indent}  ")


def _is_told_above(value: Value) -> bool:
    if isinstance(value, list):
        return isinstance(value[0], StatedDraft)
    return isinstance(value, Leaf | StatusDraft)


def _item(lines: Lines, item: Leaf | Entry, indent: str) -> Iterator[str]:
    if isinstance(item, Entry) and not item.is_short:
        yield from _entry(lines, item, indent, "- ")
        return
    yield from (f"{indent}{comment}" for comment in _doubts(lines, item))
    yield f"{indent}- {_short(item) if isinstance(item, Entry) else scalar(item.value)}"


def _short(entry: Entry) -> str:
    """An entry on one line."""
    parts = [
        f"{key.name}: {scalar(value.value, typed=key.is_typed, flow=True)}"
        for key, value in entry.items()
        if isinstance(value, Leaf)
    ]
    return "{" + ", ".join(parts) + "}"


def _doubts(lines: Lines, value: Value) -> Iterator[str]:
    """The comments for the doubtful values of a line, each with the words that it rests on."""
    for _, leaf in leaves(value):
        if leaf.doubt:
            words = "……".join(lines.text[slice(*span)] for span in leaf.words).replace("\n", " ")
            if len(words) > _LONGEST_QUOTE:
                words = words[:_LONGEST_QUOTE] + "……"
            told = f"（原文“{words}”，{lines.place(leaf.words[0][0])}）" if leaf.words else ""
            yield f"{DOUBT}{leaf.doubt}{told}"
