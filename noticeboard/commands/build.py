"""``build``: check, then the whole site."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from noticeboard import checking, places, site
from noticeboard.commands import report


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``build``."""
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument(
        "--site-dir", type=Path, default=places.ROOT / "site", metavar="DIR", help="网站放在哪里（默认 site/）"
    )
    parser.add_argument("--strict", action="store_true", help="有警告也不生成")


def run(arguments: argparse.Namespace) -> int:
    """0 the site stands, 1 the notices have problems that block."""
    checked = checking.check(arguments.notices)
    report.show(checked.problems)
    if checked.blocks(strict=arguments.strict):
        print(f"没有生成网站：{report.summary(checked.problems)}。原有的网站没有改动。", file=sys.stderr)
        return 1
    changed = site.build(checked, arguments.site_dir, say=lambda words: print(words, file=sys.stderr))
    done = f"网站在 {arguments.site_dir}：{len(checked.board.units)} 个单位，{len(checked.board.by_address)} 份通报"
    print(f"{done}；{report.summary(checked.problems)}；改写了 {len(changed)} 个文件", file=sys.stderr)
    return 0
