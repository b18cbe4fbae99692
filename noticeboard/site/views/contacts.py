"""Contact details with what is known of them. Views only, no markup."""

from __future__ import annotations

from dataclasses import dataclass

from noticeboard.record.model import Contact
from noticeboard.record.shown import Place
from noticeboard.site.views.facts import Facts, facts


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
