"""Numbers of lists as Word shows them: ECMA-376 part 1, 17.18.59 ST_NumberFormat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_TEN_THOUSAND = 10000


def formatted(number: int, name: str) -> str:
    """The number in a format of Word; one that is not known here as an ordinary number."""
    return _FORMATS.get(name, str)(number)


@dataclass(frozen=True)
class _Figures:
    """A way to write numbers in Chinese figures: 一百零五."""

    digits: str
    places: str
    zero: str
    #: The places before which 一 is left out, wherever they stand, and where the number begins with them.
    bare: str = ""
    bare_first: str = ""

    def __call__(self, number: int) -> str:
        if not 0 < number < _TEN_THOUSAND:
            return "".join(self.digits[int(digit)] for digit in str(abs(number)))
        words, skipped = "", False
        for power, place in zip((1000, 100, 10, 1), (*self.places, ""), strict=True):
            digit = number // power % 10
            if digit == 0:
                skipped = bool(words)
                continue
            bare = self.bare if words else self.bare + self.bare_first
            is_bare = digit == 1 and place and place in bare
            words += (self.zero if skipped else "") + ("" if is_bare else self.digits[digit]) + place
            skipped = False
        return words


_chinese = _Figures(_DIGITS, "千百十", "零", bare_first="十")
_japanese = _Figures(_DIGITS, "千百十", "", bare="千百十")
_legal = _Figures("零壹贰叁肆伍陆柒捌玖", "仟佰拾", "零")
_legal_traditional = _Figures("零壹貳參肆伍陸柒捌玖", "仟佰拾", "零")


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))


def _full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _roman(number: int) -> str:
    words = ""
    for amount, letters in _ROMAN:
        words += letters * (number // amount)
        number %= amount
    return words


def _letters(number: int) -> str:
    """A … Z, AA, BB … ZZ, AAA."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _one_of(characters: str) -> Callable[[int], str]:
    """The characters in turn; beyond their end ordinary numbers."""
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _around(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else str(number)


def _row(first: str, length: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(length))


_CIRCLED = _row("①", 20) + _row("㉑", 15) + _row("㊱", 15)

_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": lambda number: f"{number}.",
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "decimalEnclosedFullstop": _one_of(_row("⒈", 20)),
    "decimalEnclosedParen": _one_of(_row("⑴", 20)),
    "ideographEnclosedCircle": _one_of(_row("㊀", 10)),
    "ideographTraditional": _around(_STEMS),
    "ideographZodiac": _around(_BRANCHES),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal_traditional,
    "japaneseLegal": _legal_traditional,
}
