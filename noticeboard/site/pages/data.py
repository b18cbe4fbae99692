"""The page ``/data/``: what can be fetched, how it is used, what is promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from noticeboard.board.addresses import Address
from noticeboard.site.data.columns import FORMAT_VERSION, Table
from noticeboard.site.data.csvfile import GUARD_RULE
from noticeboard.site.data.matters import MATTERS
from noticeboard.site.data.notices import NOTICES
from noticeboard.site.data.publish import DataFile
from noticeboard.site.data.tables import SPREADSHEET_RULE
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import Head, Imprint, json_ld
from noticeboard.site.views.sitepages import DATA

_THOUSAND = 1000


@dataclass(frozen=True)
class FileRow:
    """A file with its size in words."""

    name: str
    what: str
    size: str
    rows: int | None


@dataclass(frozen=True)
class DataView:
    """The page of the open data."""

    imprint: Imprint
    files: tuple[FileRow, ...]
    #: The address of a notice, for the examples; empty where there is none.
    example: str
    format_version: str = FORMAT_VERSION
    guard_rule: str = GUARD_RULE
    spreadsheet_rule: str = SPREADSHEET_RULE
    tables: ClassVar[tuple[Table[Any], ...]] = (MATTERS, NOTICES)
    address: ClassVar[Address] = DATA.address

    @property
    def url(self) -> str:
        """The whole address of the page."""
        return self.imprint.url(self.address.path)

    @property
    def head(self) -> Head:
        """The head of the page."""
        return Head(
            self.imprint,
            self.address.path,
            DATA.name,
            "全部通报和问题的数据：Excel 工作簿、CSV、JSON、订阅源、格式说明和校验清单",
            structured=(json_ld(self._dataset()),),
        )

    def _dataset(self) -> dict[str, Any]:
        """schema.org's Dataset, by which search engines for data find it."""
        kinds = {"csv": "text/csv", "xlsx": _XLSX, "json": "application/json"}
        files = [
            {
                "@type": "DataDownload",
                "contentUrl": f"{self.url}{file.name}",
                "encodingFormat": kinds[file.name.rpartition(".")[2]],
                "description": file.what,
            }
            for file in self.files
        ]
        return {
            "@type": "Dataset",
            "name": f"{self.imprint.site_name}：巡察整改通报和问题",
            "description": "各单位巡察整改通报中逐条列出的问题、状态、截至日期，和通报所述的总数。",
            "url": self.url,
            "inLanguage": "zh-CN",
            "isAccessibleForFree": True,
            "version": self.format_version,
            "distribution": files,
        }

    @classmethod
    def of(cls, site: Site, files: Iterable[DataFile]) -> DataView:
        """The view of the page for these files."""
        example = next((filed.address for filed in site.board.notices), "")
        rows = tuple(FileRow(file.name, file.what, size_words(file.size), file.rows) for file in files)
        return cls(Imprint.of(site), rows, example)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def size_words(size: int) -> str:
    """A size as people read it.

    >>> size_words(999), size_words(1_234_567)
    ('999 字节', '1.2 MB')
    """
    if size < _THOUSAND:
        return f"{size} 字节"
    if size < _THOUSAND**2:
        return f"{size / _THOUSAND:.0f} kB"
    return f"{size / _THOUSAND**2:.1f} MB"
