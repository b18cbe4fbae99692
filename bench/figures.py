"""Measurements of builds as Markdown: a section for each number of notices, ratios beside the released program.

What was measured is kept as JSON, so that a later run of one number leaves the sections of the others as they are::

    {"1000": {"told": ["with what"], "runs": {"ours-cold-1": [[13.9, 6.5, 105308160, 704, 6979535, 0, "done"]]}}}

A run is the fields of ``Run`` in their order.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple
from typing import Any, NamedTuple

from bench.measured import End, Run

#: All runs of one number of notices, by their rows.
Runs = Mapping[str, Sequence[Run]]


class Row(NamedTuple):
    """What a row is called, and the row that its ratios are to."""

    words: str
    beside: str = ""


ROWS = {
    "ours-cold-1": Row("**ours**, first build, `--jobs 1`", "released-cold"),
    "ours-cold-2": Row("**ours**, first build, `--jobs 2`", "released-cold"),
    "ours-changed": Row("**ours**, the title of one notice changed", "released-changed"),
    "ours-unchanged": Row("**ours**, nothing changed", "released-changed"),
    "released-cold": Row("released, first build", "released-cold"),
    "released-changed": Row("released, the title of one notice changed", "released-changed"),
    "ours-check": Row("**ours**, `check`, first", "released-check"),
    "ours-check-changed": Row("**ours**, `check`, the title of one notice changed", "released-check"),
    "released-check": Row("released, `check`", "released-check"),
    "ours-pages": Row("**ours**, `pages`, which makes the Markdown that the others start from"),
    "mkdocs": Row("Material for MkDocs, no search", "released-cold"),
    "mkdocs-search": Row("Material for MkDocs, its own search", "released-cold"),
    "zensical": Row("Zensical, no search, first build", "released-cold"),
    "zensical-changed": Row("Zensical, the title of one page changed", "released-changed"),
    "zensical-unchanged": Row("Zensical, nothing changed", "released-changed"),
    "hugo": Row("Hugo, one layout", "released-cold"),
}
_HEAD = """\
| | seconds | × | s of processor | × | peak, MB | files written | MB written | MB kept |
| :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""
_MEGABYTE = 1_000_000
#: Ratios are told to this.
_TINY = 0.001
#: So many notices nobody waits for; from fewer than the second number nothing is drawn on so far.
_ON_PAPER, _ENOUGH = 100_000, 1_000
_TOLD = """\
Not measured: the straight line through the medians of {} and {} notices, drawn on. What grows faster than the notices
do costs more than that, and what is then too large for the memory of the machine is not said.
"""


def sections(kept: Mapping[str, Any]) -> str:
    """All sections, from the least number of notices to what is only on paper."""
    measured = {int(count): runs_of(one) for count, one in kept.items()}
    parts = []
    for count, runs in sorted(measured.items()):
        parts += [f"## {count:,} notices\n", "\n".join(kept[str(count)]["told"]) + "\n", table(runs)]
    return "\n".join([*parts, *_on_paper(measured)])


def runs_of(kept: Mapping[str, Any]) -> dict[str, list[Run]]:
    """What is kept of one number of notices."""
    return {key: [_run(run) for run in runs] for key, runs in kept["runs"].items()}


def as_kept(told: Sequence[str], runs: Runs) -> dict[str, Any]:
    """What is kept of one number of notices, the other way round."""
    return {"told": list(told), "runs": {key: [_plain(run) for run in some] for key, some in runs.items()}}


def _run(parts: Sequence[Any]) -> Run:
    seconds, processor, memory, files, size, kept, end = parts
    return Run(seconds, processor, memory, files, size, kept, End(end))


def _plain(run: Run) -> list[float | str]:
    return [round(part, 3) if isinstance(part, float) else part for part in astuple(run)]


def text_of(kept: Mapping[str, Any]) -> str:
    """What is kept as the text of a file: a line for each row of runs."""
    parts = []
    for count, one in sorted(kept.items(), key=lambda item: int(item[0])):
        rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(runs)}" for key, runs in one["runs"].items())
        told = json.dumps(one["told"], ensure_ascii=False)
        parts.append(f'{json.dumps(count)}: {{"told": {told}, "runs": {{\n{rows}\n}}}}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def table(runs: Runs) -> str:
    """The table of one number of notices: least / median / most; ratios are of medians."""
    return _HEAD + "".join(f"{line}\n" for line in _lines(runs))


def _lines(runs: Runs) -> Iterator[str]:
    for key, row in ROWS.items():
        if key not in runs:
            continue
        done = [run for run in runs[key] if run.end is End.DONE]
        if not done:
            run = runs[key][0]
            told = f"> {run.seconds:,.0f}, cut off" if run.end is End.CUT else "failed"
            yield f"| {row.words} | {told} | | | | | | | |"
            continue
        beside = [run for run in runs.get(row.beside, ()) if run.end is End.DONE]
        cells = [
            _spread([run.seconds for run in done]), _ratio(done, beside, lambda run: run.seconds),
            _spread([run.processor for run in done]), _ratio(done, beside, lambda run: run.processor),
            _spread([run.memory / _MEGABYTE for run in done]),
        ]  # fmt: skip
        files = _median(done, lambda run: run.files)
        sizes = [_median(done, of) / _MEGABYTE for of in (lambda run: run.size, lambda run: run.kept)]
        cells += [f"{files:,.0f}" if files else "", *(figure(size) if size else "" for size in sizes)]
        yield f"| {row.words} | {' | '.join(cells)} |"


def _spread(figures: Sequence[float]) -> str:
    least_median_most = (min(figures), statistics.median(figures), max(figures))
    return " / ".join(map(figure, least_median_most)) if len(figures) > 1 else figure(figures[0])


def figure(number: float) -> str:
    """Three digits, or the whole number."""
    for least, digits in ((100, 0), (10, 1)):
        if number >= least:
            return f"{number:,.{digits}f}"
    return f"{number:.2f}"


def _ratio(runs: Sequence[Run], beside: Sequence[Run], of: Callable[[Run], float]) -> str:
    if not beside or not _median(beside, of):
        return ""
    ratio = _median(runs, of) / _median(beside, of)
    if ratio < _TINY:
        return f"< {_TINY}"
    return f"{ratio:.2f}" if ratio >= 100 * _TINY else f"{ratio:.3f}"


def _median(runs: Sequence[Run], of: Callable[[Run], float]) -> float:
    return statistics.median(map(of, runs))


def _on_paper(measured: Mapping[int, Runs]) -> Iterator[str]:
    """What so many notices would cost that nobody waited for."""
    two = sorted(measured)[-2:]
    if not two[1:] or two[-1] < _ENOUGH:
        return
    less, more = two
    drawn = {}
    for key in ROWS:
        pair = [[run for run in measured[count].get(key, ()) if run.end is End.DONE] for count in two]
        if all(pair):
            drawn[key] = [_drawn_on(two, pair)]
    yield f"## {_ON_PAPER:,} notices, on paper\n"
    yield _TOLD.format(f"{less:,}", f"{more:,}")
    yield table(drawn)


def _drawn_on(counts: Sequence[int], pair: Sequence[Sequence[Run]]) -> Run:
    def drawn(of: Callable[[Run], float]) -> float:
        less, more = (_median(runs, of) for runs in pair)
        # Where noise says that more notices cost less, they cost as much.
        return more + max(0, more - less) * (_ON_PAPER - counts[1]) / (counts[1] - counts[0])

    return Run(
        drawn(lambda run: run.seconds), drawn(lambda run: run.processor), round(drawn(lambda run: run.memory)),
        round(drawn(lambda run: run.files)), round(drawn(lambda run: run.size)), round(drawn(lambda run: run.kept)),
    )  # fmt: skip
