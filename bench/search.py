"""How well, how lightly and how fast is searched: ``python -m bench.search [--notices DIR | --made-up N]``.

Queries are drawn at random; the truth is a plain scan. Prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from bench import browsing, engines, serving
from bench.boards import made_up
from bench.queries import Queries
from bench.scan import Scan
from noticeboard.checking.check import check
from noticeboard.site.search.passages import sources

#: First hits of a search; as many stand on the page.
SHOWN = 20
#: A task of so many milliseconds or more keeps a reader waiting (W3C Long Tasks).
LONG_TASK = 50
_FILTERED = "filtered by a status"
_SECOND = 4


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--notices", type=Path, metavar="DIR", help="a tree of notices (default: the real ones)")
    parser.add_argument("--made-up", type=int, metavar="N", help="N made-up notices instead")
    parser.add_argument("--queries", type=int, default=330, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--slowed", type=float, default=4, metavar="TIMES", help="how much slower a processor is timed")
    parser.add_argument("--engines", action="store_true", help="the same queries through other engines")
    given = parser.parse_args()
    board = made_up(given.made_up, given.seed) if given.made_up else check(given.notices).board
    everything = list(sources(board))
    scan = Scan(everything)
    queries = list(Queries(everything, given.seed).draw(given.queries))
    print(
        f"{len(board.notices):,} notices, {len(scan.hit_names):,} passages, {len(queries)} queries, seed {given.seed}\n"
    )
    with tempfile.TemporaryDirectory() as folder, browsing.browser() as opened:
        made = Path(folder)
        browsing.build(everything, made)
        with serving.served(made / "site") as site:
            asked = [browsing.asking(query) for _, query in queries]
            # One visitor in so many asks a second time, what somebody else asked before.
            visits = [
                browsing.visits(opened, site, [address, asked[at // 2]] if at % _SECOND == 0 else [address])
                for at, address in enumerate(asked)
            ]
            page = opened.new_context().new_page()
            page.goto(f"{site.address}issues/")
            answers = [[scan.hit_names[number] for number in browsing.answers(page, query)] for _, query in queries]
            _quality(queries, answers, [fresh for fresh, *_ in visits], scan)
            _weight(opened, site, queries, visits)
            _time(opened, site, queries, given.slowed)
        if given.engines:
            engines.compare(everything, queries, scan, opened, made)


def _quality(
    queries: Sequence[tuple[str, str]],
    answers: Sequence[Sequence[str]],
    fresh: Sequence[browsing.Visit],
    scan: Scan,
) -> None:
    """Every hit and its place, and what stands on the page, against a plain scan."""
    found = wanted = right = exact = 0
    for (kind, query), answer, visit in zip(queries, answers, fresh, strict=True):
        truth = scan.hits(query)
        found, wanted, right = found + len(answer), wanted + len(truth), right + len({*answer} & {*truth})
        if answer == truth and (visit.total, list(visit.shown)) == (len(truth), truth[:SHOWN]):
            exact += 1
        else:
            print(f"- not exact ({kind}): {query!r}")
    print(f"recall {right / max(1, wanted):.4f}, precision {right / max(1, found):.4f}; in {exact} of ", end="")
    print(f"{len(queries)} queries every hit, their order, the total and the page are exact\n")


def _weight(
    opened: Browser,
    site: serving.Served,
    queries: Sequence[tuple[str, str]],
    visits: Sequence[Sequence[browsing.Visit]],
) -> None:
    """Bytes for a fresh visitor, and for the same visitor's second query."""
    first: dict[str, list[browsing.Visit]] = defaultdict(list)
    for (kind, _), (fresh, *_) in zip(queries, visits, strict=True):
        first[kind].append(fresh)
    second = [later for _, *some in visits for later in some]
    rows = [*first.items(), ("**all**", [fresh for fresh, *_ in visits]), ("second query", second)]
    for words, address in (("no query", ""), (_FILTERED, "?status=in_progress")):
        rows.append((words, browsing.visits(opened, site, [address])))
    some = [query for _, query in queries[:: max(1, len(queries) // 40)]]
    filtered = [f"{browsing.asking(query)}&status=completed" for query in some]
    rows.append((f"query {_FILTERED}", [browsing.visits(opened, site, [address])[0] for address in filtered]))
    print("| queries | hits (median) | kB to the first hits: median, 95th percentile ", end="")
    print("| kB until exact: 95th | requests |\n| :--- | ---: | ---: | ---: | ---: |")
    for kind, some_visits in rows:
        total = percentile([one.total for one in some_visits], 50)
        hits = [one.bytes_to_hits / 1000 for one in some_visits]
        done = percentile([one.bytes_to_done / 1000 for one in some_visits], 95)
        requests = percentile([one.requests for one in some_visits], 50)
        print(f"| {kind} | {total:,.0f} | {percentile(hits, 50):.1f}, {percentile(hits, 95):.1f} ", end="")
        print(f"| {done:.1f} | {requests:.0f} |")
    print()


def _time(opened: Browser, site: serving.Served, queries: Sequence[tuple[str, str]], times: float) -> None:
    """Milliseconds for a reader with a slow processor."""
    page = browsing.slowed(opened, site, times)
    typed = [browsing.typed(page, query.replace("\n", "")) for _, query in queries]
    longest = [one["longest"] for one in typed]
    found = [browsing.found(page, query.replace("\n", "")) for _, query in queries]
    print(f"| processor slowed {times:g} times | median | 95th percentile |")
    print("| :--- | ---: | ---: |")
    for words, figures in (
        ("ms from the last key to the first hits", [one["first"] for one in typed]),
        ("ms from the last key to all hits of the page", [one["hits"] for one in typed]),
        ("ms from the last key to exact figures", [one["end"] for one in typed]),
        ("ms of the worker's part to the hits, if it were slowed as well", [one["hits"] for one in found]),
        ("the same to exact figures", [one["end"] for one in found]),
    ):
        print(f"| {words} | {percentile(figures, 50):.0f} | {percentile(figures, 95):.0f} |")
    long_tasks = sum(task > LONG_TASK for task in longest)
    print(f"\nTasks over {LONG_TASK} ms on the page's thread: in {long_tasks} of {len(typed)} queries; ", end="")
    print(f"the longest {max(longest):.0f} ms.\n")


def percentile(figures: Sequence[float], percent: int) -> float:
    """The figure that so many percent do not exceed."""
    return sorted(figures)[max(0, -(-len(figures) * percent // 100) - 1)]


if __name__ == "__main__":
    main()
