"""What a text is made of, said once for all rooms: line ends, characters that no page can show, addresses of mail.

And long texts as far as they must be shown to be told apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Deliberately plain: one @, no blanks, a dot in the domain. What mail servers accept is wider than what is printed;
#: a document is searched for addresses with blanks and a full-width sign too (``intake.drafting.patterns``).
EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+")

#: Where editors and YAML's parser begin another line.
LINE_END = re.compile(r"\r\n|\r|\n")

#: For a class of characters: control characters (C0 but tab and line ends, DEL, C1).
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
#: The same: what no reader can see and every search stumbles over, zero-width and direction signs (not the joiners of
#: emoji).
UNSEEN = "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
#: Line and paragraph separators, surrogates, noncharacters: like controls HTML cannot carry them (WHATWG, "13.2.3.5
#: Preprocessing the input stream"), or YAML takes them for line ends. And U+FFFD, which stands where a conversion has
#: lost a character: whoever takes controls out of a pasted text leaves it, so that the loss is told.
_OTHERS = "\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
#: From the first noncharacter beyond the basic plane, and what stands between them. A class that named all thirty-two
#: would be gone through one by one for every character of a text.
_BEYOND = "\U0001fffe-\U0010ffff"
_BETWEEN = "".join(f"{chr(plane)}-{chr(plane | 0xFFFD)}" for plane in range(0x20000, 0x110000, 0x10000))


def _never(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{signs}{_OTHERS}{_BEYOND}](?<![{_BETWEEN}])")


#: What cannot come out of a page as it went into a file.
NEVER_IN_FILE = _never(f"{CONTROLS}{UNSEEN}")
#: In a value a tab and a carriage return are no better: a page shows them as a blank.
NEVER_IN_VALUE = _never(f"{CONTROLS}{UNSEEN}\t\r")


def with_line_feeds(text: str) -> str:
    """The text with every line end as Unix has it."""
    return LINE_END.sub("\n", text)


def first_difference(text: Sequence[object], other: Sequence[object]) -> int:
    """At which character two texts begin to differ; behind the shorter one where it begins the longer."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(text), len(other)))


def cut_around(text: str, start: int, shown: int, whole: int) -> str:
    """``shown`` characters of a text that is longer than ``whole``, a third of them before ``start``."""
    if len(text) <= whole:
        return text
    first = max(0, min(start - shown // 3, len(text) - shown))
    return f"{'…' if first else ''}{text[first : first + shown]}{'…' if first + shown < len(text) else ''}"
