"""The base class of all records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from noticeboard.record.shown import Shown


class Record(BaseModel):
    """Base of all parts of a record: frozen, by Chinese key, no unknown keys; every field says where it is shown.

    A class with a field that does not raises ``TypeError`` when it is made.
    """

    model_config = ConfigDict(
        frozen=True,
        # What only looks at records that were read before never has to build what reads them.
        defer_build=True,
        extra="forbid",
        validate_by_alias=True,
        validate_by_name=False,
        json_schema_serialization_defaults_required=True,
        field_title_generator=lambda name, field: field.alias or name,
    )

    #: By the name of the field, in the order of the model.
    shown: ClassVar[Mapping[str, Shown]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        found = {
            name: next((part for part in field.metadata if isinstance(part, Shown)), None)
            for name, field in cls.model_fields.items()
        }
        silent = [name for name, shown in found.items() if shown is None]
        if silent:
            raise TypeError(f"{cls.__name__}.{silent[0]} does not say where it is shown: Shown(…) or by_hand()")
        cls.shown = {name: shown for name, shown in found.items() if shown}
