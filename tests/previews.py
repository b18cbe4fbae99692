"""A preview without processes: its pages are made of a line, its whole sites begin and end when a test says so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from noticeboard.serve.background import Failed
from noticeboard.serve.preview import Preview
from noticeboard.serve.state import State, Whole


def html_of(page: str) -> str:
    """``units/jia.md`` → ``units/jia/index.html``."""
    return "index.html" if page == "index.md" else f"{page.removesuffix('.md')}/index.html"


def shown(page: str, state: State) -> bytes:
    """What stands on a page: a notice's title, or all titles of a unit, or of all units."""
    by_page = {f"notices/{filed.address}.md": filed.notice.title for filed in state.site.board.notices}
    under = page.removesuffix(".md").replace("units/", "notices/")
    titles = [
        title for at, title in sorted(by_page.items()) if at == page or at.startswith(f"{under}/") or page == "index.md"
    ]
    return "".join(titles).encode()


def _pages_of(readable: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The same of the files that a whole build is given."""
    titles = {file: re.findall("(?m)^标题: (.*)", content.decode()) for file, content in readable.items()}
    for file in sorted(readable):
        unit, _, name = file.removesuffix(".yml").partition("/")
        its_own = (titles[other] for other in sorted(readable) if other.startswith(f"{unit}/"))
        if name == "unit":
            yield f"units/{unit}/index.html", "".join(chain(*its_own)).encode()
        else:
            yield f"notices/{unit}/{name}/index.html", "".join(titles[file]).encode()


class Alone:
    """Makes pages; ``midway`` is called once while the next one is being made, ``fails`` stops them all."""

    def __init__(self) -> None:
        self.midway: Callable[[], None] = lambda: None
        self.fails = False

    def __call__(self, page: str, state: State) -> dict[str, dict[str, bytes]]:
        midway, self.midway = self.midway, lambda: None
        midway()
        if self.fails:
            raise ValueError("示例：模板写错了")
        return {page: {html_of(page): shown(page, state)}}


class Builds:
    """Whole sites of the pages of records and a list of them (``data/list``)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state: State | None = None
        self._result: Whole | Failed | None = None
        self._count = 0

    def start(self, state: State) -> None:
        self.stop()
        self._state = state

    def stop(self) -> None:
        if isinstance(self._result, Whole):
            shutil.rmtree(self._result.folder)
        self._state = self._result = None

    def end(self, *, fails: bool = False) -> None:
        """The build under way, if there is one, has ended; the preview does not know it yet."""
        state, self._state = self._state, None
        if state is None:
            return
        if fails:
            self._result = Failed("示例：没有建成")
            return
        self._count += 1
        whole = Whole(state, self._folder / f"{self._count}")
        files = dict(_pages_of(dict(state.readable)))
        files["data/list"] = " ".join(sorted(files)).encode()
        for path, content in files.items():
            (whole.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (whole.folder / path).write_bytes(content)
        self._result = whole

    def ended(self) -> Whole | Failed | None:
        result, self._result = self._result, None
        return result

    def standing(self) -> list[str]:
        """The folders of whole sites that are there."""
        return [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []


def preview(notices: Path, folder: Path) -> tuple[Preview, Alone, Builds, list[str]]:
    """A preview with what it is made of, and what it says."""
    alone, builds, said = Alone(), Builds(folder), list[str]()
    return Preview(notices, alone, builds, said.append), alone, builds, said
