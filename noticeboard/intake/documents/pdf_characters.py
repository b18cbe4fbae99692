"""Characters as a PDF has them → as everyone writes them."""

from __future__ import annotations

import unicodedata

from noticeboard.radicals import unified

#: Ligatures are of Latin fonts.
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_ORDINARY = str.maketrans({**_LIGATURES, "―": "—", "\xa0": " ", "\xad": "", "\u200b": "", "\ufeff": ""})

#: What stands for a glyph whose character the PDF does not tell.
UNKNOWN = "□"


def ordinary(text: str) -> str:
    """The text of one glyph in ordinary characters."""
    return UNKNOWN if text.startswith("(cid:") else unified(text).translate(_ORDINARY)


def is_wide(character: str) -> bool:
    """Whether it is a Chinese character or mark, between which no blanks stand."""
    return unicodedata.east_asian_width(character) in ("W", "F", "A") and not character.isspace()
