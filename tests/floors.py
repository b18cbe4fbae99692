"""Which part of the program stands on which: read from the imports. ``python -m tests.floors`` counts them.

A room is a package that a newcomer sees when he opens the folder, or a module that stands beside these packages. Some
packages are houses of their own: the packages in them are rooms, too.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

import noticeboard

HOUSES = ("intake", "site")


def modules(package: Path) -> dict[str, Path]:
    """Every module under the folder of a package, by its name in it (``site.pages.notice``)."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@functools.cache
def _statements(source: bytes) -> list[ast.Import | ast.ImportFrom]:
    """Every import of a file, wherever in it; a second for the whole program, which is asked floor by floor."""
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]


def imports(file: Path, known: Mapping[str, Path], name: str = "noticeboard") -> Iterator[str]:
    """The modules of the package ``name`` that a file of it imports, wherever in the file."""
    for node in _statements(file.read_bytes()):
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith(f"{name}."):
            source = node.module.removeprefix(name).removeprefix(".")
            for alias in node.names:
                inner = f"{source}.{alias.name}".lstrip(".")
                yield inner if inner in known else source
        elif isinstance(node, ast.Import):
            yield from (a.name.removeprefix(f"{name}.") for a in node.names if a.name.startswith(f"{name}."))


def room(module: str, known: Mapping[str, Path]) -> str:
    """The room in which a module stands: ``site.pages`` of ``site.pages.notice``, ``site`` of ``site.build``."""
    first, *rest = module.split(".")
    inner = f"{first}.{rest[0]}" if rest else first
    return inner if first in HOUSES and known[inner].name == "__init__.py" else first


def arrows(package: Path) -> dict[str, set[str]]:
    """Each room with those that it imports; the package itself, which says only what there is, is none."""
    known = modules(package)
    # A house that has nothing but rooms is none itself.
    found: dict[str, set[str]] = {room(module, known): set() for module in known if module and module not in HOUSES}
    for module, file in known.items():
        found.get(room(module, known), set()).update(room(other, known) for other in imports(file, known) if other)
    return {start: ends - {start} for start, ends in found.items()}


def floors(rooms: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """The rooms from the ground up, each above all that it imports. Raises ``graphlib.CycleError``."""
    sorter = TopologicalSorter(rooms)
    sorter.prepare()
    while sorter.is_active():
        floor = sorter.get_ready()
        yield tuple(sorted(floor))
        sorter.done(*floor)


def main() -> None:
    """Counts the rooms."""
    rooms = arrows(Path(noticeboard.__file__).parent)
    from_below = list(floors(rooms))
    for number, floor in enumerate(from_below, start=1):
        print(f"{number:2} {' '.join(floor)}")
    print(f"{len(rooms)} rooms on {len(from_below)} floors, {sum(map(len, rooms.values()))} arrows")


if __name__ == "__main__":
    main()
