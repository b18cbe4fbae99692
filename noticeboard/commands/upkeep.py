"""``upkeep``: what needs looking after — contacts to be tried again, links of sources that no longer answer."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from noticeboard import paths
from noticeboard.changes.gfm import LONGEST, cut, in_markdown
from noticeboard.checking.check import check
from noticeboard.problems import CannotRun, Severity
from noticeboard.site import engine
from noticeboard.upkeep.contacts import DueContact, due_contacts
from noticeboard.upkeep.links import Answer, Manners, Outcome, ask, links


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``upkeep``."""
    parser.add_argument(
        "--today", required=True, type=_day, metavar="DATE", help="今天的日期，例如 2026-11-05；程序自己不看时钟"
    )
    parser.add_argument("--links", action="store_true", help="逐个询问通报的“网址”和附件，每个网站一次只问一个")
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument("--format", choices=("text", "markdown"), default="text", help="输出的样式")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CannotRun(f"--today 的“{text}”不是日期；写成 2026-11-05 的样子") from None


def run(arguments: argparse.Namespace) -> int:
    """0 the list is made, whatever stands in it; nothing is printed where there is nothing to do."""
    checked = check(arguments.notices)
    board = checked.board
    due = list(due_contacts(board, arguments.today))
    masthead = engine.settings(paths.CONFIG).masthead
    # Which program asks and for which site: a host that minds can find out, and no person is named.
    agent = Manners.agent if masthead.is_local else f"{Manners.agent} (+{masthead.site_url})"
    answers = ask(links(board), Manners(agent=agent)) if arguments.links else []
    listing = {"text": as_text, "markdown": as_markdown}[arguments.format]
    sys.stdout.write(listing(due, answers))
    asked = f"，问了 {len(answers)} 个网址" if arguments.links else ""
    print(f"看了 {len(board.units)} 个单位{asked}：{_counted(due, answers)}", file=sys.stderr)
    for file in sorted({problem.file for problem in checked.problems if problem.severity is Severity.ERROR}):
        print(f"{file} 有错误，里面的可能没有看；先用 check 改好", file=sys.stderr)
    return 0


def _counted(due: Sequence[DueContact], answers: Sequence[Answer]) -> str:
    bad = sum(answer.outcome is not Outcome.OK for answer in answers)
    parts = [f"{len(due)} 个联系方式该核对" if due else "", f"{bad} 个网址要看一看" if bad else ""]
    return "，".join(part for part in parts if part) or "没有要办的"


def as_text(contacts: Sequence[DueContact], answers: Sequence[Answer]) -> str:
    """A line for each contact that is due, and for each link, those that answer too."""
    lines = [f"{due.file}: {due.unit} {'、'.join(due.ways)} — {due.why}（/{due.address}）" for due in contacts]
    lines += [f"{answer.link.file}: {answer.outcome.value} {_said(answer)} — {answer.link.of}" for answer in answers]
    return "".join(f"{line}\n" for line in lines)


def _said(answer: Answer) -> str:
    joint = {Outcome.OK: "", Outcome.MOVED: " → "}.get(answer.outcome, "：")
    return f"{answer.link.url}{joint}{answer.detail}"


def as_markdown(contacts: Sequence[DueContact], answers: Sequence[Answer]) -> str:
    """Tables with boxes to tick, of what there is to do; empty where that is nothing."""
    parts = []
    if contacts:
        rows = (
            f"- [ ] {in_markdown(due.unit)}：{in_markdown('、'.join(due.ways))}，{in_markdown(due.why)}"
            f"（页面 {in_markdown('/' + due.address)}，文件 {in_markdown(due.file.as_posix())}）\n"
            for due in contacts
        )
        how = "打通以后，在文件的“联系方式”里写上“核对日期”；号码变了的，连号码一起改。"
        parts.append(f"## 该核对的联系方式\n\n{how}\n\n{''.join(rows)}")
    if bad := [answer for answer in answers if answer.outcome is not Outcome.OK]:
        rows = (
            f"- [ ] **{answer.outcome.value}** {in_markdown(answer.link.url)}：{in_markdown(answer.detail)}"
            f"（{in_markdown(answer.link.of)}，文件 {in_markdown(answer.link.file.as_posix())}）\n"
            for answer in bad
        )
        how = "自己打开看一看。换了的改“网址”；没有了的，通报照留，网址照留，在“发布”的“说明”里写明哪天起打不开。"
        parts.append(f"## 要看一看的网址\n\n{how}问了 {len(answers)} 个，下面是其中 {len(bad)} 个。\n\n{''.join(rows)}")
    more = "\n其余的没有列出：在自己的电脑上运行 `make upkeep` 看全部。"
    return cut("\n".join(parts), LONGEST, more)
