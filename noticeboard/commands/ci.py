"""Whether the program runs where sites are checked and published by machines, with nobody to look at warnings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Whoever only asks where it runs needs no records.
    from noticeboard.checking.check import Checked


def on_ci() -> bool:
    """As GitHub Actions, GitLab and others tell it: ``CI=true``."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def as_it_counts(checked: Checked) -> Checked:
    """At a desk what was found, on CI what it is to a site that is published."""
    return checked.for_publishing() if on_ci() else checked
