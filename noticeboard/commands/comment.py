"""``comment``: what a check left behind as a comment for its pull request (``.github/comment.sh`` uses it)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from noticeboard.review.comment import comment


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``comment``."""
    parser.add_argument("file", type=Path, metavar="FILE", help="preview/changed.json")
    parser.add_argument("--run", dest="run_url", required=True, metavar="URL", help="那次检查的网址")


def run(arguments: argparse.Namespace) -> int:
    """0 written to standard output; what is no list of changes is said (2)."""
    sys.stdout.write(comment(arguments.file, arguments.run_url))
    return 0
