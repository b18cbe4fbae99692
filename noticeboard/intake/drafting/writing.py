"""A draft → the text of its file: plain YAML, what is doubtful marked, what is left over at the end as comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from noticeboard.intake.drafting.account import Account
from noticeboard.intake.drafting.draft import Draft, Entry, leaves
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
        here = f"{dash}{key.name}:"
        if isinstance(value, Leaf) or (isinstance(value, Entry) and value.is_short):
            yield from _line(lines, value, indent, here, typed=key.is_typed)
        else:
            yield indent + here
        indent, dash = indent + " " * len(dash), ""
        if isinstance(value, Entry) and not value.is_short:
            yield from _entry(lines, value, f"{indent}  ", "")
        for item in value if isinstance(value, Sequence) else ():
            if isinstance(item, Entry) and not item.is_short:
                yield from _entry(lines, item, f"{indent}  ", "- ")
            else:
                yield from _line(lines, item, f"{indent}  ", "-")


def _line(lines: Lines, value: Leaf | Entry, indent: str, here: str, *, typed: bool = False) -> Iterator[str]:
    """A value behind its key or dash, below the comments for what is doubtful in it, with the words it rests on."""
    for _, leaf in leaves(value):
        if leaf.doubt:
            words = "……".join(lines.text[slice(*span)] for span in leaf.words).replace("\n", " ")
            if len(words) > _LONGEST_QUOTE:
                words = words[:_LONGEST_QUOTE] + "……"
            told = f"（原文“{words}”，{lines.place(leaf.words[0][0])}）" if leaf.words else ""
            yield f"{indent}{DOUBT}{leaf.doubt}{told}"
    if isinstance(value, Leaf):
        # A key without a value is what a person has to fill in.
        yield f"{indent}{here} {scalar(value.value, typed=typed)}" if value.value else indent + here
    else:
        parts = [
            f"{key.name}: {scalar(leaf.value, typed=key.is_typed, flow=True)}"
            for key, leaf in value.items()
            if isinstance(leaf, Leaf)
        ]
        yield f"{indent}{here} {{{', '.join(parts)}}}"
