"""The pages ``/fields/`` and ``/rules/``: every key that a file may have, and what each problem means.

Both are made of the program itself, and hold words of the site's own, from no notice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from noticeboard.checking.explanations import Subject, explanation, subjects
from noticeboard.record.keys import Key, Keys, keys_of
from noticeboard.record.model import Notice, Unit
from noticeboard.record.vocabulary import StatusCode
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import Head, Imprint, PageView
from noticeboard.site.views.sitepages import FIELDS, RULES, SitePage


@dataclass(frozen=True)
class FieldsView(PageView):
    """All kinds of records, those of a notice first."""

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

    @classmethod
    def of(cls, site: Site) -> FieldsView:
        """The view of the page."""
        return cls(_head(site, FIELDS, "通报文件和单位文件里的每一个键：什么意思，写什么，必填还是选填"))


@dataclass(frozen=True)
class RulesView(PageView):
    """All explanations, subject by subject, each at the anchor of its code."""

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What the page tells."""
        return subjects()

    @property
    def acceptance(self) -> str:
        """How a warning is accepted, by the example of the most frequent one."""
        found = explanation("issues-total")
        assert found is not None
        assert found.acceptance is not None
        return found.acceptance

    @classmethod
    def of(cls, site: Site) -> RulesView:
        """The view of the page."""
        description = "检查通报文件时会说出的每个问题：什么意思，要不要紧，怎样改，不对和对的例子"
        return cls(_head(site, RULES, description, styles="rules"))


def _head(site: Site, page: SitePage, description: str, **extras: str) -> Head:
    return Head(
        Imprint.of(site),
        page.address,
        page.name,
        description,
        original="",
        history="",
        page_tags=(("ColumnName", page.name), ("ColumnType", "网站说明")),
        extras=tuple(extras.items()),
    )
