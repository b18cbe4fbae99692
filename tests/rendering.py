"""A page of the tree as HTML, without the engine around it."""

from __future__ import annotations

import functools

import markdown
from mkdocs.config import load_config

from noticeboard.paths import CONFIG, DOCS


def html_of(text: str) -> str:
    """The HTML of a generated page, front matter left out, by the Markdown extensions of the site."""
    return _engine().reset().convert(text.split("---\n", 2)[2])


@functools.cache
def _engine() -> markdown.Markdown:
    config = load_config(str(CONFIG), docs_dir=str(DOCS))
    return markdown.Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
