"""What must not leave the house: numbers that identify or reach a private person.

《个人信息保护法》: an identity number is personal information (art. 4), a financial account sensitive (art. 28); a
notice never needs one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from noticeboard.model import Notice, Record, Unit
from noticeboard.problems import Severity
from noticeboard.rules.registry import Finding, notice_rule, unit_rule
from noticeboard.yamltext import KeyPath

_DIGITS = r"(?<!\d)"
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ \-](?=[\dX])", re.IGNORECASE)
_ID_NUMBER = re.compile(_DIGITS + r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_CARD_NUMBER = re.compile(_DIGITS + r"\d{16,19}(?!\d)")
_MOBILE = re.compile(_DIGITS + r"1[3-9]\d{9}(?!\d)")
_QQ_MAIL = re.compile(_DIGITS + r"[1-9]\d{4,11}@qq\.com", re.IGNORECASE)


def _texts(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text of a record with its place."""
    if isinstance(value, str):
        # Full-width digits, and blanks between digits, hide a number from a pattern but not from a reader.
        yield path, _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", value))
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from _texts(inner, (*path, at))
    elif isinstance(value, Record):
        for name, field in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*path, field.alias or name))


def _is_id_number(digits: str) -> bool:
    """The check digit of GB 11643-1999 (ISO 7064, MOD 11-2)."""
    total = sum((2 ** (17 - at) % 11) * int(digit) for at, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11] == digits[17].upper()


def _is_card_number(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1 (Luhn); card numbers of China begin with 3 to 6 or 9."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return digits[0] in "34569" and sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def sensitive_numbers(text: str) -> Iterator[str]:
    """What sensitive numbers a text has, each by its name only: the number itself is repeated nowhere."""
    for _, plain in _texts(text):
        yield from ("身份证号" for match in _ID_NUMBER.finditer(plain) if _is_id_number(match[0]))
        for match in _CARD_NUMBER.finditer(plain):
            if _is_card_number(match[0]) and not _ID_NUMBER.fullmatch(match[0]):
                yield "银行卡号"


_ID_WORDS = ("id-number", Severity.ERROR, "没有身份证号", "整个删去，不要用星号遮盖")
_CARD_WORDS = ("card-number", Severity.ERROR, "没有银行卡号", "整个删去，不要用星号遮盖")


@notice_rule(*_ID_WORDS)
@unit_rule(*_ID_WORDS)
def no_id_numbers(record: Notice | Unit) -> Iterator[Finding]:
    """18 digits with a right date of birth and check digit. The message does not repeat the number."""
    for path, text in _texts(record):
        if "身份证号" in sensitive_numbers(text):
            yield Finding(path, "这里有一个身份证号")


@notice_rule(*_CARD_WORDS)
@unit_rule(*_CARD_WORDS)
def no_card_numbers(record: Notice | Unit) -> Iterator[Finding]:
    """16 to 19 digits with a right check digit that are no ID number."""
    for path, text in _texts(record):
        if "银行卡号" in sensitive_numbers(text):
            yield Finding(path, "这里有一个银行卡号")


@notice_rule(
    "personal-contact", Severity.WARNING, "联系方式以外没有手机号和 QQ 邮箱", "删去；是单位公布的就移到“联系方式”"
)
def no_personal_contact_elsewhere(notice: Notice) -> Iterator[Finding]:
    """A mobile number or a QQ mailbox in running text is most likely a person's."""
    for path, text in _texts(notice):
        if path[0] != "联系方式" and (_MOBILE.search(text) or _QQ_MAIL.search(text)):
            yield Finding(path, "这里有个人手机号或 QQ 邮箱")
