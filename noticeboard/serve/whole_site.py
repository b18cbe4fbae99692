"""The whole site of a folder, in a process of its own that gives way to the preview: ``NOTICES SITE_DIR``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from jinja2 import TemplateError

from noticeboard import paths
from noticeboard.checking.check import check
from noticeboard.checking.readings import Readings
from noticeboard.faults import told
from noticeboard.kept import Kept
from noticeboard.problems import CannotRun
from noticeboard.site.build import build


def main(notices: Path, site_dir: Path) -> int:
    """0 the site stands, 2 it could not be built; errors of content do not stop a preview."""
    if hasattr(os, "nice"):
        os.nice(15)
    try:
        with Kept(paths.KEPT) as kept:
            build(check(notices, readings=Readings(kept)), site_dir, kept=kept)
    except (CannotRun, TemplateError) as reason:
        # A template that somebody is writing is a content too: its error names file and line.
        sys.stderr.write(f"{reason}\n")
        return 2
    except Exception as fault:  # noqa: BLE001 - whoever edits a notice reads no traceback
        sys.stderr.write(f"{told(fault)}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
