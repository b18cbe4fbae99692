"""MkDocs behind one function: build this set of pages into that directory.

Pages do not stand in each other's navigation and link by final address, so any subset of a tree gives the same
bytes as it has in the whole build; incremental, parallel and sharded builds need nothing else of the engine.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any

# The theme's notice about its own end of life is for maintainers; its documentation names this switch.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MarkdownPage
from mkdocs.utils.yaml import yaml_load
from yaml import YAMLError

from noticeboard.compiled import compiled
from noticeboard.problems import CannotRun
from noticeboard.record.urls import as_uri
from noticeboard.site.inline import Inline
from noticeboard.site.rawhtml import RawHtml
from noticeboard.site.settings.masthead import Masthead, masthead, site_address

#: What the theme has and nobody asks for: its site map (ours is made from the records), its program and its search, the
#: style sheet of its palettes, its icon, maps.
NOT_TAKEN = (
    "sitemap.xml",
    "assets/javascripts/bundle.*.min.js",
    "assets/javascripts/bundle.*.min.js.map",
    "assets/javascripts/lunr/*",
    "assets/javascripts/workers/*",
    "assets/stylesheets/*.min.css.map",
    "assets/stylesheets/palette.*.min.css",
    "assets/images/favicon.png",
)

#: What the theme's frame has for a menu and a search of its own, outside every block that could be overridden: boxes
#: that nobody can see or tick, and a label for one.
_UNUSED = re.compile(
    r'<(?:input class="md-toggle" data-md-toggle="(?:drawer|search)"[^>]*>'
    r'|label class="md-overlay" for="__drawer"></label>)\s*'
)

_ANCHOR = re.compile(r'<[a-z][^<>]*? id="([^"]*)"')

#: Where a line of a page ends: the blank lines that its templates leave and the blanks before what comes next, 1.7
#: kB of a page. In a paragraph they are one blank anyway; what shows them as they are is kept.
_LINE_END = re.compile(r"(?<![ \t\r])[ \t\r]*\n[ \t\r\n]*")
_AS_IT_IS = re.compile(r"<(pre|textarea|script)\b")

#: The reasons in our style sheets, a quarter of what a reader would have to fetch of them.
_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)


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


class _Ours(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call]
    """What is ours in a build, by the events that MkDocs has for it; the theme itself is not reached into.

    It stands in no ``mkdocs.yml``: whoever builds with that alone, or with another engine, gets the same articles.
    """

    def __init__(self, only: set[str] | None, *, with_assets: bool) -> None:
        self._only, self._with_assets = only, with_assets

    def on_config(self, config: MkDocsConfig) -> None:
        """The pages that the theme has beside ours, 404.html alone if any; Markdown read the quick way."""
        config.markdown_extensions += RawHtml(), Inline()
        config.theme.static_templates &= {"404.html"} if self._with_assets else set()
        if not self._with_assets:
            # Thousands of icons, of which ``on_files`` would take none.
            config.theme.get_env = partial(_without_files, config.theme.get_env)  # type: ignore[method-assign]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Only what is to be built.

        Every page shows the navigation, a fixed handful of pages, all of which MkDocs wants to know; all that it shows
        of them is in ``mkdocs.yml``.
        """
        for file in list(files):
            if file.src_dir == config.docs_dir:
                if self._only is not None and file.src_uri not in self._only:
                    file.inclusion = InclusionLevel.EXCLUDED
            elif not self._with_assets or any(fnmatch(file.src_uri, pattern) for pattern in NOT_TAKEN):
                files.remove(file)
            elif file.src_dir == config.theme.custom_dir and file.src_uri.endswith(".css"):
                file.content_bytes = _COMMENT.sub(b"", file.content_bytes)
        if self._only is not None:
            for path in (path for entry in config.nav or () for path in entry.values()):
                if path not in files.src_uris:
                    files.append(File.generated(config, path, content="", inclusion=InclusionLevel.EXCLUDED))
        return files

    def on_env(self, env: Environment, **_: object) -> Environment:
        """Templates stay compiled."""
        env.bytecode_cache = compiled()
        return env

    def on_page_content(self, html: str, *, page: MarkdownPage, **_: object) -> None:
        """The anchors of HTML that ``RawHtml`` put aside before MkDocs could see them: it checks links to them."""
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(_ANCHOR.findall(html))

    def on_post_page(self, output: str, **_: object) -> str:
        """A page without what it does not use."""
        return without_unused(output)

    #: 404.html.
    on_post_template = on_post_page


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
    config = _load(config_file, docs_dir=str(pages_dir.resolve()), site_dir=str(site_dir.resolve()), strict=True)
    config.plugins["noticeboard"] = _Ours(None if only is None else set(only), with_assets=with_assets)
    config.plugins.on_startup(command="build", dirty=False)
    with _warnings() as warnings:
        try:
            build(config)
        # A link in a page of docs/ that is no address is a ValueError; the page is named in what MkDocs says.
        except (MkDocsException, ValueError) as error:
            raise CannotRun("\n".join([f"MkDocs 没有完成：{error}", *warnings])) from error
        finally:
            config.plugins.on_shutdown()


def _without_files(environment: Callable[[], Environment]) -> Environment:
    """The templates of a theme, none of which is a file of the site."""
    made = environment()
    made.list_templates = lambda *_, **__: []  # type: ignore[method-assign]
    return made


def without_unused(page: str) -> str:
    """The HTML of a page without indentation, and without what the theme's frame has for its own menu and search."""
    page = _UNUSED.sub("", page)
    parts, at = [], 0
    for begun in _AS_IT_IS.finditer(page):
        end = page.find(f"</{begun[1]}>", begun.end())
        if end < 0:
            break
        if begun.start() >= at:
            parts += [_LINE_END.sub("\n", page[at : begun.start()]), page[begun.start() : end]]
            at = end
    return "".join([*parts, _LINE_END.sub("\n", page[at:])]).lstrip("\n")


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


def output_of(file: str) -> str:
    """What a file of the tree becomes in the site: ``about.md`` → ``about/index.html``, ``x.png`` → ``x.png``."""
    return File(file, None, "", use_directory_urls=True).dest_uri
