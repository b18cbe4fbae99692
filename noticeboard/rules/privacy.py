"""What must not leave the house: numbers that identify or reach a private person (``personal`` finds them)."""

from __future__ import annotations

from collections.abc import Iterator

from noticeboard.positions import KeyPath
from noticeboard.reading.leaks import CARD_NUMBER, ID_NUMBER, OLD_ID_NUMBER, PERSONAL_CONTACT
from noticeboard.record.model import Notice, Unit
from noticeboard.record.personal import Personal, personal_numbers
from noticeboard.record.walk import OfLatest, texts
from noticeboard.rules.registry import Finding, checks


@OfLatest
def _found(record: Notice | Unit) -> tuple[tuple[KeyPath, Personal], ...]:
    """Every kind of number in each text of a record, with the place of the text."""
    found = []
    for path, text in texts(record):
        # An address is that of a page, not of a person; nobody could answer for the digits in it.
        if path[-1] != "网址":
            found += [(path, number.kind) for number in personal_numbers(text)]
    return tuple(found)


def sensitive_numbers(text: str) -> Iterator[tuple[int, str]]:
    """Where a text has numbers that block it, each with its name only: the number itself is repeated nowhere."""
    blocking = (Personal.ID_NUMBER, Personal.CARD_NUMBER)
    yield from ((found.start, found.kind.value) for found in personal_numbers(text) if found.kind in blocking)


def _told(record: Notice | Unit, what: str, *kinds: Personal) -> list[Finding]:
    """The message does not repeat the number."""
    return [Finding(path, what) for path in dict.fromkeys(path for path, kind in _found(record) if kind in kinds)]


@checks(ID_NUMBER)
def no_id_numbers(record: Notice | Unit) -> Iterator[Finding]:
    """18 digits with a right date of birth and check digit."""
    yield from _told(record, "这里有一个身份证号", Personal.ID_NUMBER)


@checks(OLD_ID_NUMBER)
def no_old_id_numbers(record: Notice | Unit) -> Iterator[Finding]:
    """15 digits (until 1999) with a province and a date of birth; without a check digit nothing proves it."""
    yield from _told(record, "这里的 15 位数字像是旧的身份证号", Personal.OLD_ID_NUMBER)


@checks(CARD_NUMBER)
def no_card_numbers(record: Notice | Unit) -> Iterator[Finding]:
    """16 to 19 digits with a right check digit that begin as cards do, or are called so."""
    yield from _told(record, "这里有一个银行卡号", Personal.CARD_NUMBER)


@checks(PERSONAL_CONTACT)
def no_personal_contact_elsewhere(notice: Notice) -> Iterator[Finding]:
    """A mobile number or a QQ mailbox in running text is most likely a person's."""
    found = _told(notice, "这里有个人手机号或 QQ 邮箱", Personal.MOBILE, Personal.QQ_MAIL)
    yield from (finding for finding in found if finding.at[0] != "联系方式")
