"""All files of the open data, as far as they are made from the records (the manifest is made of the whole site)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from noticeboard.files import Content
from noticeboard.site.data.documents import (
    FOLDER,
    IndexEntry,
    NoticeDocument,
    NoticesDocument,
    UnitDocument,
    UnitsDocument,
    in_lines,
)
from noticeboard.site.data.schema import NOTICE_FILE, PUBLISHED, UNIT_FILE, schemas
from noticeboard.site.data.tables import write_tables
from noticeboard.site.model.site import Site

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


def write_data(site: Site, folder: Path) -> list[DataFile]:
    """Write the files about the whole site into ``folder``, which must exist."""
    made: list[tuple[str, str, int | None]] = []
    made += [(table.name, table.what, table.rows) for table in write_tables(site, folder)]
    head = {"site_name": site.masthead.site_name, "site_url": site.masthead.site_url}
    # Those in force, the newest first, then the others.
    every_notice = (*site.board.notices, *site.board.retired)
    notices = (IndexEntry.of(filed, site.board.unit_of(filed), site.masthead) for filed in every_notice)
    _write(folder / "notices.json", in_lines(NoticesDocument(**head, notices=()), notices))
    made.append(("notices.json", _INDEX, len(every_notice)))
    units = (UnitDocument.of(unit, site.masthead) for unit in site.board.units)
    _write(folder / "units.json", in_lines(UnitsDocument(**head, units=()), units))
    made.append(("units.json", "全部单位：名称、地区、联系方式、通报的地址", len(site.board.units)))
    for name, schema in schemas(site.masthead):
        (folder / name).write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        made.append((name, _SCHEMAS[name], None))
    return [DataFile(name, what, (folder / name).stat().st_size, rows) for name, what, rows in made]


def _write(file: Path, lines: Iterable[str]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as opened:
        opened.writelines(lines)


def data_files(files: Iterable[DataFile], folder: Path) -> Iterator[tuple[str, Content]]:
    """The files that ``write_data`` wrote, with their paths in the site."""
    return ((f"{FOLDER}/{file.name}", folder / file.name) for file in files)


def notice_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The data of each notice in a file of its own: its path in the site and its bytes."""
    for unit in site.board.units:
        for filed in unit.every_notice:
            document = NoticeDocument.of(site, filed)
            yield filed.page.data_file, document.model_dump_json(indent=1).encode("utf-8") + b"\n"
