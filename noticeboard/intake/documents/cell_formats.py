"""Values of cells → what a spreadsheet shows: numbers, percentages and dates by their formats.

ECMA-376 part 1, 18.8.31 numFmts, as far as people use it in tables of text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

#: What a format is made of: literal words, what only fills or leaves room, colours and currencies, the rest.
_PIECE = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<sign>.)|[_*].|\[(?P<passed>h+|m+|s+)\]|\[\$(?P<money>[^\]-]{0,40})[^\]]{0,40}\]'
    r"|\[[^\]]{0,80}\]|(?P<rest>.)",
    re.DOTALL | re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<!,),*[#0?][#0?,]*(?:\.(?P<decimals>[#0?]*))?|\.(?P<only>[#0?]+)")
#: Fractions and powers of ten are shown as the number itself.
_NO_DECIMALS = re.compile(r"General|@|[Ee][+-]|[#0?]\s*/\s*[#0?]")
_DATE_PART = re.compile(r"y+|m+|d+|h+|s+|a{3,}|上午/下午|am/pm|a/p|.", re.IGNORECASE | re.DOTALL)
#: Formats of dates with marks only, which every country writes in an order of its own, are shown in one.
_WITH_MARKS = re.compile(r"[ymd/\-. ]+")
_WEEKDAYS = "一二三四五六日"
_NOON = 12
#: A larger number has more digits than a spreadsheet keeps.
_LARGEST = 10**15
#: Excel takes no longer format; what is longer is none.
_LONGEST_FORMAT = 255
#: Words in a format are set aside as characters of Unicode's private area, so that no letter in them is a sign.
_ASIDE = 0xE000


def shown(value: object, number_format: str) -> str:
    """The text in a cell."""
    if len(number_format) > _LONGEST_FORMAT:
        number_format = "General"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return _date(value, number_format)
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").replace("\xa0", " ")


def _set_aside(section: str) -> tuple[str, list[str]]:
    """A format with its words set aside, and the words."""
    words: list[str] = []

    def parts() -> Iterator[str]:
        for match in _PIECE.finditer(section):
            kept = next((match[name] for name in ("words", "sign", "money") if match[name]), None)
            if kept is not None:
                words.append(kept)
                yield chr(_ASIDE + len(words) - 1)
            else:
                yield match["passed"] or match["rest"] or ""

    return "".join(parts()), words


def _restored(text: str, words: list[str]) -> str:
    return "".join(words[ord(sign) - _ASIDE] if 0 <= ord(sign) - _ASIDE < len(words) else sign for sign in text)


def _general(value: float) -> str:
    """21, not 21.0; of the digits that a computer adds (0.30000000000000004) none."""
    is_whole = abs(value) < _LARGEST and value == int(value)
    return str(int(value)) if is_whole else format(value, ".10g")


def _number(value: float, number_format: str) -> str:
    sections = number_format.split(";")
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:  # noqa: PLR2004 - positive; negative; zero
        section = sections[2]
    pattern, words = _set_aside(section)
    match = _DIGITS.search(pattern)
    if match is None or _NO_DECIMALS.search(pattern) or abs(value) >= _LARGEST:
        # A format of words only shows them; one of nothing hides the number, which the text must not lose.
        return _general(value)
    number = Decimal(repr(abs(value))) * (100 if "%" in pattern else 1)
    before, after = pattern[: match.start()], pattern[match.end() :]
    text = _digits(number, match[0], match["decimals"] or match["only"] or "")
    return sign + _restored(before + text + after, words).strip()


def _digits(number: Decimal, pattern: str, decimals: str) -> str:
    """The digits of a number as many as the pattern has, with commas if it has them."""
    # Commas at the end divide by a thousand each.
    whole_pattern, _, _ = pattern.partition(".")
    thousands = len(whole_pattern) - len(whole_pattern.rstrip(","))
    rounded = (number / 1000**thousands).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    least = decimals.rfind("0") + 1
    fraction = fraction[:least] + fraction[least:].rstrip("0")
    whole = whole.zfill(whole_pattern.count("0"))
    if "," in whole_pattern.rstrip(","):
        whole = f"{int(whole):,}"
    return f"{whole}.{fraction}" if fraction else whole


def _date(value: dt.datetime | dt.date | dt.time, number_format: str) -> str:
    pattern, words = _set_aside(number_format.partition(";")[0])
    if not isinstance(value, dt.time) and (_WITH_MARKS.fullmatch(pattern.lower()) or pattern == "General"):
        return _plain_date(value, pattern.lower())
    parts = _DATE_PART.findall(pattern)
    if "General" in pattern or not any(re.fullmatch("[ymdhs]+", part, re.IGNORECASE) for part in parts):
        return value.isoformat(" ", "minutes") if isinstance(value, dt.datetime) else value.isoformat()
    return _restored("".join(_date_parts(value, parts)), words).strip()


def _plain_date(value: dt.date, pattern: str) -> str:
    if pattern == "general" or {"y", "d"} <= set(pattern):
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "y" in pattern else f"{value:%m-%d}"


def _date_parts(value: dt.datetime | dt.date | dt.time, parts: list[str]) -> Iterator[str]:
    day = value if isinstance(value, dt.date) else None
    time = value.time() if isinstance(value, dt.datetime) else value if isinstance(value, dt.time) else dt.time()
    halves = any("/" in part and len(part) > 1 for part in parts)
    letters = [part[0].lower() for part in parts]
    for number, part in enumerate(parts):
        letter = letters[number]
        if letter == "m" and _is_minute(letters, number):
            letter = "minute"
        if letter in "ymd" and day is None:
            continue
        yield _date_part(letter, part, day or dt.date.min, time, in_halves=halves)


def _is_minute(letters: list[str], number: int) -> bool:
    """An m after hours or before seconds means minutes."""
    before = next((letter for letter in reversed(letters[:number]) if letter in "ymdhs"), "")
    after = next((letter for letter in letters[number + 1 :] if letter in "ymdhs"), "")
    return before == "h" or after == "s"


def _date_part(letter: str, part: str, day: dt.date, time: dt.time, *, in_halves: bool) -> str:
    hour = (time.hour % _NOON or _NOON) if in_halves else time.hour
    numbers = {"m": day.month, "d": day.day, "h": hour, "minute": time.minute, "s": time.second}
    if letter == "y":
        return f"{day.year:04d}" if len(part) > 2 else f"{day.year % 100:02d}"  # noqa: PLR2004 - yy and yyyy
    if letter in ("m", "d") and len(part) > 2:  # noqa: PLR2004 - the name of a month or of a weekday
        return f"{day.month}月" if letter == "m" else f"星期{_WEEKDAYS[day.weekday()]}"
    if letter in numbers:
        return f"{numbers[letter]:0{min(len(part), 2)}d}"
    if letter == "a" and "/" not in part:
        return ("星期" if len(part) > 3 else "") + _WEEKDAYS[day.weekday()]  # noqa: PLR2004 - aaa and aaaa
    if "/" in part and len(part) > 1:
        return "下午" if time.hour >= _NOON else "上午"
    return part
