"""Where the project keeps its notices, its documents and its settings."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "mkdocs.yml"
DOCS = ROOT / "docs"
NOTICES = ROOT / "notices"
#: What builds keep for the next one; it may be deleted at any time.
KEPT = ROOT / "build" / "kept.db"
#: What other machines made for this build, in files of the same kind.
KEPT_ELSEWHERE = ROOT / "build" / "kept"


def shown(path: Path) -> Path:
    """A path as a person at this working folder would write it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
