"""The contact of each unit as a file that phones, mail programs and WeChat take up: vCard 3.0 (RFC 2426).

Version 3.0 because Android, iOS and Outlook all read it; 4.0 they do not. UTF-8 without a byte order mark and without
``CHARSET``, which 3.0 no longer has (§5: it is a matter of the file's MIME type).
"""

from __future__ import annotations

from collections.abc import Iterator

from noticeboard.board.board import UnitFolder
from noticeboard.record.model import Contact
from noticeboard.record.phones import phone, plain
from noticeboard.site.model.site import Site
from noticeboard.site.views.facts import ContactView

#: Octets of a line, its end not counted.
_LINE = 75
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def vcards(site: Site) -> Iterator[tuple[str, bytes]]:
    """``units/UNIT/contact.vcf`` of every unit: its path in the site and its bytes.

    A card without a way to reach the unit is not linked; it answers where an earlier one did.
    """
    for unit in site.board.units:
        card = "".join(f"{fold(line)}\r\n" for line in _lines(unit, site))
        yield f"{unit.page.path}contact.vcf", card.encode("utf-8")


def _lines(unit: UnitFolder, site: Site) -> Iterator[str]:
    contact = unit.unit.contact or Contact()
    short_name, full_name = escape(unit.unit.short_name), escape(unit.unit.full_name)
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    # Both must be there (§3.1.1, §3.1.2). A list of contacts is narrow: the short name; the full one is under ORG.
    yield f"N:{short_name};;;;"
    yield f"FN:{short_name}"
    yield f"ORG:{full_name}"
    for number in contact.phones:
        yield f"TEL;TYPE=WORK,VOICE:{escape(_dialled(number))}"
    for number in contact.faxes:
        yield f"TEL;TYPE=WORK,FAX:{escape(_dialled(number))}"
    for address in contact.emails:
        yield f"EMAIL;TYPE=INTERNET:{escape(address)}"
    if contact.address or contact.postcode:
        # §3.2.1: post box, room, street, town, province, postcode, country. The address as given has most of them.
        yield f"ADR;TYPE=WORK:;;{escape(contact.address or '')};;;{escape(contact.postcode or '')};"
    # An address of the web is no text: nothing in it is escaped (§3.6.8).
    yield f"URL:{site.masthead.url(unit.page.path)}"
    yield f"NOTE:{escape(_note(unit, contact, site))}"
    yield "END:VCARD"


def _dialled(number: str) -> str:
    """What a phone dials: as given where it knows the signs, but an extension behind a pause (``,``), no 0 behind +86.

    转 and what follows would be left out of the number, full-width digits are none to many phones.
    """
    known = phone(number)
    if known is None:
        return number
    if known.extension:
        return f"{known.digits},{known.extension}"
    return known.digits if known.digits.startswith("+") else plain(number)


def _note(unit: UnitFolder, contact: Contact, site: Site) -> str:
    """Whether somebody tried it, and what else a caller should know."""
    view = ContactView.of(contact)
    known = view.standing if view and contact.reaches else "没有该单位的联系方式"
    hours = f"受理时间：{contact.hours}" if contact.hours else ""
    standing = "" if site.is_official([unit.slug]) else f"非官方整理：{site.masthead.site_name}"
    return "\n".join(filter(None, (known, hours, contact.note, standing)))


def escape(text: str) -> str:
    """Text as a value or a part of one (§4: ESCAPED-CHAR)."""
    return text.translate(_ESCAPED)


def fold(line: str) -> str:
    """A long line as several: each after the first begins with a blank that is not part of it (§2.6; RFC 2425, §5.8.1).

    A line has 75 characters there. Readers, like RFC 6350 (§3.2), count octets, and no character may be torn.
    """
    parts, room = [""], _LINE
    for character in line:
        size = len(character.encode("utf-8"))
        if size > room:
            parts.append("")
            room = _LINE - 1
        parts[-1] += character
        room -= size
    return "\r\n ".join(parts)
