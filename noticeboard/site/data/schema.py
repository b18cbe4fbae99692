"""JSON Schema (2020-12) of the published JSON, and of the YAML files as their authors write them.

Both are made from the types themselves: names and descriptions are those of the fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from noticeboard.record.fields import Json
from noticeboard.record.model import Notice, Record, Unit
from noticeboard.record.vocabulary import StatusCode
from noticeboard.site.data.documents import FOLDER, Manifest, NoticeDocument, NoticesDocument, UnitsDocument
from noticeboard.site.settings import Masthead

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: Of the published JSON; of a notice's and of a unit's file.
PUBLISHED, NOTICE_FILE, UNIT_FILE = "notice.schema.json", "notice.yaml.schema.json", "unit.yaml.schema.json"

_Published = Annotated[NoticeDocument | NoticesDocument | UnitsDocument | Manifest, Field(discriminator="type")]


def published_schema(masthead: Masthead) -> Json:
    """The schema of every JSON document under ``/data/``. Other keys may come with a later version, so they pass."""
    made = TypeAdapter(_Published).json_schema(by_alias=False, mode="serialization")
    # What pydantic adds for OpenAPI; oneOf says all of it.
    made.pop("discriminator", None)
    for part in _parts(made):
        part.pop("additionalProperties", None) if part.get("additionalProperties") is False else None
        part.pop("default", None)
        part.pop("readOnly", None)
    return _named(made, masthead, PUBLISHED, "公开数据")


def file_schema(kind: type[Record], masthead: Masthead | None) -> Json:
    """The schema of the files of notices (``Notice``) or units (``Unit``), for editors; the rules demand more.

    Without a masthead it has no address: the copy that lies beside the files belongs to no site.
    """
    made = kind.model_json_schema(by_alias=True, mode="validation")
    for part in _parts(made):
        required = part.get("required", ())
        for name, field in part.get("properties", {}).items():
            # A key with nothing behind it is as if it were not there.
            if name not in required and isinstance(part.get("title"), str) and part.get("type") == "object":
                part["properties"][name] = _or_null(field)
    name, title = (NOTICE_FILE, "通报文件") if kind is Notice else (UNIT_FILE, "单位文件 unit.yml")
    return _named(made, masthead, name, title)


def schemas(masthead: Masthead) -> Iterator[tuple[str, Json]]:
    """Every schema with the name of its file."""
    yield PUBLISHED, published_schema(masthead)
    yield NOTICE_FILE, file_schema(Notice, masthead)
    yield UNIT_FILE, file_schema(Unit, masthead)


def _named(made: Json, masthead: Masthead | None, name: str, title: str) -> Json:
    """With its own address (if it has one), and without the English docstrings of the types."""
    for one in (made, *made.get("$defs", {}).values()):
        one.pop("description", None)
    codes = made.get("$defs", {}).get("StatusCode")
    if codes:
        codes["title"] = "状态的类别"
        codes["description"] = "；".join(f"{code.value} {code.label}" for code in StatusCode)
    made.pop("title", None)
    own = {"$id": masthead.url(f"{FOLDER}/{name}")} if masthead else {}
    return {"$schema": DIALECT, **own, "title": title, **made}


def _or_null(field: Json) -> Json:
    """The schema of a field, or nothing behind its key."""
    choices = field.get("anyOf", [])
    if {"type": "null"} in choices:
        return field
    outer: Json = {key: field[key] for key in ("title", "description", "default") if key in field}
    inner = {key: value for key, value in field.items() if key not in outer}
    return {"anyOf": [*(choices if inner.keys() == {"anyOf"} else [inner]), {"type": "null"}], **outer}


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a schema, the whole one first."""
    if isinstance(value, dict):
        yield value
        for inner in list(value.values()):
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)
