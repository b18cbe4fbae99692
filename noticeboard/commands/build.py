"""``build``: check, then the whole site; where nothing changed, neither."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path

from noticeboard import paths
from noticeboard.commands.ci import on_ci
from noticeboard.kept import Kept
from noticeboard.site.unchanged import Standing
from noticeboard.workers import workers

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
    parser.add_argument(
        "--jobs", type=_number, default=os.cpu_count() or 1, metavar="N", help="几个进程同时生成（默认：处理器的个数）"
    )
    parser.add_argument("--fresh", action="store_true", help="不用以前留下的（build/kept.db），全部重新生成")
    parser.add_argument("--strict", action="store_true", help="有警告也不生成；在 CI 里（环境变量 CI=true）总是这样")


def _number(words: str) -> int:
    number = int(words)
    if number < 1:
        raise ValueError
    return number


def run(arguments: argparse.Namespace) -> int:
    """0 the site stands, 1 the notices have problems that block."""
    notices = arguments.notices or paths.shown(paths.NOTICES)
    with Kept(None if arguments.fresh else paths.KEPT) as kept:
        is_strict = arguments.strict or on_ci()
        made_from = (notices, arguments.site_dir, f"{is_strict} {on_ci()}")
        standing = Standing.of(*made_from)
        words = standing.words(kept, arguments.site_dir) if standing else None
        if words is not None:
            sys.stderr.writelines(words)
            return 0
        # What reads and builds takes longer to load than to find that there is nothing to do.
        from noticeboard.commands.building import built  # noqa: PLC0415

        with workers(arguments.jobs) as executor:
            words = built(notices, arguments.site_dir, kept, executor, is_strict=is_strict)
        if words is None:
            return 1
        # Somebody may have saved a file before it was read.
        if standing and standing == Standing.of(*made_from):
            # After the sweep, which asks nobody whether a build stands.
            standing.keep(kept, arguments.site_dir, words)
    return 0
