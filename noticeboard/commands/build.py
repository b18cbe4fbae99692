"""``build``: check, then the whole site; where nothing changed, neither."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from noticeboard import paths
from noticeboard.commands.ci import on_ci
from noticeboard.commands.parts import Part
from noticeboard.kept import Kept
from noticeboard.problems import CannotRun
from noticeboard.site.unchanged import Standing
from noticeboard.temporary import temporary_folder
from noticeboard.workers import for_much_work, workers

#: What a build loads when it finds something to do, and tells before it has begun where that is missing.
for _library in ("jinja2", "markdown", "mkdocs", "numpy", "pydantic", "segno", "xlsxwriter", "yaml"):
    if importlib.util.find_spec(_library) is None:
        raise ModuleNotFoundError(name=_library)


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``build``."""
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument(
        "--site-dir", type=Path, default=paths.ROOT / "site", metavar="DIR", help="网站放在哪里（默认 site/）"
    )
    others = parser.add_mutually_exclusive_group()
    others.add_argument("--jobs", type=_number, metavar="N", help="几个进程同时生成（默认：处理器的个数）")
    others.add_argument("--cluster", metavar="ADDRESS", help="由 Dask 集群的机器生成，例如 tcp://10.0.0.1:8786")
    work = parser.add_mutually_exclusive_group()
    work.add_argument(
        "--part",
        type=Part.parse,
        metavar="I/N",
        help="只做 N 份里的第 I 份，留在 build/kept.db，不生成网站；别的机器留下的放在 build/kept/，生成时就取用",
    )
    work.add_argument("--fresh", action="store_true", help="不用以前留下的（build/kept.db），全部重新生成")
    parser.add_argument("--strict", action="store_true", help="有警告也不生成；在 CI 里（环境变量 CI=true）总是这样")


def _number(words: str) -> int:
    number = int(words)
    if number < 1:
        raise ValueError
    return number


def run(arguments: argparse.Namespace) -> int:
    """0 the site stands, 1 the notices have problems that block."""
    notices = arguments.notices or paths.shown(paths.NOTICES)
    if arguments.part:
        return _part(notices, arguments)
    with _kept(is_fresh=arguments.fresh) as kept:
        is_strict = arguments.strict or on_ci()
        made_from = (notices, arguments.site_dir, f"{is_strict} {on_ci()}")
        standing = Standing.of(*made_from)
        words = standing.words(kept, arguments.site_dir) if standing else None
        if words is not None:
            sys.stderr.writelines(words)
            return 0
        # What reads and builds takes longer to load than to find that there is nothing to do.
        from noticeboard.commands.building import built  # noqa: PLC0415

        for_much_work()
        with _executor(arguments) as executor:
            words = built(notices, arguments.site_dir, kept, executor, is_strict=is_strict)
        if words is None:
            return 1
        # Somebody may have saved a file before it was read.
        if standing and standing == Standing.of(*made_from):
            # After the sweep, which asks nobody whether a build stands.
            standing.keep(kept, arguments.site_dir, words)
    return 0


@contextmanager
def _kept(*, is_fresh: bool) -> Iterator[Kept]:
    if is_fresh:
        # A file all the same: what a large site is made of is too much for the memory.
        with temporary_folder() as folder, Kept(folder / "kept.db") as kept:
            yield kept
    else:
        with Kept(paths.KEPT, sorted(paths.KEPT_ELSEWHERE.rglob("*.db"))) as kept:
            yield kept


def _executor(arguments: argparse.Namespace) -> AbstractContextManager[Executor | None]:
    """Who does the work. Raises ``CannotRun``."""
    if not arguments.cluster:
        return workers(arguments.jobs)
    if importlib.util.find_spec("distributed") is None:
        raise CannotRun("--cluster 要用 Dask，还没有装：.venv/bin/python -m pip install -r requirements-cluster.txt")
    from noticeboard.cluster import cluster  # noqa: PLC0415 - most builds need none

    return cluster(arguments.cluster)


def _part(notices: Path, arguments: argparse.Namespace) -> int:
    from noticeboard.commands.filling import filled  # noqa: PLC0415 - as above

    for_much_work()
    with Kept(paths.KEPT) as kept, _executor(arguments) as executor:
        counted = filled(arguments.part, notices, kept, executor)
        kept.sweep()
    print(f"第 {arguments.part} 份做好了，留在 {paths.shown(paths.KEPT)}：{counted}。没有生成网站", file=sys.stderr)
    return 0
