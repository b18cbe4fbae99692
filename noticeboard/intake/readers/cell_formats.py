"""Values of cells → what a spreadsheet shows: numbers, percentages and dates by their formats.

ECMA-376 part 1, 18.8.31 numFmts, as far as people use it in tables of text.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

#: What of a format is no code: literal words, what only fills or leaves room, colours, currencies and languages.
_NO_CODE = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<sign>.)|[_*].|\[(?!h+\]|m+\]|s+\])(?:\$(?P<money>[^\]-]*))?[^\]]*\]', re.DOTALL
)
#: Words stand in the code as characters of Unicode's private area, so that no letter of theirs is taken for code.
_FIRST_WORDS = 0xE000
_DIGITS = re.compile(r"[#0?,]*[#0?](?:\.(?P<decimals>[#0?]*))?|\.(?P<only>[#0?]+)")
_FRACTION_OR_POWER = re.compile(r"[Ee][+-]|\?/[?0-9]")
_DATE_PART = re.compile(r"y+|m+|d+|\[?h+\]?|\[?s+\]?|a{3,}|上午/下午|am/pm|a/p|.", re.IGNORECASE | re.DOTALL)
_DAY_FIRST = re.compile(r"m+[-/]d+[-/]y+|d+[-/]m+[-/]y+", re.IGNORECASE)
_WEEKDAYS = "一二三四五六日"
_NOON = 12
_ISO = "yyyy-mm-dd"


def shown(value: object, number_format: str) -> str:
    """The text in a cell."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, (dt.date, dt.time)):
        return _date(value, number_format)
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    return str(value).replace("_x000D_", "").replace("\r\n", "\n")


def _without_words(number_format: str) -> tuple[str, list[str]]:
    """The code of a format, and the words that its private characters stand for."""
    words: list[str] = []

    def kept(match: re.Match[str]) -> str:
        words.append(match["words"] or match["sign"] or match["money"] or "")
        return chr(_FIRST_WORDS + len(words) - 1)

    return _NO_CODE.sub(kept, number_format), words


def _with_words(code: str, words: list[str]) -> str:
    return "".join(words[at] if 0 <= (at := ord(sign) - _FIRST_WORDS) < len(words) else sign for sign in code)


def _number(value: float, number_format: str) -> str:
    code, words = _without_words(number_format)
    positive, *others = code.split(";")
    section, sign = positive, "-" if value < 0 else ""
    if value < 0 and others:
        section, sign = others[0], ""
    digits = _DIGITS.search(section)
    if "General" in section or "@" in section or digits is None or _FRACTION_OR_POWER.search(section):
        return _general(value)
    text = _in_digits(Decimal(repr(abs(value))) * (100 if "%" in section else 1), digits)
    before, after = section[: digits.start()], section[digits.end() :]
    return sign + _with_words(before + text + after, words).strip()


def _general(value: float) -> str:
    """21, not 21.0; of the digits that binary fractions bring (0.30000000000000004) none."""
    return str(int(value)) if abs(value) < 10**15 and value == int(value) else format(value, ".10g")


def _in_digits(number: Decimal, digits: re.Match[str]) -> str:
    decimals = digits["decimals"] or digits["only"] or ""
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:,f}".partition(".")
    if "," not in digits[0]:
        whole = whole.replace(",", "").zfill(digits[0].partition(".")[0].count("0"))
    # A digit that is only shown where there is one: 0.## shows 0.5.
    while rest and rest.endswith("0") and decimals[len(rest) - 1] != "0":
        rest = rest[:-1]
    return f"{whole}.{rest}" if rest else whole


def _date(value: dt.date | dt.time, number_format: str) -> str:
    code, words = _without_words(number_format.partition(";")[0])
    # Built-in formats follow the system's language; in Chinese the year comes first.
    code = _DAY_FIRST.sub(_ISO, code)
    if "General" in code or not re.search("[ymdhsa]", code, re.IGNORECASE):
        code = _ISO
    parts = [part.lower() for part in _DATE_PART.findall(code)]
    text = "".join(_date_part(parts, index, value) for index in range(len(parts)))
    return _with_words(text, words).strip()


def _date_part(parts: list[str], index: int, value: dt.date | dt.time) -> str:
    part = parts[index]
    letters = part.strip("[]")
    if letters[:1] == "m" and _is_minute(parts, index):
        letters = letters.replace("m", "n")
    has_noon = any(part in ("上午/下午", "am/pm", "a/p") for part in parts)
    found = _clock(letters, value, has_noon=has_noon) or _calendar(letters, value)
    return part if found is None else found


def _clock(letters: str, value: dt.date | dt.time, *, has_noon: bool) -> str | None:
    """A part of the time of day; a day begins at midnight."""
    time = value if isinstance(value, (dt.datetime, dt.time)) else dt.time()
    if letters in ("上午/下午", "am/pm", "a/p"):
        return "上午" if time.hour < _NOON else "下午"
    hour = (time.hour % _NOON or _NOON) if has_noon else time.hour
    number = {"h": hour, "n": time.minute, "s": time.second}.get(letters[:1])
    return None if number is None else f"{number:0{min(len(letters), 2)}d}"


def _calendar(letters: str, value: dt.date | dt.time) -> str | None:
    """A part of a day; a mere time of day has none."""
    if not letters or letters[0] not in "ymda" or letters.startswith("am"):
        return None
    if isinstance(value, dt.time):
        return ""
    if letters[0] == "y":
        return f"{value.year:04d}" if len(letters) > 2 else f"{value.year % 100:02d}"  # noqa: PLR2004 - yyyy, yy
    if letters[0] == "a" or (letters[0] == "d" and len(letters) > 2):  # noqa: PLR2004 - ddd is a day of the week
        return ("星期" if len(letters) > 3 else "周") + _WEEKDAYS[value.weekday()]  # noqa: PLR2004 - dddd, aaaa
    return f"{value.month if letters[0] == 'm' else value.day:0{min(len(letters), 2)}d}"


def _is_minute(parts: list[str], index: int) -> bool:
    """An m after hours or before seconds."""
    letters = [part.strip("[]")[:1] if part.strip("[]")[:1] in "ymdhs" else "" for part in parts]
    before = next((letter for letter in reversed(letters[:index]) if letter), "")
    after = next((letter for letter in letters[index + 1 :] if letter), "")
    return before == "h" or after == "s"
