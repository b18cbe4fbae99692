"""What an editor and the page of all keys tell: the schema fits the files, and says every key in Chinese."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from noticeboard.commands.schema import EDITOR_FILES, of_files
from noticeboard.paths import ROOT
from noticeboard.reading.write import editor_line
from noticeboard.record.keys import keys_of
from noticeboard.record.model import Notice, Unit
from tests import five
from tests.conftest import Visit
from tests.program import run
from tests.records import NOTICE, UNIT

FILES = sorted([*five.FILES, *(ROOT / "examples/notices").glob("*/*.yml")])


def schema(kind: str) -> Any:
    return json.loads(EDITOR_FILES[kind].read_text(encoding="utf-8"))


def as_an_editor_reads(text: str) -> Any:
    """Numbers as numbers, as the YAML reader of an editor has them; dates stay texts there (YAML 1.2)."""

    class Reader(yaml.SafeLoader):
        yaml_implicit_resolvers = {  # noqa: RUF012
            first: [(tag, pattern) for tag, pattern in found if "timestamp" not in tag and "bool" not in tag]
            for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Reader)  # noqa: S506 - a safe one


@pytest.mark.parametrize("kind", ["notice", "unit"])
def test_the_schemas_beside_the_files_are_those_of_the_program(kind: str) -> None:
    assert EDITOR_FILES[kind].read_text(encoding="utf-8") == of_files(kind), "build_site.py schema --write"
    assert "$id" not in schema(kind)


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-2:]))
def test_every_file_fits(file: Path) -> None:
    kind = "unit" if file.name == "unit.yml" else "notice"
    jsonschema.validate(as_an_editor_reads(file.read_text(encoding="utf-8")), schema(kind))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("notice", NOTICE.replace("标题: 示例通报\n", "")),
        ("notice", NOTICE.replace("巡察整改进展", "巡察整改")),
        ("notice", NOTICE.replace("内容: 摘要", "内容: 节选")),
        ("notice", NOTICE.replace("2023-12-14", "2023.12.14")),
        ("notice", NOTICE + "数据截止: 2023-12\n"),
        ("notice", NOTICE + "问题: [{标识: 一, 标题: 甲}]\n"),
        ("notice", NOTICE + "问题: [{标识: i-1, 标题: 甲, 状态: 搞定了}]\n"),
        ("notice", NOTICE + "问题: [{标识: i-1, 标题: 甲, 主题: [钱]}]\n"),
        ("notice", NOTICE + "通报所述: [{项目: 问题, 数: 二十一}]\n"),
        ("notice", NOTICE + "通报所述: {项目: 问题, 数: 21}\n"),
        ("unit", UNIT.replace("级别: 县", "级别: 县级")),
        ("unit", UNIT.replace("代码: 439999", "代码: 43-9999")),
    ],
)
def test_what_is_wrong_does_not_fit(kind: str, text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_an_editor_reads(text), schema(kind))


@pytest.mark.parametrize("kind", ["notice", "unit"])
def test_every_key_has_a_description_in_chinese(kind: str) -> None:
    whole = schema(kind)
    for part in (whole, *whole["$defs"].values()):
        for name, field in part.get("properties", {}).items():
            assert re.search("[\u4e00-\u9fff]", field.get("description", "")), (part["title"], name)


@pytest.mark.parametrize(("kind", "record"), [("notice", Notice), ("unit", Unit)])
def test_the_schema_and_the_keys_say_the_same(kind: str, record: type[Notice | Unit]) -> None:
    whole = schema(kind)
    for name, sheet in keys_of(record).items():
        part = whole if name == record.__name__ else whole["$defs"][name]
        assert list(part["properties"]) == list(sheet.by_name)
        assert [key.name for key in sheet.keys if key.is_required] == part.get("required", [])
        for key in sheet.keys:
            written = part["properties"][key.name]
            assert key.description == written["description"]
            assert set(key.words) <= set(found_in(written, "enum"))
            assert set(found_in(written, "$ref")) == ({f"#/$defs/{key.inner}"} if key.inner else set())


def found_in(value: Any, name: str) -> list[Any]:
    """What stands under ``name`` anywhere in a schema, lists as their items."""
    if isinstance(value, list):
        return [found for inner in value for found in found_in(inner, name)]
    if not isinstance(value, dict):
        return []
    here = value.get(name, [])
    below = [found for inner in value.values() for found in found_in(inner, name)]
    return [*(here if isinstance(here, list) else [here]), *below]


@pytest.mark.skipif(not five.PUBLISHED, reason="notices/ 里没有测试自带的通报，没有可比的：不用做什么")
def test_the_published_notices_and_units_point_to_their_schema() -> None:
    for file in five.PUBLISHED:
        kind = "unit" if file.name == "unit.yml" else "notice"
        line = file.read_text(encoding="utf-8").partition("\n")[0]
        assert line == f"# {editor_line(kind)}"
        assert (file.parent / line.partition("=")[2]).resolve() == EDITOR_FILES[kind]


def test_the_command_prints_each_schema() -> None:
    assert run("schema").stdout == of_files("notice")
    assert run("schema", "unit").stdout == of_files("unit")
    assert "Manifest" in run("schema", "data").stdout


def test_the_page_of_all_keys_tells_meaning_and_words(visit: Visit) -> None:
    page = visit.open("fields/")
    text = page.locator("article").inner_text()
    for part in (schema("notice"), *schema("notice")["$defs"].values(), schema("unit")):
        for name, field in part["properties"].items():
            assert name in text
            assert field["description"].rstrip("。") in text, (part["title"], name)
    assert "可用的词：理论学习、意识形态" in text
    page.get_by_role("link", name="变更", exact=True).first.click()
    assert page.url.endswith("/fields/#change")
