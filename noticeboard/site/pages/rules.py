"""The page ``/rules/``: what each problem means that ``check`` finds, each at the anchor of its code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from noticeboard.board.addresses import Address
from noticeboard.checking.explanations import Subject, explanation, subjects
from noticeboard.site.pages.head import Head, Imprint
from noticeboard.site.views.sitepages import RULES


@dataclass(frozen=True)
class RulesView:
    """All explanations, subject by subject. They are the site's own words, from no notice."""

    imprint: Imprint
    address: ClassVar[Address] = RULES.address

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

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(
            self.imprint,
            self.address.path,
            RULES.name,
            "检查通报文件时会说出的每个问题：什么意思，要不要紧，怎样改，不对和对的例子",
            original="",
            history="",
            page_tags=(("ColumnName", RULES.name), ("ColumnType", "网站说明")),
            extras=(("styles", "rules"),),
        )
