"""``build``: check, then the whole site."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.checking.readings import Readings
from noticeboard.commands import report
from noticeboard.commands.ci import as_it_counts, on_ci
from noticeboard.kept import Kept
from noticeboard.problems import CannotRun
from noticeboard.site import engine
from noticeboard.site.build import build
from noticeboard.site.settings.masthead import Masthead

_NO_CHANNEL = (
    "提醒：读者发现本站录错了，没有地方说，页面上只能写还没有途径。"
    "在 mkdocs.yml 里写 extra.corrections、主办单位的电话邮箱（extra.host）或 repo_url，见 docs/maintaining.md"
)
_HOW_TO_GO_ON = "要公布的网站不带着没有说明的警告（--strict，CI 里总是这样）：改好，或在“已知差异”里写明原因。"


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``build``."""
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument(
        "--site-dir", type=Path, default=paths.ROOT / "site", metavar="DIR", help="网站放在哪里（默认 site/）"
    )
    parser.add_argument(
        "--jobs", type=_number, default=os.cpu_count() or 1, metavar="N", help="几个进程同时生成（默认：处理器的个数）"
    )
    parser.add_argument("--fresh", action="store_true", help="不用上次留下的（build/kept），全部重新生成")
    parser.add_argument("--strict", action="store_true", help="有警告也不生成；在 CI 里（环境变量 CI=true）总是这样")


def _number(words: str) -> int:
    number = int(words)
    if number < 1:
        raise ValueError
    return number


def run(arguments: argparse.Namespace) -> int:
    """0 the site stands, 1 the notices have problems that block."""
    masthead = engine.settings(paths.CONFIG).masthead
    if masthead.is_local and on_ci():
        raise CannotRun(_local(masthead))
    kept = Kept(None if arguments.fresh else paths.KEPT)
    checked = as_it_counts(check(arguments.notices, readings=Readings(kept)))
    report.show(checked.problems)
    if checked.blocks(strict=arguments.strict or on_ci()):
        print(f"没有生成网站：{report.summary(checked.problems)}。原有的网站没有改动。", file=sys.stderr)
        if not checked.blocks(strict=False):
            print(_HOW_TO_GO_ON, file=sys.stderr)
        return 1
    try:
        changed = build(
            checked,
            arguments.site_dir,
            kept=None if arguments.fresh else kept,
            jobs=arguments.jobs,
            say=lambda words: print(words, file=sys.stderr),
        )
    finally:
        kept.close(sweep=True)
    if masthead.is_local:
        print(f"注意：{_local(masthead)}", file=sys.stderr)
    done = f"网站在 {arguments.site_dir}：{len(checked.board.units)} 个单位，{len(checked.board.by_address)} 份通报"
    print(f"{done}；{report.summary(checked.problems)}；改写了 {len(changed)} 个文件", file=sys.stderr)
    if not masthead.corrections:
        print(_NO_CHANNEL, file=sys.stderr)
    if checked.open_drafts:
        print(report.open_drafts(checked.open_drafts), file=sys.stderr)
    return 0


def _local(masthead: Masthead) -> str:
    """What a site for everybody must not be built with: its links, feeds, codes and data would lead nowhere."""
    return (
        f"网址还是本机的（{masthead.site_url}），标准网址、订阅、二维码、名片和数据里的网址别人都打不开："
        "要公布的，先用环境变量 SITE_URL 设好正式的网址，例如 SITE_URL=https://example.org/"
    )
