"""A page of the tree as HTML, without the engine around it."""

from __future__ import annotations

import functools

import markdown
from markdown.extensions import Extension
from mkdocs.config import load_config

from noticeboard.paths import CONFIG, DOCS


def html_of(text: str) -> str:
    """The HTML of a generated page, front matter left out, by the Markdown extensions of the site."""
    return _engine().reset().convert(text.split("---\n", 2)[2])


def engine(*more: Extension) -> markdown.Markdown:
    """Python-Markdown with the extensions of the site that ``mkdocs.yml`` names, and more."""
    config = load_config(str(CONFIG), docs_dir=str(DOCS))
    extensions = [*config.markdown_extensions, *more]
    return markdown.Markdown(extensions=extensions, extension_configs=config.mdx_configs)


_engine = functools.cache(engine)
