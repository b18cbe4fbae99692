"""党务公开栏：python build_site.py [build|check|pages|serve] — 用法见 python build_site.py --help."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent
_OLDEST_PYTHON = (3, 11)
_IN_ENVIRONMENT = "NOTICEBOARD_IN_ENVIRONMENT"


def _environment() -> Path | None:
    """The Python of the project's own environment (``make site`` makes it), if there is one."""
    places = (_ROOT / ".venv" / "bin" / "python", _ROOT / ".venv" / "Scripts" / "python.exe")
    return next((place for place in places if place.is_file()), None)


def main() -> int:
    """Run the command line; from any Python, in the project's environment where that has what is missing here."""
    if sys.version_info < _OLDEST_PYTHON:
        print("无法运行：需要 Python 3.11 或更高的版本", file=sys.stderr)
        return 2
    sys.path.insert(0, str(_ROOT))
    try:
        from noticeboard.commands import load  # noqa: PLC0415 - what it needs may be missing
        from noticeboard.commands import main as run  # noqa: PLC0415

        load(sys.argv[1:])
    except ModuleNotFoundError as error:
        python = _environment()
        if python is None or os.environ.get(_IN_ENVIRONMENT):
            print(f"无法运行：没有安装 {error.name}。先运行 make site，", end="", file=sys.stderr)
            print("或 pip install --require-hashes -r requirements.txt", file=sys.stderr)
            return 2
        command = [str(python), str(Path(__file__).resolve()), *sys.argv[1:]]
        return subprocess.run(command, check=False, env={**os.environ, _IN_ENVIRONMENT: "1"}).returncode  # noqa: S603
    return run(sys.argv[1:])


def _speak_utf8() -> None:
    """Consoles of Windows are often GBK; the messages are Chinese whatever the console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    _speak_utf8()
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
