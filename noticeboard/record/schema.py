"""JSON Schema (2020-12) of the YAML files as their authors write them; names and descriptions are the fields'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from noticeboard.record.base import Record
from noticeboard.record.fields import Json
from noticeboard.record.model import Notice
from noticeboard.record.vocabulary import StatusCode

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def file_schema(kind: type[Record], address: str = "") -> Json:
    """The schema of the files of notices (``Notice``) or units (``Unit``), for editors; the rules demand more.

    ``address`` is its own whole one; the copy that lies beside the files belongs to no site, and has none.
    """
    made = kind.model_json_schema(by_alias=True, mode="validation")
    for part in parts(made):
        required = part.get("required", ())
        for name, field in part.get("properties", {}).items():
            # A key with nothing behind it is as if it were not there.
            if name not in required and isinstance(part.get("title"), str) and part.get("type") == "object":
                part["properties"][name] = _or_null(field)
    return named(made, address, "通报文件" if kind is Notice else "单位文件 unit.yml")


def named(made: Json, address: str, title: str) -> Json:
    """With its own address (if it has one), and without the English docstrings of the types."""
    for part in (made, *made.get("$defs", {}).values()):
        part.pop("description", None)
    codes = made.get("$defs", {}).get("StatusCode")
    if codes:
        codes["title"] = "状态的类别"
        codes["description"] = "；".join(f"{code.value} {code.label}" for code in StatusCode)
    made.pop("title", None)
    own = {"$id": address} if address else {}
    return {"$schema": DIALECT, **own, "title": title, **made}


def _or_null(field: Json) -> Json:
    """The schema of a field, or nothing behind its key."""
    choices = field.get("anyOf", [])
    if {"type": "null"} in choices:
        return field
    outer: Json = {key: field[key] for key in ("title", "description", "default") if key in field}
    inner = {key: value for key, value in field.items() if key not in outer}
    return {"anyOf": [*(choices if inner.keys() == {"anyOf"} else [inner]), {"type": "null"}], **outer}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a schema, the whole one first."""
    if isinstance(value, dict):
        yield value
        for inner in list(value.values()):
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)
