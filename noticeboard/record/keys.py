"""Every key that a file may have: its meaning, what may stand behind it, whether it must be there.

From the types themselves, by way of the JSON Schema that editors use: what a blank file, a page and an editor tell of
a key is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from noticeboard.record.fields import Json
from noticeboard.record.model import Notice, Record, Unit
from noticeboard.record.schema import file_schema

#: What a pattern asks for, in words; the rest is said by the description.
_DATE = "日期"


@dataclass(frozen=True)
class Key:
    """One key. ``words`` are the only values it takes, if they are listed; ``inner`` the keys that stand below it."""

    name: str
    description: str
    is_required: bool
    #: 文字, 数, 日期, 是或否, 词表, 一组键.
    form: str
    #: Whether it takes a list.
    is_many: bool
    words: tuple[str, ...]
    #: The name of the type below it (``Issue``), or nothing.
    inner: str
    #: What that type is called in files.
    inner_title: str = ""


@dataclass(frozen=True)
class Keys:
    """All keys of one kind of record; ``type_name`` is its English name, which never changes: an anchor."""

    type_name: str
    title: str
    keys: tuple[Key, ...]


def keys_of(kind: type[Notice | Unit]) -> tuple[Keys, ...]:
    """The record itself, then each kind of record in it, in the order in which one meets them."""
    schema = file_schema(kind)
    parts: Json = schema["$defs"]
    found = {kind.__name__: _keys(kind.__name__, _title(kind), schema, parts)}
    waiting = list(found.values())
    while waiting:
        for key in waiting.pop(0).keys:
            if key.inner and key.inner not in found:
                part = parts[key.inner]
                found[key.inner] = _keys(key.inner, part["title"], part, parts)
                waiting.append(found[key.inner])
    return tuple(found.values())


def _title(kind: type[Record]) -> str:
    return kind.model_config["title"] or kind.__name__


def _keys(type_name: str, title: str, part: Json, parts: Json) -> Keys:
    required = part.get("required", ())
    return Keys(
        type_name,
        title,
        tuple(_key(name, field, name in required, parts) for name, field in part["properties"].items()),
    )


def _key(name: str, field: Json, is_required: bool, parts: Json) -> Key:  # noqa: FBT001 - read off the schema just now
    forms = [form for form in _forms(field) if form.get("type") != "null"]
    single = [form for form in forms if form.get("type") != "array"]
    words = next((tuple(form["enum"]) for form in single if "enum" in form), ())
    inner = next((form["$ref"].rpartition("/")[2] for form in single if "$ref" in form), "")
    is_many = any(form.get("type") == "array" for form in forms)
    return Key(
        name,
        field.get("description", ""),
        is_required,
        _form(single, words, inner),
        is_many,
        words,
        inner,
        parts[inner]["title"] if inner else "",
    )


def _forms(field: Any) -> Iterator[Json]:
    """Each form that a value may have, the items of a list too."""
    for form in field.get("anyOf", [field]):
        if "anyOf" in form:
            yield from _forms(form)
            continue
        yield form
        if form.get("type") == "array":
            yield from _forms(form["items"])


def _form(forms: list[Json], words: tuple[str, ...], inner: str) -> str:
    if set(words) == {"是", "否"}:
        return "是或否"
    if words:
        return "词表"
    if inner:
        return "一组键"
    if any("原文" in form.get("properties", ()) for form in forms):
        return _DATE
    if any(form.get("type") == "number" for form in forms):
        return "数"
    return "文字"
