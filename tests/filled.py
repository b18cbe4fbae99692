"""Records with every key that the model has, each field with a text of its own: what no output may lose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BeforeValidator, StringConstraints

from noticeboard.problems import Place as Start
from noticeboard.problems import Problem, Severity
from noticeboard.record.base import Record
from noticeboard.record.dates import PartialDate
from noticeboard.record.fields import OneOf
from noticeboard.record.model import Notice
from noticeboard.record.shown import NOWHERE, Place
from noticeboard.rules import Accepted

#: Values of fields that take no other form; 标识 is another one each time.
_FORMS = {"代码": "439999", "发布时间": "10:58", "承接": "2020-01#i-1", "替换为": "2023-12_2", "并入": "jiu-ju"}
#: Where the first word of the list would hide, or contradict, another field.
_WORDS = {("Status", "basis"): "所在标题", ("Retirement", "words"): "已更正并替换"}
_DEEPEST = 2
#: Pages tell totals of a 方面 or an issue in one line, and of a status that was only the words; JSON has all of it.
_IN_SHORT = re.compile(r".+\.通报所述\.(原文|说明)|(.+\.)?变更\.[原现]状态\.(原文|截至)")


@dataclass(frozen=True)
class Text:
    """A text with the field that holds it (``Issue.deadline``), the way to it, and where it is not shown."""

    text: str
    field: str
    way: tuple[str, ...]
    not_in: Place

    def __str__(self) -> str:
        return f"{self.field} ({'.'.join(self.way)})"


@dataclass
class Filled:
    """Fills records of any kind; ``texts`` are those that it gave, in order. Each begins and ends with ``around``."""

    around: str = ""
    texts: list[Text] = field(default_factory=list)

    def record(self, kind: type[Record], *without: str) -> dict[str, Any]:
        """The mapping of a record, by the keys of files, ``without`` some of them."""
        return self._record(kind, (), NOWHERE, without)

    def only(self, kind: type[Record], key: str) -> dict[str, Any]:
        """The mapping of a record with one key alone."""
        return self.record(kind, *(info.alias for info in kind.model_fields.values() if info.alias not in (None, key)))

    def _record(
        self, kind: type[Record], way: tuple[str, ...], not_in: Place, without: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        made = {}
        for name, info in kind.model_fields.items():
            key = info.alias or name
            if key in without or (key == "子问题" and way.count("子问题") == _DEEPEST - 1):
                continue
            of = Text("", f"{kind.__name__}.{name}", (*way, key), not_in | kind.shown[name].not_in)
            made[key] = _WORDS.get((kind.__name__, name)) or self._value(info.annotation, info.metadata, of)
        return made

    def _value(self, annotation: Any, metadata: list[Any], of: Text) -> Any:
        """Something that a field of this type takes."""
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._value(inner[0], [*inner[1:], *metadata], of)
        if origin in (Union, UnionType):
            return self._value(next(part for part in inner if part is not NoneType), metadata, of)
        if origin is tuple:
            return [self._value(inner[0], metadata, of)]
        if isinstance(annotation, type) and issubclass(annotation, Record):
            return self._record(annotation, of.way, of.not_in)
        return inner[0] if origin is Literal else self._plain(annotation, metadata, of)

    def _plain(self, kind: Any, metadata: list[Any], of: Text) -> Any:
        if kind is PartialDate:
            return {"原文": self._text(of, f"{self.around}§", f"§{self.around}")}
        return "是" if kind is bool else self._string(metadata, of)

    def _string(self, metadata: list[Any], of: Text) -> str:
        for words in (part.words for part in metadata if isinstance(part, OneOf)):
            return str(words[0])
        patterns = [part.pattern for part in metadata if isinstance(part, StringConstraints) and part.pattern]
        if patterns and str(patterns[0]).startswith("^https"):
            return self._text(of, "https://example.org/", "/")
        if of.way[-1] == "标识":
            return f"{str(patterns[0])[1]}-{len(self.texts)}"
        if patterns:
            return _FORMS.get(of.way[-1]) or ("jiu-ju" if of.field.startswith("Unit.") else "jiu-ju/2020")
        if any(isinstance(part, BeforeValidator) and part.func.__name__ == "_figure" for part in metadata):
            return self._text(of, "9000", "1")
        return self._text(of, f"{self.around}§", f"§{self.around}")

    def _text(self, of: Text, before: str, behind: str) -> str:
        not_in = of.not_in | (Place.PAGE if _IN_SHORT.fullmatch(".".join(of.way)) else NOWHERE)
        self.texts.append(replace(of, text=f"{before}{len(self.texts)}{behind}", not_in=not_in))
        return self.texts[-1].text


def kinds_in(kind: Any) -> Iterator[type[Record]]:
    """A kind of record, and those that stand in it."""
    waiting, found = [kind], {}
    while waiting:
        annotation = waiting.pop()
        if isinstance(annotation, type) and issubclass(annotation, Record) and annotation not in found:
            found[annotation] = None
            waiting += [info.annotation for info in annotation.model_fields.values()]
        waiting += get_args(annotation)
    return iter(found)


def notice_with_all(around: str = "") -> tuple[Notice, list[Text]]:
    """A notice in force with every key; ``around`` stands at both ends of each text that takes any."""
    filled = Filled(around)
    # The status of a notice is that it is not in force.
    return Notice.model_validate(filled.record(Notice, "状态")), filled.texts


def accepted(notice: Notice) -> tuple[Accepted, ...]:
    """As if rules had found what the accepted warnings of a notice accept."""
    return tuple(
        Accepted(Problem(Path("2023.yml"), Start(), Severity.WARNING, found.code, "不一致", ""), found)
        for found in notice.accepted
    )
