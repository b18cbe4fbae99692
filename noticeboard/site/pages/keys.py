"""The page ``/fields/``: every key that a file may have, from the types themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from noticeboard.board.addresses import Address
from noticeboard.record.keys import Key, Keys, keys_of
from noticeboard.record.model import Notice, Unit
from noticeboard.record.vocabulary import StatusCode
from noticeboard.site.pages.head import Head, Imprint
from noticeboard.site.views.sitepages import FIELDS


@dataclass(frozen=True)
class FieldsView:
    """All kinds of records, those of a notice first. Words of the site's own, from no notice."""

    imprint: Imprint
    address: ClassVar[Address] = FIELDS.address
    statuses: ClassVar[tuple[StatusCode, ...]] = tuple(StatusCode)

    @property
    def sheets(self) -> tuple[Keys, ...]:
        """Each kind of record once."""
        return tuple({**keys_of(Notice), **keys_of(Unit)}.values())

    @staticmethod
    def anchor(type_name: str) -> str:
        """``JointUnit`` → ``joint-unit``; the names of types do not change."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type_name).lower()

    @staticmethod
    def form(key: Key) -> str:
        """必填，一个词: whether it must be there and what it takes."""
        form = {"词表": "词表中的词", "一组键": "一组键"}.get(key.form, key.form)
        return f"{'必填' if key.is_required else '选填'}，{form}{'，可以有几个' if key.is_many else ''}"

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(
            self.imprint,
            self.address.path,
            FIELDS.name,
            "通报文件和单位文件里的每一个键：什么意思，写什么，必填还是选填",
            original="",
            history="",
            page_tags=(("ColumnName", FIELDS.name), ("ColumnType", "网站说明")),
        )
