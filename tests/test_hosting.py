"""Other homes of the site: the files of ``examples/hosting``, as the page 放到别处 shows them, do what it says."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect

from noticeboard.checking.check import check
from noticeboard.paths import ROOT
from noticeboard.site.data.manifest import PATH as MANIFEST
from tests.browser import tool
from tests.records import NOTICE, UNIT, write
from tests.test_revisions import commit, git
from tests.test_whole_site import POLICY
from tests.test_workflows import FILES, FOLDER, Runner, clone

HOSTING = ROOT / "examples" / "hosting"
PAGE = ROOT / "docs" / "hosting.md"
NGINX = tool("nginx")

__all__ = ["clone"]
needs_nginx = pytest.mark.skipif(NGINX is None, reason="没有安装 nginx：make browser，或 apt install nginx-light")
needs_rsync = pytest.mark.skipif(tool("rsync") is None, reason="没有安装 rsync：make browser，或 apt install rsync")


def test_the_page_shows_every_file_to_the_letter_and_the_readme_names_it() -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    readme = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    for file in HOSTING.iterdir():
        assert file.read_text(encoding="utf-8") in blocks, file.name
        assert f"`hosting/{file.name}`" in readme


def test_the_page_has_the_commands_that_are_tried_for_windows() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/windows.yml").read_text(encoding="utf-8"))
    tried = [step["run"].replace(" --quiet", "") for step in workflow["jobs"]["windows"]["steps"] if "run" in step]
    text = PAGE.read_text(encoding="utf-8").partition("{: #windows }")[2].partition("## ")[0]
    shown = [line for line in text.splitlines() if line.startswith(("py ", ".venv/"))]
    assert len(shown) == 5
    assert [line for line in shown if line not in tried] == []


@pytest.fixture(scope="module")
def examples(example_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the examples, to which files may be added."""
    return Path(shutil.copytree(example_site, tmp_path_factory.mktemp("examples") / "site"))


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """nginx with our file, as the one site of a server that is otherwise as Debian sets it up."""

    def __init__(self, site: Path, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        ours = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
        ours = self._replaced(ours, "listen 80;", f"listen 127.0.0.1:{self.port};")
        ours = self._replaced(ours, "root /srv/noticeboard/current;", f"root {site};")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        (folder / "noticeboard.conf").write_text(ours, encoding="utf-8")
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log {folder}/errors; {'user root;' if os.geteuid() == 0 else ''}"
            f"events {{}} http {{ include mime.types; default_type application/octet-stream; access_log off;"
            f"{temporary} include noticeboard.conf; }}",
            encoding="utf-8",
        )
        shutil.copy("/etc/nginx/mime.types", folder)
        assert NGINX
        self.command = [NGINX, "-p", str(folder), "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf")]

    @staticmethod
    def _replaced(text: str, old: str, new: str) -> str:
        assert text.count(old) == 1
        return text.replace(old, new)

    def ask(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        got = connection.getresponse()
        answer = Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        connection.close()
        return answer


@pytest.fixture(scope="module")
def server(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(examples, tmp_path_factory.mktemp("nginx"))
    process = subprocess.Popen(made.command)
    for _ in range(100):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", made.port)) == 0:
                break
        time.sleep(0.05)
    yield made
    process.terminate()
    process.wait(10)


@needs_nginx
def test_nginx_finds_nothing_wrong_with_the_file(server: Server) -> None:
    done = subprocess.run([*server.command, "-t"], check=True, capture_output=True, encoding="utf-8")
    assert "warn" not in done.stderr
    assert "syntax is ok" in done.stderr


@needs_nginx
@pytest.mark.parametrize("path", ["/", "/nowhere/", "/assets/base.css", "/data/issues.csv"])
def test_every_answer_has_the_strict_policy_and_its_companions(server: Server, path: str) -> None:
    headers = server.ask(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["server"] == "nginx"


@needs_nginx
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/units/shili-wenguang/", "text/html; charset=utf-8"),
        ("/assets/base.css", "text/css; charset=utf-8"),
        ("/assets/page.js", "application/javascript; charset=utf-8"),
        ("/assets/favicon.svg", "image/svg+xml"),
        ("/data/notices.json", "application/json"),
        ("/data/issues.csv", "text/csv; charset=utf-8"),
        ("/data/issues.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/units/shili-wenguang/contact.vcf", "text/vcard; charset=utf-8"),
        ("/feed.xml", "application/atom+xml"),
        ("/units/shili-wenguang/feed.xml", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
        ("/sitemap.xml", "text/xml; charset=utf-8"),
    ],
)
def test_every_kind_of_file_is_called_what_it_is(server: Server, path: str, kind: str) -> None:
    answer = server.ask(path)
    assert (answer.status, answer.headers["content-type"]) == (200, kind)


@needs_nginx
def test_a_record_as_yaml_would_be_called_so_too(server: Server, examples: Path) -> None:
    (examples / "record.yml").write_text("标题: 示例\n", encoding="utf-8")
    assert server.ask("/record.yml").headers["content-type"] == "application/yaml"
    (examples / "record.yml").unlink()


@needs_nginx
def test_every_file_of_the_site_answers_with_its_own_bytes(server: Server, examples: Path) -> None:
    for file in sorted(examples.rglob("*")):
        path = file.relative_to(examples).as_posix()
        if file.is_file() and path != "404.html":
            answer = server.ask(f"/{path.removesuffix('index.html')}")
            assert (answer.status, answer.body) == (200, file.read_bytes()), path


@needs_nginx
@pytest.mark.parametrize("path", ["/nowhere/", "/assets/", "/404.html", "/notices/.git/config"])
def test_what_is_not_there_or_not_for_readers_is_one_page(server: Server, examples: Path, path: str) -> None:
    answer = server.ask(path)
    assert (answer.status, answer.body) == (404, (examples / "404.html").read_bytes())
    assert "cache-control" not in answer.headers


@needs_nginx
def test_text_goes_compressed_to_who_takes_it(server: Server) -> None:
    for path in ("/", "/feed.xml", "/data/notices.json", "/data/issues.csv", "/assets/base.css"):
        plain, packed = server.ask(path), server.ask(path, Accept_Encoding="gzip")
        assert packed.headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in plain.headers["vary"]
        assert gzip.decompress(packed.body) == plain.body


@needs_nginx
def test_what_never_changes_is_kept_and_pages_are_asked_for_again(server: Server, examples: Path) -> None:
    sizes = next((examples / "search/v2").glob("*/sizes.bin")).relative_to(examples)
    style = next((examples / "assets/stylesheets").glob("main.*.min.css")).name
    for path in (f"/{sizes.as_posix()}", f"/assets/stylesheets/{style}"):
        assert server.ask(path).headers["cache-control"] == "public, max-age=31536000, immutable", path
    assert server.ask("/search/v2/start.bin").headers["cache-control"] == "no-cache"
    page = server.ask("/units/")
    assert page.headers["cache-control"] == "public, max-age=300"
    assert server.ask("/units/", If_None_Match=page.headers["etag"]).status == 304


@needs_nginx
def test_an_address_without_its_slash_leads_to_the_page_on_the_same_host(server: Server) -> None:
    answer = server.ask("/units/shili-wenguang")
    assert (answer.status, answer.headers["location"]) == (301, "/units/shili-wenguang/")


@needs_nginx
def test_a_former_address_leads_the_reader_on(server: Server, browser: Browser) -> None:
    board = check(ROOT / "examples" / "notices").board
    unit = next(unit for unit in board.units if unit.unit.former_names)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.port}/units/{unit.unit.former_names[0]}/")
    expect(page.locator(f"article a[href='../{unit.slug}/']").first).to_be_visible()
    context.close()


@needs_nginx
def test_a_browser_finds_nothing_that_the_policy_forbids(server: Server, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    home = f"http://127.0.0.1:{server.port}"
    for path in ("/", "/notices/shili-wenguang/2023-12-20/", "/statistics/", "/contacts/"):
        page.goto(home + path)
        page.wait_for_load_state("networkidle")
    page.goto(f"{home}/issues/?q=示例")
    expect(page.locator("[data-results][data-state=done] > li").first).to_be_visible()
    context.close()
    assert said == []


def publish(site: Path, home: Path) -> subprocess.CompletedProcess[str]:
    command = ["sh", str(HOSTING / "publish.sh"), str(site), str(home)]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


@pytest.fixture
def carried(site: Path, tmp_path: Path) -> Path:
    """A site on a disk that is carried to a server."""
    return Path(shutil.copytree(site, tmp_path / "disk"))


def files_of(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@needs_rsync
def test_a_site_is_switched_to_as_a_whole_and_unchanged_files_take_no_place(carried: Path, tmp_path: Path) -> None:
    home = tmp_path / "srv"
    done = publish(carried, home)
    assert (done.returncode, done.stderr) == (0, "")
    current = home / "current"
    assert current.is_symlink()
    assert files_of(current) == files_of(carried)
    before = current.resolve()
    _change(carried)
    assert publish(carried, home).returncode == 0
    assert current.resolve() != before
    assert (current / "index.html").read_text(encoding="utf-8") == "新"
    assert (before / "index.html").read_text(encoding="utf-8") != "新"
    assert (current / "units/index.html").samefile(before / "units/index.html")
    assert (current / "index.html").stat().st_mode & 0o777 == 0o644


def _change(site: Path) -> None:
    """Another front page, with a manifest that knows it."""
    before = subprocess.run(["sha256sum", site / "index.html"], check=True, capture_output=True, encoding="utf-8")
    (site / "index.html").write_text("新", encoding="utf-8")
    after = subprocess.run(["sha256sum", site / "index.html"], check=True, capture_output=True, encoding="utf-8")
    manifest = (site / MANIFEST).read_text(encoding="utf-8")
    (site / MANIFEST).write_text(manifest.replace(before.stdout[:64], after.stdout[:64]), encoding="utf-8")


@needs_rsync
@pytest.mark.parametrize("fault", ["changed", "missing", "more", "no site"])
def test_a_copy_that_went_wrong_leaves_the_old_site(carried: Path, tmp_path: Path, fault: str) -> None:
    home = tmp_path / "srv"
    assert publish(carried, home).returncode == 0
    old = (home / "current").resolve()
    _change(carried)
    if fault == "changed":
        (carried / "units/index.html").write_text("坏", encoding="utf-8")
    elif fault == "missing":
        (carried / "units/index.html").unlink()
    elif fault == "more":
        (carried / "more.html").write_text("多", encoding="utf-8")
    else:
        (carried / MANIFEST).unlink()
    done = publish(carried, home)
    assert done.returncode == 1
    assert "没有换" in done.stderr
    assert (home / "current").resolve() == old
    assert (home / "current/index.html").read_text(encoding="utf-8") != "新"


@needs_rsync
def test_a_site_with_an_open_draft_is_not_switched_to(carried: Path, tmp_path: Path) -> None:
    home = tmp_path / "srv"
    manifest = (carried / MANIFEST).read_text(encoding="utf-8")
    assert '"open_drafts":0,' in manifest
    (carried / MANIFEST).write_text(manifest.replace('"open_drafts":0,', '"open_drafts":12,'), encoding="utf-8")
    done = publish(carried, home)
    assert (done.returncode, "没有核对" in done.stderr or "没核对" in done.stderr) == (1, True)
    assert not (home / "current").exists()


@needs_rsync
def test_five_releases_are_kept_and_one_can_go_back(carried: Path, tmp_path: Path) -> None:
    home = tmp_path / "srv"
    for number in range(7):
        (carried / MANIFEST).write_text(
            (carried / MANIFEST).read_text(encoding="utf-8").replace('"0.1.0', f'"0.1.0{number}'), encoding="utf-8"
        )
        assert publish(carried, home).returncode == 0
        # Newer by a second, whatever the file system's clock.
        for release in (home / "releases").iterdir():
            os.utime(release, (release.stat().st_mtime - 1,) * 2)
    releases = sorted((home / "releases").iterdir(), key=lambda one: one.stat().st_mtime)
    assert len(releases) == 5
    assert (home / "current").resolve() == releases[-1]
    back = re.search(r"cd /srv/noticeboard && (.*)", (HOSTING / "publish.sh").read_text(encoding="utf-8"))
    assert back
    subprocess.run(["sh", "-c", back[1].replace("那一份的名字", releases[0].name)], check=True, cwd=home)
    assert (home / "current").resolve() == releases[0]


@needs_rsync
def test_without_links_a_site_is_copied_in_place(carried: Path, tmp_path: Path) -> None:
    command = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if "--delay-updates --d" in line)
    target = tmp_path / "web"
    target.mkdir()
    (target / "gone.html").touch()
    words = command.replace("www@服务器:网站的文件夹/", f"{target}/").replace(" site/", f" {carried}/").split()
    subprocess.run(words, check=True)
    assert files_of(target) == files_of(carried)


def on_gitlab(clone: Path, published: str) -> Runner:
    """Where the manifest of the site that is published tells of this commit; without one, none can be read."""
    manifest = f'{{"format_version":"1","source_revision":"{published}","files":[' if published else ""
    write(
        clone.parent,
        {"bin/curl": f"#!/bin/sh\n[ \"$2\" = https://example.org/board/{MANIFEST} ] && echo '{manifest}'\n"},
    )
    (clone.parent / "bin/curl").chmod(0o755)
    return Runner(clone, {}, clone.parent / "bin")


@pytest.mark.parametrize(
    ("request_base", "published", "is_tested"),
    [("", "it", False), ("", "", True), ("", "b" * 40, True), ("it", "", False), ("b" * 40, "it", True)],
    ids=["published", "nothing published", "rewritten", "request", "request to what is gone"],
)
def test_gitlab_tests_the_program_again_unless_only_notices_changed(
    clone: Path, request_base: str, published: str, *, is_tested: bool
) -> None:
    jobs = yaml.safe_load((HOSTING / "gitlab-ci.yml").read_text(encoding="utf-8"))
    it = git(clone, "rev-parse", "HEAD")
    write(clone / "notices", {"shili/unit.yml": UNIT, "shili/2023.yml": NOTICE})
    commit(clone)
    runner = on_gitlab(clone, published.replace("it", it))
    known = {
        "CI_COMMIT_BEFORE_SHA": it,
        "CI_PAGES_URL": "https://example.org/board",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": request_base.replace("it", it),
    }
    tests = [line for line in jobs["test"]["script"] if not line.startswith("make check")]
    assert runner.succeeds("\n".join(tests), known)
    assert ("-m pytest --numprocesses 4" in runner.said) == is_tested
    assert ("只改了通报，程序的测试不用重跑。" in runner.said.splitlines()) != is_tested


def parts_of_github() -> dict[str, Any]:
    """Its jobs, every value as text."""
    text = (HOSTING / "github-parts.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.BaseLoader)["jobs"])  # noqa: S506 - of ours


def test_each_machine_of_github_makes_another_part_and_the_last_has_all(clone: Path) -> None:
    part, build = parts_of_github().values()
    (step,) = (step for step in part["steps"] if "run" in step)
    parts = part["strategy"]["matrix"]["part"]
    assert parts == [str(number) for number in range(1, len(parts) + 1)]
    assert step["env"]["PART"] == f"${{{{ matrix.part }}}}/{len(parts)}"
    runner = Runner(clone, {"matrix.part": parts[0], "steps.pages.outputs.base_url": "https://example.org/board"})
    shutil.rmtree(clone / "build", ignore_errors=True)
    assert runner.succeeds(step["run"], step["env"])
    assert not (clone / "site").exists()
    # As one action takes it from there and the other puts it here.
    uploaded, downloaded = part["steps"][-1]["with"], next(s for s in build["steps"] if "download" in s.get("uses", ""))
    name = uploaded["name"].replace("${{ matrix.part }}", parts[0])
    assert fnmatch(name, downloaded["with"]["pattern"])
    here = clone / downloaded["with"]["path"] / name
    here.mkdir(parents=True)
    shutil.move(clone / uploaded["path"], here)
    for command in (step for step in build["steps"] if "run" in step):
        assert runner.succeeds(command["run"], command.get("env", {}))
    assert (clone / "site" / "index.html").is_file()


def test_what_the_parts_of_github_use_is_pinned_as_the_workflows_pin_it() -> None:
    lines = {line.strip() for name in FILES for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()}
    parts = (HOSTING / "github-parts.yml").read_text(encoding="utf-8").splitlines()
    used = {line.strip() for line in parts if "uses:" in line}
    # That one is used nowhere else.
    assert [line.partition("@")[0] for line in used - lines] == ["- uses: actions/download-artifact"]


def test_gitlab_checks_tests_builds_verifies_and_publishes(clone: Path) -> None:
    jobs = yaml.safe_load((HOSTING / "gitlab-ci.yml").read_text(encoding="utf-8"))
    assert jobs["stages"] == ["test", "build", "deploy"]
    assert [jobs[name]["stage"] for name in ("test", "build", "pages")] == jobs["stages"]
    known = {"CI_COMMIT_BEFORE_SHA": git(clone, "rev-parse", "HEAD"), "CI_PAGES_URL": "https://example.org/board"}
    runner = on_gitlab(clone, git(clone, "rev-parse", "HEAD"))
    for name in ("test", "build", "pages"):
        assert runner.succeeds("\n".join(jobs[name]["script"]), known), name
    assert "https://example.org/board/units/" in (clone / "public/sitemap.xml").read_text(encoding="utf-8")
