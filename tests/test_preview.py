"""``preview``: what a reviewer opens before a change is merged: a page in one file, and a summary in Markdown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from noticeboard.changes.gfm import cut
from noticeboard.review.standalone import standalone
from tests.program import run
from tests.records import NOTICE, UNIT, write
from tests.test_revisions import commit, git

CHANGED = """通报所述: [{项目: 问题, 数: 3, 单位: 个}, {项目: 方面, 数: 1, 单位: 个}]
方面:
  - 标识: f-1
    标题: 财经纪律方面
    问题: [{标识: i-1-1, 标题: 账目不清, 状态: 正在整改, 主题: 财务管理}]
已知差异: [{代码: issues-total, 原因: 原文如此}]
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two units of which one has changed and one not, since the only commit."""
    root = tmp_path_factory.mktemp("preview")
    files = {"jia/unit.yml": UNIT, "jia/2023.yml": NOTICE, "yi/unit.yml": UNIT, "yi/2023.yml": NOTICE}
    write(root / "notices", files)
    git(root, "init", "--quiet")
    commit(root)
    write(root / "notices", {"jia/2023.yml": NOTICE + CHANGED})
    return root


@pytest.fixture(scope="module")
def preview(repository: Path) -> Path:
    folders = ("--notices", repository / "notices", "--site-dir", repository / "site", "-o", repository / "preview")
    done = run("preview", *folders)
    assert done.returncode == 0, done.stderr
    return repository / "preview"


def test_only_the_changed_notice_has_a_page(preview: Path) -> None:
    names = sorted(path.name for path in preview.iterdir() if not path.name.startswith("."))
    assert names == ["changed.json", "jia-2023.html", "summary.md"]
    assert [one["address"] for one in json.loads((preview / "changed.json").read_text("utf-8"))] == [
        "notices/jia/2023/"
    ]


def test_the_page_opens_from_a_folder_and_asks_for_nothing(preview: Path, browser: Browser, tmp_path: Path) -> None:
    alone = tmp_path / "other name.html"
    alone.write_bytes((preview / "jia-2023.html").read_bytes())
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.on("console", lambda message: said.append(message.text))
    page.goto(alone.as_uri())
    assert page.get_by_text("合并以前的预览：示例局 2023。只有这一页，还没有公布。").is_visible()
    assert page.get_by_role("heading", name="账目不清").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
    assert page.evaluate("document.querySelector('.nb-qr').naturalWidth") > 0
    assert (asked, said) == ([alone.as_uri()], [])
    page.close()


def test_its_links_lead_within_the_page_or_to_other_sites(preview: Path) -> None:
    links = re.findall(r'href="([^"]*)"', (preview / "jia-2023.html").read_text("utf-8"))
    assert "#i-1-1" in links
    assert [link for link in links if not link.startswith(("#", "tel:", "mailto:", "http"))] == []


def test_the_summary_tells_changes_totals_and_accepted_warnings(preview: Path) -> None:
    summary = (preview / "summary.md").read_text("utf-8")
    assert "没有错误，没有警告。" in summary
    assert "| 示例局 2023 | 更正 | 新增通报所述“问题”" in summary
    assert "| 问题 | 3个 | 1个，不一致 | **不一致** |" in summary
    assert "| 方面 | 1个 | 1个 | 一致 |" in summary
    assert "- 已接受的警告 issues-total：" in summary
    assert "原因：原文如此" in summary
    assert re.search(r"预览：jia-2023&#46;html（\d+ kB；网页本身 \d+ kB）", summary)


def test_errors_are_in_the_summary_and_nothing_is_built(tmp_path: Path) -> None:
    notices = write(tmp_path / "notices", {"jia/unit.yml": UNIT, "jia/2023.yml": NOTICE})
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    write(notices, {"jia/2023.yml": NOTICE.replace("文种: 巡察整改进展", "文种: <b>@某人</b>|`x`")})
    done = run("preview", "--notices", notices, "--site-dir", tmp_path / "site", "-o", tmp_path / "preview")
    assert done.returncode == 1
    assert not (tmp_path / "site").exists()
    summary = (tmp_path / "preview" / "summary.md").read_text("utf-8")
    assert "**有 1 个错误，不能公布**" in summary
    assert "| 2:5 | **错误** not-in-list：" in summary
    assert "<b>" not in summary
    assert "@某人" not in summary


def test_nothing_of_a_page_runs_or_loads(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{background:url(b.png)} b{background:url('https://example.org/x')} </style><x>")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    (tmp_path / "index.html").write_text(
        "<html><head><link rel=stylesheet href=a.css><link rel=icon href=b.png><script>alert(1)</script></head>"
        "<body onload='alert(2)'><img src='https://example.org/i.png' srcset='b.png 2x'><img src='../../etc/passwd'>"
        "<iframe src=x></iframe><a href='javascript:alert(3)'>甲</a><a href='../b/'>乙</a></body></html>",
        encoding="utf-8",
    )
    made = standalone(tmp_path, "index.html", "<i>预览</i>").decode("utf-8")
    assert "alert" not in made
    assert "example.org" not in made
    assert "iframe" not in made
    assert made.count("</style>") == 2
    assert 'url("data:image/png;base64,iVBORw==")' in made
    assert "&lt;i&gt;预览&lt;/i&gt;" in made
    assert "default-src 'none'" in made


def test_a_summary_that_is_too_long_ends_with_a_whole_line() -> None:
    assert cut("一二三\n四五六\n七八九\n", 11, "还有") == "一二三\n四五六\n还有\n"
    assert cut("一二三\n", 4, "还有") == "一二三\n"
