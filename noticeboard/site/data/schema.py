"""JSON Schema (2020-12) of the published JSON, made from its types, and every schema with the name of its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, TypeAdapter

from noticeboard.record.fields import Json
from noticeboard.record.model import Notice, Unit
from noticeboard.record.schema import file_schema, named, parts
from noticeboard.site.data.documents import FOLDER, Manifest, NoticeDocument, NoticesDocument, UnitsDocument
from noticeboard.site.settings.masthead import Masthead

#: Of the published JSON; of a notice's and of a unit's file.
PUBLISHED, NOTICE_FILE, UNIT_FILE = "notice.schema.json", "notice.yaml.schema.json", "unit.yaml.schema.json"

_Published = Annotated[NoticeDocument | NoticesDocument | UnitsDocument | Manifest, Field(discriminator="type")]


def published_schema(masthead: Masthead) -> Json:
    """The schema of every JSON document under ``/data/``. Other keys may come with a later version, so they pass."""
    made = TypeAdapter(_Published).json_schema(by_alias=False, mode="serialization")
    # What pydantic adds for OpenAPI; oneOf says all of it.
    made.pop("discriminator", None)
    for part in parts(made):
        part.pop("additionalProperties", None) if part.get("additionalProperties") is False else None
        part.pop("default", None)
        part.pop("readOnly", None)
    return named(made, _address(masthead, PUBLISHED), "公开数据")


def schemas(masthead: Masthead) -> Iterator[tuple[str, Json]]:
    """Every schema with the name of its file."""
    yield PUBLISHED, published_schema(masthead)
    yield NOTICE_FILE, file_schema(Notice, _address(masthead, NOTICE_FILE))
    yield UNIT_FILE, file_schema(Unit, _address(masthead, UNIT_FILE))


def _address(masthead: Masthead, name: str) -> str:
    return masthead.url(f"{FOLDER}/{name}")
