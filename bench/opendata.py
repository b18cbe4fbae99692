"""What the open data and the feeds cost: ``python -m bench.opendata N…``, on made-up notices.

Each number of notices is measured in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench import boards
from noticeboard.site.data.parts import notice_parts, unit_parts
from noticeboard.site.data.publish import notice_files, write_data
from noticeboard.site.feeds.publish import feeds
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead

_MASTHEAD = Masthead("示例公开栏", "https://example.org/")
_MEGABYTE = 1_000_000


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.opendata", description=__doc__.split("\n", 1)[0])
    parser.add_argument("counts", nargs="*", type=int, metavar="N", default=[1_000], help="how many notices")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    for count in given.counts:
        if given.alone:
            _measure(count, given.seed)
        else:
            command = [sys.executable, "-m", "bench.opendata", str(count), "--seed", str(given.seed), "--alone"]
            subprocess.run(command, check=True)  # noqa: S603 - ourselves


def _measure(count: int, seed: int) -> None:
    site = Site(boards.made_up(count, seed), _MASTHEAD)
    before = _peak()
    print(f"\n{count} notices, {len(site.board.units)} units; {before:.0f} MB before the first file\n")
    print("| file | s of processor | MB | MB compressed |")
    print("| :--- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        files = write_data(site.masthead, notice_parts(site), unit_parts(site), Path(folder))
        print(f"| tables, indexes and schemas together | {time.process_time() - start:.1f} | | |")
        for file in files:
            print(f"| `{file.name}` | | {_sizes(_read(Path(folder) / file.name))} |")
        _print("one JSON a notice, all together", (content for _, content in notice_files(site)))
        _print("feeds, all together", (content for _, content in feeds(site)))
    print(f"\npeak of memory {_peak():.0f} MB")


def _print(what: str, contents: Iterable[bytes | Path]) -> None:
    """A row for files that are made one by one, without the time that compressing them takes."""
    spent, size, packed = 0.0, 0, 0
    start = time.process_time()
    for content in contents:
        spent += time.process_time() - start
        assert isinstance(content, bytes)
        size, packed = size + len(content), packed + len(zlib.compress(content))
        start = time.process_time()
    print(f"| {what} | {spent:.1f} | {size / _MEGABYTE:.2f} | {packed / _MEGABYTE:.2f} |")


def _read(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while chunk := opened.read(_MEGABYTE):
            yield chunk


def _sizes(chunks: Iterable[bytes]) -> str:
    size, packed, packer = 0, 0, zlib.compressobj()
    for chunk in chunks:
        size, packed = size + len(chunk), packed + len(packer.compress(chunk))
    packed += len(packer.flush())
    return f"{size / _MEGABYTE:.2f} | {packed / _MEGABYTE:.2f}"


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / _MEGABYTE


if __name__ == "__main__":
    main()
