"""Files of old and other programs (.doc, .wps, .rtf, .xls, .et, .odt) → ``Document``, by way of LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import PurePath

from noticeboard.intake.documents import sheet, word
from noticeboard.intake.documents.document import Document, Unreadable
from noticeboard.temporary import temporary_folder

#: How long a conversion may take.
SECONDS = 60.0
_NAMES = ("soffice", "libreoffice")

_SAVE_AS = "：请用 Word 或 WPS 打开它，点“文件→另存为”，类型选“{kind}”，再把新文件交来"
_NO_PROGRAM = "这是旧格式的文件，这台电脑没有安装 LibreOffice，读不了" + _SAVE_AS
_FAILED = "这个旧格式的文件转换不了，可能已经损坏，也可能这台电脑的 LibreOffice 没有装全" + _SAVE_AS
_TOO_SLOW = "这个旧格式的文件转换不了，它太大或者太复杂，LibreOffice {seconds:g} 秒还没有转换完" + _SAVE_AS
_CONVERTED = "原件是旧格式，已由 LibreOffice 转换成 {suffix} 读入，编号和表格请对照原件"

_KINDS = {"docx": "Word 文档（.docx）", "xlsx": "Excel 工作簿（.xlsx）"}

#: What the first bytes say the file is → how LibreOffice has to call it; a wrong name can mislead it.
_RTF = b"{\\rtf"
_CONTAINER = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"

#: What LibreOffice is told before it opens a file of a stranger: fetch nothing that the file names (a picture on
#: another machine would tell that machine who reads it), run nothing, bring no link up to date.
_SETTINGS = (
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
)
_ITEM = '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    f"{''.join(_ITEM.format(*setting) for setting in _SETTINGS)}</oor:items>\n"
)


def read(name: str, content: bytes) -> Document:
    """The document in a file that LibreOffice can read; it is told that it was converted."""
    suffix = _suffix(PurePath(name).suffix.lower(), content)
    target = "xlsx" if suffix in (".xls", ".ods") else "docx"
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise Unreadable(_NO_PROGRAM.format(kind=_KINDS[target]))
    converted = _converted(program, suffix, target, content)
    document = (sheet if target == "xlsx" else word).read(name, converted)
    return Document(name, document.blocks, (_CONVERTED.format(suffix=f".{target}"), *document.remarks))


def _suffix(said: str, content: bytes) -> str:
    """The suffix of what the file is, whatever it is called."""
    if content.startswith(_RTF):
        return ".rtf"
    if content.startswith(_ZIP):
        # A file of OpenDocument begins with its kind, uncompressed.
        return ".ods" if b"opendocument.spreadsheet" in content[:200] else ".odt"
    if content.startswith(_CONTAINER):
        is_sheet = any(f"{stream}\0".encode("utf-16-le") in content for stream in ("Workbook", "Book"))
        is_text = "WordDocument\0".encode("utf-16-le") in content
        # An embedded sheet does not make a sheet of a text.
        return ".xls" if is_sheet and not is_text else ".doc"
    return ".xls" if b"Excel.Sheet" in content[:8192] or said in (".xls", ".et") else ".xml"


def _converted(program: str, suffix: str, target: str, content: bytes) -> bytes:
    with temporary_folder() as folder:
        source = folder / f"document{suffix}"
        source.write_bytes(content)
        # A profile of its own: one that is in use elsewhere would be locked, and could hold macros.
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_PROFILE, encoding="utf-8")
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--convert-to", target, "--outdir", str(folder / "out"), str(source)]
        # The language of the machine would decide how dates and numbers look.
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        try:
            _run(command, environment)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(_TOO_SLOW.format(seconds=SECONDS, kind=_KINDS[target])) from error
        made = folder / "out" / f"document.{target}"
        if not made.is_file():
            raise Unreadable(_FAILED.format(kind=_KINDS[target]))
        return made.read_bytes()


def _run(command: list[str], environment: dict[str, str]) -> None:
    """Wait for a program, and end it with all that it started when it takes too long."""
    silent = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - the program found on PATH, and names of our own
        command, stdin=silent, stdout=silent, stderr=silent, env=environment, start_new_session=os.name == "posix"
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            if os.name == "posix":
                os.killpg(process.pid, 9)
            process.kill()
            raise
