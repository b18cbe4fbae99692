"""Text of a record in the Markdown of GitHub (GFM): summaries, comments, answers.

GitHub looks for mentions, references and addresses in the text that comes *out* of Markdown too, so an escape alone
does not stop ``@name``: a zero-width space behind the sign does.
"""

from __future__ import annotations

import functools
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

#: GitHub takes comments, and bodies of issues, of up to 65,536 characters; a link may come behind.
LONGEST = 60_000
_PLAIN = " ，。、；：！？“”‘’（）《》〔〕【】—…·→-"
_MENTIONS = "@#"
_GAP = "&#8203;"


def in_markdown(text: object) -> Markup:
    """One line of text, also in a table: nothing in it is a mark, HTML, a mention, a link or an end of line."""
    return Markup("").join(_sign(character) for character in " ".join(str(text).split()))


def _sign(character: str) -> Markup:
    if character.isalnum() or character in _PLAIN:
        return Markup(character)  # noqa: S704 - no sign of Markdown or HTML
    return Markup(f"&#{ord(character)};{_GAP if character in _MENTIONS else ''}")  # noqa: S704 - a character reference


def render(template: Path, **values: object) -> str:
    """What a template of such Markdown makes: whatever it prints is text unless it is markup already."""
    return _environment(template.parent).get_template(template.name).render(**values)


@functools.cache
def _environment(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=False,  # noqa: S701 - finalize escapes everything, for Markdown and HTML alike
        finalize=lambda value: value if isinstance(value, Markup) else in_markdown("" if value is None else value),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def cut(markdown: str, limit: int, instead: str) -> str:
    """At most ``limit`` characters, whole lines only; ``instead`` says at the end that there is more."""
    if len(markdown) <= limit:
        return markdown
    kept = markdown[: limit - len(instead) - 1]
    return f"{kept[: kept.rfind(chr(10)) + 1]}{instead}\n"
