"""All files of the open data, as far as they are made from the records (the manifest is made of the whole site)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from noticeboard.files import Content
from noticeboard.site.data.documents import (
    FOLDER,
    NoticeDocument,
    NoticesDocument,
    SiteDocument,
    UnitsDocument,
    of_lines,
)
from noticeboard.site.data.parts import NoticePart
from noticeboard.site.data.schema import NOTICE_FILE, PUBLISHED, UNIT_FILE, schemas
from noticeboard.site.data.tables import TableFiles
from noticeboard.site.model.site import Site
from noticeboard.site.settings.masthead import Masthead

_SCHEMAS = {
    PUBLISHED: "公开的 JSON 的格式（JSON Schema 2020-12）",
    NOTICE_FILE: "通报文件（YAML）的格式，给编辑器用",
    UNIT_FILE: "单位文件（unit.yml）的格式，给编辑器用",
}
_INDEX = "全部通报的目录：标题、日期、通报所述、逐条列出的数目，每份的完整记录在哪里"


@dataclass(frozen=True)
class DataFile:
    """A file about the whole site, as its page lists it."""

    name: str
    what: str
    #: In bytes.
    size: int
    #: How many rows or entries it has; ``None`` where that says nothing.
    rows: int | None


def write_data(masthead: Masthead, notices: Iterable[NoticePart], units: Iterable[str], folder: Path) -> list[DataFile]:
    """Write the files about the whole site into ``folder``, which must exist, from the parts of its notices and units.

    ``notices`` as ``notice_parts`` has them, one by one; ``units`` as ``unit_parts`` has them.
    """
    head = {"site_name": masthead.site_name, "site_url": masthead.site_url}
    made: list[tuple[str, str, int | None]] = []
    with TableFiles(masthead, folder) as tables:
        rows = _write(folder / "notices.json", NoticesDocument(**head, notices=()), _entries(notices, tables))
        made += [(table.name, table.what, table.rows) for table in tables.finish()]
    made.append(("notices.json", _INDEX, rows))
    rows = _write(folder / "units.json", UnitsDocument(**head, units=()), units)
    made.append(("units.json", "全部单位：名称、地区、联系方式、通报的地址", rows))
    for name, schema in schemas(masthead):
        (folder / name).write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        made.append((name, _SCHEMAS[name], None))
    return [DataFile(name, what, (folder / name).stat().st_size, rows) for name, what, rows in made]


def _entries(notices: Iterable[NoticePart], tables: TableFiles) -> Iterator[str]:
    """The entries of the index; what else there is of the notices goes into the tables as they pass."""
    for part in notices:
        tables.add(part)
        yield part.index_entry


def _write(file: Path, head: SiteDocument, entries: Iterable[str]) -> int:
    """Write a document with these entries; gives how many they are."""
    count = 0

    def counted() -> Iterator[str]:
        nonlocal count
        for count, entry in enumerate(entries, 1):  # noqa: B007 - the last number is the sum
            yield entry

    with file.open("w", encoding="utf-8", newline="\n") as opened:
        opened.writelines(of_lines(head, counted()))
    return count


def data_files(files: Iterable[DataFile], folder: Path) -> Iterator[tuple[str, Content]]:
    """The files that ``write_data`` wrote, with their paths in the site."""
    return ((f"{FOLDER}/{file.name}", folder / file.name) for file in files)


def notice_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The data of each notice in a file of its own: its path in the site and its bytes."""
    for unit in site.board.units:
        for filed in unit.every_notice:
            document = NoticeDocument.of(site, filed)
            yield filed.page.data_file, document.model_dump_json().encode("utf-8") + b"\n"
