"""The parser of the command line, which speaks Chinese where the library speaks English."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from noticeboard.problems import CannotRun

_CHOICE = r"invalid choice: '?(?P<value>.{0,300}?)'? \(choose from (?P<choices>.*)\)"
#: What ``argparse`` says of a mistake (its wording differs a little between versions of Python), and the same for a
#: person; what fits none stays as it is.
_SAID = (
    (rf"argument 命令: {_CHOICE}", "没有命令“{value}”；有：{choices}"),
    (rf"argument (?P<of>.{{1,60}}?): {_CHOICE}", "{of} 不能写“{value}”；可以写：{choices}"),
    (r"argument (?P<of>.{1,60}?): invalid \w+ value: '?(?P<value>.*?)'?", "{of} 不能写“{value}”"),
    (r"argument (?P<of>.{1,60}?): expected (?:one|at least one) argument", "{of} 后面还要写一个值"),
    (r"argument (?P<of>.{1,60}?): ignored explicit argument '?(?P<value>.*?)'?", "{of} 后面不写值，写的是“{value}”"),
    (r"the following arguments are required: (?P<value>.+)", "还要写 {value}"),
    (r"unrecognized arguments: (?P<value>.+)", "不认识“{value}”"),
    (r"ambiguous option: (?P<value>\S+) could match (?P<choices>.+)", "“{value}”有几个意思：{choices}"),
)


def _in_chinese(message: str) -> str:
    for pattern, words in _SAID:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            groups = match.groupdict()
            groups["choices"] = (groups.get("choices") or "").replace("'", "").replace(", ", "、")
            return words.format(**groups)
    return message


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Raises ``CannotRun`` where the arguments are wrong."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **more, "add_help": False})
        self._optionals.title, self._positionals.title = "选项", "参数"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """With how to go on."""
        raise CannotRun(f"参数有误：{_in_chinese(message)}（运行 python {self.prog} --help 看用法）")
