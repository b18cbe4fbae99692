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
from noticeboard.board.history import Lives
from noticeboard.positions import Marks
from noticeboard.reading.blank import blank_notice, blank_unit
from noticeboard.record.base import Record
from noticeboard.record.fields import Text as AnyText
from noticeboard.record.model import Notice, Unit
from noticeboard.record.shown import Place, by_hand, key
from noticeboard.site.data.documents import NoticeDocument, UnitDocument
from noticeboard.site.data.schema import PUBLISHED, schemas
from noticeboard.site.data.tables import write_tables
from noticeboard.site.pages.keys import FieldsView
from noticeboard.site.pages.tree import record_pages
from noticeboard.site.search.passages import Source, sources
from tests.filled import Filled, Text, accepted, kinds_in, notice_with_all
from tests.records import MASTHEAD
from tests.test_page_text import html_of, readable


@dataclass(frozen=True)
class Everything:
    """A board on which every field of the model has a text of its own, and these texts."""

    board: Board
    texts: tuple[Text, ...]

    def missing(self, shown: str, place: Place) -> list[str]:
        """The texts that are not where they should be."""
        expected = [text for text in self.texts if place not in text.not_in]
        assert len(expected) > 50
        return [str(text) for text in expected if text.text not in shown]


def filed(slug: str, date: str, notice: Notice) -> NoticeFile:
    return NoticeFile(slug, date, Path(f"{date}.yml"), notice, Marks({}))


def unit_folder(slug: str, raw: dict[str, Any], notice: NoticeFile) -> UnitFolder:
    return UnitFolder(slug, Path("unit.yml"), Unit.model_validate(raw), Marks({}), (notice,))


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
    return Everything(board, (*texts, *replaced.texts, *home.texts))


def test_on_the_page(everything: Everything) -> None:
    board = everything.board
    accepts = {filed.address: accepted(filed.notice) for filed in board.notices}
    made = record_pages(board, accepts, MASTHEAD, Lives.of(board))
    assert everything.missing("\n".join(readable(html_of(page.text)) for page in made), Place.PAGE) == []


def test_in_search(everything: Everything) -> None:
    found = "\n".join(text for source in sources(everything.board) for text in searched(source))
    assert everything.missing(found, Place.SEARCH) == []


def searched(source: Source) -> Iterator[str]:
    for passage in source.passages:
        yield from (passage.number, *passage.titles, *passage.body)
        yield passage.status.words if passage.status else ""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_in_the_tables(everything: Everything, tmp_path: Path, suffix: str) -> None:
    write_tables(everything.board, MASTHEAD, tmp_path)
    rows = {"csv": csv_rows, "xlsx": sheet_rows}[suffix](tmp_path)
    assert everything.missing("\n".join(str(cell) for row in rows for cell in row), Place.TABLES) == []


def csv_rows(folder: Path) -> Iterator[list[str]]:
    for file in folder.glob("*.csv"):
        yield from csv.reader(file.read_text(encoding="utf-8-sig").splitlines())


def sheet_rows(folder: Path) -> Iterator[tuple[Any, ...]]:
    for sheet in openpyxl.load_workbook(folder / "issues.xlsx"):
        yield from sheet.iter_rows(values_only=True)


def test_in_json(everything: Everything) -> None:
    board, lives = everything.board, Lives.of(everything.board)
    units = [UnitDocument.of(unit, MASTHEAD) for unit in board.units]
    notices = [NoticeDocument.of(filed, unit, MASTHEAD, lives) for unit in board.units for filed in unit.every_notice]
    documents = "".join(document.model_dump_json() for document in (*units, *notices))
    assert [str(text) for text in everything.texts if text.text not in documents] == []


KINDS = {kind for root in (Notice, Unit) for kind in kinds_in(root)}


@pytest.mark.parametrize("kind", sorted(KINDS, key=lambda kind: kind.__name__))
def test_every_key_has_its_meaning_wherever_keys_are_told(kind: type[Record]) -> None:
    fields = {info.alias: (name, info.description) for name, info in kind.model_fields.items()}
    sheet = next(sheet for sheet in FieldsView().sheets if sheet.type_name == kind.__name__)
    assert {key.name: key.description for key in sheet.keys} == {alias: told for alias, (_, told) in fields.items()}
    blank = blank_notice({}, []) + blank_unit({}, [])
    assert [alias for alias in fields if f"{alias}:" not in blank] == []
    made = dict(schemas(MASTHEAD))
    published = made.pop(PUBLISHED)["$defs"][kind.__name__]["properties"]
    in_files = [part["properties"] for schema in made.values() for part in (schema, *schema["$defs"].values())]
    for alias, (name, told) in fields.items():
        assert told in json.dumps(published[name], ensure_ascii=False)
        assert any(told in json.dumps(part.get(alias, {}), ensure_ascii=False) for part in in_files)


def test_a_field_that_does_not_say_where_it_is_shown_makes_no_class() -> None:
    with pytest.raises(TypeError, match=r"Silent\.unit does not say where it is shown"):

        class Silent(Record):
            told: Annotated[AnyText, key("说", "说了", by_hand())]
            unit: Annotated[AnyText, "没有说"]
