"""A build that keeps what it made gives the same site as one that never kept anything, whatever was changed between."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from noticeboard.board.board import Board, UnitFolder
from noticeboard.checking import check
from noticeboard.checking.readings import Readings
from noticeboard.commands import building
from noticeboard.kept import Kept, key_of
from noticeboard.paths import ROOT
from noticeboard.site import build, making
from noticeboard.site.data.manifest import PATH as MANIFEST
from noticeboard.site.data.manifest import verify
from noticeboard.workers import workers
from tests import five
from tests.kept_builds import FILES, Counts, Project, files_of
from tests.program import run
from tests.records import NOTICE, UNIT

#: Files of a project → those after an edit.
Edit = Callable[[dict[str, str]], dict[str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, monkeypatch)


# -- each edit by itself


def told(name: str, more: str = "") -> str:
    issues = f"{{标识: i-1, 标题: 甲{name}, 状态: 已完成, 主题: 财务管理}}, {{标识: i-2, 标题: 乙, 状态: 正在整改}}"
    return NOTICE.replace("示例通报", f"示例{name}") + f"问题: [{issues}]\n{more}"


THREE = {
    **FILES,
    **{f"notices/{slug}/unit.yml": UNIT.replace("示例局", f"示例{slug}局") for slug in "abc"},
    **{f"notices/{slug}/{year}.yml": told(f"{slug}{year}") for slug in "abc" for year in ("2021", "2022")},
}


def changed(file: str, *replaced: tuple[str, str]) -> Edit:
    """Words of a file, and what stands in their place."""

    def edit(files: dict[str, str]) -> dict[str, str]:
        text = files[file]
        for words, new in replaced:
            assert words in text
            text = text.replace(words, new, 1)
        return {**files, file: text}

    return edit


def added(file: str, text: str) -> Edit:
    return lambda files: {**files, file: text}


def more(file: str, text: str) -> Edit:
    return lambda files: {**files, file: files[file] + text}


def gone(file: str) -> Edit:
    return lambda files: {path: text for path, text in files.items() if not path.startswith(file)}


def renamed(old: str, new: str) -> Edit:
    """A unit's folder, with its old name in ``unit.yml``."""

    def edit(files: dict[str, str]) -> dict[str, str]:
        moved = {path.replace(f"notices/{old}/", f"notices/{new}/"): text for path, text in files.items()}
        return {**moved, f"notices/{new}/unit.yml": moved[f"notices/{new}/unit.yml"] + f"旧址: {old}\n"}

    return edit


CARRIED = ("标题: 乙", "标题: 乙, 承接: %s#i-1")
HOST = "\nextra:\n  host: {name: 示例a局, units: [a]}\n"
#: One after the other.
EDITS: Mapping[str, Edit] = {
    "another notice": added("notices/b/2023.yml", told("新")),
    "another unit": lambda files: {**files, "notices/d/unit.yml": UNIT, "notices/d/2022.yml": told("d")},
    "a title": changed("notices/a/2021.yml", ("标题: 示例a2021", "标题: 示例改")),
    "a unit's name": changed("notices/b/unit.yml", ("简称: 示例b局", "简称: 示例乙局")),
    "a unit's contact": more("notices/c/unit.yml", "联系方式: {电话: 0000-7654321}\n"),
    "an issue carried on": changed("notices/a/2022.yml", (CARRIED[0], CARRIED[1] % "2021")),
    "an issue of another unit carried on": changed("notices/b/2023.yml", (CARRIED[0], CARRIED[1] % "a/2022")),
    "a title that another unit's page shows": changed("notices/a/2022.yml", ("标题: 甲a2022", "标题: 甲改")),
    "the name of a unit that another's page shows": changed("notices/a/unit.yml", ("简称: 示例a局", "简称: 示例甲局")),
    "a difference": more("notices/c/2021.yml", "已知差异: [{代码: no-source, 原因: 无}]\n"),
    "a notice replaced": more(
        "notices/c/2021.yml", "状态: {词语: 已更正并替换, 日期: 2024-07, 原因: 有误, 替换为: b/2022}\n"
    ),
    "its successor withdrawn": more("notices/b/2022.yml", "状态: {词语: 撤下, 日期: 2024-08, 原因: 来函}\n"),
    "a unit renamed": renamed("a", "e"),
    "what was carried on gone": gone("notices/e/2022.yml"),
    "a unit gone": gone("notices/d/"),
    "a template": changed("templates/unit.md.j2", ("{% ", "再\n{% ")),
    "the theme": changed("theme/main.html", ("一", "二")),
    "a page written by hand": changed("docs/about.md", ("关于", "关于本站")),
    "the name of the site": changed("mkdocs.yml", ("site_name: 党务公开栏", "site_name: 公开栏")),
    "whose site it is": changed("mkdocs.yml", ("\nextra:\n", HOST)),
}


def test_after_each_edit_the_site_is_as_if_nothing_had_been_kept(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = THREE
    project.write(files)
    project.build()
    states = [files]
    for number, edit in enumerate(EDITS.values()):
        files = edit(files)
        project.write(files)
        assert MANIFEST in project.build()
        # A page that was left behind is so after the next edit, too.
        if number % 2:
            project.stands()
        states.append(files)
    monkeypatch.setenv("SITE_URL", "https://example.org/x/")
    assert MANIFEST in project.build()
    project.stands()
    # Back, as to another branch.
    monkeypatch.delenv("SITE_URL")
    for files in (states[0], states[6]):
        project.write(files)
        assert MANIFEST in project.build()
        project.stands()
    assert project.build() == []


def test_a_folder_that_is_a_link_counts_by_the_name_of_what_it_leads_to(project: Project) -> None:
    """That name is its address, though the files stand under the name of the link."""
    project.write({**THREE, "store/one/unit.yml": UNIT, "store/two/unit.yml": UNIT})
    link = project.notices / "link"
    for name in ("one", "two"):
        link.unlink(missing_ok=True)
        link.symlink_to(project.folder / "store" / name)
        project.build()
        assert (project.site / "units" / name / "index.html").is_file()
        project.stands()


def by_name_alone(records: Iterator[UnitFolder], _: object) -> bytes:
    return key_of(*(str(record.file) for record in records))


def each_alone(board: Board) -> tuple[tuple[UnitFolder, ...], ...]:
    return tuple((unit,) for unit in board.units)


@pytest.mark.parametrize(
    ("what", "instead", "edits"),
    [
        ("making.key_of_records", by_name_alone, ["a title"]),
        ("contents.groups", each_alone, [*EDITS][:8]),
        ("build.site_fingerprint", lambda _: b"", ["a template"]),
        ("build.site_fingerprint", lambda _: b"", ["the theme"]),
        ("contents.key_of", lambda *_: b"", ["a title"]),
    ],
)
def test_were_a_key_less_than_it_is_the_site_would_not_stand(
    project: Project, what: str, instead: object, edits: list[str]
) -> None:
    files = THREE
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"noticeboard.site.{what}", instead)
        project.write(files)
        project.build()
        for edit in edits:
            files = EDITS[edit](files)
        project.write(files)
        project.build()
    with pytest.raises(AssertionError):
        project.stands()


# -- any edits in any order


@dataclass(frozen=True)
class Notice:
    """What the tests change of a notice."""

    title: str
    #: What its second issue carries on.
    carries_on: str = ""
    is_done: bool = False
    #: What became of it, perhaps in favour of another.
    retired: str = ""
    reason: str = ""
    former: tuple[str, ...] = ()

    def text(self) -> str:
        status = "已完成" if self.is_done else "正在整改"
        carried = f", 承接: {self.carries_on}#i-1" if self.carries_on else ""
        lines = NOTICE.replace("示例通报", self.title)
        if self.reason:
            lines = lines.partition("联系方式")[0] + f"已知差异: [{{代码: no-contact, 原因: {self.reason}}}]\n"
        lines += f"问题: [{{标识: i-1, 标题: 甲{self.title}, 状态: {status}, 主题: 财务管理}}, "
        lines += f"{{标识: i-2, 标题: 乙{carried}}}]\n"
        lines += f"旧址: [{', '.join(self.former)}]\n" if self.former else ""
        return lines + (f"状态: {{{self.retired}, 日期: 2024-05, 原因: 来函}}\n" if self.retired else "")


@dataclass(frozen=True)
class Named:
    """What the tests change of a unit."""

    name: str
    phone: str = ""
    former: tuple[str, ...] = ()

    def text(self) -> str:
        lines = UNIT.replace("示例局", self.name)
        lines += f"联系方式: {{电话: {self.phone}}}\n" if self.phone else ""
        return lines + (f"旧址: [{', '.join(self.former)}]\n" if self.former else "")


SLUGS, YEARS = ["a", "b", "c", "d"], ["2021", "2022", "2023"]
#: What decides the site beside the notices: file, words in it, words in their place.
LOOKS = [
    ("templates/unit.md.j2", "{% ", "再\n{% "),
    ("theme/main.html", "一", "二"),
    ("mkdocs.yml", "党务公开栏", "公开栏"),
    ("mkdocs.yml", "\nextra:\n", "\nextra:\n  host: {name: 甲, units: [a]}\n"),
    ("docs/about.md", "关于", "关于本站"),
]


class AnyEdits(RuleBasedStateMachine):
    """Edits of a small project, and a build after each."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.made = tempfile.TemporaryDirectory(prefix="noticeboard-")
        self.project = Project(Path(self.made.name), self.patch)
        self.files = dict(FILES)
        self.units: dict[str, Named] = {}
        self.notices: dict[str, Notice] = {}
        self.number = 0
        #: The states before, to which somebody may go back (another branch).
        self.before: list[tuple[dict[str, str], dict[str, Named], dict[str, Notice]]] = []

    def teardown(self) -> None:
        self.patch.undo()
        self.made.cleanup()

    def another(self) -> str:
        self.number += 1
        return f"示例{self.number}"

    @initialize()
    def begin(self) -> None:
        for address in ("a/2021", "a/2022", "b/2022"):
            self.units[address[0]] = Named(f"示例{address[0]}局")
            self.notices[address] = Notice(self.another())

    @rule(slug=st.sampled_from(SLUGS), year=st.sampled_from(YEARS))
    def save(self, slug: str, year: str) -> None:
        self.units.setdefault(slug, Named(self.another()))
        self.notices[f"{slug}/{year}"] = Notice(self.another())

    @precondition(lambda self: self.notices)
    @rule(data=st.data())
    def change_a_title(self, data: st.DataObject) -> None:
        self.change(self.address(data), title=self.another())

    @precondition(lambda self: self.notices)
    @rule(data=st.data())
    def change_a_status(self, data: st.DataObject) -> None:
        address = self.address(data)
        self.change(address, is_done=not self.notices[address].is_done)

    @precondition(lambda self: self.notices)
    @rule(data=st.data())
    def change_what_is_accepted(self, data: st.DataObject) -> None:
        self.change(self.address(data), reason=self.another())

    @precondition(lambda self: self.notices)
    @rule(data=st.data())
    def carry_on(self, data: st.DataObject) -> None:
        self.change(self.address(data), carries_on=self.address(data))

    @precondition(lambda self: self.notices)
    @rule(data=st.data(), is_replaced=st.booleans())
    def retire(self, data: st.DataObject, *, is_replaced: bool) -> None:
        way = f"词语: 已更正并替换, 替换为: {self.address(data)}" if is_replaced else "词语: 撤下"
        self.change(self.address(data), retired=way)

    @precondition(lambda self: len(self.notices) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        del self.notices[self.address(data)]

    @rule(data=st.data())
    def change_a_unit(self, data: st.DataObject) -> None:
        slug = data.draw(st.sampled_from(sorted(self.units)))
        self.units[slug] = replace(self.units[slug], name=self.another())

    @rule(data=st.data(), phone=st.sampled_from(["", "0000-1234561", "0000-1234562"]))
    def change_a_contact(self, data: st.DataObject, phone: str) -> None:
        slug = data.draw(st.sampled_from(sorted(self.units)))
        self.units[slug] = replace(self.units[slug], phone=phone)

    @precondition(lambda self: len(self.units) > 1)
    @rule(data=st.data())
    def delete_a_unit(self, data: st.DataObject) -> None:
        slug = data.draw(st.sampled_from(sorted(self.units)))
        del self.units[slug]
        self.notices = {address: notice for address, notice in self.notices.items() if address[0] != slug}

    @precondition(lambda self: len(self.units) < len(SLUGS))
    @rule(data=st.data())
    def rename_a_unit(self, data: st.DataObject) -> None:
        slug = data.draw(st.sampled_from(sorted(self.units)))
        new = data.draw(st.sampled_from([slug for slug in SLUGS if slug not in self.units]))
        unit = self.units.pop(slug)
        self.units[new] = replace(unit, former=(*(name for name in unit.former if name != new), slug))
        self.notices = {address.replace(slug, new): notice for address, notice in self.notices.items()}

    @precondition(lambda self: self.notices)
    @rule(data=st.data())
    def move_a_notice(self, data: st.DataObject) -> None:
        address, slug = self.address(data), data.draw(st.sampled_from(sorted(self.units)))
        notice = self.notices.pop(address)
        self.notices[f"{slug}/{address[2:]}"] = replace(notice, former=(*notice.former, address))

    @rule(look=st.sampled_from(LOOKS))
    def change_the_look(self, look: tuple[str, str, str]) -> None:
        file, was, words = look
        text = self.files[file]
        self.files[file] = FILES[file] if text != FILES[file] else text.replace(was, words, 1)

    @rule(name=st.sampled_from(["more.md", "letter.txt"]))
    def add_or_delete_a_page_written_by_hand(self, name: str) -> None:
        if self.files.pop(f"docs/{name}", None) is None:
            self.files[f"docs/{name}"] = f"# {self.another()}\n"

    @rule(address=st.sampled_from(["https://a.example.org/", "https://b.example.org/x/"]))
    def move_the_site(self, address: str) -> None:
        self.patch.setenv("SITE_URL", address)

    @precondition(lambda self: self.before)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        files, units, notices = data.draw(st.sampled_from(self.before))
        self.files, self.units, self.notices = dict(files), dict(units), dict(notices)

    @invariant()
    def the_site_is_as_if_nothing_had_been_kept(self) -> None:
        if not self.units:
            return
        self.before.append((dict(self.files), dict(self.units), dict(self.notices)))
        of_units = {f"notices/{slug}/unit.yml": unit.text() for slug, unit in self.units.items()}
        of_notices = {f"notices/{address}.yml": notice.text() for address, notice in self.notices.items()}
        self.project.write({**self.files, **of_units, **of_notices})
        self.project.build()
        self.project.stands()

    def address(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.notices)))

    def change(self, address: str, **what: object) -> None:
        self.notices[address] = replace(self.notices[address], **what)  # type: ignore[arg-type]


TestAnyEdits = AnyEdits.TestCase
TestAnyEdits.settings = settings(max_examples=3, stateful_step_count=4)


# -- how much is made anew


def test_one_changed_title_makes_its_unit_and_what_shows_the_title_and_writes_what_differs(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = Counts(monkeypatch)
    project.write(THREE)
    project.build()
    first = counts.taken()
    assert len(first) == len(set(first))
    assert project.build() == []
    assert counts.taken() == []
    before = {path: path.stat() for path in project.site.rglob("*")}
    project.write(EDITS["a title"](THREE))
    written = {path for path in project.build() if not path.startswith("search/")}
    assert [made for made in counts.taken() if not made.startswith("search/")] == [
        "contacts/",
        "feed.xml",
        "issues/",
        "sitemap/",
        "statistics/",
        "topics/finance/feed.xml",
        "units/",
        "units/a",
        "首页",
    ]
    feeds = {f"{place}feed.{kind}" for place in ("", "topics/finance/", "units/a/") for kind in ("xml", "json")}
    pages = {f"{page}index.html" for page in ("", "units/a/", "notices/a/2021/", "notices/a/2022/")}
    data = {f"data/{name}" for name in ("issues.csv", "issues.xlsx", "notices.csv", "notices.json", "manifest.json")}
    assert written == feeds | pages | data | {"data/notices/a/2021.json"}
    # All others are the very files that they were.
    others = [path for path in before if path.is_file() and "search" not in path.parts]
    others = [path for path in others if path.relative_to(project.site).as_posix() not in written]
    assert [path for path in others if path.stat().st_ino != before[path].st_ino] == []
    assert [path for path in others if path.stat().st_mtime_ns != before[path].st_mtime_ns] == []


def test_a_page_written_by_hand_makes_no_unit(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts(monkeypatch)
    project.write(THREE)
    project.build()
    counts.taken()
    project.write(EDITS["a page written by hand"](THREE))
    assert sorted(project.build()) == ["about/index.html", MANIFEST]
    assert counts.taken() == ["docs"]


def test_a_value_that_was_damaged_is_made_again_alone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts(monkeypatch)
    project.write(THREE)
    project.build()
    whole = len(counts.taken())
    with Kept(project.kept) as kept:
        assert kept._connection is not None
        kept._connection.execute("UPDATE kept SET value = x'00' WHERE rowid IN (SELECT rowid FROM kept LIMIT 30)")
    shutil.rmtree(project.site)
    project.build()
    project.stands()
    assert 0 < len(counts.taken()) < whole + whole


# -- the command line


def built(project: Project, *arguments: object) -> str:
    done = run("build", "--notices", project.notices, "--site-dir", project.site, "--jobs", 1, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stderr


def rewritten(said: str) -> int:
    found = re.search(r"改写了 (\d+) 个文件", said)
    assert found
    return int(found[1])


def state(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in [folder, *folder.rglob("*")]}


def test_nothing_changed_reads_no_record_and_writes_nothing_and_says_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(EDITS["a difference"](THREE))
    said = built(project)
    before = state(project.site)
    with monkeypatch.context() as patch:
        patch.setattr(building, "built", lambda *_, **__: pytest.fail("应当没有事做"))
        again = built(project)
    assert again == re.sub(r"改写了 \d+", "改写了 0", said)
    assert "警告" in again
    assert state(project.site) == before


def somebody_changes(site: Path) -> None:
    page = site / "about/index.html"
    page.write_bytes(bytes(len(page.read_bytes())))


def somebody_changes_the_manifest(site: Path) -> None:
    text = (site / MANIFEST).read_text(encoding="utf-8")
    (site / MANIFEST).write_text(text.replace("党务公开栏", "公开栏"), encoding="utf-8")


def somebody_removes(site: Path) -> None:
    (site / "about/index.html").unlink()


def somebody_puts_a_link(site: Path) -> None:
    (site / "about/index.html").unlink()
    (site / "about/index.html").symlink_to(site / "index.html")


@pytest.mark.parametrize(
    "do", [somebody_changes, somebody_changes_the_manifest, somebody_removes, somebody_puts_a_link, shutil.rmtree]
)
def test_what_somebody_did_to_the_site_is_put_right(project: Project, do: Callable[[Path], None]) -> None:
    project.write(THREE)
    built(project)
    before = files_of(project.site)
    do(project.site)
    assert rewritten(built(project)) > 0
    assert files_of(project.site) == before
    assert not any(path.is_symlink() for path in project.site.rglob("*"))


def test_a_file_that_somebody_added_to_our_folder_goes_and_elsewhere_stays(project: Project) -> None:
    project.write(THREE)
    # The settings say that it is ours.
    assert project.site == project.folder / "site"
    elsewhere = project.folder / "elsewhere"
    for folder, stays in ((project.site, False), (elsewhere, True)):
        project.site = folder
        built(project)
        (folder / "letter.txt").write_text("信", encoding="utf-8")
        built(project)
        assert (folder / "letter.txt").exists() is stays
        assert {difference.what for difference in verify(folder).differences} <= {"多出，清单里没有"}


def test_another_circumstance_is_a_change(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(THREE)
    built(project)
    calls: list[str] = []
    patched = building.built
    monkeypatch.setattr(building, "built", lambda *some, **named: [calls.append("built"), patched(*some, **named)][1])
    built(project)
    assert calls == []
    for number, edit in enumerate(["the theme", "a template", "a page written by hand", "the name of the site"], 1):
        project.write(EDITS[edit](THREE))
        built(project)
        assert len(calls) == number


def test_a_site_whose_files_are_newer_than_its_manifest_is_compared_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where CI restored it, or somebody copied it."""
    project.write(THREE)
    built(project)
    os.utime(project.site / MANIFEST, (1, 1))
    assert rewritten(built(project)) == 0
    with monkeypatch.context() as patch:
        patch.setattr(building, "built", lambda *_, **__: pytest.fail("应当没有事做"))
        built(project)
    # What is changed after that is seen.
    somebody_changes(project.site)
    assert rewritten(built(project)) == 1


def test_no_time_to_come_hides_what_is_changed_before_it(project: Project) -> None:
    project.write(THREE)
    built(project)
    os.utime(project.site / "index.html", (1 << 33, 1 << 33))
    assert rewritten(built(project)) == 0
    somebody_changes(project.site)
    assert rewritten(built(project)) == 1


def test_what_is_saved_while_a_build_begins_is_no_part_of_what_it_was_made_from(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write(THREE)
    whole = building.built

    def saved_meanwhile(*some: Any, **named: Any) -> Any:
        project.write(EDITS["a title"](THREE))
        return whole(*some, **named)

    with monkeypatch.context() as patch:
        patch.setattr(building, "built", saved_meanwhile)
        built(project)
    # Somebody thinks better of it.
    project.write(THREE)
    assert rewritten(built(project)) > 0
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    project.stands()


def test_fresh_makes_all_again_and_keeps_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = Counts(monkeypatch)
    project.write(THREE)
    built(project)
    whole, kept = counts.taken(), project.kept.read_bytes()
    assert rewritten(built(project, "--fresh")) == 0
    assert counts.taken() == whole
    assert project.kept.read_bytes() == kept


def test_fresh_has_a_file_too_that_goes_with_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.write(THREE)
    opened, sizes = Kept._opened, []

    def noted(kept: Kept) -> Any:
        files.append(kept._file)
        return opened(kept)

    def put_all_away(kept: Kept) -> None:
        saved(kept)
        sizes.append(len(kept._made))

    files: list[Path | None] = []
    saved = Kept.save
    monkeypatch.setattr(Kept, "_opened", noted)
    monkeypatch.setattr(Kept, "save", put_all_away)
    built(project, "--fresh")
    (file,) = files
    assert file is not None
    assert not file.exists()
    # Nothing of it stays in the memory.
    assert set(sizes) == {0}


@pytest.mark.parametrize("edit", ["the theme", "a template", "the name of the site"])
def test_what_was_made_while_the_look_was_another_is_made_again(
    project: Project, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    project.write(THREE)
    making_units = making.Maker.units

    def saved_meanwhile(*some: Any) -> Any:
        project.write(EDITS[edit](THREE))
        return making_units(*some)

    with monkeypatch.context() as patch:
        patch.setattr(making.Maker, "units", saved_meanwhile)
        assert "请再运行一次" in built(project)
    # Somebody thinks better of it.
    project.write(THREE)
    built(project)
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    project.stands()


def test_a_build_whose_notices_have_errors_keeps_no_word_and_the_next_one_says_them_again(project: Project) -> None:
    project.write(THREE)
    built(project)
    project.write({**THREE, "notices/a/2021.yml": "标题：甲\n"})
    for _ in range(2):
        done = run("build", "--notices", project.notices, "--site-dir", project.site)
        assert done.returncode == 1
        assert "fullwidth-colon" in done.stderr
    project.write(THREE)
    assert rewritten(built(project)) == 0


# -- who makes it, and who is killed


def test_two_processes_make_the_same_site_as_one(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "_FEW", 3)
    with workers(2) as executor, Kept(tmp_path / "kept.db") as kept:
        checked = check.check(five.FOLDER, readings=Readings(kept, executor))
        build.build(checked, tmp_path / "site", kept=kept, executor=executor)
    assert files_of(tmp_path / "site") == files_of(site)
    # The true engine, and what is kept.
    with Kept(tmp_path / "kept.db") as kept:
        checked = check.check(five.FOLDER, readings=Readings(kept))
        assert build.build(checked, tmp_path / "site", kept=kept) == []
        assert len(build.build(checked, tmp_path / "again", kept=kept)) == len(files_of(site))
    assert files_of(tmp_path / "again") == files_of(site)


_KILLED = """
import sys
from pathlib import Path
import pytest
from noticeboard import kept
from tests.kept_builds import Project

noted = kept._note
times = []

def note(*some):
    noted(*some)
    times.append(some)
    if len(times) == int(sys.argv[2]):
        print("now", flush=True)
        sys.stdin.read()

kept._note = note
Project(Path(sys.argv[1]), pytest.MonkeyPatch()).build()
"""


@pytest.mark.parametrize("nth", [1, 3])
def test_a_build_that_is_killed_while_it_keeps_costs_the_next_one_no_more_than_its_work(
    project: Project, nth: int
) -> None:
    project.write(THREE)
    command = [sys.executable, "-c", _KILLED, str(project.folder), str(nth)]
    killed = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    assert killed.stdout is not None
    assert killed.stdout.readline() == "now\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    project.build()
    project.stands()
    assert project.build() == []
