"""What builds cost: ``python -m bench.building [--notices N…] [--only WHOSE,…] [--runs 3] [--record]``.

On made-up notices, in turn: this program, the released one, and other generators on the Markdown that ``pages`` makes.
Prints a table in Markdown; ``--record`` puts it in the place of that of as many notices in ``bench/results/``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench import builders, figures
from bench.measured import End, Run, run
from bench.plot import plot

_RESULTS = builders.ROOT / "bench" / "results"
_BUILDERS = ("ours", "released", "mkdocs", "zensical", "hugo")
#: What a chain that takes longer (seconds) is not run again for; another generator is cut off then.
_LIMIT = 600
#: Our own, of this version or another, are waited for so much longer.
_PATIENCE = 9
_BEGIN, _END = "<!-- measured -->\n", "<!-- /measured -->"
_PICTURE = "![Seconds that a build takes, by the number of notices](building.svg)"
_PACKAGES = ("mkdocs", "mkdocs-material", "jieba", "zensical", "hugo")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.building", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--notices", type=int, nargs="+", default=[100], metavar="N", help="how many (default 100)")
    parser.add_argument("--only", default=",".join(_BUILDERS), metavar="WHOSE,…", help="builders (default: all)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="each so many times, in turn (default 3)")
    parser.add_argument("--limit", type=int, default=_LIMIT, metavar="S", help=f"seconds of one run (default {_LIMIT})")
    parser.add_argument("--record", action="store_true", help="write the results into bench/results/")
    given = parser.parse_args()
    only = given.only.split(",")
    if not {*only} <= {*_BUILDERS}:
        parser.error(f"--only: some of {', '.join(_BUILDERS)}")
    for count in given.notices:
        told = list(_told(count, only))
        with tempfile.TemporaryDirectory() as folder:
            runs = _measured(_chains(count, only, Path(folder)), given.runs, given.limit, Path(folder))
        print("\n".join(["", *told, "", figures.table(runs)]))
        if given.record:
            _record(count, told, runs)


def _chains(count: int, only: list[str], folder: Path) -> list[builders.Chain]:
    """All of them set up; what is above the folder is no repository."""
    chains = []
    if "ours" in only:
        chains += builders.ours(count, folder / "ours")
    if "released" in only:
        chains += builders.released(count, folder / "released")
    peers = {"mkdocs": builders.mkdocs, "zensical": builders.zensical, "hugo": builders.hugo}
    if not peers.keys().isdisjoint(only):
        pages = builders.markdown(count, folder / "markdown", folder)
        for name in sorted(peers.keys() & {*only}, key=_BUILDERS.index):
            chains += peers[name](pages, folder / name)
    return chains


def _measured(chains: list[builders.Chain], times: int, limit: int, folder: Path) -> dict[str, list[Run]]:
    runs = defaultdict(list)
    left = chains
    environment = builders.environment(folder)
    for turn in range(times):
        again = []
        for chain in left:
            allowed = limit * (_PATIENCE if chain.builder in ("ours", "released") else 1)
            is_short = True
            for step in chain.steps():
                done = run(step, environment, allowed)
                runs[step.key].append(done)
                print(f"{turn + 1} {step.key}: {done.seconds:.2f} s, {done.end}", file=sys.stderr)
                is_short = is_short and done.end is End.DONE and done.seconds <= limit
                if done.end is not End.DONE:
                    break
            if is_short:
                again.append(chain)
        left = again
    return dict(runs)


def _told(count: int, only: list[str]) -> Iterator[str]:
    """When, where and with what, as lines of Markdown."""
    commit = _output("git", "-C", str(builders.ROOT), "describe", "--always", "--dirty", "--exclude", "*")
    yield f"`python -m bench.building --notices {count} --only {','.join(only)}` on {dt.datetime.now(dt.UTC):%d %B %Y}:"
    yield f"ours is {commit}, the released program {builders.RELEASED}."
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1_000_000_000
    load = os.getloadavg()[0]
    yield f"Machine: {os.cpu_count()} × {_processor()}, {gigabytes:.0f} GB, {platform.system()} {platform.release()},"
    yield f"load {load:.1f} before the first run. Python {platform.python_version()},"
    yield ", ".join(f"{name} {known}" for name in _PACKAGES if (known := _version(name))) + "."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()  # noqa: S603


def _record(count: int, told: list[str], runs: figures.Runs) -> None:
    """Keep what was measured of so many notices, and write the sections and the plot anew."""
    data, page = _RESULTS / "building.json", _RESULTS / "building.md"
    kept = json.loads(data.read_text("utf-8")) if data.is_file() else {}
    kept[str(count)] = figures.as_kept(told, runs)
    data.write_text(figures.text_of(kept), "utf-8")
    head, _, rest = page.read_text("utf-8").partition(_BEGIN)
    page.write_text(f"{head}{_BEGIN}\n{_PICTURE}\n\n{figures.sections(kept)}\n{_END}{rest.partition(_END)[2]}", "utf-8")
    measured = {int(number): figures.runs_of(one) for number, one in kept.items()}
    (_RESULTS / "building.svg").write_text(plot(measured), "utf-8")


if __name__ == "__main__":
    main()
