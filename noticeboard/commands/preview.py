"""``preview``: what a reviewer is given of a change — pages that open by double click, and a summary."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.commands import report
from noticeboard.commands.ci import as_it_counts
from noticeboard.commands.diff import as_json
from noticeboard.files import Content, sync
from noticeboard.review.standalone import standalone
from noticeboard.review.summary import Size, SummaryView, concerned, notice_summary
from noticeboard.site import engine
from noticeboard.site.build import build


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``preview``."""
    parser.add_argument("--base", default="HEAD", metavar="REV", help="与 git 的这个版本相比（默认 HEAD，上次提交）")
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument("--site-dir", type=Path, metavar="DIR", help="网站生成到哪里（默认 site/）")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("preview"), metavar="DIR", help="写到哪里（默认 preview/）"
    )
    parser.add_argument("--number", type=int, metavar="N", help="合并请求的编号，写进 number（工作流用）")


def run(arguments: argparse.Namespace) -> int:
    """0 the previews are made; 1 errors forbid to publish, and the summary alone is made."""
    checked = check(arguments.notices, base=arguments.base)
    pairs = concerned(checked.changed, checked.board)
    summaries = [notice_summary(change.subject, filed, checked.accepted) for change, filed in pairs]
    files: list[tuple[str, Content]] = [("changed.json", as_json(checked.changed).encode("utf-8"))]
    if arguments.number is not None:
        files.append(("number", f"{arguments.number}\n".encode("ascii")))
    size = None
    blocked = checked.blocks(strict=False)
    if blocked:
        report.show(checked.problems)
    else:
        site_dir = arguments.site_dir or engine.settings(paths.CONFIG).site_dir
        build(checked, site_dir)
        size = Size.of(site_dir)
        for at, (change, filed) in enumerate(pairs):
            page = change.page.file("index.html")
            content = standalone(site_dir, page, f"合并以前的预览：{change.subject}。只有这一页，还没有公布。")
            name = f"{filed.address.replace('/', '-')}.html"
            files.append((name, content))
            size_of_page = (site_dir / page).stat().st_size // 1000
            kilobytes = len(content) // 1000
            summaries[at] = replace(summaries[at], file=name, kilobytes=kilobytes, page_kilobytes=size_of_page)
    # A draft that is still open is made a page of, to be looked at; the summary says that it cannot be published.
    problems = as_it_counts(checked).problems
    view = SummaryView.of(problems, checked.changed, sorted(checked.unreadable), summaries, size)
    files.append(("summary.md", view.render().encode("utf-8")))
    sync(files, arguments.output)
    for name, _ in files:
        print(arguments.output / name, file=sys.stderr)
    return 1 if blocked else 0
