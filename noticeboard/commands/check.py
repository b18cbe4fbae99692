"""``check``: read and check notices, say what is wrong where and how to mend it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from noticeboard import continuity, folders, read, site
from noticeboard.commands import report
from noticeboard.rules import all_rules

HELP = "检查通报：说出哪里不对、怎样改"


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``check``."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="文件或文件夹；不写就是 notices/ 全部")
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument(
        "--base", metavar="REV", help="与 git 的这个版本相比，说出哪些公布过的没有了、改了，例如 origin/main"
    )
    parser.add_argument("--format", choices=sorted(report.FORMATS), default="text", help="输出的样式")
    parser.add_argument("--strict", action="store_true", help="有警告也算不通过")
    parser.add_argument("--rules", action="store_true", help="列出全部规则和代码，不做检查")


def run(arguments: argparse.Namespace) -> int:
    """0 nothing blocks, 1 something does."""
    if arguments.rules:
        sys.stdout.write(rules())
        return 0
    checked = site.check(arguments.notices, arguments.paths, arguments.base)
    sys.stdout.write(report.FORMATS[arguments.format](checked.problems))
    accepted = sum(len(some) for some in checked.accepted.values())
    for remark in checked.remarks:
        print(remark, file=sys.stderr)
    counted = f"检查了 {len(checked.board.units)} 个单位、{len(checked.board.by_address)} 份通报"
    explained = f"；另有 {accepted} 个警告已在“已知差异”中说明" if accepted else ""
    print(f"{counted}：{report.summary(checked.problems)}{explained}", file=sys.stderr)
    return 1 if checked.blocks(strict=arguments.strict) else 0


def rules() -> str:
    """All rules with what they demand and how to mend a breach, then the codes of reading."""
    listed = sorted((*all_rules(), *continuity.RULES), key=lambda rule: rule.code)
    lines = [f"{rule.severity.value} {rule.code}　{rule.demands} — {rule.remedy}\n" for rule in listed]
    reading = {**read.CODES, **folders.CODES}
    lines += [f"读取 {code}　{what}\n" for code, what in sorted(reading.items())]
    return "".join(lines)
