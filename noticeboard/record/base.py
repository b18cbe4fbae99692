"""The base class of all records."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Base of all parts of a record: frozen, by Chinese key, no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_alias=True,
        validate_by_name=False,
        json_schema_serialization_defaults_required=True,
        field_title_generator=lambda name, field: field.alias or name,
    )
