"""The shape of the program: what may stand on what, and what is known in one place alone."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import noticeboard
from tests.floors import arrows, floors, imports, modules

PACKAGE = Path(noticeboard.__file__).parent
#: From the ground up: each room may import those on the lines above its own, and no other.
FLOORS = (
    ("problems", "faults", "kept", "paths", "radicals", "text", "versions"),
    ("compiled", "positions", "files", "temporary", "workers"),
    ("record",),
    ("reading",),
    ("board",),
    ("rules",),
    ("changes",),
    ("checking",),
    ("site.settings", "site.views"),
    ("site.model",),
    ("site.search", "site.feeds", "site.data"),
    ("site.pages",),
    ("site",),
    ("intake.documents",),
    ("intake.drafting",),
    ("intake.webform",),
    ("cluster", "review", "serve", "upkeep"),
    ("commands",),
)


@functools.cache
def arrows_of_the_program() -> dict[str, set[str]]:
    return arrows(PACKAGE)


def above(floor: int) -> set[str]:
    return {room for rooms in FLOORS[floor:] for room in rooms}


def test_every_room_has_its_floor() -> None:
    assert sorted(arrows_of_the_program()) == sorted(room for rooms in FLOORS for room in rooms)


@pytest.mark.parametrize("floor", range(len(FLOORS)), ids=lambda floor: ",".join(FLOORS[floor]))
def test_a_room_imports_only_what_stands_below_it(floor: int) -> None:
    rooms = arrows_of_the_program()
    assert {room: rooms[room] & above(floor) for room in FLOORS[floor]} == {room: set() for room in FLOORS[floor]}


def test_no_module_imports_in_a_circle() -> None:
    known = modules(PACKAGE)
    graph = {module: {*imports(file, known)} - {module} for module, file in known.items()}
    assert sum(map(len, floors(graph))) == len(known)


def test_what_is_not_below_is_noticed(tmp_path: Path) -> None:
    """The check can fail: imports in functions, of modules by name, of packages."""
    for name, text in {
        "__init__.py": "",
        "record/__init__.py": "",
        "record/model.py": "def late():\n    from noticeboard.site.pages.notice import NoticeView\n",
        "reading/__init__.py": "",
        "reading/read.py": "from noticeboard.site import build\nimport noticeboard.record.model\n",
        "site/__init__.py": "",
        "site/build.py": "from noticeboard.site.pages import notice\n",
        "site/pages/__init__.py": "",
        "site/pages/notice.py": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert arrows(tmp_path) == {
        "record": {"site.pages"},
        "reading": {"site", "record"},
        "site": {"site.pages"},
        "site.pages": set(),
    }


def holders(pattern: str) -> Iterable[str]:
    return [name for name, file in modules(PACKAGE).items() if re.search(pattern, file.read_text(encoding="utf-8"))]


def test_readers_of_documents_can_be_lifted_out() -> None:
    """They know of no record; all that they stand on is ground."""
    assert arrows_of_the_program()["intake.documents"] == {"faults", "radicals", "temporary", "text"}


def test_one_module_puts_addresses_together() -> None:
    assert holders(r"""["'](notices|units)/""") == ["board.addresses"]
