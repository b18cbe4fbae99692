"""Questions at a terminal, one by one; an answer that will not do is explained and asked for again."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from noticeboard.problems import CannotRun
from noticeboard.reading.read import read_bytes
from noticeboard.reading.write import scalar
from noticeboard.record.keys import keys_at
from noticeboard.record.model import Notice, Unit

#: A list of more words is not read at a terminal.
_MANY = 15


@dataclass(frozen=True)
class Question:
    """What is asked: the key by its way in the record (``发布.落款日期``), and whether one must answer."""

    way: str
    must: bool = False


def ask_all(kind: type[Notice | Unit], questions: Sequence[Question], defaults: Mapping[str, str]) -> dict[str, str]:
    """The answers by their ways; without those that were passed over. Raises ``CannotRun`` where the input ends."""
    answers = {question.way: _ask(kind, question, defaults.get(question.way, "")) for question in questions}
    return {way: answer for way, answer in answers.items() if answer}


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def answer_to(prompt: str) -> str:
    """One line from the terminal."""
    print(prompt, end="", file=sys.stderr, flush=True)
    try:
        return input().strip()
    except EOFError as end:
        raise CannotRun("输入到此为止，什么也没有写") from end


def _ask(kind: type[Notice | Unit], question: Question, default: str) -> str:
    *above, name = question.way.split(".")
    key = keys_at(kind, tuple(above))[name]
    words = key.words if len(key.words) <= _MANY else ()
    print(f"\n{key.name}：{key.description}", file=sys.stderr)
    for at, word in enumerate(words, 1):
        print(f"  {at}. {word}", file=sys.stderr)
    hint = f"回车：{default}" if default else "必填" if question.must else "没有就按回车"
    while True:
        answer = answer_to(f"{key.name}（{hint}）> ") or default
        if words and answer.isdigit() and 1 <= int(answer) <= len(words):
            answer = words[int(answer) - 1]
        if not answer and not question.must:
            return ""
        wrong = _wrong(kind, question.way, answer) if answer else "这一项必须填"
        if wrong is None:
            return answer
        print(f"  {wrong}", file=sys.stderr)


def _wrong(kind: type[Notice | Unit], way: str, answer: str) -> str | None:
    """What the reader itself says of this value at its place; that other keys are missing does not matter here."""
    *above, name = way.split(".")
    lines = [f"{'  ' * depth}{step}:" for depth, step in enumerate(above)]
    lines.append(f"{'  ' * len(above)}{name}: {scalar(answer)}")
    problems = read_bytes(Path("answer.yml"), "\n".join(lines).encode("utf-8", "replace"), kind).problems
    found = next((problem for problem in problems if problem.code != "missing-key"), None)
    return f"{found.what}：{found.remedy}" if found else None
