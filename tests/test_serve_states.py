"""``serve``: whatever changes while whatever is being built, a page is that of now, and one that is gone is gone."""

from __future__ import annotations

import errno
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from posixpath import normpath

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from noticeboard import paths
from noticeboard.problems import CannotRun
from noticeboard.reading.opening import record_content
from noticeboard.serve import memory
from noticeboard.serve.background import Behind
from noticeboard.serve.preview import Preview
from noticeboard.serve.single_page import make_alone
from noticeboard.site import engine
from tests.previews import Builds, preview
from tests.records import NOTICE, UNIT, write


def titled(title: str) -> str:
    return NOTICE.replace("示例通报", title)


def on_disk(notices: Path) -> dict[str, str]:
    """Notices that can be read (``jia/2023``), with their titles."""
    found = {}
    for file in notices.glob("*/2*.yml"):
        title = re.match("标题: (.*)", file.read_text("utf-8"))
        if title:
            found[f"{file.parent.name}/{file.stem}"] = title[1]
    return found


def pages_of(units: set[str], notices: dict[str, str]) -> dict[str, str]:
    """Every page that must be answered, by its path in the site."""
    pages = {f"notices/{address}/index.html": title for address, title in notices.items()}
    for unit in units:
        pages[f"units/{unit}/index.html"] = "".join(
            title for address, title in sorted(notices.items()) if address.startswith(f"{unit}/")
        )
    return pages


def expected_pages(notices: Path) -> dict[str, str]:
    return pages_of({file.parent.name for file in notices.glob("*/unit.yml")}, on_disk(notices))


ALL_PAGES = [f"notices/{unit}/{year}/index.html" for unit in ("jia", "yi", "bing") for year in (2023, 2024)] + [
    f"units/{unit}/index.html" for unit in ("jia", "yi", "bing")
]


def answered(live: Preview) -> dict[str, str]:
    pages = {path: live.read(path) for path in ALL_PAGES}
    return {path: content.decode() for path, content in pages.items() if content is not None}


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    files = {
        f"{unit}/{name}": text for unit in ("jia", "yi") for name, text in (("unit.yml", UNIT), ("2023.yml", NOTICE))
    }
    return write(tmp_path / "notices", files)


def _rename(notices: Path, old: str, new: str) -> None:
    (notices / old).rename(notices / new)


#: What somebody does to the folder, in two steps.
EDITS: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "change twice": (
        lambda notices: write(notices, {"yi/2023.yml": titled("示例一改")}),
        lambda notices: write(notices, {"yi/2023.yml": titled("示例二改")}),
    ),
    "delete a unit, change another": (
        lambda notices: shutil.rmtree(notices / "yi"),
        lambda notices: write(notices, {"jia/2023.yml": titled("示例一改")}),
    ),
    "delete a notice, then its unit": (
        lambda notices: (notices / "yi/2023.yml").unlink(),
        lambda notices: shutil.rmtree(notices / "yi"),
    ),
    "rename a notice, then its unit": (
        lambda notices: _rename(notices, "yi/2023.yml", "yi/2024.yml"),
        lambda notices: _rename(notices, "yi", "bing"),
    ),
    "delete, and return with another title": (
        lambda notices: (notices / "yi/2023.yml").unlink(),
        lambda notices: write(notices, {"yi/2023.yml": titled("示例回来")}),
    ),
    "add, and delete again": (
        lambda notices: write(notices, {"yi/2024.yml": titled("示例新增")}),
        lambda notices: (notices / "yi/2024.yml").unlink(),
    ),
}


@pytest.fixture(autouse=True, scope="module")
def known_settings() -> Iterator[None]:
    """To read mkdocs.yml takes ten times as long as all the rest."""
    known = engine.settings(paths.CONFIG)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "settings", lambda _: known)
        yield


@pytest.mark.parametrize("edit", EDITS)
def test_in_every_order_of_two_edits_and_two_builds_pages_are_those_of_now(
    tmp_path: Path, notices: Path, edit: str
) -> None:
    builds_steps = ("start", "end", "poll", "start", "end", "poll")
    original = shutil.copytree(notices, tmp_path / "original")
    for nth, edits_at in enumerate(combinations(range(8), 2)):
        shutil.rmtree(notices)
        shutil.copytree(original, notices)
        live, _, builds, _ = preview(notices, tmp_path / f"built-{nth}")
        live.renew()
        live.start_whole()
        builds.end()
        live.poll_whole()
        now = listed = started = expected_pages(notices)
        steps, edits = iter(builds_steps), iter(EDITS[edit])
        for at in range(8):
            step = "edit" if at in edits_at else next(steps)
            if step == "edit":
                next(edits)(notices)
                live.renew()
                now = expected_pages(notices)
            elif step == "start":
                live.start_whole()
                started = now
            elif step == "end":
                builds.end()
            else:
                assert live.poll_whole() == ""
                listed = started
            assert answered(live) == now, (edits_at, at)
            assert live.read("data/list") == " ".join(sorted(listed)).encode(), (edits_at, at)
        # The last edit may have come after the last build.
        assert len(builds.standing()) == 1


def renewed_in_vain(live: Preview) -> None:
    """A file that the disk does not give, after all others were read anew."""
    broken = live.notices / "zzz/2099.yml"
    write(live.notices, {"zzz/2099.yml": NOTICE})

    def content(file: Path) -> bytes:
        if file == broken:
            raise OSError(errno.EIO, "Input/output error", str(file))
        return record_content(file)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "record_content", content)
        with pytest.raises(CannotRun, match="磁盘出错"):
            live.renew()
    shutil.rmtree(broken.parent)


class TestReadingInVain:
    """Where not all files can be opened all is as it was, for the whole site, too."""

    def test_a_build_that_begins_then_has_nothing_of_it(self, tmp_path: Path, notices: Path) -> None:
        live, _, builds, _ = preview(notices, tmp_path / "built")
        live.renew()
        write(notices, {"yi/2023.yml": titled("示例新")})
        renewed_in_vain(live)
        live.start_whole()
        builds.end()
        live.poll_whole()
        assert live.read("notices/yi/2023/index.html") == "示例通报".encode()

    def test_a_file_that_was_read_in_it_and_then_deleted_is_gone(self, tmp_path: Path, notices: Path) -> None:
        live, _, builds, _ = preview(notices, tmp_path / "built")
        live.renew()
        renewed_in_vain(live)
        (notices / "yi/2023.yml").unlink()
        live.renew()
        live.start_whole()
        builds.end()
        live.poll_whole()
        assert b"notices/yi" not in (live.read("data/list") or b"")


class AnyOrder(RuleBasedStateMachine):
    """Edits, readings, builds that end, fail or are killed, pages asked for meanwhile; against a model."""

    def __init__(self) -> None:
        super().__init__()
        self.made = tempfile.TemporaryDirectory(prefix="noticeboard-")
        folder = Path(self.made.name)
        self.notices = write(folder / "notices", {"jia/unit.yml": UNIT, "jia/2023.yml": titled("示例甲")})
        self.live, self.alone, self.builds, self.said = preview(self.notices, folder / "built")
        #: The title that each notice was last seen with, and the pages that follow; those of the build under way.
        self.good: dict[str, str] = {}
        self.now: dict[str, str] = {}
        self.building: dict[str, str] | None = None
        self.finished: dict[str, str] | None = None
        self.listed: dict[str, str] | None = None
        self.titles = 0
        self.renew()

    def teardown(self) -> None:
        self.made.cleanup()

    @rule(unit=st.sampled_from(["jia", "yi"]), year=st.sampled_from([2023, 2024]))
    def save(self, unit: str, year: int) -> None:
        self.titles += 1
        write(self.notices, {f"{unit}/unit.yml": UNIT, f"{unit}/{year}.yml": titled(f"示例{self.titles}")})

    @rule(unit=st.sampled_from(["jia", "yi"]), year=st.sampled_from([2023, 2024]))
    def save_what_cannot_be_read(self, unit: str, year: int) -> None:
        write(self.notices, {f"{unit}/unit.yml": UNIT, f"{unit}/{year}.yml": "标题：示例\n"})

    @rule(unit=st.sampled_from(["jia", "yi"]), year=st.sampled_from([2023, 2024]))
    def delete(self, unit: str, year: int) -> None:
        (self.notices / unit / f"{year}.yml").unlink(missing_ok=True)

    @rule()
    def delete_a_unit(self) -> None:
        shutil.rmtree(self.notices / "yi", ignore_errors=True)

    @rule()
    def rename(self) -> None:
        if (self.notices / "jia/2023.yml").exists():
            (self.notices / "jia/2023.yml").replace(self.notices / "jia/2024.yml")

    @rule()
    def renew(self) -> None:
        self.live.renew()
        readable = on_disk(self.notices)
        there = {f"{file.parent.name}/{file.stem}" for file in self.notices.glob("*/2*.yml")}
        self.good = {address: title for address, title in {**self.good, **readable}.items() if address in there}
        self.now = pages_of({file.parent.name for file in self.notices.glob("*/unit.yml")}, self.good)

    @rule()
    def renew_in_vain(self) -> None:
        renewed_in_vain(self.live)
        # What was read before it came to its end was readable once, too.
        self.good |= on_disk(self.notices)

    @rule()
    def start(self) -> None:
        self.live.start_whole()
        self.building, self.finished = self.now, None

    @rule(fails=st.booleans())
    def end(self, *, fails: bool) -> None:
        self.builds.end(fails=fails)
        if self.building is not None and not fails:
            self.finished = self.building
        self.building = None

    @rule()
    def poll(self) -> None:
        if self.live.poll_whole() == "":
            self.listed = self.finished

    @rule(step=st.sampled_from(["renew", "poll", "start"]), path=st.sampled_from(ALL_PAGES))
    def something_happens_while_a_page_is_made(self, step: str, path: str) -> None:
        before = self.now.get(path)
        self.alone.midway = getattr(self, step)
        content = self.live.read(path)
        self.alone.midway = lambda: None
        assert (content.decode() if content is not None else None) in {before, self.now.get(path)}

    @invariant()
    def pages_are_those_of_now(self) -> None:
        assert answered(self.live) == self.now

    @invariant()
    def the_list_is_that_of_the_last_build(self) -> None:
        content = self.live.read("data/list")
        assert content == (None if self.listed is None else " ".join(sorted(self.listed)).encode())

    @invariant()
    def a_whole_site_that_is_no_more_shown_is_not_kept(self) -> None:
        assert len(self.builds.standing()) <= 1 + (self.finished is not None)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


class TestMaking:
    """A page that cannot be made stays as it was; what is there no more is not in its place."""

    def test_it_is_tried_once_a_version_and_the_reason_is_told(self, tmp_path: Path, notices: Path) -> None:
        live, alone, _, said = preview(notices, tmp_path / "built")
        live.renew()
        page = "notices/jia/2023/index.html"
        before = live.read(page)
        alone.fails = True
        write(notices, {"jia/2023.yml": titled("示例新")})
        live.renew()
        assert (live.read(page), live.read(page)) == (before, before)
        assert said == ["notices/jia/2023.md 没有更新，浏览器里仍是上一次的：示例：模板写错了"]
        alone.fails = False
        live.renew()
        assert live.read(page) == "示例新".encode()

    def test_it_is_that_of_a_whole_site_which_is_newer(self, tmp_path: Path, notices: Path) -> None:
        live, alone, builds, _ = preview(notices, tmp_path / "built")
        live.renew()
        assert live.read("notices/jia/2023/index.html") == "示例通报".encode()
        write(notices, {"jia/2023.yml": titled("示例新")})
        live.renew()
        live.start_whole()
        builds.end()
        live.renew()
        live.poll_whole()
        alone.fails = True
        assert live.read("notices/jia/2023/index.html") == "示例新".encode()

    def test_a_page_by_hand_that_was_deleted_is_gone_before_the_next_build(
        self, tmp_path: Path, notices: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        docs = write(tmp_path / "docs", {"about.md": "示例", "picture.svg": "<svg/>", ".hidden/note.txt": "示例"})
        monkeypatch.setattr(paths, "DOCS", docs)
        live, _, builds, _ = preview(notices, tmp_path / "built")
        live.renew()
        live.start_whole()
        builds.end()
        write(tmp_path / "built/1", {"about/index.html": "示例"})
        live.poll_whole()
        assert live.read("about/index.html")
        (docs / "about.md").unlink()
        live.renew()
        assert live.read("about/index.html") is None
        assert live.read("picture.svg") == b"<svg/>"
        assert live.read(".hidden/note.txt") is None

    def test_a_card_of_a_unit_goes_with_its_page(self, tmp_path: Path, notices: Path) -> None:
        live, _, builds, _ = preview(notices, tmp_path / "built")
        live.renew()
        live.start_whole()
        builds.end()
        write(tmp_path / "built/1", {"units/yi/contact.vcf": "示例"})
        live.poll_whole()
        assert live.read("units/yi/contact.vcf")
        shutil.rmtree(notices / "yi")
        live.renew()
        assert live.read("units/yi/contact.vcf") is None


def test_before_anything_is_built_all_that_a_page_looks_like_is_there(tmp_path: Path, notices: Path) -> None:
    builds = Builds(tmp_path / "built")
    live = Preview(notices, make_alone, builds, print)
    live.renew()
    for page in ("index.html", "notices/jia/2023/index.html"):
        html = live.read(page)
        assert html
        links = rb'link rel="(?:stylesheet|icon|modulepreload|apple-touch-icon)[^>]*href'
        wanted = re.findall(rb'<(?:%s|(?:script|img)[^>]* src)="([^"]+)"' % links, html)
        seen: set[str] = set()
        todo = [normpath(f"{page}/../{address.decode()}") for address in wanted]
        assert len(todo) > 5
        while todo:
            path = todo.pop()
            content = live.read(path)
            assert content, path
            if path.endswith(".js") and path not in seen:
                imported = re.findall(rb"""(?:from|import)[ (]"(\.[^"]+)\"""", content)
                todo += [normpath(f"{path}/../{address.decode()}") for address in imported]
            seen.add(path)
    assert any(path.endswith("qr.svg") for path in seen)
    assert any("stylesheets/main." in path for path in seen)
    assert live.read("issues/index.html") is None


def test_a_build_that_is_stopped_leaves_no_half_of_a_site(tmp_path: Path, notices: Path) -> None:
    live = Preview(notices, make_alone, Behind(tmp_path / "behind"), print)
    live.renew()
    live.start_whole()
    assert live.poll_whole() is None
    live.stop()
    assert live.poll_whole() is None
    assert {path.name for path in (tmp_path / "behind").iterdir()} <= {"notices", "pages", "whole.log"}
