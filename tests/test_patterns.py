"""No pattern of the program can be made to think for long: time grows with the text, not with its square.

``tests/patterns.py`` finds them all by itself; those of the genre have examples besides (``test_import_patterns``).
"""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import noticeboard
from noticeboard.commands import arguments
from noticeboard.intake.drafting.patterns.parts import META, PART_WORDS
from noticeboard.intake.drafting.patterns.pattern import PATTERNS
from noticeboard.intake.webform.body import LABELS
from noticeboard.text import NEVER_IN_FILE
from tests.patterns import Asked, hostile, named_patterns, written_patterns

NAMED = tuple(named_patterns())
WRITTEN, MADE_WHEN_ASKED = written_patterns()
_HEADING = rf"^### (?:{'|'.join(LABELS)})[ \t]*$"
#: What is no text in the source where it is asked → all that can be asked there.
MADE: dict[str, tuple[str, ...]] = {
    "noticeboard/commands/arguments.py: re.fullmatch(pattern)": tuple(pattern for pattern, _ in arguments._SAID),
    "noticeboard/intake/drafting/frame.py: re.fullmatch(words)": tuple(words for _, words in META),
    "noticeboard/intake/drafting/patterns/parts.py: re.search(regex)": tuple(regex for _, regex in PART_WORDS),
    "noticeboard/intake/drafting/patterns/pattern.py: re.compile(regex)": (),
    "noticeboard/intake/drafting/issuer.py: "
    "re.findall(f'([一-龥]{{2,8}}(?<![全我本该各城])[省市州盟])(?={places[0].name})')": (
        "([一-龥]{2,8}(?<![全我本该各城])[省市州盟])(?=示例县)",
    ),
    # What is looked for in one kind of file that a library makes, and one class of characters.
    "noticeboard/site/data/workbook.py: re.findall(b's=\"(\\\\d+)\"')": (),
    'noticeboard/site/data/workbook.py: re.sub(b\'<dimension ref="[^"]*"\')': (),
    "noticeboard/text.py: re.compile(f'[{signs}{_OTHERS}{_BEYOND}](?<![{_BETWEEN}])')": (NEVER_IN_FILE.pattern,),
    "noticeboard/site/inline.py: re.compile('|'.join(signs) if signs else '(?!)')": (r"\[|&|`|\\",),
    "noticeboard/intake/webform/body.py: re.search(f'^### {re.escape(label)}[ \\\\t]*$')": (_HEADING,),
    "noticeboard/intake/webform/body.py: re.finditer(f'^### (?:{following})[ \\\\t]*$')": (_HEADING,),
}
BUILT = tuple(
    Asked(where, re.compile(pattern, re.MULTILINE), "fullmatch" if "fullmatch" in where else "finditer")
    for where, patterns in MADE.items()
    for pattern in patterns
)
ALL = {f"{asked.where} {asked.regex.pattern}": asked for asked in (*NAMED, *WRITTEN, *BUILT)}

#: Characters; four times as many may take this many times as long. Of a square it is sixteen.
_SHORT, _LONG, _MOST = 750, 3000, 9
#: Seconds of the processor. Less for the long text is never looked at twice; more for the short one is too long.
_AT_ONCE, _TOO_LONG = 0.003, 0.02


def seconds(asked: Asked, text: str, times: int = 1) -> float:
    """The least of some times that it takes: what else the machine does only adds."""

    def once() -> float:
        begun = time.process_time()
        asked.ask(text)
        return time.process_time() - begun

    return min(once() for _ in range(times))


def is_hard(asked: Asked, text_of: Callable[[int], str]) -> bool:
    """Whether a kind of text takes time that grows faster than it does."""
    # What grows with the third power is not asked about the long ones.
    if seconds(asked, text_of(_SHORT)) > _TOO_LONG and seconds(asked, text_of(_SHORT), 3) > _TOO_LONG:
        return True
    if seconds(asked, text_of(_LONG)) < _AT_ONCE:
        return False
    long = seconds(asked, text_of(_LONG), 3)
    return long >= _AT_ONCE and long > _MOST * seconds(asked, text_of(_SHORT), 5)


@pytest.mark.parametrize("name", sorted(ALL))
def test_time_grows_with_the_text(name: str) -> None:
    hard = [text_of(20) for text_of in hostile(ALL[name].regex) if is_hard(ALL[name], text_of)]
    assert hard == []


@pytest.mark.parametrize("regex", [r"a+$", r"(?:a|b)*c", r"[一-龥]{2,}.*号", r"x\s+\s*y", r"x[^y]*?y"])
def test_the_test_sees_what_is_hard(regex: str) -> None:
    asked = Asked("", re.compile(regex), "finditer")
    assert any(is_hard(asked, text_of) for text_of in hostile(asked.regex))


@pytest.mark.parametrize("regex", [r"a+", r"(?<!a)a+$", r"[一-龥]{2,9}号", r"x[^xy]*y", r"\d{1,4}(\s{0,9}页)?"])
def test_the_test_sees_what_is_not(regex: str) -> None:
    asked = Asked("", re.compile(regex), "finditer")
    assert not [text_of(20) for text_of in hostile(asked.regex) if is_hard(asked, text_of)]


def test_all_patterns_are_found() -> None:
    """Those of the genre stand in a list of their own; what is made of a name must be told above."""
    assert {id(pattern.regex) for pattern in PATTERNS} <= {id(asked.regex) for asked in NAMED}
    assert set(MADE_WHEN_ASKED) == MADE.keys()
    names = [asked.where for asked in NAMED]
    assert {
        "noticeboard.rules.contacts._STREET",
        "noticeboard.reading.mistakes._SLIPS",
        "noticeboard.reading.read.DRAFT_MARK",
    } <= {*names}
    assert any("noticeboard/board/folders.py: re.match" in asked.where for asked in WRITTEN)


@functools.cache
def sources() -> dict[str, str]:
    root = Path(noticeboard.__file__).parent
    return {str(file.relative_to(root)): file.read_text(encoding="utf-8") for file in root.rglob("*.py")}


def test_no_pattern_hides_behind_another_name_of_the_module() -> None:
    other_name = re.compile(r"^ *(from re import|import re as)", re.MULTILINE)
    hidden = [name for name, source in sources().items() if other_name.search(source)]
    assert hidden == []
