"""The kinds of values that fields of a record take: text, figure, date, a word of a list, yes or no.

A value that is none raises ``ContentError`` with its remedy; pydantic carries it to the reader, which adds the place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
)
from pydantic_core import CoreSchema, core_schema

from noticeboard.problems import ContentError, Severity, rule
from noticeboard.record.dates import DATE_FORM, PartialDate
from noticeboard.record.urls import as_uri, check_url
from noticeboard.record.vocabulary import TOPICS

NOT_IN_LIST = rule("not-in-list", Severity.ERROR, "值不在可用的词表中")
NOT_A_NUMBER = rule("not-a-number", Severity.ERROR, "应写阿拉伯数字")

#: A JSON Schema or a part of one.
Json: TypeAlias = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class OneOf:
    """A word of a list; any other raises ``ContentError`` that names the nearest one and all."""

    words: tuple[str, ...]
    field: str

    def _check(self, value: object) -> object:
        if isinstance(value, str) and value.strip() not in self.words:
            raise ContentError(NOT_IN_LIST, f"{self.field}“{value}”不在可用的值之中", _choose(value, self.words))
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        del schema, handler
        return {"type": "string", "enum": list(self.words)}


def _choose(value: str, words: tuple[str, ...]) -> str:
    several = [part.strip() for part in re.split("[、，,;；]", value)]
    if len(several) > 1 and all(part in words for part in several):
        return f"几个值写成列表：[{', '.join(several)}]"
    near = difflib.get_close_matches(value, words, n=1, cutoff=0.5)
    return (f"是不是“{near[0]}”？" if near else "") + f"从中选一个：{'、'.join(words)}"


def _yes_or_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("是", "否"):
            raise ContentError(NOT_IN_LIST, f"“{value}”不在可用的值之中", "只能写“是”或“否”")
        return value == "是"
    return value


def _figure(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", value.strip()):
        raise ContentError(NOT_A_NUMBER, f"“{value}”不是数", "只写阿拉伯数字（例如 21 或 3.5），量词写在“单位”里")
    return value


def _partial_date(value: object) -> object:
    if isinstance(value, str):
        return PartialDate.parse(value)
    if isinstance(value, dict):
        known = {key: text for key, text in value.items() if key in ("原文", "可确定") and isinstance(text, str)}
        if known.keys() != value.keys() or "原文" not in known:
            raise ContentError(
                DATE_FORM, "缺损的日期写得不对", "写成 {原文: 原样照录, 可确定: 2022-11}，“可确定”可以不写"
            )
        return PartialDate.damaged(known["原文"], known.get("可确定"))
    return value


@dataclass(frozen=True)
class InFiles:
    """What a schema says of a field: in a file as its author writes it, and in JSON."""

    in_files: Callable[[Json], Json]
    in_json: Callable[[Json], Json] | None = None

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        made = handler(schema)
        if handler.mode == "validation":
            return self.in_files(made)
        return self.in_json(made) if self.in_json else made


def or_number(made: Json) -> Json:
    """For texts that may be all digits, which the YAML reader of an editor takes for a number."""
    return {"anyOf": [made, {"type": "integer"}]}


#: The YAML reader of an editor takes 21 for a number and 是 for a text; ours takes all for text.
_SCALAR: Json = {"type": ["string", "number", "boolean"]}
_ISO = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
_FIGURE = {"type": "string", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,6})?$"}


def _date_in_files(_: Json) -> Json:
    keys = {"原文": {"type": "string", "minLength": 1}, "可确定": {**_ISO, "type": ["string", "number"]}}
    damaged = {"type": "object", "properties": keys, "required": ["原文"], "additionalProperties": False}
    return {"anyOf": [_ISO, {"type": "integer", "minimum": 1900, "maximum": 2199}, damaged]}


def _date_in_json(_: Json) -> Json:
    keys = {
        "printed": {"type": "string", "minLength": 1, "description": "缺损的日期，照录原样"},
        "certain": {"anyOf": [_ISO, {"type": "null"}], "description": "其中可以确定的部分"},
    }
    return {"anyOf": [_ISO, {"type": "object", "properties": keys, "required": list(keys)}]}


def _written(date: PartialDate) -> object:
    return date.iso if date.words is None else {"printed": date.words, "certain": date.iso or None}


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), InFiles(lambda _: _SCALAR)]
#: A list; in a file a single text or mapping stands for a list of one.
Many = Annotated[
    tuple[T, ...],
    BeforeValidator(lambda value: [value] if isinstance(value, str | dict) else value),
    InFiles(lambda listed: {"anyOf": [listed["items"], listed]}),
]
Texts = Many[Text]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no), InFiles(lambda _: {"type": "string", "enum": ["是", "否"]})]
#: A number as typed: digits, perhaps a decimal point. Kept as text so that 12.50 stays 12.50.
Figure = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    BeforeValidator(_figure),
    InFiles(lambda _: {"anyOf": [{"type": "number"}, _FIGURE]}, lambda _: _FIGURE),
]
Date = Annotated[
    PartialDate, BeforeValidator(_partial_date), PlainSerializer(_written), InFiles(_date_in_files, _date_in_json)
]
_UrlForm = StringConstraints(strip_whitespace=True, pattern=r"^https?://\S+$")
#: Where something stands on the web: the pattern is for editors, which know no more. In JSON it is a URI.
Url = Annotated[str, _UrlForm, AfterValidator(check_url), PlainSerializer(as_uri, return_type=Annotated[str, _UrlForm])]
Topic = Annotated[Text, OneOf(tuple(TOPICS), "主题")]
