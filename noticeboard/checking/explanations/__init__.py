"""What each problem means, for the person who has it: one list that the command line, a page and the checker share.

The files beside this one hold, by subject, for each code what it means, a bad and a good example. An example is a
fragment: its keys stand in the place of those of the smallest valid record, so that a test runs every one of them.
Characters that nobody sees are written with stand-ins (``STAND_INS``), in the files and wherever they are shown.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

from noticeboard.board import folders
from noticeboard.changes import promises
from noticeboard.problems import RULES, Rule, Severity
from noticeboard.rules import checked

# Importing these modules, and those below them, puts their rules on the list.
_MODULES = (folders, promises)

#: Stand-in → the character, and its name. Signs of GBK, which the fonts of every Chinese console have.
STAND_INS = {"→": ("\t", "制表符 Tab"), "□": ("\u3000", "全角空格"), "◇": ("\u200b", "看不见的零宽空格")}
#: In the order of the page.
_SUBJECTS = ("files", "writing", "values", "figures", "people", "identity", "lasting")
_GRAVITY = {Severity.ERROR: "必须改，不改不能公布", Severity.WARNING: "要看一看，改好或写明原因"}
#: Of what the examples are a part, where that is not a notice: what is said beside each.
_PLACES = {"单位": "写在 unit.yml 里", "文件名": "文件夹里的文件，一行一个", "以前的文件": "以前公布的文件"}
_ENCODINGS = {"gbk": "文件存成 ANSI（GBK）", "utf-8-sig": "文件存成“带有 BOM 的 UTF-8”"}
_UTF_8 = "文件存成“UTF-8”"
#: An example that is shown beside a problem is short.
_SHORT = 3


@dataclass(frozen=True)
class Explanation:
    """What a rule means, with examples.

    ``place`` says of what the examples are a part: 通报, 单位, 文件名 (a file a line) or 以前的文件.
    """

    rule: Rule
    meaning: str
    bad: str
    good: str
    place: str = "通报"
    #: What stood there when it was published, for what is compared with it.
    before: str = ""
    #: In which encoding the bad example is saved.
    encoding: str = "utf-8"
    is_example_general: bool = True

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def heading(self) -> str:
        """The title so that nobody takes a demand for what is wrong."""
        return self.rule.title if self.rule.is_of_reading else f"要求：{self.rule.title}"

    @property
    def is_acceptable(self) -> bool:
        """Whether 已知差异 takes it: a warning of the record as it is, not of reading it or of what it was."""
        return self.rule in checked() and self.rule.severity is Severity.WARNING

    @property
    def gravity(self) -> str:
        """What the severity means for the writer."""
        return _GRAVITY[self.rule.severity]

    @property
    def bad_note(self) -> str:
        """What is to be said beside the bad example: how it is saved, what its signs stand for, or where it stands."""
        signs = (f"{sign} 表示{name}" for sign, (_, name) in STAND_INS.items() if sign in self.bad)
        return _ENCODINGS.get(self.encoding) or "，".join(signs) or _PLACES.get(self.place, "")

    @property
    def good_note(self) -> str:
        """The same for the good one, in which nothing is invisible."""
        return _UTF_8 if self.encoding in _ENCODINGS else _PLACES.get(self.place, "")

    @property
    def acceptance(self) -> str | None:
        """The lines that accept it with a reason, where that can be done."""
        return f"已知差异:\n  - 代码: {self.code}\n    原因: 为什么原文如此" if self.is_acceptable else None

    @property
    def example(self) -> str | None:
        """The good example where it helps beside a problem: short, and no more particular than the problem."""
        is_of_content = self.place in ("通报", "单位") and not self.before and self.encoding == "utf-8"
        is_short = len(self.good.splitlines()) <= _SHORT
        return self.good if self.is_example_general and is_of_content and is_short else None


@dataclass(frozen=True)
class Subject:
    """What belongs together, under an English name for addresses."""

    name: str
    title: str
    introduction: str
    explanations: tuple[Explanation, ...]


@functools.cache
def subjects() -> tuple[Subject, ...]:
    """All explanations, subject by subject."""
    found = []
    for name in _SUBJECTS:
        file = Path(__file__).with_name(f"{name}.yml")
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        explained = tuple(
            Explanation(
                rule=RULES[code],
                meaning=words["说明"],
                bad=words["不对"].rstrip("\n"),
                good=words["对"].rstrip("\n"),
                place=words.get("处", "通报"),
                before=words.get("以前", "").rstrip("\n"),
                encoding=words.get("编码", "utf-8"),
                is_example_general=words.get("检查时") != "不举例",
            )
            for code, words in written["代码"].items()
        )
        found.append(Subject(name, written["组"], written["引言"], explained))
    return tuple(found)


def explanations() -> tuple[Explanation, ...]:
    """All of them, in the same order."""
    return tuple(explained for subject in subjects() for explained in subject.explanations)


@functools.cache
def explanation(code: str) -> Explanation | None:
    """The explanation of a code."""
    return next((explained for explained in explanations() if explained.code == code), None)
