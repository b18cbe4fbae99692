"""What passages can be filtered by, as columns: exact counts for any set of passages.

The columns stand in several files, so that hits under one filter need not wait for all of them, and each segment of the
index has its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from noticeboard.record.vocabulary import LEVELS, TOPICS, StatusCode
from noticeboard.site.search.passages import Passage, Source

_STATUS_LETTERS = {code.value: str(at) for at, code in enumerate(StatusCode)}
_TOPIC_LETTERS = {name: chr(ord("A") + at) for at, name in enumerate(TOPICS)}


def columns(sources: Sequence[Source]) -> dict[str, dict[str, Any]]:
    """Name → JSON: what the passages of ``sources`` have, in their order.

    ``passages``: ``kind``, a letter (``passages.Kind``) for each passage, and ``status``, its place in the table
    ``statuses`` or ``-``. ``topics``: ``of_passage``, a letter for each topic (A is the first of the table ``topics``),
    passages parted by commas.
    """
    passages = [passage for source in sources for passage in source.passages]
    return {
        "passages": {
            "kind": "".join(passage.kind.value for passage in passages),
            "status": "".join(_STATUS_LETTERS[passage.status.code] if passage.status else "-" for passage in passages),
        },
        "topics": {"of_passage": ",".join(map(_topics, passages))},
    }


def _topics(passage: Passage) -> str:
    return "".join(_TOPIC_LETTERS[topic] for topic in dict.fromkeys(passage.topics))


def tables(units: Sequence[Source]) -> dict[str, dict[str, Any]]:
    """Name → JSON: what the columns speak of.

    ``tables``: ``statuses`` of [code, words, sign], ``topics`` of [slug, words], and ``levels``. ``units``: ``units``
    of [slug, name, code of its region, level], in the order of the sources; ``regions`` has the names by code.
    """
    rows: list[list[str]] = []
    regions: dict[str, str] = {}
    for source in units:
        if source.standing:
            rows.append([source.unit_slug, source.unit_name, source.standing.region, source.standing.level])
            regions |= dict(source.standing.regions)
    return {
        "tables": {
            "statuses": [[code.value, code.label, code.sign] for code in StatusCode],
            "topics": [[slug, name] for name, slug in TOPICS.items()],
            "levels": list(LEVELS),
        },
        "units": {"units": rows, "regions": dict(sorted(regions.items()))},
    }
