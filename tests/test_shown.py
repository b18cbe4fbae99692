"""Nothing is lost: what stands in any field of any record is wherever the field does not say that it is not."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import openpyxl
import pytest

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.positions import Marks
from noticeboard.reading.blank import blank_file
from noticeboard.record.base import Record
from noticeboard.record.fields import Text as AnyText
from noticeboard.record.keys import Keys
from noticeboard.record.model import Notice, Unit
from noticeboard.record.shown import Place, by_hand, key
from noticeboard.site.data.documents import NoticeDocument, UnitDocument
from noticeboard.site.data.parts import notice_parts, unit_parts
from noticeboard.site.data.publish import write_data
from noticeboard.site.data.schema import PUBLISHED, schemas
from noticeboard.site.model.site import Site
from noticeboard.site.pages.reference import FieldsView
from noticeboard.site.pages.tree import page_alone
from noticeboard.site.search.passages import Source, sources
from tests.filled import Filled, Text, accepted, kinds_in, notice_with_all
from tests.records import MASTHEAD
from tests.rendering import html_of
from tests.test_page_text import readable


@dataclass(frozen=True)
class Everything:
    """A site on which every field of the model has a text of its own, and these texts."""

    site: Site
    texts: tuple[Text, ...]

    def assert_all_in(self, shown: str, place: Place) -> None:
        """Every text is there but those whose field says that it is not."""
        expected = [text for text in self.texts if place not in text.not_in]
        assert len(expected) > 50
        lost = sorted({str(text) for text in expected if text.text not in shown})
        assert not lost, f"{place.name} has not:\n" + "\n".join(lost)


def filed(slug: str, date: str, notice: Notice) -> NoticeFile:
    return NoticeFile(slug, date, Path(f"{date}.yml"), notice, Marks())


def unit_folder(slug: str, raw: dict[str, Any], notice: NoticeFile) -> UnitFolder:
    return UnitFolder(slug, Path("unit.yml"), Unit.model_validate(raw), Marks(), (notice,))


@pytest.fixture(scope="module")
def everything() -> Everything:
    """A notice in force and one that was replaced; and another unit, since its contact would hide the notice's."""
    notice, texts = notice_with_all()
    replaced, home = Filled("撤"), Filled("家")
    bare = {"标题": "甲", "文种": "巡察整改进展", "发布": {"内容": "摘要"}}
    host = unit_folder("shili", Filled().record(Unit, "联系方式"), filed("shili", "2023", notice))
    gone = filed("shili", "2022", Notice.model_validate(bare | replaced.only(Notice, "状态")))
    other = unit_folder("jia", home.record(Unit), filed("jia", "2021", Notice.model_validate(bare)))
    board = Board((other, replace(host, retired=(gone,))))
    site = Site(board, MASTHEAD, {filed.address: accepted(filed.notice) for filed in host.notices})
    return Everything(site, (*texts, *replaced.texts, *home.texts))


def test_on_the_page(everything: Everything) -> None:
    units = everything.site.board.units
    files = [made.page.page_file for unit in units for made in (unit, *unit.every_notice)]
    html = "\n".join(readable(html_of(page_alone(everything.site, file).text)) for file in files)
    everything.assert_all_in(html, Place.PAGE)


def test_in_search(everything: Everything) -> None:
    found = "\n".join(text for source in sources(everything.site.board) for text in searched(source))
    everything.assert_all_in(found, Place.SEARCH)


def searched(source: Source) -> Iterator[str]:
    for passage in source.passages:
        yield from (passage.number, *passage.titles, *passage.body)
        yield passage.status.words if passage.status else ""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_in_the_tables(everything: Everything, tmp_path: Path, suffix: str) -> None:
    write_data(MASTHEAD, notice_parts(everything.site), unit_parts(everything.site), tmp_path)
    rows = {"csv": csv_rows, "xlsx": sheet_rows}[suffix](tmp_path)
    everything.assert_all_in("\n".join(str(cell) for row in rows for cell in row), Place.TABLES)


def csv_rows(folder: Path) -> Iterator[list[str]]:
    for file in folder.glob("*.csv"):
        yield from csv.reader(file.read_text(encoding="utf-8-sig").splitlines())


def sheet_rows(folder: Path) -> Iterator[tuple[Any, ...]]:
    for sheet in openpyxl.load_workbook(folder / "issues.xlsx"):
        yield from sheet.iter_rows(values_only=True)


def test_in_json(everything: Everything) -> None:
    site = everything.site
    units = [UnitDocument.of(unit, MASTHEAD) for unit in site.board.units]
    notices = [NoticeDocument.of(site, filed) for unit in site.board.units for filed in unit.every_notice]
    documents = "".join(document.model_dump_json() for document in (*units, *notices))
    assert [str(text) for text in everything.texts if text.text not in documents] == []


@dataclass(frozen=True)
class Told:
    """What people read of keys, in all places where they do."""

    sheets: dict[str, Keys]
    blank: str
    published: dict[str, Any]
    in_files: tuple[dict[str, Any], ...]


@pytest.fixture(scope="module")
def told() -> Told:
    made = dict(schemas(MASTHEAD))
    published = made.pop(PUBLISHED)["$defs"]
    in_files = tuple(part["properties"] for schema in made.values() for part in (schema, *schema["$defs"].values()))
    sheets = {sheet.type_name: sheet for sheet in FieldsView.of(Site(Board(), MASTHEAD)).sheets}
    return Told(sheets, blank_file(Notice, {}, []) + blank_file(Unit, {}, []), published, in_files)


KINDS = {kind for root in (Notice, Unit) for kind in kinds_in(root)}


@pytest.mark.parametrize("kind", sorted(KINDS, key=lambda kind: kind.__name__))
def test_every_key_is_told_with_its_meaning(told: Told, kind: type[Record]) -> None:
    meanings = {info.alias: info.description for info in kind.model_fields.values()}
    assert {key.name: key.description for key in told.sheets[kind.__name__].keys} == meanings
    assert [key for key in meanings if f"{key}:" not in told.blank] == []
    for name, info in kind.model_fields.items():
        assert info.description in text_of(told.published[kind.__name__]["properties"][name])
        assert any(info.description in text_of(part.get(info.alias)) for part in told.in_files)


def text_of(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False)


def test_a_field_that_does_not_say_where_it_is_shown_makes_no_class() -> None:
    with pytest.raises(TypeError, match=r"Silent\.unit does not say where it is shown"):

        class Silent(Record):
            told: Annotated[AnyText, key("说", "说了", by_hand())]
            unit: Annotated[AnyText, "没有说"]
