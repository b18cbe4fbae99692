"""A small project of its own, for builds that keep something: its notices, docs, theme, templates and settings.

The engine is a stand-in: it copies Markdown, with what it finds in the theme and in the settings.
"""

from __future__ import annotations

import functools
import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.checking.readings import Readings
from noticeboard.kept import Kept
from noticeboard.site import build, engine, fingerprint, making, work
from noticeboard.site.data import publish
from noticeboard.site.pages import markdown, tree
from noticeboard.site.search.passages import Source
from tests.records import write

#: Jinja's own folder of templates, before any test put another in its place.
_TEMPLATES = markdown.TEMPLATES
#: What is there beside the notices.
FILES = {
    "mkdocs.yml": paths.CONFIG.read_text(encoding="utf-8"),
    "theme/main.html": "一",
    "docs/about.md": "# 关于\n",
    "templates/unit.md.j2": (_TEMPLATES / "unit.md.j2").read_text(encoding="utf-8"),
}


class Project:
    """A project by its files, and the builds of it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.notices, self.site = folder, folder / "notices", folder / "site"
        self.kept = folder / "build" / "kept.db"
        self._written: dict[str, str] = {}
        self._fresh = 0
        shutil.copytree(_TEMPLATES, folder / "templates", dirs_exist_ok=True)
        patch.setattr(paths, "CONFIG", folder / "mkdocs.yml")
        patch.setattr(paths, "DOCS", folder / "docs")
        patch.setattr(paths, "KEPT", self.kept)
        patch.setattr(fingerprint, "_TEMPLATES", folder / "templates")
        patch.setattr(markdown, "TEMPLATES", folder / "templates")
        patch.setattr(markdown, "compiled", lambda: None)
        patch.setattr(tree, "_templates", functools.cache(markdown.environment))
        patch.setattr(engine, "build_pages", _build_pages)
        # The slowest parts of small builds.
        patch.setattr(engine, "settings", _settings)
        schemas = publish.schemas
        patch.setattr(publish, "schemas", functools.cache(lambda masthead: list(schemas(masthead))))

    def write(self, files: dict[str, str]) -> None:
        """Make the project hold these files, and no others that it held before."""
        for path in self._written.keys() - files.keys():
            (self.folder / path).unlink()
            if not any((self.folder / path).parent.iterdir()):
                (self.folder / path).parent.rmdir()
        write(self.folder, {path: text for path, text in files.items() if self._written.get(path) != text})
        if self._written.get("templates/unit.md.j2") != files["templates/unit.md.j2"]:
            # Jinja asks for the time of a file, which may be the same.
            tree._templates.cache_clear()  # type: ignore[attr-defined]
        self._written = dict(files)

    def build(self, site_dir: Path | None = None) -> list[str]:
        """What a build with the kept values changes."""
        with Kept(self.kept) as kept:
            checked = check(self.notices, readings=Readings(kept))
            changed = build.build(checked, site_dir or self.site, kept=kept)
            kept.sweep()
        return changed

    def fresh(self) -> dict[str, bytes]:
        """The files of a site that nothing was kept for."""
        self._fresh += 1
        site_dir = self.folder / f"fresh-{self._fresh}"
        build.build(check(self.notices), site_dir)
        made = files_of(site_dir)
        shutil.rmtree(site_dir)
        return made

    def stands(self) -> None:
        """The site is as it would be if nothing had been kept, to the last byte."""
        found, wanted = files_of(self.site), self.fresh()
        assert {path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path)} == set()


def _settings(config: Path) -> engine.Settings:
    return _settings_of(config, config.read_bytes(), os.environ.get("SITE_URL"))


@functools.cache
def _settings_of(config: Path, *_: object) -> engine.Settings:
    return _read_settings(config)


_read_settings = engine.settings


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _build_pages(config: Path, pages: Path, html: Path, *_only: object, **_assets: object) -> None:
    look = hashlib.sha256(config.read_bytes() + (config.parent / "theme" / "main.html").read_bytes()).hexdigest()
    for file in pages.rglob("*"):
        path = file.relative_to(pages).as_posix()
        if file.is_file() and not file.name.startswith("."):
            output = html / engine.output_of(path)
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(file.read_bytes() + (look.encode() if path.endswith(".md") else b""))


class Counts:
    """What was made anew: units by folder names, pages by addresses, docs, other things by their files."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.made: list[str] = []
        for name, named in (("units", _units), ("pages", _pages), ("docs", _docs), ("segment", _segment)):
            function = getattr(work, f"made_of_{name}")
            patch.setattr(making, f"made_of_{name}", functools.partial(self._count, function, named))
        alone = making.Maker.alone

        def counted(maker: making.Maker, key: bytes, make: Any) -> Any:
            return alone(maker, key, functools.partial(self._count_alone, make))

        patch.setattr(making.Maker, "alone", counted)

    def _count(self, function: Any, named: Any, job: Any) -> Any:
        self.made += named(job)
        return function(job)

    def _count_alone(self, make: Any) -> Any:
        made = make()
        self.made.append(made.files[0][0] if made.files else "")
        return made

    def taken(self) -> list[str]:
        """What was made since this was asked last."""
        made, self.made = sorted(self.made), []
        return made


def _units(job: work.UnitsJob) -> Iterator[str]:
    return (f"units/{'+'.join(unit.slug for unit in group)}" for group in job.groups)


def _pages(job: work.PagesJob) -> Iterator[str]:
    return (view.address.path or "首页" for _, view in job.pages)


def _segment(sources: Sequence[Source]) -> list[str]:
    return [f"search/{'+'.join(source.name for source in sources)}"]


def _docs(_: object) -> list[str]:
    return ["docs"]
