"""Which texts count as the same when somebody searches: one function, the same as ``fold.js`` in the browser.

Radicals as the characters that they stand for, NFKC (Unicode Standard Annex 15: full width and half width alike),
lower case, quotation marks alike, dashes alike, and no blanks or line ends between Chinese characters. Nothing else:
no stems, no word lists, no synonyms.
``tests/folding.json`` holds examples that both implementations must pass.
"""

from __future__ import annotations

import re
import unicodedata

from noticeboard.radicals import unified

#: Marks that mean the same to a reader and differ by input method: “三重一大” and "三重一大", 0746—322 and 0746-322.
QUOTES = "“”„‟‘’‚‛«»‹›「」『』〝〞〟'"
DASHES = "‐‒–—―−─━﹘"
_ALIKE = str.maketrans(QUOTES + DASHES, '"' * len(QUOTES) + "-" * len(DASHES))

#: Said by code points, since Python and browsers differ in what ``\s`` is.
_BLANKS = re.compile("[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
#: Han characters, kana and the punctuation of the same blocks.
_CHINESE = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Punctuation that NFKC makes ASCII belongs to whatever it stands beside: 整改，⏎二是 has no blank either.
_NEUTRAL = "!-/:-@\\[-`{-~·"
_BLANK_IN_CHINESE = re.compile(f"(?<=[{_CHINESE}]) (?=[{_CHINESE}{_NEUTRAL}])|(?<=[{_NEUTRAL}]) (?=[{_CHINESE}])")


def fold(text: str) -> str:
    """The form in which texts and queries are compared. Folding twice is folding once."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", unified(text)).lower()).translate(_ALIKE)
    return _BLANK_IN_CHINESE.sub("", _BLANKS.sub(" ", plain)).strip(" ")
