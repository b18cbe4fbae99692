"""The five real notices as they were published first: what the tests know by heart.

Copies, so that no test asks what stands on the site: a sixth notice, a correction of one of these, or a site of
somebody else without them changes no test.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from noticeboard import paths
from noticeboard.checking.check import Checked, check

FOLDER = paths.shown(Path(__file__).parent / "notices")
FILES = tuple(sorted(FOLDER.glob("*/*.yml")))
NOTICES = tuple(file for file in FILES if file.name != "unit.yml")
#: Those of them that stand on this site.
PUBLISHED = tuple(
    file for file in (paths.shown(paths.NOTICES) / path.relative_to(FOLDER) for path in FILES) if file.is_file()
)


def checked() -> Checked:
    """All of them, read and checked."""
    return check(FOLDER)


def copied(folder: Path) -> Path:
    """A folder of notices with copies of them."""
    for file in FILES:
        copy = folder / file.relative_to(FOLDER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    return folder
