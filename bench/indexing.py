"""What it costs to make the search index: ``python -m bench.indexing N…``.

Notices are made up and put on disk first; a process of its own then reads them one by one, makes the index of them and
writes its files. Its seconds and its memory are those of the index, and of reading a pickle.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import boards
from noticeboard.site.search.index import index
from noticeboard.site.search.passages import Source, of_notice, of_unit

_MEGABYTE = 1_000_000


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.indexing", description=__doc__.split("\n", 1)[0])
    parser.add_argument("counts", nargs="*", type=int, metavar="N", default=[1_000, 10_000], help="how many notices")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--made", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.made:
        _measure(given.made)
        return
    print("| notices | passages | s of processor | peak memory, MB | of it before the first notice | files | MB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for count in given.counts:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "sources"
            with made.open("wb") as file:
                for source in _sources(count, given.seed):
                    pickle.dump(source, file)
            row = subprocess.run(  # noqa: S603
                [sys.executable, "-m", "bench.indexing", "--made", str(made)],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        print(f"| {count:,} {row}", end="", flush=True)


def _sources(count: int, seed: int) -> Iterator[Source]:
    """As of a board, but one unit at a time and not by date: nothing of the cost hangs on that."""
    yield from (of_unit(unit) for unit in boards.units(count, seed))
    yield from (of_notice(filed, unit.unit) for unit in boards.units(count, seed) for filed in unit.notices)


def _read(made: Path, passages: list[int]) -> Iterator[Source]:
    with made.open("rb") as file:
        while file.peek(1):
            source: Source = pickle.load(file)  # noqa: S301 - our own
            passages[0] += len(source.passages)
            yield source


def _measure(made: Path) -> None:
    before = _peak()
    passages = [0]
    files = size = 0
    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        for at, (_, content) in enumerate(index(_read(made, passages))):
            (Path(folder) / str(at)).write_bytes(content)
            files += 1
            size += len(content)
        seconds = time.process_time() - start
    print(f"| {passages[0]:,} | {seconds:.1f} | {_peak():.0f} | {before:.0f} | {files:,} | {size / _MEGABYTE:.1f} |")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEGABYTE


if __name__ == "__main__":
    main()
