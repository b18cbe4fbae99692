"""Whether the program runs where sites are checked and published by machines, with nobody to look at warnings."""

from __future__ import annotations

import os


def on_ci() -> bool:
    """As GitHub Actions, GitLab and others tell it: ``CI=true``."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")
