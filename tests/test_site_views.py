"""A page is made of its view and of nothing else: incremental builds may rest on that."""

from __future__ import annotations

import dataclasses
import enum
from collections import Counter
from pathlib import Path

import pytest
from pydantic import BaseModel

from noticeboard import paths
from noticeboard.board.folders import load
from noticeboard.board.lives import Lives
from noticeboard.checking.check import check
from noticeboard.record import counting
from noticeboard.site.data.parts import notice_parts, unit_parts
from noticeboard.site.data.publish import write_data
from noticeboard.site.feeds.publish import feeds
from noticeboard.site.model import regions
from noticeboard.site.model import site as sites
from noticeboard.site.model.site import Site
from noticeboard.site.pages.data import DataView
from noticeboard.site.pages.head import PageView
from noticeboard.site.pages.tree import page_alone, pages, views
from tests.records import MASTHEAD, NOTICE, UNIT, write

EXAMPLES = paths.ROOT / "examples" / "notices"
TOTALS = "通报所述: [{项目: 问题, 数: 2, 单位: 个}]\n问题: [{标识: i-1, 标题: 甲, 状态: 整改中, 主题: 换届}]\n"


def example_site() -> Site:
    checked = check(EXAMPLES)
    return Site(checked.board, MASTHEAD, checked.accepted)


def all_views(site: Site, folder: Path) -> dict[str, PageView]:
    folder.mkdir()
    of_data = DataView.of(site, write_data(site.masthead, notice_parts(site), unit_parts(site), folder))
    return {view.address.page_file: view for _, view in views(site)} | {"data/index.md": of_data}


def test_what_is_read_anew_gives_equal_views_with_equal_hashes(tmp_path: Path) -> None:
    one, other = all_views(example_site(), tmp_path / "one"), all_views(example_site(), tmp_path / "other")
    assert len(one) > 50
    assert one == other
    assert [hash(view) for view in one.values()] == [hash(view) for view in other.values()]


def kinds(value: object) -> set[type]:
    """The types of a value and of all that it holds."""
    if isinstance(value, tuple):
        inner: list[object] = list(value)
    elif isinstance(value, BaseModel):
        inner = [getattr(value, name) for name in type(value).model_fields]
    elif dataclasses.is_dataclass(value):
        inner = [getattr(value, field.name) for field in dataclasses.fields(value)]
    elif isinstance(value, Counter):
        inner = [*value.keys(), *value.values()]
    else:
        inner = []
    return {type(value)}.union(*map(kinds, inner))


def test_views_hold_plain_values_and_nothing_of_the_rest_of_the_site(tmp_path: Path) -> None:
    found = set().union(*map(kinds, all_views(example_site(), tmp_path / "data").values()))
    plain = {str, int, bool, type(None), tuple, Counter}
    others = {
        kind
        for kind in found - plain
        if not issubclass(kind, enum.Enum) and not kind.__module__.startswith("noticeboard")
    }
    assert others == set()
    assert not {kind.__name__ for kind in found} & {"Site", "Board", "NoticeFile", "UnitFolder", "Notice", "Masthead"}


def test_a_page_made_alone_is_the_same_as_among_all() -> None:
    site = example_site()
    made = {page.file: page for page in pages(site)}
    records = [page for unit in site.board.units for page in (unit.page, *(filed.page for filed in unit.every_notice))]
    for file in ("index.md", *(page.page_file for page in records)):
        assert page_alone(site, file) == made[file]


def test_a_change_in_one_notice_changes_no_page_of_another_unit(tmp_path: Path) -> None:
    files = {
        f"{unit}/{name}": text
        for unit in ("jia", "yi")
        for name, text in {"unit.yml": UNIT, "2023.yml": NOTICE}.items()
    }
    before, _ = load(write(tmp_path, files))
    after, _ = load(write(tmp_path, {"jia/2023.yml": NOTICE + TOTALS}))
    old, new = ({view.address.page_file: view for _, view in views(Site(board, MASTHEAD))} for board in (before, after))
    changed = {file for file in old if old[file] != new[file]}
    assert {"notices/jia/2023.md", "units/jia.md"} <= changed
    assert not {"notices/yi/2023.md", "units/yi.md", "rules/index.md"} & changed


def test_what_is_asked_by_many_is_computed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    board, _ = load(write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE + TOTALS}))
    calls: Counter[str] = Counter()

    def counted(name: str, function):  # noqa: ANN001, ANN202 - whatever it takes and gives
        def called(*arguments):  # noqa: ANN002, ANN202
            calls[name] += 1
            return function(*arguments)

        return called

    monkeypatch.setattr(Lives, "of", counted("lives", Lives.of))
    monkeypatch.setattr(sites, "provinces", counted("provinces", regions.provinces))
    monkeypatch.setattr(sites.NoticeLink, "of", counted("links", sites.NoticeLink.of))
    monkeypatch.setattr("noticeboard.board.board.reconcile", counted("reconcile", counting.reconcile))
    site = Site(board, MASTHEAD)
    list(pages(site))
    list(feeds(site))
    write_data(site.masthead, notice_parts(site), unit_parts(site), tmp_path)
    assert calls == {"lives": 1, "provinces": 1, "links": 1, "reconcile": 1}
