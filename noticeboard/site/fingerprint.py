"""What decides the look of every page beside the records: the program, its templates, the theme, ``mkdocs.yml``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from noticeboard.problems import CannotRun, reason
from noticeboard.versions import fingerprint, program

_TEMPLATES = Path(__file__).parent / "templates"
#: What a setting may take from the environment, and the files that it may name.
_OF_ENVIRONMENT = "!ENV"
_NAME = re.compile(r"[A-Za-z_]\w*")
_INHERITED = re.compile(r"^INHERIT:\s*[\"']?([^\"'\n#]+?)[\"']?\s*(?:#.*)?$", re.MULTILINE)
_THEME = re.compile(r"\bcustom_dir[\"']?:\s*[\"']?([^\"'\n#,}]*[^\"'\n#,}\s])")
_PYTHON = re.compile(r"(?<![\w./-])[\w./-]+\.py\b")


def site_fingerprint(config: Path) -> bytes:
    """The fingerprint of all that decides a page beside its view. Raises ``CannotRun`` where a file cannot be read."""
    try:
        texts = dict(_texts(config))
        files = {*_TEMPLATES.rglob("*"), *texts}
        # Settings that others rest on name files as if they stood in their place.
        here = config.absolute().parent
        for text in texts.values():
            for folder in _THEME.findall(text):
                files.update((here / folder).rglob("*"))
            files.update(here / name for name in _PYTHON.findall(text))
        # Any word may name a variable: lists of them go on over lines.
        names = {name for text in texts.values() if _OF_ENVIRONMENT in text for name in _NAME.findall(text)}
        environment = [f"{name}={os.environ.get(name)}" for name in sorted(names)]
        plain = [file for file in files if file.is_file() and "__pycache__" not in file.parts]
        return fingerprint(plain, program().hex(), *environment)
    except OSError as error:
        raise CannotRun(f"读不了 {error.filename or config}：{reason(error)}") from error


def _texts(config: Path) -> Iterator[tuple[Path, str]]:
    """The settings, with those that they rest on."""
    seen: set[Path] = set()
    waiting = [config.absolute()]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            text = file.read_bytes().decode("utf-8", "replace")
            yield file, text
            waiting += [file.parent / name for name in _INHERITED.findall(text)]
