"""Tables of the ledger kind (整改台账) → issues; whatever their heads are called and however they are ordered."""

from __future__ import annotations

from noticeboard.intake.draft import Draft
from noticeboard.intake.gather import Gathered


def ledger(draft: Draft, found: Gathered) -> None:
    """Add the issues of all tables of a document to what was found in its text."""
