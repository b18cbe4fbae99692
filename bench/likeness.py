"""Figures that tell whether made-up notices are like real ones: ``python -m bench.likeness PATH…``.

A PATH is a tree of notices or a text file that holds one notice. What a search index costs and finds hangs on how
many different pairs of characters there are and on how much notices repeat each other, so that is what is counted.
Pairs are of Chinese characters only; windows and matches are of all characters but blanks.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

import yaml

from bench import corpus

#: Characters in a sample: about as many as five real notices have together.
SAMPLE = 20_000
#: Notices compared with each other: five, as there are real ones, and enough to see what a portal repeats.
GROUPS = (5, 100)
#: How many of the commonest pairs are summed up.
COMMONEST = 100
#: What an edit to one of these keys would change on the page; codes, dates and names of offices are left out.
_TEXT_KEYS = ("标题", "概述", "措施", "进展", "成效", "内容")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class NoticeText:
    """The text of a notice, and of each of its issues that has no issues below it (none known of a text file)."""

    whole: str
    issues: tuple[str, ...] = ()


def of_mapping(notice: dict[str, Any]) -> NoticeText:
    """The text of a notice as it stands in its file."""
    issues: list[str] = []
    pieces = [*_texts({key: value for key, value in notice.items() if key != "发布"}, issues)]
    return NoticeText("\n".join(pieces), tuple(issues))


def _texts(holder: dict[str, Any], issues: list[str]) -> Iterator[str]:
    own: list[str] = []
    for key in _TEXT_KEYS:
        value = holder.get(key, [])
        own += [value] if isinstance(value, str) else value
    if str(holder.get("标识", "")).startswith("i") and "子问题" not in holder:
        issues.append("\n".join(own))
    yield from own
    for key in ("方面", "问题", "子问题", "意见建议", "其他部分"):
        for inner in holder.get(key, []):
            yield from _texts(inner, issues)


def read(path: Path) -> Iterator[NoticeText]:
    """The notices of a tree, or the one of a text file."""
    if path.is_file():
        yield NoticeText(path.read_text("utf-8"))
        return
    for file in sorted(path.glob("*/*.yml")):
        if file.name != "unit.yml":
            yield of_mapping(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader))  # noqa: S506 - texts alone


def pairs(texts: Iterable[str]) -> Counter[str]:
    """How often each pair of adjacent Chinese characters occurs."""
    return Counter(a + b for text in texts for run in _HAN.findall(text) for a, b in pairwise(run))


def share_of_commonest(counted: Counter[str]) -> float:
    """The part of all pairs that the commonest ones make up, in percent."""
    return 100 * sum(count for _, count in counted.most_common(COMMONEST)) / max(1, counted.total())


def samples(texts: Sequence[str], size: int = SAMPLE, most: int = 20) -> list[str]:
    """Up to ``most`` stretches of ``size`` characters; a shorter corpus is one sample."""
    everything = "\n".join(texts[: most * size])
    return [everything[at : at + size] for at in range(0, max(1, len(everything) - size + 1), size)][:most]


def _windows(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(len(text) - length + 1)]


def repeated(group: Sequence[str], length: int) -> list[float]:
    """For each text, the part of its windows of ``length`` that stand in another text too, in percent."""
    holders = Counter(window for text in group for window in set(_windows(text, length)))
    shares = []
    for text in group:
        windows = _windows(text, length)
        shares.append(100 * sum(holders[window] > 1 for window in windows) / max(1, len(windows)))
    return shares


def longest_matches(group: Sequence[str]) -> list[int]:
    """For each text, the length of the longest stretch that stands in another text too."""
    longest = [0] * len(group)
    length = 1
    while True:
        shares = repeated(group, length)
        if not any(shares):
            return longest
        longest = [length if share else known for share, known in zip(shares, longest, strict=True)]
        length += 1


def table(notices: Sequence[NoticeText]) -> Iterator[tuple[str, str]]:
    """The figures with their names."""
    wholes = [notice.whole for notice in notices]
    issues = [len(issue) for notice in notices for issue in notice.issues]
    yield "notices", f"{len(notices):,}"
    yield "characters", f"{sum(map(len, wholes)):,}"
    yield (
        "characters a notice (mean; least, most)",
        (f"{mean(map(len, wholes)):,.0f}; {min(map(len, wholes)):,}, {max(map(len, wholes)):,}"),
    )
    yield "bytes a notice (mean)", f"{mean(len(whole.encode()) for whole in wholes):,.0f}"
    if len(issues) > 1:
        twentieths = quantiles(issues, n=20)
        yield (
            "characters an issue (median; 5 %, 95 %)",
            (f"{median(issues):.0f}; {twentieths[0]:.0f}, {twentieths[-1]:.0f}"),
        )
    taken = samples(wholes)
    name = f"in {SAMPLE:,} characters (mean of {len(taken)})"
    counted = [pairs([sample]) for sample in taken]
    yield f"distinct characters {name}", f"{mean(len(set(''.join(_HAN.findall(sample)))) for sample in taken):,.0f}"
    yield f"distinct pairs {name}", f"{mean(map(len, counted)):,.0f}"
    yield f"share of {COMMONEST} pairs {name}", f"{mean(map(share_of_commonest, counted)):.1f} %"
    everything = pairs(wholes)
    yield "distinct characters in all", f"{len(set(''.join(everything))):,}"
    yield "distinct pairs in all", f"{len(everything):,}"
    yield "pairs that occur once", f"{sum(count == 1 for count in everything.values()):,}"
    yield f"share of {COMMONEST} pairs in all", f"{share_of_commonest(everything):.1f} %"
    close = [_BLANKS.sub("", whole) for whole in wholes]
    for size in GROUPS:
        groups = [close[at : at + size] for at in range(0, len(close) - size + 1, size)][: max(1, 100 // size)]
        if not groups:
            continue
        for length in (8, 16):
            figure = mean(share for group in groups for share in repeated(group, length))
            yield f"windows of {length} found in another of {size}", f"{figure:.1f} %"
        longest = mean(length for group in groups for length in longest_matches(group))
        yield f"longest match with another of {size} (mean)", f"{longest:.0f}"


def growth(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """How distinct pairs grow with made-up notices, counted as they stream."""
    known: set[str] = set()
    characters = 0
    for at, (_, _, _, notice) in enumerate(corpus.notices(count, seed), start=1):
        whole = of_mapping(notice).whole
        characters += len(whole)
        known.update(a + b for run in _HAN.findall(whole) for a, b in pairwise(run))
        if at in (10, 30, 100, 300, 1_000, 3_000, 10_000) or at == count:
            yield f"{at:,} notices, {characters:,} characters", f"{len(known):,} pairs"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.likeness", description=__doc__.split("\n", 1)[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="trees of notices, or texts of one each")
    parser.add_argument("--made-up", type=int, metavar="N", help="N made-up notices")
    parser.add_argument("--growth", type=int, metavar="N", help="how distinct pairs grow with N made-up notices")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rows: list[tuple[str, str]] = []
    if arguments.paths:
        rows += table([notice for path in arguments.paths for notice in read(path)])
    if arguments.made_up:
        made = corpus.notices(arguments.made_up, arguments.seed)
        rows += table([of_mapping(notice) for _, _, _, notice in made])
    if arguments.growth:
        rows += growth(arguments.growth, arguments.seed)
    for name, figure in rows:
        print(f"{name:<62}{figure:>24}")


if __name__ == "__main__":
    main()
