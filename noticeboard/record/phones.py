"""Telephone numbers as notices print them → what a phone dials.

China's numbers (工业和信息化部《电信网编号计划》, YD/T 1196): an area code and 7 or 8 digits, mobiles of 11 digits,
400 and 800, short numbers (110, 12388, 95598). Groups may be parted by blanks, hyphens and brackets in any way; that
two numbers stand beside each other, or an extension behind a number, shows in the groups alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Longer than any number with its extension; longer texts are not looked at.
_LONGEST = 40
#: What whole numbers are, as digits alone.
_NATIONAL = re.compile(
    # The area code 0000 of made-up numbers is let through: nobody's phone has it.
    r"0\d{10,11}|0\d{2,3}(?:1[0-2]\d{3}|9[56]\d{3,4})|[1-9]\d{6,7}|1[3-9]\d{9}|[48]00\d{7}",
    re.ASCII,
)
#: Short numbers, which nobody parts into groups.
_ONE_GROUP = re.compile(r"1[0-2]\d|1[0-2]\d{3}|11\d{4}|9[56]\d{3,6}", re.ASCII)
#: Behind 86 the 0 of the area code is dropped, though often printed; nobody can dial it there.
_OF_CHINA = re.compile(r"(?:\+|00)?86(?P<rest>0?(?:10|2\d|[3-9]\d{2})\d{7,8}|1[3-9]\d{9}|[48]00\d{7})", re.ASCII)
#: E.164: at most 15 digits.
_ABROAD = re.compile(r"(?:\+|00)(?P<rest>(?!86|0)\d{7,15})", re.ASCII)

#: What input methods make of a hyphen.
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_WRITTEN = re.compile(r"[+\d\- ()]+", re.ASCII)
_GROUPS = re.compile(r"(?P<gap>[\- ()]{0,9})(?P<digits>\+?\d+)", re.ASCII)
_EXTENSION = re.compile(r"(?P<main>[^转分]*)(?:转 ?(?:分机号?)?|分机号?) ?:? ?(?P<extension>\d{1,6})", re.ASCII)
_BETWEEN_NUMBERS = re.compile(r"或者|[、,;/|或和及与]")
#: Somebody meant an extension and wrote it in a way that no phone takes for one.
_MEANT_EXTENSION = re.compile(
    r"(?P<main>[+\d\- ()]+?)[ \-(#x,]{1,3}(?:ext\.? ?)?(?P<extension>\d{1,6})\)?", re.ASCII | re.IGNORECASE
)
_LONGEST_EXTENSION = 6
#: What a line at least has behind its area code: a group so long ends a number.
_WHOLE_GROUP = 7


@dataclass(frozen=True)
class Phone:
    """A number that can be dialled: digits, before them perhaps ``+`` and a country; and an extension, or none."""

    digits: str
    extension: str = ""

    @property
    def uri(self) -> str:
        """The address of a ``tel:`` link (RFC 3966), the extension as ``;ext=``."""
        return f"tel:{self.digits}" + (f";ext={self.extension}" if self.extension else "")


def plain(number: str) -> str:
    """A number with the digits, hyphens, brackets and blanks that phones know, in place of their full-width twins."""
    return unicodedata.normalize("NFKC", number).translate(_HYPHENS).strip()


def phone(number: str) -> Phone | None:
    """The one number that a text is, or ``None``: no number, several, or one that nobody can dial."""
    if len(number) > _LONGEST:
        return None
    text = plain(number)
    with_extension = _EXTENSION.fullmatch(text)
    if with_extension:
        main = _whole(_groups(with_extension["main"].strip()))
        return Phone(main, with_extension["extension"]) if main else None
    groups = _groups(text)
    main = _whole(groups)
    if len(groups) > 1 and _ends_in_extension(groups):
        # 0746-3229641-8001: a hyphen behind a whole number. Behind a blank it may be another number.
        before, (gap, last) = _whole(groups[:-1]), groups[-1]
        return Phone(before, last) if before and gap == "-" else None
    if main is None or (len(groups) > 1 and all(_ONE_GROUP.fullmatch(digits) for _, digits in groups)):
        return None
    return Phone(main)


def numbers_in(text: str) -> list[str]:
    """The numbers of which a text consists, as written, where it is several beside each other; else nothing."""
    if len(text) > 2 * _LONGEST:
        return []
    pieces = [piece.strip() for piece in _BETWEEN_NUMBERS.split(plain(text))]
    found: list[str] = []
    for piece in pieces:
        if phone(piece):
            found.append(piece)
        elif some := _beside(_groups(piece)):
            found += some
        else:
            return []
    return found if len(found) > 1 else []


def meant_extension(number: str) -> tuple[str, str] | None:
    """The number and the extension that somebody wrote so that no phone takes it for one: ``3229641 8001``."""
    match = _MEANT_EXTENSION.fullmatch(plain(number)) if len(number) <= _LONGEST else None
    if match is None or not _whole(_groups(match["main"])):
        return None
    return match["main"].strip(), match["extension"]


def _groups(text: str) -> list[tuple[str, str]]:
    """The groups of digits, each with what stands before it; none where the text has anything else."""
    return [(match["gap"], match["digits"]) for match in _GROUPS.finditer(text)] if _WRITTEN.fullmatch(text) else []


def _whole(groups: list[tuple[str, str]]) -> str | None:
    """What one number of these groups dials."""
    digits = "".join(group for _, group in groups)
    if "+" in digits[1:]:
        return None
    if match := _OF_CHINA.fullmatch(digits):
        return f"+86{match['rest'].removeprefix('0')}"
    if match := _ABROAD.fullmatch(digits):
        return f"+{match['rest']}"
    is_whole = _NATIONAL.fullmatch(digits) or (len(groups) == 1 and _ONE_GROUP.fullmatch(digits))
    return digits if is_whole else None


def _ends_in_extension(groups: list[tuple[str, str]]) -> bool:
    """Whether the last group stands behind a number that is whole without it."""
    before, last = groups[:-1], groups[-1][1]
    if len(last) > _LONGEST_EXTENSION or _whole(before) is None:
        return False
    return len(before[-1][1]) >= _WHOLE_GROUP or _whole(groups) is None


def _beside(groups: list[tuple[str, str]]) -> list[str]:
    """The groups as whole numbers one after the other, the longest first; nothing where they are none."""
    for end in range(len(groups) - 1, 0, -1):
        if not phone(written := _written(groups[:end])):
            continue
        rest = groups[end:]
        others = [_written(rest)] if phone(_written(rest)) else _beside(rest)
        if others:
            return [written, *others]
    return []


def _written(groups: list[tuple[str, str]]) -> str:
    first, *others = groups
    return first[1] + "".join((gap.strip() or " ") + digits for gap, digits in others).replace("( ", "(")
