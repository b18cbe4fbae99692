"""What is known of a record, as facts with a name, by what its fields say of themselves: on pages and in search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from noticeboard.record.base import Record
from noticeboard.record.model import Contact, Inspection, Notice
from noticeboard.record.shown import Place, Shown

#: In the place of a fact that the notice does not give.
NOT_GIVEN = "未载"

#: Each with its name: [("文号", "示例发〔2023〕1号"), …].
Facts: TypeAlias = tuple[tuple[str, str], ...]


def values(record: Record, name: str) -> tuple[str, ...]:
    """What a field says, text by text, a date as readers know it; nothing where it is not given."""
    value = getattr(record, name, None)
    many = value if isinstance(value, tuple) else (value,)
    return tuple("是" if part is True else str(part) for part in many if part not in (None, False))


def facts(record: Record, place: Place, own: Mapping[str, str] | None = None) -> Facts:
    """The facts of a record that are given, in the order of its fields.

    ``own``: the words of fields that are not said by their value alone, by name; empty ones are left out.
    """
    said = own or {}
    found = (
        (shown.label, said[name] if name in said else "、".join(values(record, name)))
        for name, shown in _facts_of(record, place)
    )
    return tuple((label, words) for label, words in found if words)


def texts(record: Record) -> Iterator[str]:
    """The same for search, each text for itself."""
    for name, _ in _facts_of(record, Place.SEARCH):
        yield from values(record, name)


def _facts_of(record: Record, place: Place) -> Iterator[tuple[str, Shown]]:
    return ((name, shown) for name, shown in type(record).shown.items() if shown.label and place not in shown.not_in)


def facts_of_inspection(inspection: Inspection, place: Place) -> Facts:
    """Who inspected whom and when; what the notice does not give is left out."""
    start, end = inspection.start, inspection.end
    own = {
        "term": f"{inspection.term or ''}{inspection.round or ''}",
        "start": f"{start or '开始日期未载'}至{end or '结束日期未载'}" if start or end else "",
    }
    damaged = [date for date in (start, end, inspection.feedback_date) if date and date.words]
    remark = "；".join(f"“{date.words}”原文如此" for date in damaged)
    return (*facts(inspection, place, own), *((("日期说明", remark),) if remark else ()))


def facts_of_notice(notice: Notice, place: Place) -> Facts:
    """What is known of a notice as a document."""
    publication = notice.publication
    posted = " ".join(filter(None, (str(publication.posted or ""), publication.posted_time)))
    days = (("落款日期", str(publication.signed or "")), ("发布日期", posted))
    return (
        *facts(notice, place, {"as_of": str(notice.as_of or NOT_GIVEN)}),
        *(day for day in days if day[1]),
        *facts(publication, place),
        *(() if publication.signed or publication.posted else (("发布日期", NOT_GIVEN),)),
    )


@dataclass(frozen=True)
class ContactView:
    """Contact details with the day on which somebody tried them."""

    contact: Contact
    standing: str
    #: Those that are no way to call or write at once, with the standing among them.
    facts: Facts

    @classmethod
    def of(cls, contact: Contact | None) -> ContactView | None:
        """``None`` where nothing is given."""
        if contact is None or contact == Contact():
            return None
        standing = f"{contact.checked}核对" if contact.checked else "通报所载，未核对"
        return cls(
            contact,
            standing,
            facts(contact, Place.PAGE, {"phones": "", "faxes": "", "emails": "", "checked": standing}),
        )
