"""``verify``: compare a site with its manifest, byte for byte."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from noticeboard.site.data.manifest import verify


def register(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``verify``."""
    parser.add_argument("place", type=Path, metavar="PATH", help="网站的文件夹，或其中的 data/manifest.json")


def run(arguments: argparse.Namespace) -> int:
    """0 all files are as the manifest says, 1 some are not."""
    verified = verify(arguments.place)
    for difference in verified.differences:
        print(f"{difference.path}: {difference.what}")
    found = f"{len(verified.differences)} 处不同" if verified.differences else "全部相同"
    print(f"核对了 {verified.files} 个文件：{found}", file=sys.stderr)
    return 1 if verified.differences else 0
