"""The command line as the tests run it."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from unittest import mock

from noticeboard.commands import main
from noticeboard.paths import ROOT

#: Without one of its own no site is built where it would be published (``CI``).
_ADDRESS = {"SITE_URL": "https://example.org/"}


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """In this process: what reads the libraries again each time takes ten times as long."""
    out, err = io.StringIO(), io.StringIO()
    variables = mock.patch.dict(os.environ, _ADDRESS | environment)
    with variables, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*map(str, arguments)])
    return _without_a_traceback(subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue()))


def run_alone(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """As at a desk: in a process of its own, through ``build_site.py``."""
    command = [sys.executable, str(ROOT / "build_site.py"), *map(str, arguments)]
    variables = os.environ | _ADDRESS | environment
    return _without_a_traceback(
        subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=variables, cwd=ROOT)
    )


def _without_a_traceback(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert "Traceback" not in done.stderr
    return done
