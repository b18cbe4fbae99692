"""``check``: read and check notices, say what is wrong where and how to mend it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from noticeboard import paths
from noticeboard.board import folders
from noticeboard.board.entrydays import EntryDays
from noticeboard.checking.check import check
from noticeboard.checking.explanations import explanations
from noticeboard.checking.readings import Readings
from noticeboard.commands import report
from noticeboard.commands.ci import as_it_counts
from noticeboard.files import rewrite
from noticeboard.kept import Kept
from noticeboard.problems import CannotRun, ContentError
from noticeboard.reading.fix import mended
from noticeboard.reading.opening import in_words, record_content
from noticeboard.record.model import Notice, Unit
from noticeboard.workers import workers


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``check``."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="文件或文件夹；不写就是 notices/ 全部")
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument(
        "--base", metavar="REV", help="与 git 的这个版本相比，说出哪些公布过的没有了、改了，例如 origin/main"
    )
    parser.add_argument("--format", choices=sorted(report.FORMATS), default="text", help="输出的样式")
    parser.add_argument(
        "--fix",
        action="store_true",
        help="先改好只有一种改法的：BOM、Windows 换行、键后的全角冒号、行末空格、部首字符，缺的“收录”由 git 补",
    )
    parser.add_argument("--strict", action="store_true", help="有警告也算不通过")
    parser.add_argument("--rules", action="store_true", help="列出全部规则和代码，不做检查")


def run(arguments: argparse.Namespace) -> int:
    """0 nothing blocks, 1 something does."""
    if arguments.rules:
        sys.stdout.write(rules())
        return 0
    if arguments.fix:
        _mend(arguments.paths or [arguments.notices or paths.NOTICES])
    with Kept(paths.KEPT) as kept, workers() as executor:
        found = check(arguments.notices, arguments.paths, arguments.base, Readings(kept, executor))
    checked = as_it_counts(found)
    sys.stdout.write(report.FORMATS[arguments.format](checked.problems))
    accepted = sum(len(some) for some in checked.accepted.values())
    for remark in checked.remarks:
        print(remark, file=sys.stderr)
    counted = f"检查了 {len(checked.board.units)} 个单位、{len(checked.board.by_address)} 份通报"
    unread = len(checked.unreadable)
    left = f"，{unread} 个文件读不懂" if unread else ""
    explained = f"；另有 {accepted} 个警告已在“已知差异”中说明" if accepted else ""
    print(f"{counted}{left}：{report.summary(checked.problems)}{explained}", file=sys.stderr)
    if checked.open_drafts:
        print(report.open_drafts(checked.open_drafts), file=sys.stderr)
    return 1 if checked.blocks(strict=arguments.strict) else 0


def _mend(paths: list[Path]) -> None:
    """Mend the files under ``paths`` and show what changed; what else is wrong with them the check will say."""
    files = folders.record_files(paths)
    days = EntryDays()
    count = 0
    for file in files:
        try:
            content = record_content(file)
        except ContentError:
            continue
        except OSError as error:
            raise CannotRun(f"读不了文件 {file}：{in_words(error)}") from error
        mending = mended(file, content, Unit if file.name == folders.UNIT_FILE else Notice, days.of)
        if mending.changes:
            rewrite(file, mending.after)
            count += 1
            print(f"改了 {file}", file=sys.stderr)
            sys.stderr.writelines(f"  {line}\n" for line in mending.shown())
    for remark in days.remarks():
        print(remark, file=sys.stderr)
    print(f"自动改了 {count} 个文件（共 {len(files)} 个）" if count else "没有可以自动改的", file=sys.stderr)


def rules() -> str:
    """All rules with what they demand and how to mend a breach, then the codes of reading."""
    by_code = sorted((explanation.rule for explanation in explanations()), key=lambda rule: rule.code)
    lines = [f"{rule.severity.value} {rule.code}　{rule.title} — {rule.remedy}\n" for rule in by_code if rule.remedy]
    lines += [f"读取 {rule.code}　{rule.title}\n" for rule in by_code if rule.is_of_reading]
    return "".join(lines)
