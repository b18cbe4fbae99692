"""Every key that a file may have: its meaning, what may stand behind it, whether it must be there.

From the fields of the model: what the reader, a blank file, the page of all keys and ``new`` know of a key is the same.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic.fields import FieldInfo

from noticeboard.positions import KeyPath
from noticeboard.record.base import Record
from noticeboard.record.dates import PartialDate
from noticeboard.record.fields import Figure, OneOf
from noticeboard.record.model import Notice, Unit
from noticeboard.record.status import Status
from noticeboard.record.vocabulary import STATUS_OF_WORDS


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
    by_name: Mapping[str, Key]

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys in their order."""
        return tuple(self.by_name.values())


@functools.cache
def keys_of(kind: type[Record]) -> Mapping[str, Keys]:
    """The record itself, then each kind of record in it, in the order in which one meets them, by their type names."""
    found: dict[str, Keys] = {}
    waiting = [kind]
    while waiting:
        model = waiting.pop(0)
        if model.__name__ not in found:
            keys = {}
            for info in model.model_fields.values():
                key, inner = _key(info)
                keys[key.name] = key
                waiting += [inner] if inner else []
            found[model.__name__] = Keys(model.__name__, _title(model), keys)
    return found


def keys_at(kind: type[Record], path: KeyPath) -> Mapping[str, Key]:
    """The keys that may stand at ``path`` of a record of this kind, by name; an unknown step is passed over."""
    sheets = keys_of(kind)
    keys = sheets[kind.__name__].by_name
    for step in path:
        if isinstance(step, str) and step in keys and keys[step].inner:
            keys = sheets[keys[step].inner].by_name
    return keys


@functools.cache
def all_keys() -> frozenset[str]:
    """The name of every key of every record."""
    return frozenset(name for kind in (Notice, Unit) for sheet in keys_of(kind).values() for name in sheet.by_name)


def _title(model: type[Record]) -> str:
    return model.model_config["title"] or model.__name__


def _key(info: FieldInfo) -> tuple[Key, type[Record] | None]:
    """The key of a field, and the type of the records below it."""
    assert info.alias
    values = list(_values(info.annotation, tuple(info.metadata)))
    inner = next((value for value, _ in values if isinstance(value, type) and issubclass(value, Record)), None)
    words = next(filter(None, (_words(*value) for value in values)), ())
    key = Key(
        info.alias,
        info.description or "",
        info.is_required(),
        _form(values, words, inner),
        _is_many(info.annotation),
        words,
        inner.__name__ if inner else "",
        _title(inner) if inner else "",
    )
    return key, inner


def _values(annotation: Any, beside: tuple[object, ...]) -> Iterator[tuple[Any, tuple[object, ...]]]:
    """Each type that a value, or an item of a list, may have, and what its annotations say ``beside`` it."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        yield from _values(parts[0], beside + parts[1:])
    elif origin in (tuple, typing.Union, types.UnionType):
        for part in parts:
            yield from _values(part, beside)
    elif annotation not in (type(None), Ellipsis):
        yield annotation, beside


def _is_many(annotation: Any) -> bool:
    return typing.get_origin(annotation) is tuple or any(map(_is_many, typing.get_args(annotation)))


def _words(value: Any, beside: tuple[object, ...]) -> tuple[str, ...]:
    if value is bool:
        return "是", "否"
    # The words alone stand for the whole.
    if value is Status:
        return tuple(STATUS_OF_WORDS)
    if typing.get_origin(value) is Literal:
        return typing.get_args(value)
    return next((choice.words for choice in beside if isinstance(choice, OneOf)), ())


def _form(values: list[tuple[Any, tuple[object, ...]]], words: tuple[str, ...], inner: type[Record] | None) -> str:
    if any(value is bool for value, _ in values):
        return "是或否"
    if words:
        return "词表"
    if inner:
        return "一组键"
    if any(value is PartialDate for value, _ in values):
        return "日期"
    # Figures are texts, told by what is beside them.
    figure = typing.get_args(Figure)[1:]
    return "数" if any(all(part in beside for part in figure) for _, beside in values) else "文字"
