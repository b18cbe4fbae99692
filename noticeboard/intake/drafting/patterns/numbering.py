"""Ways of numbering headings and lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from noticeboard.intake.drafting.patterns.pattern import ARABIC, CHINESE, pattern


@dataclass(frozen=True)
class Series:
    """A way of numbering. ``printed`` is what the record keeps (问题一), ``n`` the ordinal in it."""

    name: str
    regex: re.Pattern[str]
    #: Above which others it usually stands: 一、 over （一） over 1. over (1) over ①.
    rank: int

    @property
    def lists_only(self) -> bool:
        """Whether it never numbers headings."""
        return self.rank == _LIST

    @property
    def names_issues(self) -> bool:
        """Whether the number itself says that an issue follows."""
        return "问题" in self.name


_LIST = 9


def _series(rank: int, name: str, regex: str, example: str, finds: str) -> Series:
    return Series(name, pattern(f"编号 {name}", regex, example, finds), rank)


SERIES = (
    _series(
        2, "问题一",
        rf"[【\[]?(?P<printed>(?:反馈|具体|巡察|巡视)?问题[ 　]?[（(]?(?P<n>[{CHINESE}{ARABIC}]{{1,4}})[）)]?)"
        r"(?:[ 　]?[：:、.．】\]]{1,2}|(?=[ 　“关针对]))",
        "问题一：学习不够深入。", "问题一：",
    ),
    _series(
        2, "第一个问题",
        rf"(?P<printed>第(?P<n>[{CHINESE}{ARABIC}]{{1,4}})(?:个|项|类)(?:具体)?问题)[ 　]?[：:、.．，,]?",
        "第三个问题：台账不全", "第三个问题：",
    ),
    _series(
        2, "第一，关于…问题",
        rf"(?P<printed>第(?P<n>[{CHINESE}]{{1,3}}))[，,、：:](?=关于|针对|对“)", "第一，关于台账不全的问题。", "第一，",
    ),
    _series(2, "问题清单第1项", rf"(?P<printed>(?:问题清单|反馈意见|反馈问题|整改任务|问题)第(?P<n>[{CHINESE}{ARABIC}]{{1,4}})[条项])[ 　]{{0,4}}[：:、.．，,]?", "反馈意见第3条　责任不实", "反馈意见第3条　"),
    _series(2, "01", r"(?P<printed>[A-Z]?(?P<n>0[1-9]|1\d))[ 　]{1,4}(?=[一-龥“「](?<![个项条类名人年月日次]))", "01 职责边界不清", "01 "),
    _series(-1, "壹", r"(?P<printed>(?P<n>[壹贰叁肆伍陆柒捌玖])[、.．]?)[ 　]{0,4}(?=[一-龥])", "贰　整改情况", "贰　"),
    _series(0, "甲、", r"(?P<printed>(?P<n>[甲乙丙丁戊己庚辛]))[、.．]", "甲、乡党委", "甲、"),
    _series(-1, "第一部分", rf"(?P<printed>第(?P<n>[{CHINESE}{ARABIC}]{{1,3}})部分)[ 　]?[：:、，,]?", "第二部分 反馈意见整改落实情况", "第二部分 "),
    _series(0, "一、", rf"(?P<printed>(?P<n>[{CHINESE}]{{1,4}})[ 　]?[、．.])", "十二、下一步打算", "十二、"),
    _series(
        1, "（一）", rf"(?P<printed>[（(][ 　]?(?P<n>[{CHINESE}]{{1,4}})[ 　]?[）)][、．.]?|[㈠-㈩])", "（三）关于", "（三）"
    ),
    _series(
        3, "1.1",
        rf"(?P<printed>[{ARABIC}]{{1,2}}[.．](?P<n>[{ARABIC}]{{1,2}})[.．]?)(?=[ 　“]|关于|针对)",
        "2.3 关于“学用脱节”问题", "2.3",
    ),
    # 1.5万元 is no number of a heading, but 1.2022年… and 1.3月20日… are.
    _series(
        2, "1.",
        rf"(?P<printed>(?P<n>[{ARABIC}]{{1,3}})[ 　]?[.．、]|[⒈-⒛])(?![{ARABIC}]|$)"
        rf"|(?P<printed2>(?P<n2>[{ARABIC}]{{1,3}})[.．、])(?=(?:19|20)\d\d年|[{ARABIC}]{{1,2}}月)",
        "3．会议记录不规范", "3．",
    ),
    _series(3, "(1)", rf"(?P<printed>[（(][ 　]?(?P<n>[{ARABIC}]{{1,3}})[ 　]?[）)][、．.]?|[⑴-⒇])", "(4)工作流程随意", "(4)"),
    _series(4, "1)", rf"(?P<printed>(?P<n>[{ARABIC}]{{1,2}})[）)][、．.]?)", "2）台账不全", "2）"),
    _series(5, "①", r"(?P<printed>[①-⑳➀-➉❶-❿][、．.]?)", "②规范报销", "②"),
    _series(_LIST, "一是", rf"(?P<printed>(?P<n>[{CHINESE}]{{1,3}})(?:是|要))", "二是完善制度。", "二是"),
    _series(_LIST, "其一", rf"(?P<printed>其(?P<n>[{CHINESE}]{{1,2}}))[，,、：:是]", "其二，完善制度。", "其二，"),
    _series(_LIST, "第一，", rf"(?P<printed>第(?P<n>[{CHINESE}]{{1,3}}))[，,、：:]", "第二，完善制度。", "第二，"),
)  # fmt: skip
