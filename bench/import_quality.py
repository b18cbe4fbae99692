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
from pathlib import Path
from typing import Any

from noticeboard.intake.assemble import draft_of
from noticeboard.intake.compare import Fact, facts, plain
from noticeboard.intake.readers import read_document
from noticeboard.yamltext import parse


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("notices", type=Path)
    parser.add_argument("--misses", action="store_true", help="also every fact that is missing or too many")
    arguments = parser.parse_args()
    records = {
        file.relative_to(arguments.notices).as_posix(): Counter(facts(_record(file)))
        for file in sorted(arguments.notices.glob("*/*.yml"))
        if file.name != "unit.yml"
    }
    found, expected, both = Counter[str](), Counter[str](), Counter[str]()
    documents = sorted(path for path in arguments.documents.rglob("*") if path.is_file())
    begun = time.process_time()
    for path in documents:
        draft = Counter(facts(plain(draft_of(read_document(path.name, path.read_bytes())).record)))
        name = max(records, key=lambda one: (sum((records[one] & draft).values()), one))
        record = records[name]
        shared = record & draft
        for field, counts in ((found, draft), (expected, record), (both, shared)):
            field.update(Counter(fact[0] for fact in counts.elements()))
        counted = f"{sum(shared.values())} of {sum(record.values())} facts, {sum((draft - record).values())} more"
        print(f"{path.name}: {name}: {counted}")
        if arguments.misses:
            _print_misses(record - draft, draft - record)
    print(f"{len(documents)} documents, {time.process_time() - begun:.1f} s of processor")
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
