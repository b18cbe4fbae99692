"""Names of persons in a text: the record speaks of posts, so a person has to replace each.

A list to look through, not proof: surnames and the words around them tell names, as a reader would.
"""

from __future__ import annotations

from collections.abc import Sequence

from noticeboard.intake.drafting.lines import Lines, Span
from noticeboard.intake.drafting.patterns.people import NO_NAME, PERSONS


def persons(lines: Lines, spans: Sequence[Span]) -> list[tuple[str, int]]:
    """(name, offset) of each name that stands in some text, the first place of each, in order."""
    found: dict[str, int] = {}
    where = {(line.start, line.end) for line in (lines.at(span[0]) for span in spans)}
    for start, end in sorted(where):
        for regex in PERSONS:
            for match in regex.finditer(lines.text, start, end):
                for name in match["names"].split("、"):
                    if name.strip() and not NO_NAME.search(name):
                        at = lines.text.index(name, match.start("names"))
                        found[name] = min(found.get(name, at), at)
    return sorted(found.items(), key=lambda person: person[1])
