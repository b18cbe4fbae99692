"""The one place where the program reads the clock: the day on which a notice is entered. No build does."""

from __future__ import annotations

from datetime import UTC, datetime

from noticeboard.record.dates import PartialDate


def today() -> PartialDate:
    """The day that it is in China, whatever zone the machine is set to."""
    return PartialDate.in_china(datetime.now(UTC))
