"""The kinds of values that fields of a record take: text, figure, date, a word of a list, yes or no.

A value that is none raises ``ContentError`` with its remedy; pydantic carries it to the reader, which adds the place.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, StringConstraints

from noticeboard.dates import PartialDate
from noticeboard.problems import ContentError
from noticeboard.vocabulary import TOPICS


def one_of(allowed: Iterable[str], field: str) -> BeforeValidator:
    """A word of a list; any other raises ``ContentError`` that names the nearest one and all."""
    words = tuple(allowed)

    def check(value: object) -> object:
        if isinstance(value, str) and value.strip() not in words:
            raise ContentError("not-in-list", f"{field}“{value}”不在可用的值之中", _choose(value, words))
        return value

    return BeforeValidator(check)


def _choose(value: str, words: tuple[str, ...]) -> str:
    several = [part.strip() for part in re.split("[、，,;；]", value)]
    if len(several) > 1 and all(part in words for part in several):
        return f"几个值写成列表：[{', '.join(several)}]"
    near = difflib.get_close_matches(value, words, n=1, cutoff=0.5)
    return (f"是不是“{near[0]}”？" if near else "") + f"从中选一个：{'、'.join(words)}"


def _yes_or_no(value: object) -> object:
    if isinstance(value, str):
        if value not in ("是", "否"):
            raise ContentError("not-in-list", f"“{value}”不在可用的值之中", "只能写“是”或“否”")
        return value == "是"
    return value


def one_or_many(value: object) -> object:
    """A single text or mapping stands for a list of one."""
    return [value] if isinstance(value, str | dict) else value


def _figure(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", value.strip()):
        raise ContentError("not-a-number", f"“{value}”不是数", "只写阿拉伯数字（例如 21 或 3.5），量词写在“单位”里")
    return value


def _partial_date(value: object) -> object:
    if isinstance(value, str):
        return PartialDate.parse(value)
    if isinstance(value, dict):
        known = {key: text for key, text in value.items() if key in ("原文", "可确定") and isinstance(text, str)}
        if known.keys() != value.keys() or "原文" not in known:
            raise ContentError(
                "date-form", "缺损的日期写得不对", "写成 {原文: 原样照录, 可确定: 2022-11}，“可确定”可以不写"
            )
        return PartialDate.damaged(known["原文"], known.get("可确定"))
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
#: A number as typed: digits, perhaps a decimal point. Kept as text so that 12.50 stays 12.50.
Figure = Annotated[Text, BeforeValidator(_figure)]
Date = Annotated[
    PartialDate,
    BeforeValidator(_partial_date),
    PlainSerializer(lambda date: date.iso if date.words is None else {"words": date.words, "certain": date.iso}),
]
Topic = Annotated[Text, one_of(TOPICS, "主题")]
