"""``pages``: only the Markdown tree, for a plain ``mkdocs build`` or another engine."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from noticeboard.checking.check import check
from noticeboard.commands import report
from noticeboard.commands.ci import as_it_counts, on_ci
from noticeboard.site.build import write_pages


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``pages``."""
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument("--pages-dir", type=Path, metavar="DIR", help="页面放在哪里（默认 build/pages）")


def run(arguments: argparse.Namespace) -> int:
    """0 the pages stand, 1 the notices have errors."""
    checked = as_it_counts(check(arguments.notices))
    report.show(checked.problems)
    if checked.blocks(strict=on_ci()):
        print(f"没有生成页面：{report.summary(checked.problems)}", file=sys.stderr)
        return 1
    print(f"页面在 {write_pages(checked, arguments.pages_dir)}", file=sys.stderr)
    return 0
