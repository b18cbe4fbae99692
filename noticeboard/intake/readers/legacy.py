"""Files of other programs (.doc, .wps, .rtf, .odt, .xls, .et) → ``Document``, turned into .docx or .xlsx first.

LibreOffice does that, on this machine, in a folder of its own that is gone afterwards.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from noticeboard.intake.document import Document, Unreadable
from noticeboard.intake.readers import sheet, word

_SECONDS = 120

_NOT_INSTALLED = (
    "这台机器没有安装 LibreOffice，读不了这种旧格式：请用 Word 或 WPS 打开它，"
    "点“文件”→“另存为”，类型选 .docx（表格选 .xlsx），再交来"
)
_FAILED = "LibreOffice 打不开这个文件，可能有密码或者已经损坏：请用 Word 或 WPS 打开它，“另存为”.docx 再交来"
_TOO_SLOW = f"LibreOffice 转换了 {_SECONDS} 秒还没有完成：请用 Word 或 WPS 打开它，“另存为”.docx 再交来"

#: What is turned into a sheet: a workbook of old Excel or of OpenDocument.
_SHEETS = (b"W\0o\0r\0k\0b\0o\0o\0k\0\0\0", b"opendocument.spreadsheet", b'progid="Excel.Sheet"')

#: No document may fetch anything, run anything, or bring its links up to date.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""


def read(name: str, content: bytes) -> Document:
    """The document in a file that LibreOffice can open; a remark says that it was turned into another format."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unreadable(_NOT_INSTALLED)
    is_sheet = any(mark in content for mark in _SHEETS)
    converted = _converted(program, content, "xlsx" if is_sheet else "docx")
    document = (sheet if is_sheet else word).read(name, converted)
    remark = f"已由 LibreOffice 转成 .{'xlsx' if is_sheet else 'docx'} 读入，请对照原件"
    return Document(name, document.blocks, (remark, *document.remarks))


def _converted(program: str, content: bytes, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        # Named by what is in it: by the name .wps LibreOffice would take it for a file of Microsoft Works.
        source = folder / f"document{_suffix(content, suffix)}"
        source.write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation={profile.parent.as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", suffix, "--outdir", str(folder / "made")),
            str(source),
        ]
        _run(command)
        result = folder / "made" / f"document.{suffix}"
        if not result.is_file():
            raise Unreadable(_FAILED)
        return result.read_bytes()


def _suffix(content: bytes, converted: str) -> str:
    if content.startswith(b"{\\rtf"):
        return ".rtf"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return ".xls" if converted == "xlsx" else ".doc"
    if content.startswith(b"PK"):
        return ".ods" if converted == "xlsx" else ".odt"
    return ".xml"


def _run(command: list[str]) -> None:
    """Runs LibreOffice, and ends it with all that it has started when it takes too long."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - its own program, with arguments made here
        command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise Unreadable(_TOO_SLOW) from error
