"""The JSON of the open data: nothing of a record is lost in it, and its schema says what it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from noticeboard.board.board import Board, NoticeFile, UnitFolder
from noticeboard.positions import Marks
from noticeboard.record.model import Attachment, Notice, Publication, Unit
from noticeboard.record.schema import file_schema
from noticeboard.record.urls import as_uri
from noticeboard.record.vocabulary import STATUS_OF_LABEL
from noticeboard.site.data.documents import NoticeDocument, notice_of
from noticeboard.site.data.schema import published_schema, schemas
from noticeboard.site.model.site import Site
from tests import five
from tests.records import MASTHEAD, NOTICE, UNIT, board_of, write

PUBLISHED = Draft202012Validator(published_schema(MASTHEAD))
NOTICE_FILE = Draft202012Validator(file_schema(Notice))
UNIT_FILE = Draft202012Validator(file_schema(Unit))


# -- any record


def records(kind: type[Notice], schema: dict[str, Any]) -> st.SearchStrategy[Notice]:
    """Any record whose file the schema allows and the reader takes; every value a text, as files are read."""

    words = st.text(min_size=1, max_size=6).filter(str.strip)

    def made(part: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one a form of schema
        if {"$ref": "#/$defs/Status"} in (part, *part.get("anyOf", ())):
            # Words that the table does not know need their class.
            others = st.fixed_dictionaries({"词语": words, "归类": st.sampled_from(list(STATUS_OF_LABEL))})
            return st.sampled_from(["已完成整改", "未标明"]) | others
        if "$ref" in part:
            return made(schema["$defs"][part["$ref"].rpartition("/")[2]], depth + 1)
        if "anyOf" in part:
            choices = [one for one in part["anyOf"] if one.get("type") not in ("null", "integer", "number")]
            return st.one_of([made(one, depth) for one in choices])
        if "enum" in part:
            return st.sampled_from(part["enum"])
        if part.get("pattern", "").startswith("^[0-9]{4}(-"):
            return st.sampled_from(["1999", "2023-12", "2024-02-29"])
        if "pattern" in part:
            return st.from_regex(part["pattern"], fullmatch=True)
        if part["type"] == "array":
            return st.lists(made(part["items"], depth), max_size=2) if depth < 9 else st.just([])
        if part["type"] == "object":
            fields = {name: made(field, depth + 1) for name, field in part["properties"].items()}
            required = {name: fields.pop(name) for name in part.get("required", ())}
            return st.fixed_dictionaries(required, optional=fields if depth < 11 else {})
        return words

    in_force = schema | {"properties": {key: one for key, one in schema["properties"].items() if key != "状态"}}
    return made(in_force, 0).map(lambda raw: _read(kind, raw)).filter(lambda record: record is not None)


def _read(kind: type[Notice], raw: object) -> Notice | None:
    try:
        return kind.model_validate(raw)
    except ValidationError:
        return None


def document(notice: Notice) -> str:
    """The published JSON of a notice."""
    filed = NoticeFile("shili", "2023", Path("2023.yml"), notice, Marks())
    is_retired = notice.retirement is not None
    unit = UnitFolder(
        "shili", Path("unit.yml"), _unit(), Marks(), () if is_retired else (filed,), (filed,) if is_retired else ()
    )
    return NoticeDocument.of(Site(Board((unit,)), MASTHEAD), filed).model_dump_json()


def _unit() -> Unit:
    return Unit.model_validate(yaml.safe_load(UNIT) | {"地区": {"省": "湖南省", "代码": "430000"}})


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(Notice, file_schema(Notice)))
def test_the_json_of_any_notice_turns_back_into_the_same_record(notice: Notice) -> None:
    assert notice_of(document(notice)) == with_uris(notice)


def with_uris(notice: Notice) -> Notice:
    """The record with its addresses as everybody's programs take them."""

    def of(record: Publication | Attachment) -> Any:
        return record.model_copy(update={"url": as_uri(record.url) if record.url else None})

    return notice.model_copy(
        update={"publication": of(notice.publication), "attachments": tuple(map(of, notice.attachments))}
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(Notice, file_schema(Notice)))
def test_the_json_of_any_notice_is_valid_against_the_schema(notice: Notice) -> None:
    PUBLISHED.validate(json.loads(document(notice)))


def test_dates_are_as_precise_as_the_record_and_a_damaged_one_keeps_its_words(tmp_path: Path) -> None:
    dates = "巡察: {开始: 2022-09-08, 结束: {原文: 2022年11月15, 可确定: 2022-11}, 反馈: 2023}\n"
    board, _ = board_of(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + dates})
    (inspection,) = json.loads(document(board.notices[0].notice))["notice"]["inspections"]
    assert inspection["start"] == "2022-09-08"
    assert inspection["end"] == {"printed": "2022年11月15", "certain": "2022-11"}
    assert inspection["feedback_date"] == "2023"


def test_what_a_record_does_not_have_is_there_as_null_or_an_empty_list_and_zero_is_zero(tmp_path: Path) -> None:
    more = "通报所述: [{项目: 问责, 数: 0, 单位: 人}]\n问题: [{标识: i-1, 标题: 甲}]\n"
    board, _ = board_of(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + more})
    notice = json.loads(document(board.notices[0].notice))["notice"]
    assert (notice["summary"], notice["suggestions"]) == (None, [])
    assert (notice["stated"][0]["number"], notice["stated"][0]["unit"]) == ("0", "人")
    assert notice["issues"][0]["status"]["code"] == "unstated"


def test_a_withdrawn_notice_answers_without_its_content(tmp_path: Path) -> None:
    withdrawn = NOTICE + "概述: 不再公布的话\n状态: {词语: 撤下, 日期: 2024-05-06, 原因: 重复公布}\n"
    board, problems = board_of(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": withdrawn})
    assert problems == []
    text = document(board.units[0].retired[0].notice)
    made = json.loads(text)
    assert (made["state"], made["notice"]) == ("withdrawn", None)
    assert made["retirement"]["reason"] == "重复公布"
    assert "不再公布的话" not in text


# -- the published files


@pytest.fixture(scope="module")
def published(site: Path) -> dict[str, Any]:
    """Every JSON under /data/ that is no schema, by its path there."""
    files = [path for path in (site / "data").rglob("*.json") if not path.name.endswith(".schema.json")]
    return {path.relative_to(site / "data").as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in files}


def test_every_published_json_is_valid_against_the_published_schema(site: Path, published: dict[str, Any]) -> None:
    schema = json.loads((site / "data/notice.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert len(published) == 3 + 5
    for made in published.values():
        Draft202012Validator(schema).validate(made)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "page"},
        {"state": "gone"},
        {"notice": {}},
        {"format_version": 1},
        {"unit": None},
        {"former_addresses": "x/2023"},
    ],
    ids=str,
)
def test_what_is_no_such_document_is_not_valid(published: dict[str, Any], change: dict[str, Any]) -> None:
    made = published["notices/qiyang-wenlian/2023-12.json"]
    assert PUBLISHED.is_valid(made)
    assert not PUBLISHED.is_valid(made | change)


def test_the_index_leads_to_a_complete_record_of_each_notice(published: dict[str, Any]) -> None:
    entries = published["notices.json"]["notices"]
    assert len(entries) == 5
    for entry in entries:
        made = published[entry["data_url"].removeprefix("http://localhost:8000/data/")]
        assert (made["address"], made["title"], made["url"]) == (entry["address"], entry["title"], entry["url"])
    qiyang = next(entry for entry in entries if entry["unit"] == "qiyang-wenlian")
    assert [(one["subject"], one["number"]) for one in qiyang["stated"]] == [("问题", "21"), ("已完成整改", "21")]
    assert qiyang["listed"] == {"issues": 0, "suggestions": 0, "measures": 10, "by_status": {}}


def test_the_index_has_no_full_text(site: Path) -> None:
    text = (site / "data/notices.json").read_text(encoding="utf-8")
    assert "“第一议题”" not in text
    assert len(text) / 5 < 2_000


# -- what the schemas say


def properties(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of every object in a schema, with its name."""
    for one in (schema, *schema.get("$defs", {}).values()):
        yield from one.get("properties", {}).items()


@pytest.mark.parametrize(("name", "schema"), list(schemas(MASTHEAD)))
def test_every_key_has_a_description_in_chinese(name: str, schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://example.org/data/{name}"
    found = list(properties(schema))
    assert len(found) > 10
    undescribed = [
        key for key, field in found if not any("一" <= sign <= "龥" for sign in field.get("description", ""))
    ]
    assert undescribed == []
    for one in schema.get("$defs", {}).values():
        assert not one.get("description", "").isascii() or "description" not in one


class EditorLoader(yaml.SafeLoader):
    """Scalars as an editor's YAML 1.2 takes them: numbers are numbers, but a date is a text."""


EditorLoader.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if tag.rpartition(":")[2] in ("int", "float", "null")]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_an_editor_reads(text: str) -> Any:
    return yaml.load(text, EditorLoader)  # noqa: S506 - a safe loader of our own


def test_the_files_of_the_five_notices_are_valid_as_their_authors_wrote_them() -> None:
    for file in five.FILES:
        schema = UNIT_FILE if file.name == "unit.yml" else NOTICE_FILE
        schema.validate(as_an_editor_reads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "more",
    [
        "数据截止: 2023-12\n",
        "数据截至: 2023年12月\n",
        "数据截至: [2023]\n",
        "文种: 巡查整改进展\n",
        "拟题: yes\n",
        "问题: [{标题: 甲}]\n",
        "问题: [{标识: 1-1, 标题: 甲}]\n",
        "问题: [{标识: i-1, 标题: 甲, 主题: [财务]}]\n",
        "通报所述: [{项目: 问题, 数: 二十一}]\n",
        "变更: [{日期: 2024-03-01, 内容: 更正电话}]\n",
        "状态: {词语: 作废, 日期: 2024, 原因: 重复}\n",
        "问题: [{标识: i-1, 标题: 甲, 承接: 去年第一条}]\n",
    ],
)
def test_an_editor_marks_what_is_wrong_in_a_file(more: str) -> None:
    assert NOTICE_FILE.is_valid(as_an_editor_reads(NOTICE))
    assert not NOTICE_FILE.is_valid(as_an_editor_reads(NOTICE) | as_an_editor_reads(more))


@pytest.mark.parametrize("more", ["问题:\n", "数据截至: 2023\n", "数据截至: {原文: 某日}\n", "署名: 甲\n署名: [甲]\n"])
def test_an_editor_lets_pass_what_the_reader_takes(tmp_path: Path, more: str) -> None:
    text = NOTICE + more.partition("\n")[0] + "\n"
    write(tmp_path, {"x.yml": text})
    assert NOTICE_FILE.is_valid(as_an_editor_reads(text))
