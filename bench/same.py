"""Whether two revisions of the program make the same sites: ``python -m bench.same REV [--but REGEX]``.

The files as they stand here are compared with those of a revision of this repository. Both build three sites from
the same notices, which are those of the revision (what an older program takes, a newer one takes too): ``notices/``,
``examples/notices`` and 50 made-up ones. What counts are the files of their manifests, byte for byte.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

_ROOT = Path(__file__).resolve().parent.parent
_MADE_UP = 50
_SHOWN = 40
_WIDTH = 160


def main() -> int:
    """The command line: 0 all sites are the same, 1 the differences are listed."""
    parser = argparse.ArgumentParser(prog="python -m bench.same", description=__doc__.split("\n", 1)[0])
    parser.add_argument("revision", metavar="REV", help="the revision to compare with")
    parser.add_argument(
        "--but", type=re.compile, metavar="REGEX", help="what is taken out of both before they are compared"
    )
    arguments = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        before = folder / "before"
        _run("git", "-C", str(_ROOT), "worktree", "add", "--quiet", "--detach", str(before), arguments.revision)
        try:
            sites = list(_inputs(before, folder / "inputs"))
            with ThreadPoolExecutor(2) as workers:
                found = list(workers.map(lambda name: _compared(name, before, folder, arguments.but), sites))
        finally:
            _run("git", "-C", str(_ROOT), "worktree", "remove", "--force", str(before))
    for name, count, told in found:
        print(f"{name}: {count} files, {len(told) or 'no'} differences")
        for difference in told[:_SHOWN]:
            print(f"  {difference}")
        if len(told) > _SHOWN:
            print(f"  … and {len(told) - _SHOWN} more")
    return int(any(told for _, _, told in found))


def _inputs(before: Path, folder: Path) -> Iterator[str]:
    """The notices of each site under ``folder``, outside every repository: which commit they are of is the same."""
    for name, notices in (("notices", before / "notices"), ("examples", before / "examples" / "notices")):
        shutil.copytree(notices, folder / name)
        yield name
    _run(sys.executable, "-m", "bench.corpus", str(_MADE_UP), str(folder / "made-up"), cwd=before)
    yield "made-up"


def _compared(name: str, before: Path, folder: Path, but: re.Pattern[str] | None) -> tuple[str, int, list[str]]:
    old, new = (
        _built(root, folder / "inputs" / name, folder / f"{which}-{name}")
        for which, root in (("old", before), ("new", _ROOT))
    )
    return name, len(_files(new, None)), list(differences(old, new, but))


def differences(old: Path, new: Path, but: re.Pattern[str] | None = None) -> Iterator[str]:
    """What two sites differ in, a line for each file; ``but`` is taken out of paths and texts before."""
    paths, there = _files(old, but), _files(new, but)
    yield from (f"gone: {path}" for path in sorted(paths.keys() - there.keys()))
    yield from (f"new: {path}" for path in sorted(there.keys() - paths.keys()))
    for path in sorted(path for path in paths.keys() & there.keys() if paths[path].sha256 != there[path].sha256):
        told = _difference(old / paths[path].path, new / there[path].path, but)
        if told:
            yield f"{path}: {told}"


def _built(root: Path, notices: Path, site: Path) -> Path:
    """The site that the program under ``root`` makes."""
    address = {"SITE_URL": "https://example.org/"}
    command = [sys.executable, "build_site.py", "build", "--notices", str(notices), "--site-dir", str(site)]
    _run(*command, cwd=root, env={**os.environ, **address})
    return site


class _File(NamedTuple):
    path: str
    sha256: str


def _files(site: Path, but: re.Pattern[str] | None) -> dict[str, _File]:
    """Every published file, by its path without what does not count."""
    manifest = json.loads((site / "data" / "manifest.json").read_bytes())
    files = (_File(file["path"], file["sha256"]) for file in manifest["files"])
    return {but.sub("", file.path) if but else file.path: file for file in files}


def _difference(old: Path, new: Path, but: re.Pattern[str] | None) -> str:
    """The first line in which two files differ; nothing where it is only in what ``but`` takes out."""
    try:
        texts = [_content(file).decode("utf-8") for file in (old, new)]
    except UnicodeDecodeError:
        return "other bytes"
    lines = ([but.sub("", text) if but else text for text in texts][at].splitlines() for at in range(2))
    for nth, (one, other) in enumerate(itertools.zip_longest(*lines, fillvalue=""), start=1):
        if one != other:
            alike = next(at for at in itertools.count() if one[at : at + 1] != other[at : at + 1])
            shown = slice(max(0, alike - 40), alike + _WIDTH)
            return f"line {nth}: {one[shown]!r} → {other[shown]!r}"
    return "" if but else "other ends of lines"


def _content(file: Path) -> bytes:
    """What is in a file; files of the search index are compressed."""
    content = file.read_bytes()
    return zlib.decompress(content) if file.suffix == ".bin" else content


def _run(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command)} gave {done.returncode}:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
