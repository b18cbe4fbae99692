"""Contact details that somebody will use: no placeholders, each in its own field."""

from __future__ import annotations

import re
from collections.abc import Iterator

from noticeboard.positions import KeyPath
from noticeboard.problems import Severity, rule
from noticeboard.record.model import Contact, Notice, Unit
from noticeboard.record.phones import meant_extension, numbers_in, phone, plain
from noticeboard.rules.registry import Finding, checks
from noticeboard.text import EMAIL

_PLACEHOLDER = re.compile(r"[xX×＊*]{2,}|[xX×]$|\.\.\.|…|^[0-]+$|待定|待补|暂无|无")
_PLACEHOLDER_EMAIL = re.compile(r"[xX×*]{2,}@")
#: A street address: words, and behind them one of these.
_WORDS = re.compile(r"[\u4e00-\u9fff]{2}")
_STREET = re.compile(r"路|街|道|巷|号|楼|村|大厦")
_POSTCODE = re.compile(r"[0-9]{6}")
_WIDE_DIGIT = re.compile(r"[０-９]")


def _is_street(text: str) -> bool:
    # Two searches: one pattern of both begins anew at every word, which takes seconds for a long line.
    words = _WORDS.search(text)
    return words is not None and _STREET.search(text, words.end()) is not None


def _each(record: Notice | Unit, *keys: str) -> Iterator[tuple[KeyPath, str]]:
    """What the contact of a record has under these keys, each with its place."""
    contact = record.contact or Contact()
    texts = {"电话": contact.phones, "传真": contact.faxes, "电子邮箱": contact.emails}
    yield from ((("联系方式", key, at), text) for key in keys for at, text in enumerate(texts[key]))


@checks(
    rule("placeholder-contact", Severity.ERROR, "电话、传真、邮箱不是占位符（0830-xxxxxx）", "填真实的；没有就整行删去")
)
def contact_is_no_placeholder(record: Notice | Unit) -> Iterator[Finding]:
    """``0830-xxxxxx`` was published by a real portal: a citizen who dials it reaches nobody."""
    for path, number in _each(record, "电话", "传真"):
        if _PLACEHOLDER.search(number):
            yield Finding(path, f"“{number}”是占位符，不是能打通的号码")
    for path, email in _each(record, "电子邮箱"):
        if _PLACEHOLDER_EMAIL.match(email):
            yield Finding(path, f"“{email}”是占位符，不是能收信的邮箱")


@checks(rule("contact-misplaced", Severity.ERROR, "电话、地址、邮编、邮箱各在各的键下", "移到该写的键下面"))
def contact_stands_in_its_field(record: Notice | Unit) -> Iterator[Finding]:
    """A street address under 电话 becomes a ``tel:`` link that does nothing."""
    for path, number in _each(record, "电话", "传真"):
        if phone(number):
            if _WIDE_DIGIT.search(number):
                yield Finding(path, f"“{number}”是全角数字，有的手机拨不通", f"写成半角：{plain(number)}")
            continue
        if _is_street(number) and not numbers_in(number):
            yield Finding(path, f"“{number}”是地址，不是号码", "移到“地址”")
        elif "@" in number:
            yield Finding(path, f"“{number}”是电子邮箱，不是号码", "移到“电子邮箱”")
        elif not _PLACEHOLDER.search(number):
            yield Finding(path, *_undialled(number))
    contact = record.contact or Contact()
    if contact.address and ("@" in contact.address or phone(contact.address)):
        yield Finding(("联系方式", "地址"), f"“{contact.address}”不是地址", "移到“电子邮箱”“电话”或“邮编”")
    if contact.postcode and not _POSTCODE.fullmatch(contact.postcode):
        yield Finding(("联系方式", "邮编"), f"“{contact.postcode}”不是邮编", "邮编是六位数字；地址移到“地址”")


def _undialled(number: str) -> tuple[str, str]:
    """Why nobody can dial what is written as one number, and how to write it."""
    if several := numbers_in(number):
        return f"“{number}”是 {len(several)} 个号码，连在一起拨不通", f"写成列表：[{', '.join(several)}]"
    if meant := meant_extension(number):
        main, extension = meant
        remedy = f"分机写成 {main}转{extension}；是另一个号码的，写成列表"
        return f"“{number}”拨不通：{main} 后面的 {extension} 像是分机", remedy
    remedy = "只写一个号码，例如 0746-3229641，核对位数；几个号码写成列表，其余写在“说明”"
    return f"“{number}”不是能拨通的电话号码", remedy


@checks(rule("bad-email", Severity.ERROR, "电子邮箱可以用来写信", "写成 name@example.org 的样子，一个一行"))
def emails_can_be_written_to(record: Notice | Unit) -> Iterator[Finding]:
    """An address as the fields ``local@domain`` of RFC 5322 print it."""
    for path, email in _each(record, "电子邮箱"):
        if not EMAIL.fullmatch(email):
            remedy = "移到“地址”" if _is_street(email) and "@" not in email else None
            yield Finding(path, f"“{email}”不是可用的电子邮箱", remedy)
