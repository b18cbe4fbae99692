"""``explain``: what a problem means, how to mend it, with a bad and a good example."""

from __future__ import annotations

import argparse
import difflib
import itertools
import sys

from noticeboard.explanations import Explanation, explanation, explanations
from noticeboard.problems import CannotRun, Severity

HELP = "解释一个问题代码：什么意思，怎样改，不对和对的例子"


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``explain``."""
    parser.add_argument("codes", nargs="*", metavar="CODE", help="检查说出的代码，例如 fullwidth-colon；不写就列出全部")


def run(arguments: argparse.Namespace) -> int:
    """0; a code that is none cannot be explained (2)."""
    found = [_found(code.lower()) for code in arguments.codes]
    sys.stdout.write("\n".join(map(in_full, found)) if found else listing())
    return 0


def _found(code: str) -> Explanation:
    found = explanation(code)
    if found is None:
        near = difflib.get_close_matches(code, [one.code for one in explanations()], n=3, cutoff=0.5)
        meant = f"；是不是 {'、'.join(near)}？" if near else "；不写代码，就列出全部"
        raise CannotRun(f"没有问题代码“{code}”{meant}")
    return found


def listing() -> str:
    """All codes by subject, each with its gravity and what it is about."""
    parts = []
    for subject, some in itertools.groupby(explanations(), key=lambda one: one.subject):
        lines = "".join(f"  {one.severity.value} {one.code:<20} {one.title}\n" for one in some)
        parts.append(f"{subject}\n{lines}")
    return "\n".join(parts)


def in_full(one: Explanation) -> str:
    """An explanation as a person reads it in a terminal."""
    grave = "错误：必须改，不改不能公布" if one.severity is Severity.ERROR else "警告：要看一看，不拦公布"
    lines = [f"{one.code}　{one.title}（{grave}）", "", one.meaning]
    if one.remedy:
        lines += [f"怎样改：{one.remedy}"]
    if one.before:
        lines += ["", "以前公布的：", *_indented(one.before)]
    lines += ["", f"不对{f'（{one.encoding_words}）' if one.encoding_words else ''}：", *_indented(one.bad)]
    lines += ["", "对：", *_indented(one.good)]
    if one.legend:
        lines += ["", f"（{one.legend}）"]
    if one.severity is Severity.WARNING and one.is_rule and one.code != "acceptance-unused":
        lines += ["", "原文就是如此的，在文件末尾写明原因，读者会看到：", *_indented(acceptance(one.code))]
    return "".join(f"{line}\n" for line in lines)


def acceptance(code: str) -> str:
    """The lines that accept a warning."""
    return f"已知差异:\n  - 代码: {code}\n    原因: 为什么原文如此"


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]
