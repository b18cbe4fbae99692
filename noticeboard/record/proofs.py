"""What proves that digits are a number of some kind: check digits and days, by their standards."""

from __future__ import annotations

import datetime as dt

#: The signs of GB 32100-2015 in the order of their values.
_CODE_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
#: Twice a digit, as the sum of its figures.
_DOUBLED = str.maketrans("0123456789", "0246813579")
_ID_SIGNS = "10X98765432"
_ID_LENGTH = 18


def is_id_number(digits: str) -> bool:
    """A day of birth that the calendar has, and the check character of GB 11643-1999 (ISO 7064, MOD 11-2)."""
    if len(digits) != _ID_LENGTH or "X" in digits[:17] or digits[6:8] not in ("19", "20") or not is_day(digits[6:14]):
        return False
    total = sum((2 ** (17 - at) % 11) * int(digit) for at, digit in enumerate(digits[:17]))
    return _ID_SIGNS[total % 11] == digits[17]


def is_card_number(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1 (Luhn); cards used in China begin with 3 to 6 or 9."""
    if digits[0] not in "34569":
        return False
    every_second = digits[-2::-2].translate(_DOUBLED)
    return sum(map(int, digits[-1::-2] + every_second)) % 10 == 0


def is_day(digits: str) -> bool:
    """Whether YYYYMMDD is a day."""
    try:
        dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def is_credit_code(digits: str) -> bool:
    """The check character of a 统一社会信用代码 (GB 32100-2015, 附录 A)."""
    if len(digits) != len(_CODE_WEIGHTS) + 1 or not digits.isdigit():
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_CODE_WEIGHTS, digits, strict=False))
    return _CODE_SIGNS[-total % 31] == digits[17]


def is_organisation_code(code: str) -> bool:
    """The check character of the 组织机构代码 in it (GB 11714-1997)."""
    total = sum(weight * int(digit) for weight, digit in zip(_ORGANISATION_WEIGHTS, code, strict=False))
    return "0123456789X0"[11 - total % 11] == code[8]
