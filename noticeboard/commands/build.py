"""``build``: check, then the whole site."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from noticeboard import checking, engine, places, site
from noticeboard.commands import report
from noticeboard.masthead import Masthead
from noticeboard.problems import CannotRun


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``build``."""
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument(
        "--site-dir", type=Path, default=places.ROOT / "site", metavar="DIR", help="网站放在哪里（默认 site/）"
    )
    parser.add_argument("--strict", action="store_true", help="有警告也不生成")


def run(arguments: argparse.Namespace) -> int:
    """0 the site stands, 1 the notices have problems that block."""
    masthead = engine.settings(places.CONFIG).masthead
    if masthead.is_local and os.environ.get("CI"):
        raise CannotRun(_local(masthead))
    checked = checking.check(arguments.notices)
    report.show(checked.problems)
    if checked.blocks(strict=arguments.strict):
        print(f"没有生成网站：{report.summary(checked.problems)}。原有的网站没有改动。", file=sys.stderr)
        return 1
    changed = site.build(checked, arguments.site_dir)
    if masthead.is_local:
        print(f"注意：{_local(masthead)}", file=sys.stderr)
    done = f"网站在 {arguments.site_dir}：{len(checked.board.units)} 个单位，{len(checked.board.by_address)} 份通报"
    print(f"{done}；{report.summary(checked.problems)}；改写了 {len(changed)} 个文件", file=sys.stderr)
    return 0


def _local(masthead: Masthead) -> str:
    """What a site for everybody must not be built with: its links, feeds, codes and data would lead nowhere."""
    return (
        f"网址还是本机的（{masthead.site_url}），标准网址、订阅、二维码、名片和数据里的网址别人都打不开："
        "要公布的，先用环境变量 SITE_URL 设好正式的网址，例如 SITE_URL=https://example.org/"
    )
