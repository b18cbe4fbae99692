"""``new``: a blank notice with comments, and its unit's file where the unit is new."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from noticeboard import paths
from noticeboard.board import folders
from noticeboard.board.board import Board, next_name
from noticeboard.commands import clock
from noticeboard.commands.asking import Question, answer_to, ask_all, can_ask
from noticeboard.files import create_all
from noticeboard.intake.drafting.issuer import unit_named
from noticeboard.problems import CannotRun, ContentError
from noticeboard.reading.blank import blank_file
from noticeboard.record.dates import PartialDate
from noticeboard.record.model import Notice, Unit
from noticeboard.record.unitnames import core_of

#: What makes a second notice of the same date: 2023-12_2.
_SECOND = re.compile(r"_[2-9]$|_[1-9]\d+$")
_UNIT = (
    Question("全称", must=True),
    Question("简称", must=True),
    Question("地区.省", must=True),
    Question("地区.市"),
    Question("地区.县"),
    Question("地区.代码", must=True),
    Question("类别", must=True),
    Question("级别", must=True),
    Question("联系方式.电话"),
)
_NOTICE = (
    Question("标题", must=True),
    Question("文种", must=True),
    Question("署名"),
    Question("发布.来源"),
    Question("发布.网址"),
    Question("发布.发布日期"),
    Question("发布.落款日期"),
    Question("发布.内容", must=True),
    Question("数据截至"),
    Question("联系方式.电话"),
)


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``new``."""
    parser.add_argument("unit", metavar="UNIT", help="单位的文件夹名（qiyang-wenlian）或名称")
    parser.add_argument(
        "date", nargs="?", metavar="DATE", help="落款、发布或数据截至的日期：2023、2023-12 或 2023-12-14"
    )
    parser.add_argument("--notices", type=Path, metavar="DIR", help="通报所在的文件夹（默认 notices/）")
    parser.add_argument("--no-input", action="store_true", help="不提问，空着的以后填")


def run(arguments: argparse.Namespace) -> int:
    """0 written; what is there already, or cannot be a name, is said (2), and nothing is written."""
    asks = can_ask() and not arguments.no_input
    folder = arguments.notices or paths.shown(paths.NOTICES)
    board = folders.known(folder)
    issuer = unit_named(arguments.unit, board)
    if issuer is None:
        raise CannotRun(
            f"“{arguments.unit}”不能做单位的文件夹名：用小写拼音、数字和连字符，例如 qiyang-wenlian；或写单位的中文名称"
        )
    slug, name = issuer.slug, issuer.name
    sys.stderr.writelines(f"{line}\n" for line in issuer.told)
    date = _date(arguments.date, asks=asks)
    path = _free(folder / slug / f"{date}.yml", asks=asks)
    texts: list[tuple[Path, str]] = []
    unit_file = folder / slug / folders.UNIT_FILE
    if not unit_file.exists():
        texts.append((unit_file, _unit_text(slug, name, asks=asks)))
    texts.append((path, _notice_text(path, name or slug, _phone(board, slug), clock.today(), asks=asks)))
    create_all(texts)
    for file, _ in texts:
        print(f"写好了 {file}", file=sys.stderr)
    print(f"接着：用编辑器打开，照说明填；再运行 python build_site.py check {path}", file=sys.stderr)
    return 0


def _date(asked: str | None, *, asks: bool) -> str:
    while True:
        given = asked if asked is not None else answer_to("通报的日期（落款、发布或数据截至）> ") if asks else None
        if given is None:
            raise CannotRun("没有写日期：new 单位 日期，例如 new qiyang-wenlian 2023-12-14")
        try:
            PartialDate.parse(_SECOND.sub("", given))
        except ContentError as error:
            if asked is not None or not asks:
                raise CannotRun(f"{error.what}：{error.remedy}") from error
            print(f"  {error.what}：{error.remedy}", file=sys.stderr)
        else:
            return given


def _free(path: Path, *, asks: bool) -> Path:
    """The file itself, or ``…_2`` where somebody at the terminal wants a second one of the same date."""
    if not _is_taken(path):
        return path
    second = path.with_stem(next_name(path.stem, lambda name: _is_taken(path.with_stem(name))))
    if asks and answer_to(f"{path} 已经有了。再建一份 {second.name}？（是/否）> ") in ("是", "y", "Y"):
        return second
    raise CannotRun(f"{path} 已经有了，没有改动；确是同一天的另一份，日期写成 {second.stem}")


def _is_taken(path: Path) -> bool:
    return path.exists() or path.with_suffix(".yaml").exists()


def _unit_text(slug: str, name: str, *, asks: bool) -> str:
    given = {"全称": name, "简称": core_of(name)} if name else {}
    if asks:
        print(f"\n本站还没有单位“{slug}”，先说一说这个单位。", file=sys.stderr)
        given = ask_all(Unit, _UNIT, given)
    return blank_file(Unit, given, ["单位的资料。“必填”的要填；“选填”的没有就空着。“#”后面是说明，不会公布。"])


def _phone(board: Board, slug: str) -> str:
    """The unit's own number, which its notice most likely gives too."""
    unit = board.unit(slug)
    phones = unit.unit.contact.phones if unit and unit.unit.contact else ()
    return phones[0] if phones else ""


def _notice_text(path: Path, name: str, phone: str, entered: PartialDate, *, asks: bool) -> str:
    date = path.stem.partition("_")[0]
    values = {"文种": "巡察整改进展", "发布.内容": "摘要", "发布.落款日期": date}
    if not folders.is_unit_name(name):
        values |= {"标题": f"{name}关于巡察整改进展情况的通报", "署名": name}
    if asks:
        print(f"\n再说一说这份通报（{name} {path.stem}）。", file=sys.stderr)
        values = ask_all(Notice, _NOTICE, {**values, "联系方式.电话": phone})
    # No question: what the day of entry is, is no matter of opinion.
    heading = [
        "“必填”的要填；“选填”的没有就空着，或整行删去。“#”后面是说明，不会公布，可以删去。",
        "冒号用英文冒号，后面空一格；缩进用空格，每级两个。又一个问题、又一个方面：复制一段，换一个标识（i-1-2、f-2）。",
        f"填好以后运行：python build_site.py check {path.as_posix()}",
    ]
    return blank_file(Notice, {**values, "收录": entered.iso}, heading)
