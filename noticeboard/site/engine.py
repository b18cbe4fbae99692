"""MkDocs behind one function: build this set of pages into that directory.

Pages do not stand in each other's navigation and link by final address, so any subset of a tree gives the same
bytes as it has in the whole build; incremental, parallel and sharded builds need nothing else of the engine.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The theme's notice about its own end of life is for maintainers; its documentation names this switch.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File
from mkdocs.utils.yaml import yaml_load
from yaml import YAMLError

from noticeboard.problems import CannotRun
from noticeboard.record.urls import as_uri
from noticeboard.site.settings.masthead import Masthead, masthead, site_address
from noticeboard.temporary import temporary_folder

#: What MkDocs makes that depends on the clock or on the whole site (ours is made from the records), and what no page
#: asks for: the theme's program and its search, the style sheet of its palettes, its icon, maps.
NOT_TAKEN = (
    "sitemap.xml",
    "sitemap.xml.gz",
    "search/*",
    "assets/javascripts/bundle.*.min.js",
    "assets/javascripts/bundle.*.min.js.map",
    "assets/javascripts/lunr/**/*",
    "assets/javascripts/workers/*",
    "assets/stylesheets/*.min.css.map",
    "assets/stylesheets/palette.*.min.css",
    "assets/images/favicon.png",
)

#: What the theme's frame has for a menu and a search of its own, outside every block that could be overridden: boxes
#: that nobody can see or tick, and a label for one.
_UNUSED = re.compile(
    rb'<(?:input class="md-toggle" data-md-toggle="(?:drawer|search)"[^>]*>'
    rb'|label class="md-overlay" for="__drawer"></label>)\s*'
)


@dataclass(frozen=True)
class Settings:
    """What the program needs to know from ``mkdocs.yml``."""

    masthead: Masthead
    pages_dir: Path
    site_dir: Path
    #: Where the files of the theme are, ours before those that it rests on.
    theme_folders: tuple[Path, ...]


def _load(config_file: Path, **overrides: Any) -> Any:
    _check_site_url(config_file)
    try:
        config = load_config(str(config_file), **overrides)
    except MkDocsException as error:
        raise CannotRun(f"{config_file} 有误：{error}") from error
    config.site_url = as_uri(config.site_url or "")
    return config


def _check_site_url(config_file: Path) -> None:
    """Before MkDocs reads it, which says in English that it is none, or not at all (an unpaired bracket)."""
    try:
        with config_file.open("rb") as file:
            said = yaml_load(file)
    except (OSError, YAMLError):
        return
    try:
        site_address("site_url", said.get("site_url"))
    except CannotRun as reason:
        raise CannotRun(f"{config_file}：{reason}") from reason


def settings(config_file: Path) -> Settings:
    """Read ``mkdocs.yml``. Raises ``CannotRun`` where it cannot be used."""
    pages_dir = config_file.parent / "build" / "pages"
    # MkDocs wants the folder of pages to exist; it is what we are about to fill.
    pages_dir.mkdir(parents=True, exist_ok=True)
    config = _load(config_file)
    try:
        read = masthead(config.site_name, config.site_url, config.extra, config.repo_url or "")
    except CannotRun as reason:
        raise CannotRun(f"{config_file}：{reason}") from reason
    return Settings(read, Path(config.docs_dir), Path(config.site_dir), tuple(map(Path, config.theme.dirs)))


def markdown_settings(config_file: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The Markdown extensions of the site and their options, as ``markdown.markdown`` takes them."""
    config = _load(config_file)
    return list(config.markdown_extensions), dict(config.mdx_configs)


class _Compiled(BytecodeCache):
    """The templates that this process has compiled, by their text: to compile them takes longer than to fill them."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._codes.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def _prepare(theme: Any, *, with_assets: bool) -> None:
    """Let MkDocs' environment of templates remember, and leave the theme's own files out where nobody asks for them."""
    make = theme.get_env

    def environment() -> Environment:
        made: Environment = make()
        made.bytecode_cache = _COMPILED
        if not with_assets:
            made.list_templates = lambda *_, **__: []  # type: ignore[method-assign]
        return made

    theme.get_env = environment
    if not with_assets:
        theme.static_templates.clear()


def build_pages(
    config_file: Path,
    pages_dir: Path,
    site_dir: Path,
    only: Iterable[str] | None = None,
    *,
    with_assets: bool = True,
) -> None:
    """Build the Markdown pages of ``pages_dir`` (all, or ``only`` these paths in it) into ``site_dir``.

    ``site_dir`` is emptied first; ``with_assets`` puts the files of the theme and 404.html beside the pages. Raises
    ``CannotRun`` with MkDocs' own words where it fails or warns.
    """
    with ExitStack() as stack:
        stand_ins: list[str] = []
        if only is not None:
            chosen = stack.enter_context(temporary_folder())
            stand_ins = _copy_chosen(config_file, pages_dir, chosen, set(only))
            pages_dir = chosen
        config = _load(config_file, docs_dir=str(pages_dir.resolve()), site_dir=str(site_dir.resolve()), strict=True)
        _prepare(config.theme, with_assets=with_assets)
        config.plugins.on_startup(command="build", dirty=False)
        warnings = stack.enter_context(_warnings())
        try:
            build(config)
        # A link in a page of docs/ that is no address is a ValueError; the page is named in what MkDocs says.
        except (MkDocsException, ValueError) as error:
            raise CannotRun("\n".join([f"MkDocs 没有完成：{error}", *warnings])) from error
        finally:
            config.plugins.on_shutdown()
    for pattern in (*NOT_TAKEN, *map(output_of, stand_ins)):
        for file in site_dir.glob(pattern):
            if file.is_file():
                file.unlink()
    for page in site_dir.rglob("*.html"):
        text = page.read_bytes()
        used = without_unused(text)
        if used != text:
            page.write_bytes(used)


def without_unused(page: bytes) -> bytes:
    """The HTML of a page without what the theme's frame has for its own menu and search."""
    return _UNUSED.sub(b"", page)


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What MkDocs warns of, which is all that its own error does not say."""
    said: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)


def _copy_chosen(config_file: Path, pages_dir: Path, chosen: Path, only: set[str]) -> list[str]:
    """Copy some pages; an empty page stands in for each other page of the navigation, and is named in the result.

    Every page shows the navigation, a fixed handful of pages; all that it shows of them is in ``mkdocs.yml``.
    """
    for path in only:
        (chosen / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pages_dir / path, chosen / path)
    navigation = {
        path for entry in _load(config_file, docs_dir=str(pages_dir.resolve())).nav for path in entry.values()
    }
    for path in navigation - only:
        (chosen / path).parent.mkdir(parents=True, exist_ok=True)
        (chosen / path).touch()
    return sorted(navigation - only)


def output_of(file: str) -> str:
    """What a file of the tree becomes in the site: ``about.md`` → ``about/index.html``, ``x.png`` → ``x.png``."""
    return File(file, None, "", use_directory_urls=True).dest_uri
