"""``explain``: what a problem means, how to mend it, with a bad and a good example."""

from __future__ import annotations

import argparse
import difflib
import sys

from noticeboard.checking.explanations import Explanation, explanation, explanations, subjects
from noticeboard.problems import CannotRun


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
        near = difflib.get_close_matches(code, [known.code for known in explanations()], n=3, cutoff=0.5)
        meant = f"；是不是 {'、'.join(near)}？" if near else "；不写代码，就列出全部"
        raise CannotRun(f"没有问题代码“{code}”{meant}")
    return found


def listing() -> str:
    """All codes by subject, each with its gravity and what it is about."""
    parts = []
    for subject in subjects():
        rules = (explained.rule for explained in subject.explanations)
        lines = "".join(f"  {rule.severity.value} {rule.code:<20} {rule.title}\n" for rule in rules)
        parts.append(f"{subject.title}\n{lines}")
    return "\n".join(parts)


def in_full(explained: Explanation) -> str:
    """An explanation as a person reads it in a terminal."""
    rule = explained.rule
    lines = [f"{rule.code}　{explained.heading}", f"{rule.severity.value}：{explained.gravity}", "", explained.meaning]
    if rule.remedy:
        lines += [f"怎样改：{rule.remedy}"]
    if explained.before:
        lines += _example("以前公布的", "", explained.before)
    lines += _example("不对", explained.bad_note, explained.bad)
    lines += _example("对", explained.good_note, explained.good)
    if explained.acceptance:
        lines += _example("原文就是如此的，在文件末尾写明原因，读者会看到", "", explained.acceptance)
    return "".join(f"{line}\n" for line in lines)


def _example(words: str, note: str, text: str) -> list[str]:
    return ["", f"{words}（{note}）：" if note else f"{words}：", *(f"    {line}" for line in text.splitlines())]
