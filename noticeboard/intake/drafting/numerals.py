"""Numbers as notices write them: 21, ２１, 二十一, 1,200, 12.5."""

from __future__ import annotations

import re
import unicodedata

DIGITS = "〇零一二三四五六七八九"
CHINESE = "〇零一二三四五六七八九十百两"
#: Other ways to count: 甲乙丙, 壹贰叁, abc.
_ORDERS = ("甲乙丙丁戊己庚辛", "壹贰叁肆伍陆柒捌玖", "abcdefgh")
_PLACES = {"十": 10, "百": 100}
_CHINESE = re.compile(f"[{CHINESE}]{{1,8}}")


def whole(text: str) -> int | None:
    """The value of a whole number in Arabic, full-width, enclosed (①, ⑴) or Chinese figures; ``None`` if it is none."""
    text = unicodedata.normalize("NFKC", text).strip("() .").replace(",", "")
    for letters in _ORDERS:
        if len(text) == 1 and text in letters:
            return letters.index(text) + 1
    if text.isascii() and text.isdigit():
        return int(text)
    return _chinese(text) if _CHINESE.fullmatch(text) else None


def _chinese(text: str) -> int:
    text = text.replace("两", "二").replace("零", "〇")
    if not any(place in text for place in _PLACES):
        # 二〇二三: digit by digit.
        return int("".join(str(DIGITS.replace("零", "").index(digit)) for digit in text))
    total, digit = 0, 0
    for character in text:
        if character in _PLACES:
            total += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            digit = DIGITS.replace("零", "").index(character)
    return total + digit


def figure(text: str) -> str | None:
    """A figure as the record keeps it (21, 12.50): the digits as typed, without blanks and commas; else ``None``."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,6})?", plain):
        return plain
    number = whole(text)
    return None if number is None else str(number)
