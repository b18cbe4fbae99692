"""The whole build: the same bytes each time, by whichever way; another engine builds the same tree."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from xml.dom import minidom

import pytest
from bs4 import BeautifulSoup, SoupStrainer

from noticeboard import paths
from noticeboard.board.folders import load
from noticeboard.checking.check import Checked, check
from noticeboard.files import OURS
from noticeboard.paths import CONFIG, ROOT
from noticeboard.problems import CannotRun
from noticeboard.record.vocabulary import TOPICS, StatusCode
from noticeboard.site import build as sites
from noticeboard.site import engine
from noticeboard.site.data.manifest import verify
from noticeboard.site.model.site import Site
from noticeboard.site.publish import Published
from noticeboard.site.sitemap import sitemap
from tests import five
from tests.records import MASTHEAD, NOTICE, UNIT, write

#: The pages that are there whatever the notices say, and those of the five notices and their units.
_FIXED = [
    "",
    "about/",
    "contacts/",
    "contributing/",
    "data/",
    "hosting/",
    "issues/",
    "notices/fushun-wenlian/2025/",
    "notices/jiaojiang-wenlian/2021/",
    "notices/qingyang-wenlian/2023/",
    "notices/qiyang-wenlian/2023-12/",
    "notices/zhaoyang-wenlian/2023-12-14/",
    "privacy/",
    "reading-status/",
    "fields/",
    "maintaining/",
    "office/",
    "questions/",
    "reviewing/",
    "rules/",
    "sitemap/",
    "statistics/",
    "topics/",
    "units/",
    "units/fushun-wenlian/",
    "units/jiaojiang-wenlian/",
    "units/qingyang-wenlian/",
    "units/qiyang-wenlian/",
    "units/zhaoyang-wenlian/",
]
#: The lists of issues, with or without one; those of the five notices all fit one page.
_LISTS = {
    *(f"issues/status/{code.value}/" for code in StatusCode),
    *(f"issues/year/{filed.date_name[:4]}/" for filed in five.checked().board.notices),
    *(f"topics/{slug}/" for slug in TOPICS.values()),
}
ADDRESSES = sorted([*_FIXED, *_LISTS])


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_fixed_addresses_answer(site: Path) -> None:
    pages = sorted(path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html"))
    assert sorted(page.removeprefix("./") for page in pages) == ADDRESSES
    assert (site / "404.html").is_file()


@pytest.fixture
def kept(site: Path, tmp_path: Path) -> Path:
    """The site of the five notices as an earlier build left it, to build over."""
    return Path(shutil.copytree(site, tmp_path / "site", symlinks=True))


def test_a_second_build_without_a_change_writes_nothing(kept: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert sites.build(five.checked(), kept) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_changed_notice_changes_only_what_it_stands_in(kept: Path, tmp_path: Path) -> None:
    notices = five.copied(tmp_path / "notices")
    notice = notices / "qiyang-wenlian" / "2023-12.yml"
    text = notice.read_text(encoding="utf-8")
    notice.write_text(text.replace("截至2023年12月，反馈", "到2023年12月为止，反馈"), encoding="utf-8")
    changed = sites.build(check(notices), kept)
    page = "notices/qiyang-wenlian/2023-12/index.html"
    # The words that changed are of the overview (概述), which feeds and data have too.
    feeds = [f"{place}feed.{suffix}" for place in ("", "units/qiyang-wenlian/") for suffix in ("json", "xml")]
    data = ["data/manifest.json", "data/notices/qiyang-wenlian/2023-12.json"]
    assert sorted(path for path in changed if not path.startswith("search/")) == sorted([page, *feeds, *data])


def test_pages_then_a_plain_mkdocs_build_gives_the_same_pages(site: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    for name in ("noticeboard", "theme", "docs"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    five.copied(project / "notices")
    for name in ("mkdocs.yml", "build_site.py"):
        shutil.copyfile(ROOT / name, project / name)

    def run(*arguments: str) -> None:
        # The address of the other site is of this computer, with which none is built where it would be published.
        environment = {**os.environ, "CI": ""}
        subprocess.run([sys.executable, *arguments], check=True, cwd=project, capture_output=True, env=environment)

    run("build_site.py", "pages")
    run("-m", "mkdocs", "build", "--quiet", "--strict")
    plain, ours = files_of(project / "site"), files_of(site)
    # What is made of the whole site behind the engine, and what of the theme no page asks for, which we do not take.
    not_taken = {path for path in plain for pattern in engine.NOT_TAKEN if fnmatch(path, pattern)}
    made_behind = ("sitemap.xml", "sitemap.xml.gz", "data/manifest.json")
    made = {path: content for path, content in plain.items() if path not in not_taken | {*made_behind}}
    for path in (path for path in made if path.endswith(".html")):
        made[path] = engine.without_unused(made[path].decode("utf-8")).encode("utf-8")
    # Sheets of our own go out without their comments; Material's are as they came.
    for path in (path for path in made if fnmatch(path, "assets/*.css") and path.count("/") == 1):
        made[path] = without_comments(made[path].decode("utf-8")).encode("utf-8")
    theirs = {path: content for path, content in ours.items() if path not in made_behind}
    assert {path for path in made.keys() | theirs.keys() if made.get(path) != theirs.get(path)} == set()
    # The other way round: a build over what MkDocs left, its compressed site map included.
    run("build_site.py")
    rebuilt = files_of(project / "site")
    # The copy is in no repository, of which the manifest tells.
    assert {path for path in theirs if rebuilt.get(path) != theirs[path]} == set()
    assert rebuilt.keys() == ours.keys()


@pytest.mark.parametrize(
    "only", [["notices/qiyang-wenlian/2023-12.md"], ["index.md", "units/fushun-wenlian.md", "contacts/index.md"]]
)
def test_any_subset_of_pages_has_the_same_bytes(site: Path, tmp_path: Path, only: list[str]) -> None:
    tree = sites.write_pages(five.checked(), tmp_path / "pages")
    engine.build_pages(CONFIG, tree, tmp_path / "site", only)
    built = {path: content for path, content in files_of(tmp_path / "site").items() if path.endswith("index.html")}
    assert len(built) == len(only)
    assert built == {path: (site / path).read_bytes() for path in built}


def test_what_stands_beside_the_pages_is_taken_along_as_it_is(site: Path, tmp_path: Path) -> None:
    tree = files_of(sites.write_pages(five.checked(), tmp_path / "pages"))
    beside = {path for path in tree if path.endswith((".xml", ".vcf", ".svg", ".json", ".csv", ".xlsx"))} - {OURS}
    units = [address for address in ADDRESSES if address.startswith("units/") and address != "units/"]
    topics = [f"topics/{slug}/" for slug in TOPICS.values()]
    notices = [address for address in ADDRESSES if address.startswith("notices/")]
    schemas = ("notice.schema.json", "notice.yaml.schema.json", "unit.yaml.schema.json")
    assert beside == {
        *(f"{address}feed.{suffix}" for address in ("", *units, *topics) for suffix in ("xml", "json")),
        *(f"{address}qr.svg" for address in notices),
        *(f"{address}contact.vcf" for address in units),
        *(f"data/{address.rstrip('/')}.json" for address in notices),
        *(
            f"data/{name}"
            for name in ("issues.csv", "notices.csv", "issues.xlsx", "notices.json", "units.json", *schemas)
        ),
    }
    assert {path: tree[path] for path in beside} == {path: (site / path).read_bytes() for path in beside}


def test_the_site_map_lists_every_page_with_the_day_of_its_record(site: Path) -> None:
    assert not (site / "sitemap.xml.gz").exists()
    root = minidom.parse(str(site / "sitemap.xml"))
    texts = [[node.firstChild.data for node in url.childNodes] for url in root.getElementsByTagName("url")]
    found = {loc.removeprefix("http://localhost:8000/"): lastmod for loc, *lastmod in texts}
    assert sorted(found) == ADDRESSES
    assert found["notices/zhaoyang-wenlian/2023-12-14/"] == ["2026-11-24"]
    assert found[""] == ["2026-11-24"]
    # A page over all notices has no day of its own.
    assert found["issues/"] == []


def test_a_dated_change_is_the_day_in_the_site_map(tmp_path: Path) -> None:
    text = NOTICE + "变更: [{日期: 2024-03-01, 内容: 更正电话, 依据: 来函}]\n"
    board, problems = load(write(tmp_path, {"shili/unit.yml": UNIT, "shili/2023.yml": text}))
    assert problems == []
    made = sitemap(Site(board, MASTHEAD), ["notices/shili/2023/"])
    assert "<url><loc>https://example.org/notices/shili/2023/</loc><lastmod>2024-03-01</lastmod></url>" in made


def test_an_official_site_does_not_call_itself_unofficial() -> None:
    checked = five.checked()
    from noticeboard.site.pages.tree import pages

    official = dataclasses.replace(MASTHEAD, official_units=frozenset(["qiyang-wenlian"]), host_name="祁阳市文联")
    made = {page.file: page.text for page in pages(Site(checked.board, official, checked.accepted))}
    official, unofficial = made["notices/qiyang-wenlian/2023-12.md"], made["notices/fushun-wenlian/2025.md"]
    assert "official: true" in official
    assert "非官方整理" not in official
    assert "official: false" in unofficial
    assert "**非官方整理。**" in unofficial


# -- what is built is what was meant


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """An engine that is quick, and loses the files that are named in this set."""
    lost: set[str] = set()

    def build_pages(_: Path, tree: Path, html: Path, *_only: object, **_assets: object) -> None:
        for file in tree.rglob("*"):
            path = file.relative_to(tree).as_posix()
            if file.is_file() and path not in lost and not file.name.startswith("."):
                output = html / engine.output_of(path)
                output.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, output)

    monkeypatch.setattr(engine, "build_pages", build_pages)
    return lost


@pytest.fixture
def one_notice(tmp_path: Path) -> Checked:
    return check(write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE}))


@pytest.mark.parametrize("lost", ["notices/shili/2023.md", "about.md", "pictures/office-page.png"])
def test_a_build_without_a_page_or_file_that_was_meant_fails_and_leaves_the_old_site(
    tmp_path: Path, stand_in: set[str], one_notice: Checked, lost: str
) -> None:
    sites.build(one_notice, tmp_path / "site")
    before = files_of(tmp_path / "site")
    assert engine.output_of(lost) in before
    stand_in.add(lost)
    with pytest.raises(CannotRun, match=f"^{lost} 没有出现在生成的网站里，网站不完整，没有公布$"):
        sites.build(one_notice, tmp_path / "site")
    assert files_of(tmp_path / "site") == before


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("units/shili.md", "docs/units/shili.md 与程序自己生成的同名"),
        ("units.md", "docs/units.md 与程序自己生成的同名"),
        ("feed.xml", "docs/feed.xml 与程序自己生成的同名"),
        ("data/manifest.json", "docs/data/manifest.json 与程序自己生成的同名"),
    ],
)
def test_a_file_of_docs_takes_no_generated_ones_place(
    tmp_path: Path, one_notice: Checked, monkeypatch: pytest.MonkeyPatch, file: str, words: str
) -> None:
    (tmp_path / "docs" / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "docs" / file).write_text("# 关于", encoding="utf-8")
    monkeypatch.setattr(paths, "DOCS", tmp_path / "docs")
    with pytest.raises(CannotRun, match=words):
        sites.build(one_notice, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_folder_of_others_is_refused_before_anything_is_made(
    tmp_path: Path, one_notice: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/letter.txt").touch()
    monkeypatch.setattr(sites, "temporary_folder", lambda: pytest.fail("应当还没有开始"))
    with pytest.raises(CannotRun, match="不是本程序建的"):
        sites.build(one_notice, tmp_path / "site")


@pytest.mark.usefixtures("stand_in")
def test_a_site_that_was_not_replaced_in_one_step_is_said(
    tmp_path: Path, one_notice: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    sites.build(one_notice, tmp_path / "site", say=said.append)
    assert said == []
    monkeypatch.setattr(sites, "publish", lambda *_, **__: Published(["x"], is_at_once=False))
    assert sites.build(one_notice, tmp_path / "site", say=said.append) == ["x"]
    assert len(said) == 1
    assert "不能整个换" in said[0]


def test_two_builds_at_once_give_one_whole_site_of_one_of_them(tmp_path: Path) -> None:
    names = ["jia", "yi"]
    runs = []
    for name in names:
        folder = write(tmp_path / name, {f"{name}/unit.yml": UNIT, f"{name}/2023.yml": NOTICE})
        command = [sys.executable, ROOT / "build_site.py", "--notices", folder, "--site-dir", tmp_path / "site"]
        runs.append(subprocess.Popen(command, stderr=subprocess.PIPE))
    assert [run.communicate()[1] and run.returncode for run in runs] == [0, 0]
    assert verify(tmp_path / "site").differences == ()
    assert [(tmp_path / f"site/units/{name}/index.html").exists() for name in names] in ([True, False], [False, True])
    assert (tmp_path / "site/search/v2/start.bin").exists()


def test_two_runs_that_write_the_pages_do_not_mix(
    tmp_path: Path, one_notice: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    from noticeboard import temporary

    monkeypatch.setattr(temporary, "_TRIES", 2)
    tree = tmp_path / "pages"
    with (
        temporary.claimed(tmp_path / ".pages.noticeboard", tree),
        pytest.raises(CannotRun, match=f"另一个程序正在写 {tree}"),
    ):
        sites.write_pages(one_notice, tree)
    assert not tree.exists()
    sites.write_pages(one_notice, tree)
    assert (tree / "units/shili.md").exists()


# -- nothing is published that nobody asks for


def test_every_asset_is_asked_for_by_a_page_a_style_sheet_or_a_script(site: Path) -> None:
    texts = {file: file.read_text("utf-8") for kind in ("html", "css", "js") for file in site.rglob(f"*.{kind}")}
    unused = [
        asset.relative_to(site).as_posix()
        for asset in (site / "assets").rglob("*")
        if asset.is_file() and not any(asset.name in text for file, text in texts.items() if file != asset)
    ]
    assert unused == []


def without_comments(style: str) -> str:
    return re.sub(r"/\*.*?\*/\s*", "", style, flags=re.DOTALL)


def test_our_style_sheets_go_out_whole_but_for_their_comments(site: Path) -> None:
    ours = {file.name: file.read_text("utf-8") for file in (ROOT / "theme" / "assets").glob("*.css")}
    without = {name: without_comments(text) for name, text in ours.items()}
    assert {file.name: file.read_text("utf-8") for file in (site / "assets").glob("*.css")} == without
    assert not any("/*" in text for text in without.values())


def test_no_page_has_the_boxes_of_the_menu_and_the_search_that_are_not_ours(site: Path) -> None:
    boxes = (b"__drawer", b"__search", b"md-toggle", b"md-overlay")
    assert [page for page in site.rglob("*.html") if any(box in page.read_bytes() for box in boxes)] == []


def test_what_is_taken_out_of_a_page_is_the_frames_alone() -> None:
    page = (
        '<body dir="ltr">\n    <input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer">\n'
        '    <label class="md-overlay" for="__drawer"></label>\n    <p>&lt;input class="md-toggle"&gt; <input></p>'
    )
    assert engine.without_unused(page) == ('<body dir="ltr">\n<p>&lt;input class="md-toggle"&gt; <input></p>')


def test_blank_lines_and_indentation_are_taken_out_of_a_page_where_nobody_sees_them() -> None:
    page = "\n\n<p>甲\n\n   　乙 </p> <p>\n  \n<pre>a:\n\n  - b\n</pre>  \n  <textarea>\n  c</textarea>"
    made = "<p>甲\n　乙 </p> <p>\n<pre>a:\n\n  - b\n</pre>\n<textarea>\n  c</textarea>"
    assert engine.without_unused(page) == made


HOSTILE = '</title><script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_no_text_of_a_record_becomes_markup_anywhere_on_a_built_page(tmp_path: Path) -> None:
    notice = NOTICE.replace("示例通报", f"'{HOSTILE}'") + f"概述: '{HOSTILE}'\n"
    unit = UNIT.replace("简称: 示例局", f"简称: '{HOSTILE}'").replace("全称: 示例县示例局", f"全称: '{HOSTILE}'")
    folder = write(tmp_path / "notices", {"shili/unit.yml": unit, "shili/2023.yml": notice})
    sites.build(check(folder), tmp_path / "site")
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml")
        programs = [tag for tag in soup.find_all("script") if tag.get("type") != "application/ld+json"]
        assert not [tag for tag in programs if "alert" in tag.text]
        assert not soup.select("img[onerror]")
    head = BeautifulSoup((tmp_path / "site/notices/shili/2023/index.html").read_text(encoding="utf-8"), "html.parser")
    assert head.title is not None
    assert HOSTILE in head.title.text
    assert head.select_one("meta[name=description]")["content"] == HOSTILE


def test_brackets_in_an_address_do_not_end_the_link(tmp_path: Path) -> None:
    text = NOTICE.replace("{内容: 摘要", "{网址: https://example.org/a)b_c*d, 内容: 摘要")
    folder = write(tmp_path / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": text})
    sites.build(check(folder), tmp_path / "site")
    page = BeautifulSoup((tmp_path / "site/notices/shili/2023/index.html").read_text(encoding="utf-8"), "html.parser")
    assert page.select("article a[href='https://example.org/a%29b_c*d']")


def article_and_anchors(page: Path) -> tuple[str, list[str]]:
    """The text of a page's article, white space and the signs of permanent links apart, and its headings' anchors."""
    found = BeautifulSoup(page.read_text(encoding="utf-8"), "lxml", parse_only=SoupStrainer("article")).find("article")
    assert found is not None
    for link in found.select(".headerlink"):
        link.decompose()
    anchors = [str(tag["id"]) for tag in found.select(":is(h1, h2, h3, h4, h5, h6)[id]")]
    return "".join(found.get_text().split()), anchors


def test_zensical_builds_the_same_addresses_articles_and_anchors(site: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "theme", project / "theme")
    shutil.copyfile(CONFIG, project / "mkdocs.yml")
    sites.write_pages(five.checked(), project / "build" / "pages")
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--clean"],
        cwd=project, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    for address in ADDRESSES:
        theirs, ours = project / "site" / address / "index.html", site / address / "index.html"
        assert theirs.is_file(), address
        assert article_and_anchors(theirs) == article_and_anchors(ours)
