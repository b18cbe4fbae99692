"""How much of a folder of records `import` finds in the documents that they were made from, and what it adds.

    python -m bench.import_quality DOCS NOTICES [--misses]

Each document is paired with the record that it has most in common with. Every field gives facts (the title of an
issue; the title of an issue with its number; an issue with its status …): recall is how many of the record's facts
the draft has, precision how many of the draft's facts the record has. Summaries and results
are the editor's own words and are not compared; of measures the number is.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from noticeboard.intake.documents import read_document
from noticeboard.intake.drafting.assemble import draft_of
from noticeboard.intake.drafting.draft import plain
from noticeboard.intake.drafting.facts import Fact, facts
from noticeboard.reading.yaml import parse


@dataclass(frozen=True)
class Pair:
    """A document and the record that it belongs to, each as its facts."""

    document: str
    notice: str
    record: Counter[Fact]
    draft: Counter[Fact]


def pairs(documents: Path, notices: Path) -> list[Pair]:
    """Each document with the record that it has most in common with."""
    records = {
        file.relative_to(notices).as_posix(): Counter(facts(_record(file)))
        for file in sorted(notices.glob("*/*.yml"))
        if file.name != "unit.yml"
    }
    found = []
    for path in sorted(path for path in documents.rglob("*") if path.is_file()):
        draft = Counter(facts(plain(draft_of(read_document(path.name, path.read_bytes())).record)))
        name = max(records, key=lambda one: (sum((records[one] & draft).values()), one))
        found.append(Pair(path.name, name, records[name], draft))
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("notices", type=Path)
    parser.add_argument("--misses", action="store_true", help="also every fact that is missing or too many")
    arguments = parser.parse_args()
    found, expected, both = Counter[str](), Counter[str](), Counter[str]()
    begun = time.process_time()
    paired = pairs(arguments.documents, arguments.notices)
    for pair in paired:
        shared = pair.record & pair.draft
        for field, counts in ((found, pair.draft), (expected, pair.record), (both, shared)):
            field.update(Counter(fact[0] for fact in counts.elements()))
        counted = f"{shared.total()} of {pair.record.total()} facts, {(pair.draft - pair.record).total()} more"
        print(f"{pair.document}: {pair.notice}: {counted}")
        if arguments.misses:
            _print_misses(pair.record - pair.draft, pair.draft - pair.record)
    print(f"{len(paired)} documents, {time.process_time() - begun:.1f} s of processor")
    _print_table(found, expected, both)
    return 0


def _print_misses(missing: Counter[Fact], more: Counter[Fact]) -> None:
    for sign, some in (("-", missing), ("+", more)):
        for (field, fact), times in sorted(some.items()):
            print(f"    {sign} {field}: {' | '.join(fact)}{f' ×{times}' if times > 1 else ''}")


def _print_table(found: Counter[str], expected: Counter[str], both: Counter[str]) -> None:
    print("| field | in the records | found | recall | precision |\n| :--- | ---: | ---: | ---: | ---: |")
    rows = [*sorted(expected | found), "all"]
    for row in rows:
        here = (
            (sum(expected.values()), sum(found.values()), sum(both.values()))
            if row == "all"
            else (expected[row], found[row], both[row])
        )
        recall, precision = (f"{here[2] / of:.3f}" if of else "–" for of in (here[0], here[1]))
        print(f"| {row} | {here[0]} | {here[1]} | {recall} | {precision} |")


def _record(file: Path) -> dict[str, Any]:
    value, _, problems = parse(file, file.read_text(encoding="utf-8"), frozenset())
    if not isinstance(value, dict):
        sys.exit(f"{file}: {problems}")
    return value


if __name__ == "__main__":
    raise SystemExit(main())
