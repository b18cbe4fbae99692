"""The page ``/data/``: what can be fetched, how it is used, what is promised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from noticeboard.site.data.columns import FORMAT_VERSION, Table
from noticeboard.site.data.csvfile import GUARD_RULE
from noticeboard.site.data.matters import MATTERS
from noticeboard.site.data.notices import NOTICES
from noticeboard.site.data.publish import DataFile
from noticeboard.site.data.tables import SPREADSHEET_RULE
from noticeboard.site.model.site import Site
from noticeboard.site.pages.head import Head, Imprint, PageView, json_ld
from noticeboard.site.views.sitepages import DATA

_THOUSAND = 1000
_MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True)
class FileRow:
    """A file with its size in words."""

    name: str
    what: str
    size: str
    rows: int | None


@dataclass(frozen=True)
class DataView(PageView):
    """The page of the open data."""

    files: tuple[FileRow, ...]
    #: The address of a notice, for the examples; empty where there is none.
    example: str
    format_version: str = FORMAT_VERSION
    guard_rule: str = GUARD_RULE
    spreadsheet_rule: str = SPREADSHEET_RULE
    tables: ClassVar[tuple[Table[Any], ...]] = (MATTERS, NOTICES)

    @classmethod
    def of(cls, site: Site, files: Iterable[DataFile]) -> DataView:
        """The view of the page for these files."""
        imprint = Imprint.of_column(site)
        rows = tuple(FileRow(file.name, file.what, size_words(file.size), file.rows) for file in files)
        head = Head(
            imprint,
            DATA.address,
            DATA.name,
            "全部通报和问题的数据：Excel 工作簿、CSV、JSON、订阅源、格式说明和校验清单",
            structured=(json_ld(_dataset(rows, imprint)),),
        )
        return cls(head, rows, next((filed.address for filed in site.board.notices), ""))


def _dataset(files: Iterable[FileRow], imprint: Imprint) -> dict[str, Any]:
    """schema.org's Dataset, by which search engines for data find it."""
    url = imprint.url(DATA.address.path)
    downloads = [
        {
            "@type": "DataDownload",
            "contentUrl": f"{url}{file.name}",
            "encodingFormat": _MEDIA_TYPES[file.name.rpartition(".")[2]],
            "description": file.what,
        }
        for file in files
    ]
    return {
        "@type": "Dataset",
        "name": f"{imprint.site_name}：巡察整改通报和问题",
        "description": "各单位巡察整改通报中逐条列出的问题、状态、截至日期，和通报所述的总数。",
        "url": url,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "version": FORMAT_VERSION,
        "distribution": downloads,
    }


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
